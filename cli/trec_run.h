/* A ranking as a TREC run: qid Q0 document rank score name. Interface to trec_run.c. */
#ifndef HIKU_CLI_TREC_RUN_H
#define HIKU_CLI_TREC_RUN_H

#include "cli/topic_rows.h"

#include <stddef.h>

struct run_row {
    struct topic_row of;
    int rank;
    double score;
};

struct trec_run {
    struct run_row *rows; /* by qid, then rank, then score from above */
    size_t n;
    struct buf strings;
    size_t cap;
};

#define TREC_RUN_INIT                                                                              \
    {                                                                                              \
        .strings = BUF_INIT                                                                        \
    }

/* Reads FILE (`-`: standard input). Complains about the first line that is wrong. Returns an exit
 * code. */
int trec_run_read(struct trec_run *run, const char *file);
void trec_run_release(struct trec_run *run);

/* The rows of one query: the number of the first, and how many. */
size_t trec_run_find(const struct trec_run *run, const char *qid, size_t *n);

#endif
