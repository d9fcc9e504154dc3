/* The rows of a part that may be form sheets. Interface: form_rows.h. */
#include "corpus/table/form_rows.h"

#include "base/array.h"
#include "corpus/rows/cell_marks.h"

#include <stdlib.h>
#include <string.h>

static bool reserve(struct form_rows *rows, size_t n)
{
    size_t before = rows->cap;
    if (!array_reserve(&rows->items, &rows->cap, n, sizeof *rows->items))
        return false;
    for (size_t i = before; i < rows->cap; i++)
        rows->items[i] = (struct form_row){.copy = ROW_COPY_INIT};
    return true;
}

static enum status add_item(struct form_rows *rows, struct form_row *row, size_t column)
{
    struct span text = row->copy.row.cells[column];
    if (!array_reserve(&row->items, &row->cap, row->n + 1, sizeof *row->items))
        return ST_NOMEM;
    struct form_item *item = &row->items[row->n++];
    *item = (struct form_item){.column = column, .text = text, .is_name = form_is_name(text)};
    rows->n_bytes += text.len;
    return form_label_read(text, rows->names, &item->label);
}

void form_rows_begin(struct form_rows *rows, const struct columns *names)
{
    form_rows_drop(rows, rows->n);
    memset(rows->columns, 0, sizeof rows->columns);
    rows->leftmost = FORM_LABEL_COLUMNS;
    rows->names = names;
}

bool form_rows_has_labels(const struct form_rows *rows, const struct form_item *item)
{
    return item->column < FORM_LABEL_COLUMNS && rows->columns[item->column].has_labels;
}

/* Whether item AT may be a label, though none is known by its name: it follows the value of a
 * label, and stands before another cell. */
static bool may_be_label(const struct form_row *row, size_t at)
{
    return at > 1 && at + 1 < row->n && row->items[at].is_name && !row->items[at].label.known &&
           !row->items[at - 1].label.known && !row->items[at + 1].label.known &&
           form_row_is_pair(row, at - 2);
}

/* Notes the columns of such items: labels stand where two of them do, and one has one value only.
 */
static void note_likely(struct form_rows *rows, const struct form_row *row)
{
    for (size_t i = 0; i < row->n; i++) {
        if (row->items[i].column >= FORM_LABEL_COLUMNS || !may_be_label(row, i))
            continue;
        struct form_column *column = &rows->columns[row->items[i].column];
        bool one = i + 2 == row->n || row->items[i + 2].label.known;
        column->one_value = column->one_value || one;
        if (column->n_likely < 2)
            column->n_likely++;
        if (column->one_value && column->n_likely > 1)
            column->has_labels = true;
    }
}

/* Notes the columns in which ROW has labels. */
static void note_labels(struct form_rows *rows, const struct form_row *row)
{
    note_likely(rows, row);
    for (size_t i = 0; i < row->n; i++) {
        size_t column = row->items[i].column;
        if (column >= FORM_LABEL_COLUMNS || !row->items[i].label.known ||
            (row->n > 1 && !form_row_is_pair(row, i)))
            continue;
        rows->columns[column].has_labels = true;
        rows->leftmost = column < rows->leftmost ? column : rows->leftmost;
    }
}

enum status form_rows_add(struct form_rows *rows, const struct row *row)
{
    if (!reserve(rows, rows->n + 1) || !row_copy_set(&rows->items[rows->n].copy, row))
        return ST_NOMEM;
    struct form_row *added = &rows->items[rows->n++];
    enum status status = ST_OK;
    added->n = 0;
    rows->n_bytes += row->n_cells * sizeof *added->copy.cells;
    for (size_t i = 0; i < row->n_cells && status == ST_OK && row->state != ROW_BROKEN; i++)
        if (!row_repeats(row, i) && !cell_is_blank(row->cells[i]))
            status = add_item(rows, added, i);
    rows->n_filled += added->n > 0;
    note_labels(rows, added);
    return status;
}

static size_t bytes_of(const struct form_row *row)
{
    size_t n_bytes = row->copy.n_cells * sizeof *row->copy.cells;
    for (size_t i = 0; i < row->n; i++)
        n_bytes += row->items[i].text.len;
    return n_bytes;
}

/* Those that are forgotten stand behind the others then, for what they have allocated. */
void form_rows_drop(struct form_rows *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        rows->n_bytes -= bytes_of(&rows->items[i]);
        rows->n_filled -= rows->items[i].n > 0;
        row_copy_trim(&rows->items[i].copy);
    }
    for (size_t i = 0; i < rows->n - n; i++) {
        struct form_row row = rows->items[i];
        rows->items[i] = rows->items[i + n];
        rows->items[i + n] = row;
    }
    rows->n -= n;
}

void form_rows_release(struct form_rows *rows)
{
    for (size_t i = 0; i < rows->cap; i++) {
        row_copy_release(&rows->items[i].copy);
        free(rows->items[i].items);
    }
    free(rows->items);
    *rows = (struct form_rows)FORM_ROWS_INIT;
}

bool form_rows_spans(const struct form_rows *rows, size_t at, size_t column)
{
    if (at + 1 >= rows->n || !row_repeats(&rows->items[at + 1].copy.row, column))
        return false;
    /* Where labels are merged over rows, others are repeated over columns. */
    struct span above = row_cell(&rows->items[at].copy.row, column);
    struct span below = row_cell(&rows->items[at + 1].copy.row, column);
    return spans_are_equal(above, below);
}

const struct form_item *form_row_item(const struct form_row *row, size_t column)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->items[i].column == column)
            return &row->items[i];
    return NULL;
}

bool form_row_is_pair(const struct form_row *row, size_t at)
{
    const struct form_item *item = &row->items[at];
    if (!item->label.known)
        return false;
    return item->label.value.len > 0 || (at + 1 < row->n && !row->items[at + 1].label.known);
}

bool form_row_has_names(const struct form_row *row, size_t from, size_t *n_beside)
{
    *n_beside = 0;
    for (size_t i = from; i < row->n; i++) {
        const struct form_label *label = &row->items[i].label;
        bool name = label->known || row->items[i].is_name || form_is_year(row->items[i].text);
        if (label->value.len > 0 || !name)
            return false;
        *n_beside += i > from && label->known && row->items[i - 1].label.known;
    }
    return row->n > from;
}

bool form_row_has_known(const struct form_row *row, size_t from)
{
    for (size_t i = from; i < row->n; i++)
        if (row->items[i].label.known)
            return true;
    return false;
}
