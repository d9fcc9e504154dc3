/* Numbers of the cells of Excel workbooks as text, by their formats. Interface to number_format.c.
 */
#ifndef HIKU_CORPUS_SHEET_NUMBER_FORMAT_H
#define HIKU_CORPUS_SHEET_NUMBER_FORMAT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum number_kind {
    NUMBER_PLAIN,
    NUMBER_PERCENT,
    NUMBER_DATE,    /* 2019-06-05 */
    NUMBER_MONTH,   /* 2019-06 */
    NUMBER_YEAR,    /* 2019 */
    NUMBER_TIME,    /* 08:30, or 08:30:15 */
    NUMBER_ELAPSED, /* hours may be more than 23 */
    NUMBER_DATE_TIME
};

struct number_format {
    enum number_kind kind;
    int n_integer;  /* digits before the point at least; 0: as it is */
    int n_fraction; /* digits after it; -1: as many as there are */
};

/* What the format code CODE (ECMA-376 Part 1, 18.8.31), NUL-terminated, makes of a number. */
struct number_format number_format_read(const char *code);

/* What the built-in format of this number means (18.8.30, with the Japanese ones). */
struct number_format number_format_builtin(unsigned long id);

/* Appends the number that TEXT says, as FORMAT shows it; TEXT itself when it is none or out of
 * range. Dates are in ISO 8601: complete, whatever part of them the format shows.
 * SINCE_1904: the workbook counts days from 1904-01-01, not from 1899-12-31. */
void number_append(struct buf *out, const char *text, size_t n_bytes, struct number_format format,
                   bool since_1904);

#endif
