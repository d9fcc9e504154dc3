/* Rows of a file that each belong to a query. Interface: topic_rows.h. */
#include "cli/topic_rows.h"

#include <string.h>

void topic_rows_keep(struct buf *strings, const char *qid, const char *document)
{
    buf_append(strings, qid, strlen(qid) + 1);
    buf_append(strings, document, strlen(document) + 1);
}

void topic_rows_settle(const struct buf *strings, void *rows, size_t n, size_t n_bytes)
{
    const char *at = strings->data;
    for (size_t i = 0; i < n; i++) {
        struct topic_row *row = (void *)((char *)rows + i * n_bytes);
        row->qid = at;
        at += strlen(at) + 1;
        row->document = at;
        at += strlen(at) + 1;
    }
}

static const char *qid_of(const void *rows, size_t at, size_t n_bytes)
{
    return ((const struct topic_row *)(const void *)((const char *)rows + at * n_bytes))->qid;
}

size_t topic_rows_find(const void *rows, size_t n, size_t n_bytes, const char *qid, size_t *found)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(qid_of(rows, middle, n_bytes), qid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*found = 0; low + *found < n && strcmp(qid_of(rows, low + *found, n_bytes), qid) == 0;)
        ++*found;
    return low;
}
