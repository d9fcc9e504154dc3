/* The merged cells of a sheet that are known before its rows. Interface to merged.c. */
#ifndef HIKU_CORPUS_SHEET_MERGED_H
#define HIKU_CORPUS_SHEET_MERGED_H

#include "base/error.h"
#include "corpus/rows/grid.h"

#include <stddef.h>

#define MERGED_MAX 100000 /* of a sheet */

struct merged {
    struct cell_span *items;
    size_t n;
    size_t cap;
    size_t next; /* the first that merged_use() has not given */
};

void merged_release(struct merged *merged);

/* Adds one. ST_OK; ST_INPUT: there are MERGED_MAX already; ST_NOMEM. */
enum status merged_add(struct merged *merged, struct cell_span span);

/* Puts them in the order of their first rows: after the last merged_add(). */
void merged_sort(struct merged *merged);

/* Adds to SPANS those that begin in ROW or before and were not added yet. ST_OK or ST_NOMEM. */
enum status merged_use(struct merged *merged, size_t row, struct cell_spans *spans);

#endif
