/* Rows of a file that each belong to a query and name a document: judgements, and runs. Interface
 * to topic_rows.c. */
#ifndef HIKU_CLI_TOPIC_ROWS_H
#define HIKU_CLI_TOPIC_ROWS_H

#include "base/buf.h"

#include <stddef.h>

/* The first member of such a row. */
struct topic_row {
    const char *qid;
    const char *document;
};

/* Keeps the strings of the next row in STRINGS; they have their place only when all are there. */
void topic_rows_keep(struct buf *strings, const char *qid, const char *document);

/* Sets the strings of N rows of N_BYTES each, in the order in which they were kept. */
void topic_rows_settle(const struct buf *strings, void *rows, size_t n, size_t n_bytes);

/* The rows of one query among N rows of N_BYTES each, sorted by it: the number of the first, and in
 * *FOUND how many. */
size_t topic_rows_find(const void *rows, size_t n, size_t n_bytes, const char *qid, size_t *found);

#endif
