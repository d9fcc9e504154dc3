/* The results behind hiku.h. */
#ifndef HIKU_SEARCH_RESULTS_H
#define HIKU_SEARCH_RESULTS_H

#include "search/collect.h"
#include "search/highlight.h"
#include "search/session.h"

struct hiku_results {
    struct hiku *db;
    struct hiku_search_options options;
    struct evaluation all;     /* all words */
    struct evaluation partial; /* some words */
    struct candidates candidates;
    uint64_t n_total;
    uint64_t n_partial;
    double elapsed_ms;
    bool counted; /* among db->n_results */
    size_t next;  /* candidate to be fetched */
    struct hiku_hit hit;
    struct fetched fetched;
    struct highlighter highlighter;
    struct buf explanation;
    const char **suggestions; /* owned, as are the strings */
    size_t n_suggestions;
    bool has_suggestions; /* they were looked for */
};

void results_init(struct hiku_results *r, struct hiku *db);

/* Writes how the query was understood. */
enum status results_explain(struct hiku_results *r);

/* Sets the highlights of a record's title and body. */
enum status fetched_highlight(struct fetched *f, struct highlighter *h);

#endif
