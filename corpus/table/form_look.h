/* Whether rows are form sheets: labels with their values beside or below them. Interface to
 * form_look.c. */
#ifndef HIKU_CORPUS_TABLE_FORM_LOOK_H
#define HIKU_CORPUS_TABLE_FORM_LOOK_H

#include "corpus/table/form_rows.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum form_finding {
    FORM_NONE,   /* a table, or something else */
    FORM_MAYBE,  /* more rows will tell */
    FORM_SURE,   /* forms, one below the other */
    FORM_TURNED, /* a table whose first column has the names: each further one is a record */
};

/* What tells where a form's title stands. */
struct form_title {
    size_t row;
    size_t column;
    uint64_t key; /* of its label */
    size_t table; /* row of the heading of a table that follows; 0: none does */
    bool known;   /* it is one by its label, not only the first label */
    bool above;   /* its label stands beside others, above their values */
};

/* What ROWS are; ENDED: there are no more. A form has labels that are known: that of a title with
 * its value behind it, and two more below or above it in one column; or five, a text's among them.
 * An ordinary table never is one: its names stand beside each other, above more rows than one.
 * *TITLE: that of the first form.
 */
enum form_finding form_look(const struct form_rows *rows, bool ended, struct form_title *title);

/* Whether the rows FROM to TO are a form that is not filled in: below titles of one cell nothing
 * but labels, in three rows at least, beside each other in one of them. */
bool form_is_unfilled(const struct form_rows *rows, size_t from, size_t to);

/* Finds the first label of a title that has a value, in rows that are a form because the user says
 * so; *TITLE stays as it is where there is none. */
void form_find_title(const struct form_rows *rows, struct form_title *title);

/* Whether row AT has the label of TITLE again, in its column. */
bool form_has_title(const struct form_rows *rows, size_t at, const struct form_title *title);

/* The row that the next form begins with, when the title of the one that ROWS begin with stands in
 * a further row again; rows->n: none is there. */
size_t form_find_next(const struct form_rows *rows, const struct form_title *title);

/* Finds the first row below TITLE that is the heading of an ordinary table, which has many rows;
 * or, with LAST, goes on to the last of ROWS. *AT: rows->n where there is none. ST_OK or ST_NOMEM.
 */
enum status form_find_table(const struct form_rows *rows, const struct form_title *title, bool last,
                            size_t *at);

#endif
