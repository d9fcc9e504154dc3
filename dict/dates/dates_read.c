/* From era, year, month and day as written to a range of days. Interface: dates_read.h. */
#include "dict/dates/dates_read.h"

#include "dict/dates/dates_behind.h"
#include "dict/dates/dates_year.h"

static void read_end_and_about(struct date_cursor *c, struct written_date *d)
{
    if (date_cursor_accept(c, U'末'))
        d->range.first = d->range.last;
    date_skip_about(c);
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
    if (!date_make_day(d, day))
        return false;
    date_skip_about(c);
    date_skip_weekday(c);
    return true;
}

/* 第1四半期, 第一四半期. */
static bool read_quarter(struct date_cursor *c, unsigned *quarter)
{
    static const char32_t numerals[] = U"1一2二3三4四";

    if (!date_cursor_accept(c, U'第'))
        return false;
    uint32_t cp = date_cursor_peek(c);
    for (unsigned i = 0; numerals[i]; i++) {
        if (numerals[i] == cp) {
            *quarter = i / 2;
            date_cursor_take(c);
            return date_cursor_accept_string(c, U"四半期");
        }
    }
    return false;
}

/* 上半期, 下期, 第2四半期 of a fiscal year. Of a year without 度 they are not clear. */
static void read_part_of_fiscal(struct date_cursor *c, struct written_date *d)
{
    struct date_cursor start = *c;
    unsigned quarter;

    if (d->year >= DATE_LAST_YEAR)
        return;
    date_cursor_skip_space(c);
    if (date_cursor_accept_string(c, U"上半期") || date_cursor_accept_string(c, U"上期"))
        date_make_months_of_fiscal(d, 4, 6);
    else if (date_cursor_accept_string(c, U"下半期") || date_cursor_accept_string(c, U"下期"))
        date_make_months_of_fiscal(d, 10, 6);
    else if (read_quarter(c, &quarter))
        date_make_months_of_fiscal(d, 4 + 3 * quarter, 3);
    else
        *c = start;
}

/* Of 令和2年度3月 the month is in the next calendar year. */
static bool make_month_of_fiscal(struct written_date *d, unsigned month)
{
    d->fiscal = false;
    d->year += month < 4;
    return date_make_month(d, month);
}

/* Behind 年度. */
static bool read_after_fiscal(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    unsigned month;

    date_make_fiscal(d);
    date_skip_same_year(c, mode, d);
    if (mode == DATE_WHOLE && d->year < DATE_LAST_YEAR && read_counted(c, U'月', &month))
        return make_month_of_fiscal(d, month) && read_after_month(c, d);
    if (mode == DATE_WHOLE)
        read_part_of_fiscal(c, d);
    read_end_and_about(c, d);
    return true;
}

/* Behind 年. */
static bool read_after_year(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    unsigned month;

    if (date_cursor_accept(c, U'度'))
        return read_after_fiscal(c, mode, d);
    date_skip_same_year(c, mode, d);
    if (read_counted(c, U'月', &month))
        return date_make_month(d, month) && read_after_month(c, d);
    if (mode == DATE_IN_TEXT && d->kanji_units && !d->era)
        return false; /* 千年 is a long time, not a year */
    date_make_year(d);
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

    if (!read_separated(c, d->separator, &spaced, &value) || !date_make_month(d, value))
        return false;
    if (read_separated(c, d->separator, &spaced, &value)) {
        if (!date_make_day(d, value))
            return false;
    } else if (mode == DATE_IN_TEXT && !is_clear_month(d, spaced)) {
        return false;
    }
    if (mode == DATE_IN_TEXT && goes_on(*c, d->separator))
        return false;
    if (d->day)
        date_skip_weekday(c);
    return true;
}

/* A year with nothing behind it, as it may be in a period: R1-R2. */
static bool is_bare_year(struct date_cursor c, enum date_mode mode)
{
    date_cursor_take(&c);
    date_cursor_skip_space(&c);
    uint32_t cp = date_cursor_peek(&c);
    return mode == DATE_WHOLE && !date_is_digit(cp) && cp != DATE_CURSOR_END;
}

bool date_read(struct date_cursor *c, enum date_mode mode, struct written_date *d)
{
    *d = (struct written_date){0};
    if (!date_read_year(c, mode, d))
        return false;
    if (d->year == 0 || d->day)
        return true;

    date_skip_same_year(c, mode, d);
    struct date_cursor after_number = *c;
    date_cursor_skip_space(c);
    if (date_cursor_accept(c, U'年'))
        return read_after_year(c, mode, d);
    d->separator = peek_separator(c);
    if (d->separator == '-' && is_bare_year(*c, mode))
        d->separator = 0;
    if (d->separator) {
        *c = after_number;
        return read_numeric(c, mode, d);
    }
    if (mode == DATE_IN_TEXT)
        return false;
    if (date_cursor_accept(c, U'度'))
        return read_after_fiscal(c, mode, d);
    *c = after_number;
    d->bare = true;
    date_make_year(d);
    return true;
}

/* 3月 or 3月5日 behind a date of this year: of the next year when the month is an earlier one. */
static bool read_month_of(struct date_cursor *c, unsigned month, const struct written_date *first,
                          struct written_date *d)
{
    if (first->month == 0)
        return false;
    d->year = first->year + (month < first->month ? 1 : 0);
    return d->year <= DATE_LAST_YEAR && date_make_month(d, month) && read_after_month(c, d);
}

static bool read_day_of(struct date_cursor *c, unsigned day, const struct written_date *first,
                        struct written_date *d)
{
    if (first->day == 0)
        return false;
    d->year = first->year;
    d->month = first->month;
    if (!date_make_day(d, day))
        return false;
    date_skip_about(c);
    date_skip_weekday(c);
    return true;
}

/* 2019/6/1～6/8, 2019/6/1～8, 2019/4～9. */
static bool read_numeric_of(struct date_cursor *c, const struct written_date *first,
                            struct written_date *d)
{
    struct date_number number;
    bool spaced = false;
    unsigned day;

    if (!first->separator || !date_cursor_number(c, 2, &number) || number.n_digits == 0)
        return false;
    d->separator = first->separator;
    if (first->day && !read_separated(c, first->separator, &spaced, &day))
        return read_day_of(c, number.value, first, d);
    d->year = first->year + (number.value < first->month ? 1 : 0);
    if (d->year > DATE_LAST_YEAR || !date_make_month(d, number.value))
        return false;
    if (first->day && !date_make_day(d, day))
        return false;
    date_skip_weekday(c);
    return true;
}

/* 同年9月, 翌年3月, 同月8日. */
static bool read_same(struct date_cursor *c, const struct written_date *first,
                      struct written_date *d)
{
    unsigned value;

    if (first->month == 0)
        return false;
    if (date_cursor_accept_string(c, U"同月"))
        return read_counted(c, U'日', &value) && read_day_of(c, value, first, d);
    bool next = date_cursor_accept_string(c, U"翌年");
    if (!next && !date_cursor_accept_string(c, U"同年"))
        return false;
    d->year = first->year + next;
    return d->year <= DATE_LAST_YEAR && read_counted(c, U'月', &value) &&
           date_make_month(d, value) && read_after_month(c, d);
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
        return date_set_era_year(d, value) && read_after_year(c, DATE_WHOLE, d);
    if (read_counted(c, U'月', &value))
        return read_month_of(c, value, first, d);
    if (read_counted(c, U'日', &value))
        return read_day_of(c, value, first, d);
    return read_same(c, first, d) || read_numeric_of(c, first, d);
}
