/* Dates without a year, in tables whose titles name one. Interface to date_year.c. */
#ifndef HIKU_CORPUS_TABLE_DATE_YEAR_H
#define HIKU_CORPUS_TABLE_DATE_YEAR_H

#include "base/buf.h"
#include "corpus/table/table.h"

/* Puts the year before DATE where it begins with a month: the one that the last row of one cell
 * names, a title line above the heading, the part's name or the file's: 令和5年度 and 2月3日 are
 * 令和5年度2月3日, in 2024. A date whose year is not known stays as it is. ST_OK or ST_NOMEM. */
enum status date_year_complete(const struct table *table, struct buf *date);

/* Notes the year that ROW, one that is no record, names in its only cell: it is that of the rows
 * below. ST_OK or ST_NOMEM. */
enum status date_year_note(struct table *table, const struct row *row);

#endif
