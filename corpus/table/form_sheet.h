/* One form sheet as it was understood. Interface to form_sheet.c, form_read.c and form_subtable.c.
 */
#ifndef HIKU_CORPUS_TABLE_FORM_SHEET_H
#define HIKU_CORPUS_TABLE_FORM_SHEET_H

#include "corpus/table/form_rows.h"

#include <stdbool.h>
#include <stddef.h>

#define FORM_MOST_PAIRS 1000 /* of a form; the last one has no name and takes what comes after */

/* A label and what stands for it. */
struct form_pair {
    struct span group; /* label merged over rows beside this one's; empty where there is none */
    struct span name;
    struct buf value;
    bool settled; /* its role is not for its name to tell */
    enum role role;
};

struct form_sheet {
    struct form_pair *pairs;
    size_t n;
    size_t cap;
    struct span line; /* the first one above all labels; empty where none is */
    struct span year; /* that one of those names */
    struct buf loose; /* texts that no label is beside or above, a line each */
};

#define FORM_SHEET_INIT                                                                            \
    {                                                                                              \
        .loose = BUF_INIT                                                                          \
    }

void form_sheet_release(struct form_sheet *sheet);

/* Reads the rows FROM to TO as one form. What its spans point to is ROWS'. ST_OK or ST_NOMEM. */
enum status form_read(const struct form_rows *rows, size_t from, size_t to,
                      struct form_sheet *sheet);

/* The pair of this GROUP and NAME, a new one where there is none; NULL: no memory. */
struct form_pair *form_sheet_pair(struct form_sheet *sheet, struct span group, struct span name);

/* Adds TEXT to the value, behind BETWEEN where it has one already. */
void form_pair_add(struct form_pair *pair, const char *between, struct span text);

/* Adds TEXT as a line to those without a label. */
void form_sheet_add_loose(struct form_sheet *sheet, struct span text);

/* A label that is merged over rows beside other labels. */
struct form_group {
    struct span name; /* empty: there is none */
    size_t column;
};

/* Takes the small table in a form whose heading is row AT: years or names above values. GROUP: what
 * is merged over that row; SECTION: the line above it. *NEXT: the row behind it; AT where there
 * is no such table. ST_OK or ST_NOMEM. */
enum status form_subtable_read(const struct form_rows *rows, size_t at, size_t to,
                               struct form_group group, struct span section,
                               struct form_sheet *sheet, size_t *next);

#endif
