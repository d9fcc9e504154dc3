/* The year of a written date; shared by the dates*.c files. */
#ifndef HIKU_DICT_DATES_DATES_YEAR_H
#define HIKU_DICT_DATES_DATES_YEAR_H

#include "dict/dates/dates_read.h"

/* Reads an era with its year, an era alone or a western year, which may be a day (20190605), into
 * D, and moves behind it; 年 is not part of it. On failure the cursor is anywhere. */
bool date_read_year(struct date_cursor *c, enum date_mode mode, struct written_date *d);

/* Moves behind the same year in brackets, as the other calendar has it: 平成31年（2019年）,
 * 2019（令和元）; only where the whole text is said to be a date. */
void date_skip_same_year(struct date_cursor *c, enum date_mode mode, const struct written_date *d);

/* Makes the date's year this one of its era; false: there is none. */
bool date_set_era_year(struct written_date *d, unsigned value);

#endif
