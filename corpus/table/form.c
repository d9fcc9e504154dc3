/* Form sheets: finding out whether a part is one, and where each form ends. Interface: form.h. */
#include "corpus/table/form.h"

#include <stdlib.h>

#define LOOK_EVERY 16 /* rows, for a table below a form */

void form_begin(struct table *table)
{
    struct form *form = table->form_part;
    bool never = table->layout == LAYOUT_TABLE || table->form == COLUMNS_POSITIONS;
    if (form == NULL)
        return;
    form_rows_begin(&form->rows, &table->wanted);
    form->finding = never ? FORM_NONE : FORM_MAYBE;
    form->title = (struct form_title){0};
    form->n_forms = 0;
}

/* The rows that wait from FIRST on go the usual way. */
static enum status pass_on(struct table *table, size_t first)
{
    struct form *form = table->form_part;
    enum status status = ST_OK;
    form->finding = FORM_NONE;
    for (size_t i = first; i < form->rows.n && status == ST_OK; i++)
        status = table_take_row(table, &form->rows.items[i].copy.row);
    form_rows_drop(&form->rows, form->rows.n);
    return status;
}

/* Where the title stands in the rows that are left. */
static void find_title(struct form *form)
{
    const struct form_rows *rows = &form->rows;
    for (size_t i = 0; i < rows->n; i++) {
        const struct form_item *item = form_row_item(&rows->items[i], form->title.column);
        form->title.row = i;
        if (item != NULL && item->label.known && item->label.key == form->title.key)
            return;
    }
    form->title.row = 0;
}

/* What the rows that wait are; ENDED: no more will come. */
static enum form_finding look(struct table *table, bool ended)
{
    struct form *form = table->form_part;
    bool many = form->rows.n >= FORM_MOST_MAYBE || form->rows.n_bytes > FORM_MOST_BYTES;
    enum form_finding found = form_look(&form->rows, ended || many, &form->title);
    if (table->layout == LAYOUT_FORM && found == FORM_NONE) {
        form_find_title(&form->rows, &form->title);
        return ended || many ? FORM_SURE : FORM_MAYBE;
    }
    return found;
}

/* Makes records of the forms that are whole, and of all when the part has ENDED; from a table below
 * the last one on the rows go the usual way. */
static enum status emit_forms(struct table *table, bool ended)
{
    struct form *form = table->form_part;
    struct form_rows *rows = &form->rows;
    enum status status = ST_OK;
    for (bool whole = true; whole && status == ST_OK && rows->n > 0;) {
        size_t next = form_find_next(rows, &form->title), below = form->title.table;
        if (below == 0)
            status = form_find_table(rows, &form->title, ended && form->n_forms == 0, &below);
        bool cut = rows->n >= FORM_MOST_ROWS || rows->n_bytes > FORM_MOST_BYTES;
        if (status == ST_OK && below < next) {
            status = form_emit(table, 0, below);
            return status == ST_OK ? pass_on(table, below) : status;
        }
        whole = next < rows->n || ended || cut;
        if (!whole || status != ST_OK)
            break;
        if (cut && next == rows->n && !ended)
            table_doubt(table, &rows->items[0].copy.row,
                        _("a form of too many rows; those that follow are one of their own"));
        status = form_emit(table, 0, next);
        form->n_forms++;
        form_rows_drop(rows, next);
        find_title(form);
    }
    return status;
}

/* Whether the last row may end a form: all rows are looked through then, which takes time. */
static bool may_end(const struct form *form)
{
    const struct form_rows *rows = &form->rows;
    return rows->n % LOOK_EVERY == 0 || rows->n_bytes > FORM_MOST_BYTES || form->title.table > 0 ||
           form_has_title(rows, rows->n - 1, &form->title);
}

static bool may_be_of_form(const struct row *row)
{
    return row->text.len <= FORM_ROW_BYTES && row->n_cells <= FORM_ROW_CELLS && !row->heading;
}

enum status form_take(struct table *table, const struct row *row, bool *taken)
{
    struct form *form = table->form_part;
    struct form_rows *rows = form != NULL ? &form->rows : NULL;
    *taken = false;
    if (form == NULL || form->finding == FORM_NONE)
        return ST_OK;
    if (form->finding == FORM_MAYBE && !may_be_of_form(row))
        return pass_on(table, 0);
    *taken = true;
    enum status status = form_rows_add(rows, row);
    if (status != ST_OK || form->finding == FORM_TURNED)
        return status;
    if (form->finding == FORM_MAYBE)
        form->finding = look(table, false);
    if (form->finding == FORM_NONE)
        return pass_on(table, 0);
    return form->finding == FORM_SURE && may_end(form) ? emit_forms(table, false) : ST_OK;
}

enum status form_end(struct table *table)
{
    struct form *form = table->form_part;
    if (form == NULL || form->finding == FORM_NONE || form->rows.n == 0)
        return ST_OK;
    if (form->finding == FORM_MAYBE)
        form->finding = look(table, true);
    if (form->finding == FORM_TURNED) {
        enum status status = form_emit_turned(table);
        form_rows_drop(&form->rows, form->rows.n);
        return status;
    }
    return form->finding == FORM_SURE ? emit_forms(table, true) : pass_on(table, 0);
}

void form_release(struct table *table)
{
    if (table->form_part != NULL)
        form_rows_release(&table->form_part->rows);
    free(table->form_part);
    table->form_part = NULL;
}
