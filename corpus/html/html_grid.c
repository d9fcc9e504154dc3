/* A table of an HTML page while it is read. Interface: html_grid.h. */
#include "corpus/html/html_grid.h"

#include "base/array.h"
#include "corpus/table/column_guess.h"
#include "corpus/table/form_look.h"
#include "corpus/table/known_heading.h"

#include <stdlib.h>

#define HEADING_ROWS 16 /* looked at for known names: titles and notes come before them */
#define MOST_NAMES 12   /* of a thing in a table of one, where they are not usual ones */
#define FORM_ROWS 64    /* looked at for labels */
#define FEWEST_ROWS 3   /* of a table that is known by its form alone */

struct html_grid *html_grid_new(size_t line, struct row_builder *builder)
{
    struct html_grid *grid = calloc(1, sizeof *grid);
    if (grid == NULL)
        return NULL;
    buf_init(&grid->caption);
    buf_init(&grid->heading);
    grid->row = (struct grid_row)GRID_ROW_INIT;
    grid->line = line;
    grid->new_part = true;
    grid->builder = builder;
    return grid;
}

static void free_row(struct html_row *row)
{
    buf_release(&row->text);
    free(row->cells);
    free(row);
}

static void free_rows(struct html_grid *grid)
{
    for (struct html_row *row = grid->first, *next; row != NULL; row = next) {
        next = row->next;
        free_row(row);
    }
    grid->first = grid->last = NULL;
}

void html_grid_free(struct html_grid *grid)
{
    free_rows(grid);
    buf_release(&grid->caption);
    buf_release(&grid->heading);
    cell_spans_release(&grid->spans);
    grid_row_release(&grid->row);
    free(grid);
}

static struct html_row *append_row(struct html_grid *grid, size_t line)
{
    struct html_row *row = calloc(1, sizeof *row);
    if (row == NULL)
        return NULL;
    buf_init(&row->text);
    row->line = line;
    if (grid->last != NULL)
        grid->last->next = row;
    else
        grid->first = row;
    grid->last = row;
    return row;
}

enum status html_grid_begin_row(struct html_grid *grid, size_t line)
{
    enum status status = html_grid_end_row(grid);
    if (status != ST_OK || append_row(grid, line) == NULL)
        return ST_NOMEM;
    grid->row_open = true;
    return ST_OK;
}

static enum status look_for_names(struct html_grid *grid)
{
    const struct html_row *row = grid->last;
    struct span *cells = reallocarray(NULL, row->n, sizeof *cells);
    if (cells == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < row->n; i++)
        cells[i] = (struct span){row->text.data + row->cells[i].at, row->cells[i].len};
    enum status status = is_known_heading(cells, row->n, &grid->known);
    free(cells);
    return status;
}

enum status html_grid_end_row(struct html_grid *grid)
{
    if (!grid->row_open || grid->last == NULL)
        return ST_OK;
    grid->row_open = false;
    grid->n_rows++;
    size_t n_filled = 0, n_headings = 0;
    for (size_t i = 0; i < grid->last->n; i++) {
        n_filled += grid->last->cells[i].len > 0;
        n_headings += grid->last->cells[i].len > 0 && grid->last->cells[i].heading;
    }
    grid->heading_row = grid->heading_row || (n_headings > 1 && n_headings == n_filled);
    if (n_filled > grid->widest)
        grid->widest = n_filled;
    if (grid->known || n_filled < 2 || grid->n_rows > HEADING_ROWS)
        return ST_OK;
    return look_for_names(grid);
}

enum status html_grid_add(struct html_grid *grid, struct html_cell cell, struct span text)
{
    struct html_row *row = grid->last;
    if (!array_reserve(&row->cells, &row->cap, row->n + 1, sizeof *row->cells))
        return ST_NOMEM;
    cell.at = row->text.len;
    cell.len = text.len;
    buf_append(&row->text, text.data, text.len);
    row->cells[row->n++] = cell;
    grid->any_heading = grid->any_heading || cell.heading;
    grid->n_bytes += text.len + sizeof cell;
    return row->text.failed ? ST_NOMEM : ST_OK;
}

void html_grid_extend(struct html_grid *grid, struct span text)
{
    struct html_row *row = grid->last;
    struct html_cell *cell = &row->cells[row->n - 1];
    if (text.len == 0)
        return;
    if (cell->len > 0)
        buf_addc(&row->text, '\n');
    buf_append(&row->text, text.data, text.len);
    cell->len = row->text.len - cell->at;
    grid->n_bytes += text.len;
}

bool html_grid_is_regular(const struct html_grid *grid)
{
    size_t n_rows = 0, n_regular = 0, n_named = 0;
    for (const struct html_row *row = grid->first; row != NULL; row = row->next, n_rows++) {
        size_t n_filled = 0, n_words = 0;
        for (size_t i = 0; i < row->n; i++) {
            struct span cell = {row->text.data + row->cells[i].at, row->cells[i].len};
            n_filled += cell.len > 0;
            n_words += text_kind_of(cell) == TEXT_WORDS;
        }
        bool named = row->n > 1 && row->cells[0].heading && row->cells[0].len > 0;
        n_named += named && n_filled > 1 && (!grid->is_list || n_words > 1);
        n_regular += n_filled > 1 && row->n == grid->first->n;
    }
    if (n_rows < FEWEST_ROWS)
        return false;
    return grid->is_list ? n_named == n_rows
                         : n_regular * 5 >= n_rows * 4 &&
                               (grid->widest > 2 || (n_named == n_rows && n_rows > MOST_NAMES));
}

/* Whether the first cells of the rows are a heading line by their names. *KNOWN. */
static enum status look_at_names(const struct html_grid *grid, bool *known)
{
    struct span names[HEADING_ROWS];
    size_t n = 0;
    for (const struct html_row *row = grid->first; row != NULL && n < HEADING_ROWS; row = row->next)
        names[n++] = (struct span){row->text.data + row->cells[0].at, row->cells[0].len};
    return is_known_heading(names, n, known);
}

/* Whether each row is a name and as many cells as the other rows have. */
static bool is_turned(const struct html_grid *grid)
{
    const struct html_row *row = grid->first;
    if (grid->n_rows < 2 || row->n < 2)
        return false;
    for (; row != NULL; row = row->next) {
        if (row->n != grid->first->n || !row->cells[0].heading)
            return false;
        for (size_t i = 0; i < row->n; i++)
            if (row->cells[i].n_rows > 1 || row->cells[i].n_columns > 1 ||
                (i > 0 && row->cells[i].heading))
                return false;
    }
    return true;
}

enum status html_grid_turn(struct html_grid *grid, bool any_data)
{
    bool known = false;
    if (!is_turned(grid))
        return ST_OK;
    enum status status = look_at_names(grid, &known);
    bool one = grid->first->n == 2 && !any_data;
    if (status != ST_OK || (!known && (grid->is_list || one || grid->n_rows > MOST_NAMES)))
        return status;
    struct html_grid turned = *grid;
    size_t n_columns = grid->first->n;
    grid->first = grid->last = NULL;
    grid->n_rows = grid->widest = 0;
    grid->known = false;
    for (size_t i = 0; i < n_columns && status == ST_OK; i++) {
        status = html_grid_begin_row(grid, turned.first->line);
        for (const struct html_row *row = turned.first; row != NULL && status == ST_OK;
             row = row->next)
            status =
                html_grid_add(grid, row->cells[i],
                              (struct span){row->text.data + row->cells[i].at, row->cells[i].len});
    }
    free_rows(&turned);
    return status == ST_OK ? html_grid_end_row(grid) : status;
}

/* Adds the cells of ROW to those of a part that may be a form. */
static enum status add_form_row(const struct html_row *row, struct form_rows *rows)
{
    struct span *cells = reallocarray(NULL, row->n + 1, sizeof *cells);
    if (cells == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < row->n; i++)
        cells[i] = (struct span){row->text.data + row->cells[i].at, row->cells[i].len};
    const struct row plain = {.kind = ROW_CELLS, .cells = cells, .n_cells = row->n};
    enum status status = form_rows_add(rows, &plain);
    free(cells);
    return status;
}

enum status html_grid_look_for_form(struct html_grid *grid)
{
    struct form_rows rows = FORM_ROWS_INIT;
    struct form_title title;
    size_t n = 0;
    enum status status = ST_OK;
    for (const struct html_row *row = grid->first; row != NULL && n < FORM_ROWS && status == ST_OK;
         row = row->next, n++)
        status = add_form_row(row, &rows);
    grid->is_form = status == ST_OK && form_look(&rows, true, &title) == FORM_SURE;
    grid->known = grid->is_form && title.known;
    form_rows_release(&rows);
    return status;
}

/* Which columns of the row are under cells that span rows. */
static bool *covered_columns(const struct html_grid *grid)
{
    bool *covered = calloc(GRID_MAX_COLUMNS + 1, sizeof *covered);
    for (size_t i = 0; covered != NULL && i < grid->spans.n; i++) {
        const struct cell_span *span = &grid->spans.items[i];
        for (size_t column = span->first_column; column <= span->last_column; column++)
            covered[column] = true;
    }
    return covered;
}

/* Puts the row's cells in their columns. What goes beyond the last column is one cell there. */
static enum status place_cells(struct html_grid *grid, const struct html_row *row)
{
    bool *covered = grid->spans.n > 0 ? covered_columns(grid) : NULL;
    enum status status = grid->spans.n > 0 && covered == NULL ? ST_NOMEM : ST_OK;
    size_t column = 0;
    for (size_t i = 0; i < row->n && status == ST_OK; i++) {
        const struct html_cell *cell = &row->cells[i];
        while (covered != NULL && column < GRID_MAX_COLUMNS && covered[column])
            column++;
        if (column + cell->n_columns > GRID_MAX_COLUMNS || grid->spans.n > HTML_MAX_SPANS) {
            status = ST_INPUT;
            break;
        }
        size_t at = grid->row.text.len;
        buf_append(&grid->row.text, row->text.data + cell->at, cell->len);
        status = grid_row_add(&grid->row, column, at);
        struct cell_span span = {.first_row = grid->row_number,
                                 .last_row = grid->row_number + cell->n_rows - 1,
                                 .first_column = column,
                                 .last_column = column + cell->n_columns - 1};
        if (status == ST_OK && (cell->n_rows > 1 || cell->n_columns > 1))
            status = cell_spans_add(&grid->spans, span);
        column += cell->n_columns;
    }
    free(covered);
    return status;
}

/* Whether the row holds the names of columns, and no row of names stands below it. */
static bool is_heading(const struct html_row *row)
{
    size_t n_filled = 0;
    for (size_t i = 0; i < row->n; i++) {
        n_filled += row->cells[i].len > 0;
        if ((row->cells[i].len > 0 && !row->cells[i].heading) || row->cells[i].n_rows > 1)
            return false;
    }
    return n_filled > 1 &&
           (row->next == NULL || !row->next->n || !row->next->cells[row->next->n - 1].heading);
}

enum status html_grid_next(struct html_grid *grid, struct row *row, bool *found)
{
    struct html_row *first = grid->first;
    *found = first != NULL && !(first == grid->last && grid->row_open);
    if (!*found)
        return ST_OK;
    grid_row_begin(&grid->row, ++grid->row_number);
    enum status status = place_cells(grid, first);
    if (status == ST_OK)
        status = grid_row_build(&grid->row, &grid->spans, grid->builder);
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_CELLS, .new_part = grid->new_part};
    row->by_names_only = !grid->by_form;
    row->heading = is_heading(first);
    row->place.line = first->line;
    row->in_grid = true;
    row->spanned = grid->row.spanned;
    const struct buf *name = grid->caption.len > 0 ? &grid->caption : &grid->heading;
    row->place.part = buf_span(name);
    grid->new_part = false;
    grid->first = first->next;
    if (grid->first == NULL)
        grid->last = NULL;
    grid->n_bytes -= first->text.len + first->n * sizeof *first->cells;
    free_row(first);
    return status == ST_OK ? row_builder_finish(grid->builder, row) : status;
}

void html_grid_to_text(const struct html_grid *grid, struct buf *out)
{
    buf_append(out, grid->caption.data, grid->caption.len);
    for (const struct html_row *row = grid->first; row != NULL; row = row->next) {
        buf_addc(out, '\n');
        for (size_t i = 0; i < row->n; i++) {
            buf_append(out, row->text.data + row->cells[i].at, row->cells[i].len);
            buf_addc(out, grid->is_list ? '\n' : ' ');
        }
    }
    buf_addc(out, '\n');
}
