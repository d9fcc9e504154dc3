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
    struct span text;
    struct form_label label;
    bool is_name; /* by its form */
};

struct form_row {
    struct row_copy copy;
    struct form_item *items;
    size_t n;
    size_t cap;
};

/* What is known of the labels in a column, from all rows since the first. */
struct form_column {
    bool has_labels;        /* before their values: known ones, or several that may be some */
    unsigned char n_likely; /* rows with one that may be a label and is not known, up to two */
    bool one_value;         /* in one of these rows it has a single value */
};

struct form_rows {
    struct form_row *items; /* `n` of them are in use; all `cap` are there */
    size_t n;
    size_t cap;
    size_t n_bytes;  /* of their cells */
    size_t n_filled; /* rows with items */
    struct form_column columns[FORM_LABEL_COLUMNS];
    size_t leftmost;             /* with known labels; FORM_LABEL_COLUMNS: there is none */
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

/* Whether the row has items from number FROM on, and these are names and nothing else, as in the
 * heading of a table. *N_BESIDE: how many known ones stand behind a known one. */
bool form_row_has_names(const struct form_row *row, size_t from, size_t *n_beside);

/* Whether one of its items from number FROM on has a known label. */
bool form_row_has_known(const struct form_row *row, size_t from);

#endif
