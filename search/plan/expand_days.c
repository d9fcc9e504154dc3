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

/* Whether a day of the week stands behind the day: 4/5(月). */
static bool has_weekday(const struct expansion *e, const struct day *d)
{
    size_t at = d->end;
    return expand_take(e, &at, "(") &&
           utf8_is_one_of(utf8_at(e->text, e->n_bytes, at), U"月火水木金土日");
}

/* Whether M/D may be a fraction. */
static bool may_be_fraction(const struct expansion *e, const struct day *d)
{
    bool may = false;
    for (size_t i = 0; i < N_DENOMINATORS && d->month < d->day; i++)
        may = may || denominators[i] == d->day;
    return may && !has_weekday(e, d);
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

bool expand_days(struct expansion *e)
{
    for (size_t i = 0; i < e->n_bytes; i++) {
        struct day d;
        if (!is_digit_at(e, i) || (i > 0 && is_digit_at(e, i - 1)) || !read(e, i, &d))
            continue;
        return add(e, &d, "月", "日", 1) && add(e, &d, "月", "日", 2) &&
               (may_be_fraction(e, &d) || (add(e, &d, "/", "", 1) && add(e, &d, "/", "", 2)));
    }
    return true;
}
