/* From era, year, month and day as written to a range of days. Interface: dates_read.h. */
#include "dict/dates_read.h"

#define OPEN_YEAR 9999 /* the current era has no end yet */
#define WEEKDAY_MAX 8  /* characters in （月曜日・祝日） */

struct civil {
    unsigned year, month, day;
};

struct date_era {
    const char32_t *name;
    uint32_t letter; /* lower case */
    struct civil first, last;
};

static const struct date_era eras[] = {{U"明治", 'm', {1868, 1, 25}, {1912, 7, 29}},
                                       {U"大正", 't', {1912, 7, 30}, {1926, 12, 24}},
                                       {U"昭和", 's', {1926, 12, 25}, {1989, 1, 7}},
                                       {U"平成", 'h', {1989, 1, 8}, {2019, 4, 30}},
                                       {U"令和", 'r', {2019, 5, 1}, {OPEN_YEAR, 12, 31}}};

#define N_ERAS (sizeof(eras) / sizeof(eras[0]))

static day_t era_day(const struct civil *day)
{
    return date_from_civil(day->year, day->month, day->day);
}

void date_make_fiscal(struct written_date *d)
{
    d->fiscal = true;
    d->range.first = date_from_civil(d->year, 4, 1);
    d->range.last = d->year < OPEN_YEAR ? date_from_civil(d->year + 1, 3, 31)
                                        : date_from_civil(OPEN_YEAR, 12, 31);
}

static void make_year(struct written_date *d)
{
    d->range.first = date_from_civil(d->year, 1, 1);
    d->range.last = date_from_civil(d->year, 12, 31);
}

static bool make_month(struct written_date *d, unsigned month)
{
    if (month < 1 || month > 12)
        return false;
    d->month = month;
    d->range.first = date_from_civil(d->year, month, 1);
    d->range.last =
        month < 12 ? date_from_civil(d->year, month + 1, 1) - 1 : date_from_civil(d->year, 12, 31);
    return true;
}

static bool make_day(struct written_date *d, unsigned day)
{
    day_t n = date_from_civil(d->year, d->month, day);

    if (n == DAY_NONE)
        return false;
    d->day = day;
    d->range = (struct date_range){n, n};
    return true;
}

/* 頃: about then. Takes nothing away and adds nothing. */
static void skip_about(struct date_cursor *c)
{
    if (!date_cursor_accept(c, U'頃') && !date_cursor_accept_string(c, U"ごろ"))
        date_cursor_accept_string(c, U"ころ");
}

static void read_end_and_about(struct date_cursor *c, struct written_date *d)
{
    if (date_cursor_accept(c, U'末'))
        d->range.first = d->range.last;
    skip_about(c);
}

static void read_third_of_month(struct date_cursor *c, struct written_date *d)
{
    day_t first = d->range.first;

    if (date_cursor_accept_string(c, U"上旬") || date_cursor_accept_string(c, U"初旬"))
        d->range.last = first + 9;
    else if (date_cursor_accept_string(c, U"中旬"))
        d->range = (struct date_range){first + 10, first + 19};
    else if (date_cursor_accept_string(c, U"下旬"))
        d->range.first = first + 20;
    read_end_and_about(c, d);
}

/* （水）, (水曜日), （月・祝）. */
static void skip_weekday(struct date_cursor *c)
{
    static const char32_t inside[] = U"月火水木金土日曜祝休振替・";
    struct date_cursor start = *c;
    unsigned n = 0;

    date_cursor_skip_space(c);
    if (date_cursor_accept(c, '(')) {
        for (; n < WEEKDAY_MAX; n++) {
            const char32_t *p = inside;
            while (*p && *p != date_cursor_peek(c))
                p++;
            if (!*p)
                break;
            date_cursor_take(c);
        }
        if (n > 0 && date_cursor_accept(c, ')'))
            return;
    }
    *c = start;
}

/* A number of at most two digits with UNIT behind it, space before each; else does not move. */
static bool read_counted(struct date_cursor *c, uint32_t unit, unsigned *value)
{
    struct date_cursor start = *c;
    struct date_number number;

    date_cursor_skip_space(c);
    if (date_cursor_number(c, 2, &number)) {
        date_cursor_skip_space(c);
        if (date_cursor_accept(c, unit)) {
            *value = number.value;
            return true;
        }
    }
    *c = start;
    return false;
}

/* A day that does not exist makes the whole no date: 6月31日 does not mean June. */
static bool read_after_month(struct date_cursor *c, struct written_date *d)
{
    unsigned day;

    if (!read_counted(c, U'日', &day)) {
        read_third_of_month(c, d);
        return true;
    }
    if (!make_day(d, day))
        return false;
    skip_about(c);
    skip_weekday(c);
    return true;
}

/* Behind 年. */
static bool read_after_year(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    unsigned month;

    if (date_cursor_accept(c, U'度')) {
        date_make_fiscal(d);
        read_end_and_about(c, d);
        return true;
    }
    if (read_counted(c, U'月', &month))
        return make_month(d, month) && read_after_month(c, d);
    if (mode == DATE_IN_TEXT && d->kanji_units && !d->era)
        return false; /* 千年 is a long time, not a year */
    make_year(d);
    read_end_and_about(c, d);
    return true;
}

/* The separator that comes next, all dashes as '-'; 0 for none. – is for periods. */
static uint32_t peek_separator(struct date_cursor *c)
{
    uint32_t cp = date_cursor_peek(c);

    switch (cp) {
    case '-':
    case 0x2010: /* hyphen */
    case 0x2212: /* minus */
    case U'ー':
        return '-';
    case '/':
    case '.':
        return cp;
    default:
        return 0;
    }
}

/* SEPARATOR and a number of one or two digits behind it; else does not move. */
static bool read_separated(struct date_cursor *c, uint32_t separator, bool *spaced, unsigned *value)
{
    struct date_cursor start = *c;
    struct date_number number;
    bool space = date_cursor_skip_space(c);

    if (peek_separator(c) == separator) {
        date_cursor_take(c);
        space |= date_cursor_skip_space(c);
        if (date_cursor_number(c, 2, &number) && number.n_digits > 0) {
            *spaced |= space;
            *value = number.value;
            return true;
        }
    }
    *c = start;
    return false;
}

/* Whether another number hangs on to the last one: 2019.6.5.1 is no date, nor is 2019-06-055. */
static bool goes_on(struct date_cursor c, uint32_t separator)
{
    if (peek_separator(&c) != separator)
        return false;
    date_cursor_take(&c);
    return date_is_digit(date_cursor_peek(&c));
}

/* Year and month alone look too much like other numbers: M6.5, 2019.6, 2019 - 6. */
static bool is_clear_month(const struct written_date *d, bool spaced)
{
    if (spaced)
        return false;
    if (d->era)
        return !d->era_letter || d->era_first;
    return d->separator != '.';
}

static bool read_numeric(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    bool spaced = false;
    unsigned value = 0;

    if (!read_separated(c, d->separator, &spaced, &value) || !make_month(d, value))
        return false;
    if (read_separated(c, d->separator, &spaced, &value)) {
        if (!make_day(d, value))
            return false;
    } else if (mode == DATE_IN_TEXT && !is_clear_month(d, spaced)) {
        return false;
    }
    if (mode == DATE_IN_TEXT && goes_on(*c, d->separator))
        return false;
    if (d->day)
        skip_weekday(c);
    return true;
}

static bool read_era(struct date_cursor *c, struct written_date *d)
{
    for (size_t i = 0; i < N_ERAS; i++) {
        if (date_cursor_accept_string(c, eras[i].name)) {
            d->era = &eras[i];
            return true;
        }
    }
    uint32_t letter = date_cursor_peek(c) | 0x20;
    for (size_t i = 0; i < N_ERAS; i++) {
        if (letter == eras[i].letter) {
            date_cursor_take(c);
            d->era = &eras[i];
            d->era_letter = true;
            return true;
        }
    }
    return false;
}

static bool set_era_year(struct written_date *d, unsigned value)
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
        return set_era_year(d, 1);
    }
    if (date_cursor_number(c, 3, &number))
        return set_era_year(d, number.value);
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
    return d->year >= 1000 && make_month(d, value / 100 % 100) && make_day(d, value % 100);
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
    return d->year >= 1000 && d->year <= OPEN_YEAR;
}

bool date_read(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    *d = (struct written_date){0};
    if (!(read_era(c, d) ? read_era_year(c, mode, d) : read_western_year(c, mode, d)))
        return false;
    if (d->year == 0 || d->day)
        return true;

    struct date_cursor after_number = *c;
    date_cursor_skip_space(c);
    if (date_cursor_accept(c, U'年'))
        return read_after_year(c, mode, d);
    d->separator = peek_separator(c);
    if (d->separator) {
        *c = after_number;
        return read_numeric(c, mode, d);
    }
    if (mode == DATE_IN_TEXT)
        return false;
    if (date_cursor_accept(c, U'度')) {
        date_make_fiscal(d);
        return true;
    }
    *c = after_number;
    d->bare = true;
    make_year(d);
    return true;
}

/* 3月 or 3月5日 behind a date of this year: of the next year when the month is an earlier one. */
static bool read_month_of(struct date_cursor *c, unsigned month, const struct written_date *first,
                          struct written_date *d)
{
    if (first->month == 0)
        return false;
    d->year = first->year + (month < first->month ? 1 : 0);
    return d->year <= OPEN_YEAR && make_month(d, month) && read_after_month(c, d);
}

static bool read_day_of(struct date_cursor *c, unsigned day, const struct written_date *first,
                        struct written_date *d)
{
    if (first->day == 0)
        return false;
    d->year = first->year;
    d->month = first->month;
    if (!make_day(d, day))
        return false;
    skip_about(c);
    skip_weekday(c);
    return true;
}

/* 2019/6/1～6/8. */
static bool read_numeric_of(struct date_cursor *c, const struct written_date *first,
                            struct written_date *d)
{
    struct date_number month;
    bool spaced = false;
    unsigned day;

    if (!first->separator || !first->day || !date_cursor_number(c, 2, &month) ||
        !read_separated(c, first->separator, &spaced, &day))
        return false;
    d->separator = first->separator;
    d->year = first->year + (month.value < first->month ? 1 : 0);
    if (d->year > OPEN_YEAR || !make_month(d, month.value) || !make_day(d, day))
        return false;
    skip_weekday(c);
    return true;
}

bool date_read_second(struct date_cursor *c, const struct written_date *first,
                      struct written_date *d)
{
    struct date_cursor start = *c;
    unsigned value;

    if (date_read(c, DATE_WHOLE, d))
        return true;
    *c = start;
    *d = (struct written_date){.era = first->era};
    if (first->year == 0)
        return false;
    if (first->era && read_counted(c, U'年', &value))
        return set_era_year(d, value) && read_after_year(c, DATE_WHOLE, d);
    if (read_counted(c, U'月', &value))
        return read_month_of(c, value, first, d);
    if (read_counted(c, U'日', &value))
        return read_day_of(c, value, first, d);
    return read_numeric_of(c, first, d);
}
