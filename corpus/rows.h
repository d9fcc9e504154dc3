/* A table's file as rows of cells. Interface to rows.c.
 *
 * Memory is bounded by the longest row. Tab-separated tables have no quoting; in comma-separated
 * ones a cell in quotes may hold commas, line ends and doubled quotes (RFC 4180). */
#ifndef HIKU_CORPUS_ROWS_H
#define HIKU_CORPUS_ROWS_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/input.h"
#include "corpus/reader.h"

#include <stdbool.h>
#include <stddef.h>

enum row_state {
    ROW_GOOD,
    ROW_DOUBTFUL, /* readable all the same: see problem */
    ROW_BROKEN    /* to be skipped: its cells are not set; see problem */
};

/* All slices are valid until the next call; they are valid UTF-8. */
struct row {
    enum row_state state;
    const char *problem; /* translated; NULL when the row is good */
    size_t line;         /* where the row starts, from 1 */
    struct slice text;   /* the row without its line end */
    const struct slice *cells;
    size_t n_cells;
};

struct rows {
    struct input in;
    char delimiter;
    bool cr_ends; /* lines end in CR, as on old Macintoshes */
    size_t line;  /* of the window's start */
    struct buf repaired;
    struct buf unquoted;
    struct slice *cells;
    size_t cells_cap;
};

/* Opens PATH, which stays borrowed, and finds out its delimiter and line ends from the first
 * bytes. Close in any case. ST_OK; ST_INPUT (missing, unreadable, a folder, empty, binary);
 * ST_NOMEM. */
enum status rows_open(struct rows *rows, const char *path, struct error *error);
void rows_close(struct rows *rows);

/* Gives the next row; *FOUND is false at the end. ST_OK, ST_INPUT or ST_NOMEM. */
enum status rows_next(struct rows *rows, struct row *row, bool *found, struct error *error);

#endif
