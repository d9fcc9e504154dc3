/* The sheets of a workbook as rows, one sheet after the other. Interface to sheet_walk.c.
 *
 * Each sheet is a part. A hidden one that is not wanted is one row that tells so. */
#ifndef HIKU_CORPUS_SHEET_SHEET_WALK_H
#define HIKU_CORPUS_SHEET_SHEET_WALK_H

#include "base/error.h"
#include "corpus/rows/row.h"
#include "corpus/rows/row_builder.h"

#include <stdbool.h>
#include <stddef.h>

struct sheet_walk;

/* What the workbook says of a sheet. */
struct sheet_info {
    const char *name; /* NUL-terminated; stays while the sheet is read */
    bool hidden;
    bool is_table; /* else it is left out: a chart */
};

struct sheet_walk_ops {
    struct sheet_info (*info)(const struct sheet_walk *walk, size_t sheet);
    /* Begins to read SHEET; one at a time is open. It is closed in any case. */
    enum status (*open)(struct sheet_walk *walk, size_t sheet, struct error *error);
    void (*close)(struct sheet_walk *walk);
    /* Puts the cells of the next row of the open sheet into walk->builder, and sets what ROW says
     * of its line and of itself; *FOUND is false at the end. ST_OK; ST_INPUT with a message;
     * ST_NOMEM. */
    enum status (*next)(struct sheet_walk *walk, struct row *row, bool *found, struct error *error);
};

/* The first member of a format's row source. */
struct sheet_walk {
    struct row_source base; /* first */
    const struct sheet_walk_ops *ops;
    bool take_hidden;
    bool since_1904; /* how the workbook counts days */
    size_t n_sheets;
    size_t next_sheet;
    bool sheet_is_open;
    bool new_part;
    struct row_builder builder;
};

/* WALK is zeroed. The caller sets n_sheets and since_1904 when it knows them. */
void sheet_walk_init(struct sheet_walk *walk, const struct row_source_ops *base,
                     const struct sheet_walk_ops *ops, bool take_hidden);

/* Closes the sheet that is open, and frees the builder. */
void sheet_walk_release(struct sheet_walk *walk);

/* The name of the sheet that is read. */
const char *sheet_walk_name(const struct sheet_walk *walk);

/* For struct row_source_ops: gives the next row of the workbook. */
enum status sheet_walk_next(struct row_source *base, struct row *row, bool *found,
                            struct error *error);

#endif
