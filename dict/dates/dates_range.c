/* The days that a year, a month or a day has. Interface: dates_read.h. */
#include "dict/dates/dates_read.h"

void date_make_fiscal(struct written_date *d)
{
    d->fiscal = true;
    d->range.first = date_from_civil(d->year, 4, 1);
    d->range.last = d->year < DATE_LAST_YEAR ? date_from_civil(d->year + 1, 3, 31)
                                             : date_from_civil(DATE_LAST_YEAR, 12, 31);
}

void date_make_year(struct written_date *d)
{
    d->range.first = date_from_civil(d->year, 1, 1);
    d->range.last = date_from_civil(d->year, 12, 31);
}

bool date_make_month(struct written_date *d, unsigned month)
{
    if (month < 1 || month > 12)
        return false;
    d->month = month;
    d->range.first = date_from_civil(d->year, month, 1);
    d->range.last =
        month < 12 ? date_from_civil(d->year, month + 1, 1) - 1 : date_from_civil(d->year, 12, 31);
    return true;
}

bool date_make_day(struct written_date *d, unsigned day)
{
    day_t n = date_from_civil(d->year, d->month, day);

    if (n == DAY_NONE)
        return false;
    d->day = day;
    d->range = (struct date_range){n, n};
    return true;
}

void date_make_months_of_fiscal(struct written_date *d, unsigned first, unsigned n)
{
    day_t last = d->range.last;
    unsigned end = first + n; /* the month after, 13 for the next January */

    d->range.first = date_from_civil(d->year + (first > 12), first > 12 ? first - 12 : first, 1);
    if (end < 16)
        last = date_from_civil(d->year + (end > 12), end > 12 ? end - 12 : end, 1) - 1;
    d->range.last = last;
}
