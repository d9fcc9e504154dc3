/* Cells that say the same as the cell above them: 〃, 同上. Interface to ditto.c. */
#ifndef HIKU_CORPUS_ROWS_DITTO_H
#define HIKU_CORPUS_ROWS_DITTO_H

#include "base/buf.h"
#include "corpus/rows/row.h"

#include <stdbool.h>
#include <stddef.h>

#define DITTO_ROW_BYTES (1U << 20) /* that are kept of a row; a cell beyond them has no ditto */

/* What the cells of a row say. */
struct said {
    struct buf text;
    size_t *ends; /* of each cell in text */
    size_t n;
    size_t cap;
};

struct ditto {
    struct said above; /* the row before */
    struct said now;
};

void ditto_release(struct ditto *ditto);

/* Forgets all rows: what comes stands below nothing. */
void ditto_forget(struct ditto *ditto);

/* Begins a row: the one before stands above it. */
void ditto_begin(struct ditto *ditto);

/* Sets *MEANT to what the row's next CELL means: the text above where it is a ditto mark below one,
 * else CELL. Valid until the next ditto_begin(). False when memory is out. */
bool ditto_next(struct ditto *ditto, struct span cell, struct span *meant);

/* What the last row says in COLUMN; empty where there is none. Valid until the next ditto_begin().
 */
struct span ditto_last(const struct ditto *ditto, size_t column);

#endif
