/* Rows of a grid whose cells may span several rows and columns. Interface to grid.c.
 *
 * What a merged cell says is put where it helps to tell columns apart:
 * - A cell over several rows says the same in each of them, unless a number spans rows in the
 *   leftmost column where anything spans rows: then these rows are one record, and only its first
 *   row has what spans; the others go on with it.
 * - A cell over several columns stands in its first column only, so that a title across the table
 *   is one cell. In a row that begins cells over several rows too (the upper row of a heading) it
 *   stands in each. */
#ifndef HIKU_CORPUS_ROWS_GRID_H
#define HIKU_CORPUS_ROWS_GRID_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/rows/row_builder.h"

#include <stdbool.h>
#include <stddef.h>

#define GRID_MAX_COLUMNS 16384 /* Excel's */
/* What merged cells may add to a source by being repeated. A column that all rows share has some
 * megabytes in the largest tables. */
#define GRID_MAX_REPEATED_BYTES (256U << 20)
#define GRID_MAX_ROW_BYTES (64U << 20) /* of a row to which more is repeated */

struct cell_span {
    size_t first_row;
    size_t last_row;
    size_t first_column; /* from 0 */
    size_t last_column;
    char *text; /* of its cell; NULL until the row that holds it was given */
    size_t len;
};

struct cell_spans {
    struct cell_span *items;
    size_t n;
    size_t cap;
    size_t n_repeated; /* bytes so far */
};

struct grid_cell {
    size_t column;
    size_t at; /* in the row's text */
    size_t len;
    bool repeated; /* what a span says beyond its first cell */
};

struct grid_row {
    size_t number;
    struct buf text;
    struct grid_cell *cells;
    size_t n;
    size_t cap;
    bool spanned; /* set when the row is built: a number spans it and the row above */
};

#define GRID_ROW_INIT                                                                              \
    {                                                                                              \
        .text = BUF_INIT                                                                           \
    }

void grid_row_release(struct grid_row *row);
void grid_row_begin(struct grid_row *row, size_t number);

/* Ends a cell in COLUMN whose text is what was appended to row->text since AT. Cells may come in
 * any order; of two in a column the later counts. ST_OK or ST_NOMEM. */
enum status grid_row_add(struct grid_row *row, size_t column, size_t at);

void cell_spans_release(struct cell_spans *spans);

/* Adds a span; its text comes with the row in which it begins. ST_OK or ST_NOMEM. */
enum status cell_spans_add(struct cell_spans *spans, struct cell_span span);

/* Puts ROW's cells, with what spans say there, into BUILDER, which is cleared first; forgets the
 * spans that end with it. Rows come from the top. ST_OK; ST_NOMEM; ST_INPUT when too much is
 * repeated. */
enum status grid_row_build(struct grid_row *row, struct cell_spans *spans,
                           struct row_builder *builder);

#endif
