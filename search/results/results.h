/* The results behind hiku.h: results.c, hit_spellings.c, literal_first.c; what search.c gives them.
 */
#ifndef HIKU_SEARCH_RESULTS_RESULTS_H
#define HIKU_SEARCH_RESULTS_RESULTS_H

#include "search/rank/collect.h"
#include "search/record.h"
#include "search/results/highlight.h"

/* The spellings of all terms of the hit that was fetched last. */
struct hit_spellings {
    struct hiku_found_spelling *items;
    size_t n;
    size_t cap;
};

/* Different texts that belong to the list, as does the array. */
struct text_list {
    const char **items;
    size_t n;
    size_t cap;
};

/* Adds TEXT, which is the list's from now on, unless it is there; frees it where it is, or memory
 * is out. TEXT may be NULL: memory was out. ST_OK, ST_NOMEM. */
enum status text_list_add(struct text_list *list, char *text);
/* Frees the texts; there are none then. */
void text_list_release(struct text_list *list);

struct hiku_results {
    struct hiku *db;
    struct hiku_search_options options; /* without its texts once they are read: the caller's */
    struct plan_options plan_options;   /* what these say about planning */
    struct word_source words;           /* of plan_options */
    struct evaluation all;              /* all words */
    struct evaluation partial;          /* some words */
    struct candidates candidates;
    uint64_t n_total;
    uint64_t n_partial;
    double elapsed_ms;
    int64_t left_ns; /* of the time limit; 0: there is none */
    bool counted;    /* among db->n_results */
    size_t next;     /* candidate to be fetched */
    struct hiku_hit hit;
    struct fetched fetched;
    struct highlighter highlighter;
    struct hit_spellings spellings;
    struct buf explanation;
    struct text_list suggestions;
    bool has_suggestions; /* they were looked for */
    struct text_list unknown_columns;
    struct text_list columns; /* those there are, where one is unknown */
    bool has_columns;         /* both were looked for */
};

void results_init(struct hiku_results *r, struct hiku *db);

/* The caller's options, those that an older caller does not know as they are by default. */
struct hiku_search_options search_options_copy(const struct hiku_search_options *options);

/* Reads what r->options say about planning into r->plan_options. ST_OK; ST_USAGE: a rule that is
 * none. */
enum status results_read_plan_options(struct hiku_results *r);

/* Parses a query as r->options and r->plan_options, which are to be read, say. ST_OK, ST_NOMEM. */
enum status results_parse(const struct hiku_results *r, const char *text, size_t n_bytes,
                          struct query *query);

/* Writes how the query was understood. */
enum status results_explain(struct hiku_results *r);

/* How many of the best candidates must be kept for the first PAGE of them. */
size_t text_order_keep(size_t page);

/* Puts in order, among candidates of about the same score, those first whose text has the terms
 * exactly as typed (RANK_FOLDED), and near its beginning (RANK_LEAD): the candidates of the page,
 * which are sorted by rank and hold all words. ST_OK, ST_CORRUPT, ST_BUSY, ST_IO, ST_INTERRUPTED.
 */
enum status text_order(struct hiku_results *r);

/* Notes which spellings of C's terms stand in the record that was fetched. ST_OK, ST_NOMEM,
 * ST_INTERRUPTED. */
enum status hit_spellings_find(struct hiku_results *r, struct candidate *c);

/* Sets the highlights of a record's title and body by the plans of H. Statuses as highlight. */
enum status fetched_highlight(struct fetched *f, struct highlighter *h);

#endif
