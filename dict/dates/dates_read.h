/* The grammar of one written date; shared by the dates*.c files. */
#ifndef HIKU_DICT_DATES_DATES_READ_H
#define HIKU_DICT_DATES_DATES_READ_H

#include "dict/dates/dates.h"
#include "dict/dates/dates_cursor.h"

/* How much doubt there may be: a text that is said to be a date, or running text, where a bare
 * number is a number and M6.5 an earthquake. */
enum date_mode { DATE_WHOLE, DATE_IN_TEXT };

struct date_era;

struct written_date {
    const struct date_era *era; /* NULL: a western year */
    bool era_letter;            /* R, not 令和 */
    bool era_first;             /* 元 */
    bool kanji_units;           /* the year is written with 千 */
    bool bare;                  /* a year without 年 */
    uint32_t separator;         /* of 2019-06-05; 0: written with 年月日 */
    unsigned year;              /* of the calendar; 0: the whole era */
    unsigned month;             /* 0: not given */
    unsigned day;
    bool fiscal;
    struct date_range range;
};

/* Reads a date with its year and moves behind it. On failure the cursor is anywhere. */
bool date_read(struct date_cursor *c, enum date_mode mode, struct written_date *d);

/* Reads the second end of a period, which may take its year, era or month from FIRST. */
bool date_read_second(struct date_cursor *c, const struct written_date *first,
                      struct written_date *d);

/* The current era has no end yet. */
#define DATE_LAST_YEAR 9999

/* Interface to dates_range.c. Each makes the date's range, and what it says of it, the year, the
 * fiscal year (from April on), N months of that from its month FIRST on (13: the next January), the
 * month, the day of its month. False when there is no such one. */
void date_make_year(struct written_date *d);
void date_make_fiscal(struct written_date *d);
void date_make_months_of_fiscal(struct written_date *d, unsigned first, unsigned n);
bool date_make_month(struct written_date *d, unsigned month);
bool date_make_day(struct written_date *d, unsigned day);

/* A day of the proleptic Gregorian calendar, DAY_NONE when there is no such day in 0001..9999. */
day_t date_from_civil(unsigned year, unsigned month, unsigned day);

#endif
