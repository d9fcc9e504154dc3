/* A line of a file of queries: name, tab, query. Interface to query_line.c. */
#ifndef HIKU_CLI_QUERY_LINE_H
#define HIKU_CLI_QUERY_LINE_H

#include "cli/line_file.h"

struct query_line {
    const char *qid; /* NUL-terminated, not empty */
    const char *text;
    size_t len; /* bytes of text */
};

/* Cuts LINE, or tells what is wrong with it. Strings are the line's. */
bool query_line_read(const struct line *line, struct query_line *query);

#endif
