/* A row put together cell by cell. Interface to row_builder.c. */
#ifndef HIKU_CORPUS_ROWS_ROW_BUILDER_H
#define HIKU_CORPUS_ROWS_ROW_BUILDER_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/rows/row.h"

#include <stdbool.h>
#include <stddef.h>

struct row_builder {
    struct buf text; /* the cells, each followed by a tab */
    size_t *ends;    /* of each cell in text */
    bool *repeated;  /* of each cell: as in struct row */
    bool repeats;    /* one of them does */
    size_t n;
    size_t cap;
    size_t repeated_cap;
    struct span *cells;
    size_t cells_cap;
};

#define ROW_BUILDER_INIT                                                                           \
    {                                                                                              \
        .text = BUF_INIT                                                                           \
    }

void row_builder_release(struct row_builder *builder);

/* Forgets the cells and keeps the memory. */
void row_builder_clear(struct row_builder *builder);

/* Appends TEXT to the cell that is open; damaged UTF-8 becomes U+FFFD. */
void row_builder_append(struct row_builder *builder, const char *text, size_t n_bytes);

/* Ends the open cell, which may be empty. ST_OK or ST_NOMEM. */
enum status row_builder_end_cell(struct row_builder *builder);

/* Marks the cell that was ended last as one that repeats another. */
void row_builder_mark_repeated(struct row_builder *builder);

/* Ends cells until there are N. ST_OK or ST_NOMEM. */
enum status row_builder_pad(struct row_builder *builder, size_t n);

/* Sets ROW's cells and text, which stay valid until the builder is used again. ST_OK or
 * ST_NOMEM. */
enum status row_builder_finish(struct row_builder *builder, struct row *row);

/* Writes what spreadsheets call a column (from 0) to OUT, NUL-terminated: A, Z, AA. */
#define COLUMN_LETTERS 16
void column_letters(char out[COLUMN_LETTERS], size_t column);

/* Makes ROW the one that tells of a hidden sheet of this name, which is not wanted. */
void row_tell_hidden_sheet(struct row *row, struct span name);

#endif
