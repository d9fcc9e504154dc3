/* Days without a year: 4月1日 = 4/1 = 04月01日. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <stdlib.h>

#define MONTHS 12
#define DAYS 31
/* What rates and shares are parts of: 2/3, 7/10. With another number behind the sign a day is
 * meant: 7/8. */
static const int denominators[] = {2, 3, 4, 5, 6, 10};
#define N_DENOMINATORS (sizeof denominators / sizeof *denominators)

/* A day in the term. */
struct day {
    size_t start, end; /* bytes of the term */
    int month, day;
};

static bool is_digit_at(const struct expansion *e, size_t at)
{
    return at < e->n_bytes && utf8_is_digit((unsigned char)e->text[at]);
}

/* Reads a number of one or two digits, from 1 to MOST, and goes behind it. */
static bool take_number(const struct expansion *e, size_t *at, int most, int *value)
{
    size_t n = 0;
    *value = 0;
    for (; n < 3 && is_digit_at(e, *at); n++, ++*at)
        *value = *value * 10 + (e->text[*at] - '0');
    return n > 0 && n < 3 && *value > 0 && *value <= most;
}

/* Goes behind a day of the week in brackets at *AT: 4/5(月), 4/5(月曜日), 4/5(月・祝). Whether one
 * stands there. */
static bool take_weekday(const struct expansion *e, size_t *at)
{
    static const char *const behind[] = {"曜日", "曜",   "・祝日",     "・祝",   "、祝日",
                                         "、祝", "・休", "・振替休日", "・振休", "祝"};
    size_t end = *at;
    uint32_t cp = 0;
    if (!expand_take(e, &end, "("))
        return false;
    end += end < e->n_bytes ? utf8_decode(e->text + end, e->n_bytes - end, &cp) : 0;
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        expand_take(e, &end, behind[i]);
    if (!utf8_is_one_of(cp, U"月火水木金土日") || !expand_take(e, &end, ")"))
        return false;
    *at = end;
    return true;
}

/* Whether a day of the week stands behind the day, which no fraction has. */
static bool has_weekday(const struct expansion *e, const struct day *d)
{
    size_t at = d->end;
    return take_weekday(e, &at);
}

/* Whether the day, with its month before it, is what rates and shares are parts of. */
static bool is_denominator(const struct day *d)
{
    bool is = false;
    for (size_t i = 0; i < N_DENOMINATORS && d->month < d->day; i++)
        is = is || denominators[i] == d->day;
    return is;
}

/* Whether M/D may be a fraction. */
static bool may_be_fraction(const struct expansion *e, const struct day *d)
{
    return is_denominator(d) && !has_weekday(e, d);
}

static bool is_sign(char c)
{
    return c == '/' || c == '-' || c == '.' || c == ',' || c == ':';
}

/* Whether what stands around the day makes it a part of something longer. */
static bool is_part(const struct expansion *e, const struct day *d)
{
    char before = d->start > 0 ? e->text[d->start - 1] : ' ', next = e->text[d->end];
    return is_sign(before) || (before >= 'a' && before <= 'z') || is_digit_at(e, d->end) ||
           next == '/' || next == '-' || (next >= 'a' && next <= 'z');
}

static bool read(const struct expansion *e, size_t start, struct day *d)
{
    size_t at = start;
    d->start = start;
    if (!take_number(e, &at, MONTHS, &d->month))
        return false;
    bool slash = expand_take(e, &at, "/");
    if ((!slash && !expand_take(e, &at, "月")) || !take_number(e, &at, DAYS, &d->day))
        return false;
    if (!slash && !expand_take(e, &at, "日"))
        return false;
    d->end = at;
    return !is_part(e, d) && !(slash && may_be_fraction(e, d));
}

/* Adds the day as FORMAT has it; as a whole word: 4/1 begins 4/15. */
static bool add(struct expansion *e, const struct day *d, const char *between, const char *end,
                int width)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%0*d%s%0*d%s", width, d->month, between, width, d->day, end);
    bool ok = !text.failed && expansion_replace_whole(e, d->start, d->end, text.data, text.len);
    buf_release(&text);
    return ok;
}

/* Adds the day in all ways; FRACTION: not those with a sign, which are fractions too. */
static bool add_ways(struct expansion *e, const struct day *d, bool fraction)
{
    return add(e, d, "月", "日", 1) && add(e, d, "月", "日", 2) &&
           (fraction || (add(e, d, "/", "", 1) && add(e, d, "/", "", 2)));
}

/* Likewise without the day of the week behind it: 7月8日(月) is 7月8日. */
static bool add_without_weekday(struct expansion *e, const struct day *d)
{
    struct day longer = *d;
    /* 4/5, without it, is a fraction. */
    return !take_weekday(e, &longer.end) || add_ways(e, &longer, is_denominator(d));
}

bool expand_days(struct expansion *e)
{
    for (size_t i = 0; i < e->n_bytes; i++) {
        struct day d;
        if (is_digit_at(e, i) && (i == 0 || !is_digit_at(e, i - 1)) && read(e, i, &d))
            return add_ways(e, &d, may_be_fraction(e, &d)) && add_without_weekday(e, &d);
    }
    return true;
}
