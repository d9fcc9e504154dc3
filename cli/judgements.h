/* Judgements of relevance (qrels). Interface to judgements.c. */
#ifndef HIKU_CLI_JUDGEMENTS_H
#define HIKU_CLI_JUDGEMENTS_H

#include "cli/topic_rows.h"

#include <stdbool.h>
#include <stddef.h>

struct judgement {
    struct topic_row of;
    int grade;  /* 0 or less: not relevant */
    bool taken; /* it stood in the ranking already: it counts once */
    bool asked; /* the first of a query: it was answered already */
    size_t line;
};

struct judgements {
    struct judgement *items; /* by qid, then document, in the order of bytes */
    size_t n;
    struct buf strings;
    size_t cap;
};

#define JUDGEMENTS_INIT                                                                            \
    {                                                                                              \
        .strings = BUF_INIT                                                                        \
    }

/* Reads FILE (`-`: standard input): lines of name of the query, document, grade, or TREC's four
 * columns with one between the first two that says nothing; cut at tabs, or at blanks where there
 * is none. A first line whose grade holds no digit is a heading. Complains about the first line
 * that is wrong. Returns an exit code. */
int judgements_read(struct judgements *judgements, const char *file);
void judgements_release(struct judgements *judgements);

/* Those of one query: the number of the first, and how many. */
size_t judgements_find(const struct judgements *judgements, const char *qid, size_t *n);

/* The grade of a document among N judgements of one query; 0 where it has none or was asked for
 * before. */
int judgements_take(struct judgement *items, size_t n, const char *document);

#endif
