/* The rows of a part that may be form sheets, and what stands in them. Interface to form_rows.c. */
#ifndef HIKU_CORPUS_TABLE_FORM_ROWS_H
#define HIKU_CORPUS_TABLE_FORM_ROWS_H

#include "corpus/table/form_label.h"
#include "corpus/table/table.h"

#include <stdbool.h>
#include <stddef.h>

#define FORM_LABEL_COLUMNS 1024 /* a form is no wider */

/* A cell with a text of its own: what spans say beyond their first cell is none. */
struct form_item {
    size_t column;
    struct slice text;
    struct form_label label;
    bool is_name; /* by its form */
};

struct form_row {
    struct row_copy copy;
    struct form_item *items;
    size_t n;
    size_t cap;
};

struct form_rows {
    struct form_row *items; /* `n` of them are in use; all `cap` are there */
    size_t n;
    size_t cap;
    size_t n_bytes;  /* of their cells */
    size_t n_filled; /* rows with items */
    /* Columns in which known labels stand before their values, in all rows since the first. */
    bool label_columns[FORM_LABEL_COLUMNS];
    /* Columns in which labels may stand that are not known: in how many rows, up to two; and
     * whether one has a single value in one of them. */
    unsigned char n_likely[FORM_LABEL_COLUMNS];
    bool seems_label[FORM_LABEL_COLUMNS];
    size_t leftmost;             /* of them; FORM_LABEL_COLUMNS: there is none */
    const struct columns *names; /* that the user gave to labels; borrowed; NULL: none */
};

#define FORM_ROWS_INIT                                                                             \
    {                                                                                              \
        .leftmost = FORM_LABEL_COLUMNS                                                             \
    }

/* Forgets all rows. NAMES: those that the user gave, or NULL. */
void form_rows_begin(struct form_rows *rows, const struct columns *names);

/* Adds ROW, which is copied. ST_OK or ST_NOMEM. */
enum status form_rows_add(struct form_rows *rows, const struct row *row);

/* Forgets the first N rows. */
void form_rows_drop(struct form_rows *rows, size_t n);

void form_rows_release(struct form_rows *rows);

/* Whether the cell that begins in COLUMN of row AT spans the next row too. */
bool form_rows_spans(const struct form_rows *rows, size_t at, size_t column);

/* The item that begins in COLUMN; NULL: none does. */
const struct form_item *form_row_item(const struct form_row *row, size_t column);

/* Whether labels stand in the item's column. */
bool form_rows_has_labels(const struct form_rows *rows, const struct form_item *item);

/* Whether item AT of the row is a label that has its value in the row: behind a colon, or in the
 * next cell. */
bool form_row_is_pair(const struct form_row *row, size_t at);

#endif
