/* Dates that are split over several columns: 年, 月, 日. Interface to date_parts.c. */
#ifndef HIKU_CORPUS_TABLE_DATE_PARTS_H
#define HIKU_CORPUS_TABLE_DATE_PARTS_H

#include "base/buf.h"
#include "corpus/table/columns.h"

/* Finds columns beside each other that are year and month, with an era before and a day after them
 * or without, or month and day (date_year.h), and makes them parts of the date, unless another
 * column is the date as a whole. They are called 年, 月, 日, or with the same words before: 発生年,
 * 発生月. */
void date_parts_assign(struct columns *columns);

/* Makes columns behind the date, up to three, that have no name or its name again, parts of it: a
 * name is often merged over year, month and day, or over the two ends of a period. */
void date_parts_assign_rest(struct columns *columns);

/* Adds the cell of a column that is a part of the date to what is there of it: 令和, 2, 4 become
 * 令和2年4月. What cannot be one under the date's name is left out. ST_OK or ST_NOMEM. */
enum status date_parts_add(const struct column_rule *rule, struct span cell, struct buf *date);

#endif
