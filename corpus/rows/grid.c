/* Rows of a grid whose cells may span several rows and columns. Interface: grid.h. */
#include "corpus/rows/grid.h"

#include "base/array.h"
#include "base/utf8.h"
#include "corpus/rows/cell.h"

#include <stdlib.h>
#include <string.h>

void grid_row_release(struct grid_row *row)
{
    buf_release(&row->text);
    free(row->cells);
    *row = (struct grid_row)GRID_ROW_INIT;
}

void grid_row_begin(struct grid_row *row, size_t number)
{
    row->number = number;
    row->n = 0;
    buf_clear(&row->text);
}

enum status grid_row_add(struct grid_row *row, size_t column, size_t at)
{
    if (!array_reserve(&row->cells, &row->cap, row->n + 1, sizeof *row->cells))
        return ST_NOMEM;
    row->cells[row->n++] = (struct grid_cell){column, at, row->text.len - at, false};
    return row->text.failed ? ST_NOMEM : ST_OK;
}

void cell_spans_release(struct cell_spans *spans)
{
    for (size_t i = 0; i < spans->n; i++)
        free(spans->items[i].text);
    free(spans->items);
    *spans = (struct cell_spans){0};
}

enum status cell_spans_add(struct cell_spans *spans, struct cell_span span)
{
    if (!array_reserve(&spans->items, &spans->cap, spans->n + 1, sizeof *spans->items))
        return ST_NOMEM;
    span.text = NULL;
    spans->items[spans->n++] = span;
    return ST_OK;
}

static bool is_over(const struct cell_span *span, size_t row)
{
    return span->first_row < row && row <= span->last_row;
}

static int compare_cells(const void *a, const void *b)
{
    const struct grid_cell *x = a, *y = b;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void sort_cells(struct grid_row *row)
{
    bool sorted = true;
    for (size_t i = 1; i < row->n; i++)
        sorted = sorted && row->cells[i - 1].column < row->cells[i].column;
    if (!sorted)
        qsort(row->cells, row->n, sizeof *row->cells, compare_cells);
}

/* The cell in COLUMN among the first N_CELLS, which are sorted; NULL: none. */
static const struct grid_cell *find_cell(const struct grid_row *row, size_t n_cells, size_t column)
{
    size_t low = 0, high = n_cells;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (row->cells[middle].column <= column)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low > 0 && row->cells[low - 1].column == column;
    return found ? &row->cells[low - 1] : NULL;
}

static bool is_number(const char *text, size_t n_bytes)
{
    size_t n_digits = 0;
    for (size_t i = 0; i < n_bytes;) {
        uint32_t cp;
        i += utf8_decode(text + i, n_bytes - i, &cp);
        bool digit = utf8_is_digit(cp) || utf8_is_circled(cp);
        bool blank = cp == ' ' || cp == 0x3000 || cp == '\n' || cp == '\r' || cp == '\t';
        if (!digit && !blank && cp != '-' && cp != '.')
            return false;
        n_digits += digit;
    }
    return n_digits > 0;
}

/* Whether ROW goes on with the record of the row above: a number spans both. */
static bool continues(const struct cell_spans *spans, size_t row)
{
    const struct cell_span *leftmost = NULL;
    for (size_t i = 0; i < spans->n; i++) {
        const struct cell_span *span = &spans->items[i];
        if (is_over(span, row) && span->text != NULL &&
            (leftmost == NULL || span->first_column < leftmost->first_column))
            leftmost = span;
    }
    return leftmost != NULL && is_number(leftmost->text, leftmost->len);
}

/* Whether cells over several rows begin in ROW, as in the upper row of a heading. */
static bool begins_heading(const struct cell_spans *spans, size_t row)
{
    for (size_t i = 0; i < spans->n; i++)
        if (spans->items[i].first_row == row && spans->items[i].last_row > row)
            return true;
    return false;
}

/* Takes the texts of the spans that begin in ROW. */
static enum status take_texts(const struct grid_row *row, struct cell_spans *spans)
{
    for (size_t i = 0; i < spans->n; i++) {
        struct cell_span *span = &spans->items[i];
        if (span->first_row != row->number || span->text != NULL)
            continue;
        const struct grid_cell *cell = find_cell(row, row->n, span->first_column);
        span->len = cell != NULL ? cell->len : 0;
        span->text = strndup(cell != NULL ? row->text.data + cell->at : "", span->len);
        if (span->text == NULL)
            return ST_NOMEM;
        span->len = strlen(span->text);
    }
    return ST_OK;
}

/* Adds what the spans say in ROW as cells of it, where it has none with a text. */
static enum status fill(struct grid_row *row, struct cell_spans *spans)
{
    bool heading = begins_heading(spans, row->number);
    size_t n_own = row->n;
    for (size_t i = 0; i < spans->n; i++) {
        const struct cell_span *span = &spans->items[i];
        if (span->first_row > row->number || span->text == NULL || span->len == 0)
            continue;
        size_t last = heading ? span->last_column : span->first_column;
        for (size_t column = span->first_column; column <= last; column++) {
            const struct grid_cell *own = find_cell(row, n_own, column);
            if (own != NULL && own->len > 0)
                continue;
            size_t at = row->text.len;
            spans->n_repeated += span->len;
            if (spans->n_repeated > GRID_MAX_REPEATED_BYTES || row->text.len > GRID_MAX_ROW_BYTES)
                return ST_INPUT;
            buf_append(&row->text, span->text, span->len);
            enum status status = grid_row_add(row, column, at);
            if (status != ST_OK)
                return status;
            row->cells[row->n - 1].repeated = true;
        }
    }
    return ST_OK;
}

static void forget_ended(struct cell_spans *spans, size_t row)
{
    size_t n = 0;
    for (size_t i = 0; i < spans->n; i++) {
        if (spans->items[i].last_row > row)
            spans->items[n++] = spans->items[i];
        else
            free(spans->items[i].text);
    }
    spans->n = n;
}

static enum status build(const struct grid_row *row, struct row_builder *builder)
{
    enum status status = ST_OK;
    row_builder_clear(builder);
    for (size_t i = 0; i < row->n && status == ST_OK; i++) {
        const struct grid_cell *cell = &row->cells[i];
        if (i + 1 < row->n && row->cells[i + 1].column == cell->column)
            continue;
        status = row_builder_pad(builder, cell->column);
        row_builder_append(builder, row->text.data + cell->at, cell->len);
        if (status == ST_OK)
            status = row_builder_end_cell(builder);
        if (status == ST_OK && cell->repeated)
            row_builder_mark_repeated(builder);
    }
    return status;
}

enum status grid_row_build(struct grid_row *row, struct cell_spans *spans,
                           struct row_builder *builder)
{
    enum status status = ST_OK;
    sort_cells(row);
    row->spanned = false;
    if (spans->n > 0) {
        status = take_texts(row, spans);
        row->spanned = continues(spans, row->number);
        if (status == ST_OK && !row->spanned)
            status = fill(row, spans);
        sort_cells(row);
        forget_ended(spans, row->number);
    }
    return status == ST_OK ? build(row, builder) : status;
}
