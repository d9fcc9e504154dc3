/* The calendar, periods, and dates in running text. Interface: dates.h. */
#include "dict/dates/dates.h"

#include "dict/dates/dates_behind.h"
#include "dict/dates/dates_read.h"

#include <string.h>

#define FIRST_YEAR 1
#define LAST_YEAR 9999
#define EPOCH_DAYS 719162 /* from 0001-01-01 to 1970-01-01 */

static const unsigned char month_days[2][13] = {
    {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31},
    {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}};

static bool is_leap(unsigned year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 0001-01-01 to the first day of YEAR. */
static int32_t days_before_year(unsigned year)
{
    unsigned n = year - 1;

    return (int32_t)(n * 365 + n / 4 - n / 100 + n / 400);
}

day_t date_from_civil(unsigned year, unsigned month, unsigned day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12)
        return DAY_NONE;

    const unsigned char *days = month_days[is_leap(year)];
    if (day < 1 || day > days[month])
        return DAY_NONE;

    int32_t n = days_before_year(year) + (int32_t)day - 1;
    for (unsigned m = 1; m < month; m++)
        n += days[m];
    return n - EPOCH_DAYS;
}

static void put_digits(char *out, unsigned value, int n_digits)
{
    for (int i = n_digits - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
}

void date_format(day_t day, char out[16])
{
    day_t last = date_from_civil(LAST_YEAR, 12, 31);
    int32_t n = day < -EPOCH_DAYS ? 0 : (day > last ? last : day) + EPOCH_DAYS;
    unsigned year = (unsigned)(n / 366) + 1; /* never too late, at most 21 years too early */

    while (year < LAST_YEAR && days_before_year(year + 1) <= n)
        year++;
    n -= days_before_year(year);

    const unsigned char *days = month_days[is_leap(year)];
    unsigned month = 1;
    for (; n >= days[month]; month++)
        n -= days[month];

    put_digits(out, year, 4);
    out[4] = '-';
    put_digits(out + 5, month, 2);
    out[7] = '-';
    put_digits(out + 8, (unsigned)n + 1, 2);
    out[10] = '\0';
}

static bool read_digits(const char *text, int n_digits, unsigned *value)
{
    *value = 0;
    for (int i = 0; i < n_digits; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *value = *value * 10 + (unsigned)(text[i] - '0');
    }
    return true;
}

day_t date_from_iso(const char *text)
{
    unsigned year, month, day;
    bool read = strlen(text) == strlen(DATE_NO_START) && text[4] == '-' && text[7] == '-' &&
                read_digits(text, 4, &year) && read_digits(text + 5, 2, &month) &&
                read_digits(text + 8, 2, &day);
    return read ? date_from_civil(year, month, day) : DAY_NONE;
}

static void skip_behind(struct date_cursor *c, const struct written_date *d)
{
    if (d->day)
        date_skip_time(c);
    date_skip_remark(c);
}

/* Whether a period has no end: nothing comes behind its sign, or that it goes on. */
static bool is_open(struct date_cursor *c)
{
    date_cursor_skip_space(c);
    return date_cursor_accept_string(c, U"現在") || date_cursor_accept_string(c, U"継続中") ||
           date_cursor_accept_string(c, U"継続") || date_cursor_peek(c) == DATE_CURSOR_END;
}

/* The second end of a period, behind its sign. */
static bool read_end(struct date_cursor *c, struct written_date *first, day_t *last)
{
    struct written_date second;

    date_cursor_skip_space(c);
    if (!date_read_second(c, first, &second))
        return false;
    if (first->bare && second.fiscal) /* 平成28～30年度 */
        date_make_fiscal(first);
    *last = second.range.last;
    skip_behind(c, &second);
    date_accept_until(c);
    return true;
}

/* What a first date goes on with, up to the end of the text. */
static bool read_period(struct date_cursor *c, struct written_date *first, day_t *last)
{
    bool spaced = date_cursor_skip_space(c);

    if (date_accept_onwards(c)) {
        *last = date_from_civil(LAST_YEAR, 12, 31);
        return true;
    }
    if (date_accept_period_sign(c, false)) {
        if (!is_open(c))
            return read_end(c, first, last);
        *last = date_from_civil(LAST_YEAR, 12, 31);
        return true;
    }
    return !date_accept_period_sign(c, first->separator != '-' || spaced) ||
           read_end(c, first, last);
}

bool date_parse(const char *text, size_t n_bytes, struct date_range *range)
{
    struct date_cursor c;
    struct written_date first;

    date_cursor_init(&c, text, n_bytes, 0);
    bool no_start = date_accept_period_sign(&c, false);
    date_cursor_skip_space(&c);
    if (!date_read(&c, DATE_WHOLE, &first))
        return false;
    skip_behind(&c, &first);
    no_start = date_accept_until(&c) || no_start;
    day_t last = first.range.last;
    if (!no_start && !read_period(&c, &first, &last))
        return false;
    day_t start = no_start ? date_from_civil(FIRST_YEAR, 1, 1) : first.range.first;
    date_cursor_skip_space(&c);
    if (date_cursor_peek(&c) != DATE_CURSOR_END || start > last)
        return false;
    *range = (struct date_range){start, last};
    return true;
}

static bool is_ascii_letter(uint32_t cp)
{
    return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
}

/* Whether a date may start with the character CP behind PREV, before which came BEFORE. A number
 * that goes on in front is another number. */
static bool may_start(uint32_t cp, uint32_t prev, uint32_t before)
{
    if (date_is_digit(cp))
        return !date_is_digit(prev) && !is_ascii_letter(prev) &&
               !((prev == '.' || prev == '-' || prev == '/') && date_is_digit(before));
    if (is_ascii_letter(cp))
        return !date_is_digit(prev) && !is_ascii_letter(prev);
    if (date_is_kanji_numeral(cp))
        return !date_is_kanji_numeral(prev);
    return cp == U'明' || cp == U'大' || cp == U'昭' || cp == U'平' || cp == U'令';
}

bool date_find(const char *text, size_t n_bytes, size_t *start, size_t *end,
               struct date_range *range)
{
    uint32_t before = 0;
    uint32_t prev = 0;

    for (size_t at = 0, len; at < n_bytes; at += len) {
        uint32_t fold[DATE_FOLD_MAX];
        unsigned n_fold;
        len = date_fold_char(text + at, n_bytes - at, fold, &n_fold);
        if (n_fold == 0)
            continue;
        if (may_start(fold[0], prev, before)) {
            struct date_cursor c;
            struct written_date d;
            date_cursor_init(&c, text, n_bytes, at);
            if (date_read(&c, DATE_IN_TEXT, &d) && !date_cursor_splits(&c)) {
                *start = at;
                *end = c.end;
                *range = d.range;
                return true;
            }
        }
        before = n_fold > 1 ? fold[n_fold - 2] : prev;
        prev = fold[n_fold - 1];
    }
    return false;
}
