/* Dates that are split over several columns: 年, 月, 日. Interface to date_parts.c. */
#ifndef HIKU_CORPUS_TABLE_DATE_PARTS_H
#define HIKU_CORPUS_TABLE_DATE_PARTS_H

#include "base/buf.h"
#include "corpus/table/columns.h"

/* Finds columns beside each other that are year and month, with an era before and a day after them
 * or without, and makes them parts of the date, unless another column is the date as a whole. They
 * are called 年, 月, 日, or with the same words before: 発生年, 発生月. */
void date_parts_assign(struct columns *columns);

/* Adds the cell of a column that is a part of the date to what is there of it: 令和, 2, 4 become
 * 令和2年4月. ST_OK or ST_NOMEM. */
enum status date_parts_add(const struct column_rule *rule, struct slice cell, struct buf *date);

#endif
