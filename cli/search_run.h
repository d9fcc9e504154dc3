/* Answering queries and printing what is found. Interface to search_run.c. */
#ifndef HIKU_CLI_SEARCH_RUN_H
#define HIKU_CLI_SEARCH_RUN_H

#include "cli/output.h"
#include "cli/timing.h"
#include "search/write/result_writer.h"

struct search_run {
    hiku *db;
    struct hiku_search_options options;
    struct result_out writer;
    struct output output;
    struct timing timing;
    bool found;     /* something, by any query */
    bool found_all; /* a record with all words, likewise */
};

/* Answers one query (QID: its name, or NULL). HIKU_OK, or a status of hiku_search and
 * hiku_results_next whose message the handle has. */
int search_run_answer(struct search_run *run, const char *qid, const char *query, size_t n_bytes);

/* Answers the queries in FILE (`-`: standard input), lines of name, tab and query; other lines are
 * reported and left out. Returns an exit code: EXIT_FOUND unless something went wrong. */
int search_run_file(struct search_run *run, const char *file);

#endif
