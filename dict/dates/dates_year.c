/* Eras and years. Interface: dates_year.h. */
#include "dict/dates/dates_year.h"

struct civil {
    unsigned year, month, day;
};

struct date_era {
    const char32_t *name; /* its first character stands for it too: 平30.4.1 */
    uint32_t letter;      /* lower case */
    struct civil first, last;
};

static const struct date_era eras[] = {{U"明治", 'm', {1868, 1, 25}, {1912, 7, 29}},
                                       {U"大正", 't', {1912, 7, 30}, {1926, 12, 24}},
                                       {U"昭和", 's', {1926, 12, 25}, {1989, 1, 7}},
                                       {U"平成", 'h', {1989, 1, 8}, {2019, 4, 30}},
                                       {U"令和", 'r', {2019, 5, 1}, {DATE_LAST_YEAR, 12, 31}}};

#define N_ERAS (sizeof(eras) / sizeof(eras[0]))

static day_t era_day(const struct civil *day)
{
    return date_from_civil(day->year, day->month, day->day);
}

/* R, and 令 where no other text can begin so. A dot may follow: R.1.6.5. */
static bool read_era_letter(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    uint32_t cp = date_cursor_peek(c);

    for (size_t i = 0; i < N_ERAS; i++) {
        if ((cp | 0x20) != eras[i].letter && (mode != DATE_WHOLE || cp != eras[i].name[0]))
            continue;
        date_cursor_take(c);
        if (mode == DATE_WHOLE)
            date_cursor_accept(c, '.');
        d->era = &eras[i];
        d->era_letter = true;
        return true;
    }
    return false;
}

static bool read_era(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    for (size_t i = 0; i < N_ERAS; i++) {
        if (date_cursor_accept_string(c, eras[i].name)) {
            d->era = &eras[i];
            return true;
        }
    }
    return read_era_letter(c, mode, d);
}

bool date_set_era_year(struct written_date *d, unsigned value)
{
    d->year = d->era->first.year - 1 + value;
    return value > 0;
}

static bool read_era_year(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    struct date_number number;
    struct date_cursor start = *c;

    date_cursor_skip_space(c);
    if (date_cursor_accept(c, U'元')) {
        d->era_first = true;
        return date_set_era_year(d, 1);
    }
    if (date_cursor_number(c, 3, &number))
        return date_set_era_year(d, number.value);
    *c = start;
    if (mode == DATE_IN_TEXT || d->era_letter)
        return false;
    d->range = (struct date_range){era_day(&d->era->first), era_day(&d->era->last)};
    return true;
}

/* 20190605. */
static bool make_compact(struct written_date *d, unsigned value)
{
    d->year = value / 10000;
    return d->year >= 1000 && date_make_month(d, value / 100 % 100) &&
           date_make_day(d, value % 100);
}

static bool read_western_year(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    struct date_number number;

    if (!date_cursor_number(c, 8, &number))
        return false;
    if (number.n_digits == 8)
        return mode == DATE_WHOLE && make_compact(d, number.value);
    if (number.n_digits != 0 && number.n_digits != 4)
        return false;
    d->kanji_units = number.units;
    d->year = number.value;
    return d->year >= 1000 && d->year <= DATE_LAST_YEAR;
}

bool date_read_year(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    return read_era(c, mode, d) ? read_era_year(c, mode, d) : read_western_year(c, mode, d);
}

/* The same year in brackets, as the other calendar has it: 平成31年（2019年）, 2019（令和元）. */
void date_skip_same_year(struct date_cursor *c, enum date_mode mode, const struct written_date *d)
{
    struct date_cursor start = *c;
    struct written_date other = {0};

    date_cursor_skip_space(c);
    if (mode == DATE_WHOLE && date_cursor_accept(c, '(') && date_read_year(c, mode, &other) &&
        other.year == d->year && other.day == 0) {
        date_cursor_accept(c, U'年');
        date_cursor_accept(c, U'度');
        if (date_cursor_accept(c, ')'))
            return;
    }
    *c = start;
}
