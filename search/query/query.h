/* The query language (hiku-query.7): from what a person typed to a tree. */
#ifndef HIKU_SEARCH_QUERY_QUERY_H
#define HIKU_SEARCH_QUERY_QUERY_H

#include "base/error.h"
#include "dict/dates/dates.h"

#include <stdbool.h>
#include <stddef.h>

enum query_op {
    QUERY_TERM,  /* a text that the record contains */
    QUERY_AND,   /* all children; none: every record */
    QUERY_OR,    /* at least one child */
    QUERY_NOT,   /* not the only child */
    QUERY_DATE,  /* the record's date overlaps `dates` */
    QUERY_COLUMN /* in plans only: a column of a name holds a text */
};

enum query_field { QUERY_TITLE = 1, QUERY_BODY = 2, QUERY_ANY_FIELD = 3 };

struct query_node {
    enum query_op op;
    struct query_node *child; /* first child of AND, OR, NOT */
    struct query_node *next;  /* sibling */
    /* QUERY_TERM */
    char *text;      /* valid UTF-8, as typed, not normalised; NUL-terminated, may contain NULs */
    size_t len;      /* bytes, never 0 */
    unsigned fields; /* of enum query_field */
    bool quoted;     /* "…": no expansions */
    bool prefix;     /* 語*: starts a word */
    /* QUERY_DATE */
    struct date_range dates;
};

struct query {
    struct query_node *root;    /* NULL: the query asks for nothing (empty, or operators alone) */
    size_t n_terms;             /* terms outside of NOT */
    struct query_block *blocks; /* owns all nodes and texts */
};

enum query_default { QUERY_DEFAULT_ALL, QUERY_DEFAULT_ANY };

/* Parses N_BYTES of any bytes at all. White space (U+3000 too) and control characters between words
 * join them by AND, with QUERY_DEFAULT_ANY by OR; what excludes or dates (-語, date:…) is wanted
 * in either case. Operators count in any width; see hiku-query.7:
 * - "…" “…” exact. One without an end goes to the end of the text. Behind other characters it
 *   is one only when its second quote ends the word.
 * - -語, NOT 語: without. Negative terms alone ask for all other records.
 * - OR and | bind looser than AND. AND, OR and NOT are whole words in capitals. Where they have
 *   nothing to bind, as at the end of a query still being typed, they are dropped, unless the
 *   query holds nothing else: then they are text.
 * - ( ) group where the first starts a word and its partner ends one. Empty ones are dropped.
 * - 語* "…"* prefix.
 * - title: body: 件名: 本文: for a word, a quoted text or a group.
 * - date: 日付: since: until: a date of dates.h. date:A..B is from A to B, either may be missing.
 *   An open end is DAY_NONE in first, INT32_MAX in last. What is no date is text as typed.
 *
 * Nothing is a syntax error: what does not parse is taken as text; of that, words without any
 * visible character are dropped. Damaged UTF-8 becomes U+FFFD. Brackets deeper than 64 are text.
 * Returns ST_OK or ST_NOMEM (then *QUERY is empty). Linear in N_BYTES. */
enum status query_parse(struct query *query, const char *text, size_t n_bytes,
                        enum query_default join);

/* Has each text that is a date with a year, as date_find reads it, and nothing else, ask for
 * records of that date too: 2019年7月 becomes (OR "2019年7月" (DATE 2019-07-01 2019-07-31)). ST_OK,
 * ST_NOMEM. */
enum status query_add_dates(struct query *query);

void query_release(struct query *query);

/* Whether NAME is that of a field that wants a date: date, 日付, since or until. */
bool query_is_date_field(const char *name);

/* Writes the tree as one line, for tests and --explain:
 * (AND "夜間" (NOT "休日") title:"会議" "相談"* (DATE 2019-04-01 2020-03-31)). Terms that were
 * quoted are written ="…", an open end of a date -, and a query for nothing (). In texts \ and "
 * have a \ before them and control characters are \xNN. Returns ST_OK or ST_NOMEM. */
struct buf;
enum status query_print(const struct query *query, struct buf *out);

#endif
