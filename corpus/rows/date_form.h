/* Whether a cell is written as dates are. Interface to date_form.c. */
#ifndef HIKU_CORPUS_ROWS_DATE_FORM_H
#define HIKU_CORPUS_ROWS_DATE_FORM_H

#include "corpus/rows/sink.h"

#include <stdbool.h>

/* Whether CELL begins as a date does: a year of four digits or of an era, in any width, and a month
 * behind it (2020-04-01, 2020/4, 令和2年4月1日, R2.4.1, 20200401); or is a fiscal year (令和2年度).
 * What it means is not found out here: dict/dates/dates.h. */
bool is_date_form(struct span cell);

#endif
