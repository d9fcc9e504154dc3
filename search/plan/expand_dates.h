/* A date in a term, shared by the rule of dates and that of periods in it. */
#ifndef HIKU_SEARCH_PLAN_EXPAND_DATES_H
#define HIKU_SEARCH_PLAN_EXPAND_DATES_H

#include "dict/dates/dates.h"
#include "search/plan/expand.h"

struct era {
    const char *name;
    char letter;
    int first_year;
    int first_month; /* of the first year */
    int first_day;
};

/* The newest first. */
#define N_ERAS 5
extern const struct era expand_eras[N_ERAS];

enum unit { UNIT_NONE, UNIT_YEAR, UNIT_FISCAL, UNIT_MONTH, UNIT_DAY };

/* A date in the term. */
struct written {
    enum unit unit;
    int year, month, day;
    size_t start, end; /* bytes of the term */
};

/* Year, month and day of DAY. */
void written_split_day(day_t day, int ymd[3]);
/* Takes RANGE for the date D; whether it is one unit. */
bool written_set_unit(struct written *d, struct date_range range);
/* Appends month and day, as far as D has them: 7月8日. */
void written_add_day(struct buf *out, const struct written *d);
/* The newest era that has begun by the year or the month of D; NULL before all of them. */
const struct era *written_era(const struct written *d);
/* Leaves out of what was found what makes more or less of a date: から, 以降, 上旬, 第1四半期, 末;
 * whether a date is left. */
bool written_shorten(const struct expansion *e, struct written *d);

/* Adds both ends of a period, which RANGE is and the whole term, in the same style: 令和3~5年度 =
 * 2021年度から2023年度まで. False when memory is out. */
bool expand_date_period(struct expansion *e, struct date_range range);

#endif
