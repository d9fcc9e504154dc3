/* Times of day: 17時 = 午後5時 = 17:00, 17時30分 = 17:30 = 午後5時半. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/numerals.h"

#include <string.h>

#define BEFORE_NOON "午前"
#define AFTER_NOON "午後"
#define HALF "半"
#define NO_MINUTE (-1)

/* A time of day in the term. */
struct time_of_day {
    size_t start, end; /* bytes of the term */
    int hour;          /* 0 to 24 */
    int minute;        /* or NO_MINUTE */
    bool is_kanji;     /* the hour is */
    bool has_noon;     /* 午前 or 午後 stands before it */
    bool has_colon;
};

static bool take(const struct expansion *e, size_t *at, const char *text)
{
    if (!expand_has_at(e, *at, text))
        return false;
    *at += strlen(text);
    return true;
}

static bool take_number(const struct expansion *e, size_t *at, uint64_t below, int *value)
{
    struct numeral n;
    bool has_zero = *at + 1 < e->n_bytes && e->text[*at] == '0'; /* 05分 */
    size_t start = *at + has_zero;
    if (!numeral_read(e->text + start, e->n_bytes - start, &n) || n.value >= below)
        return false;
    *value = (int)n.value;
    *at = start + n.len;
    return true;
}

/* Whether what stands behind 時 makes another word of it: 3時間, 5時限. */
static bool is_other_word(const struct expansion *e, size_t at)
{
    static const char others[] = "間限点期制給短代刻";
    for (const char *c = others; *c != '\0' && at + 3 <= e->n_bytes; c += 3) {
        if (memcmp(e->text + at, c, 3) == 0)
            return true;
    }
    return false;
}

/* Reads what stands behind the hour. */
static bool read_minute(const struct expansion *e, size_t *at, struct time_of_day *t)
{
    size_t before = *at;
    t->minute = NO_MINUTE;
    if (take(e, at, ":")) {
        t->has_colon = true;
        return take_number(e, at, 60, &t->minute) && *at == before + 3;
    }
    if (!take(e, at, "時") || is_other_word(e, *at))
        return false;
    before = *at;
    if (take(e, at, HALF))
        t->minute = 30;
    else if (!take_number(e, at, 60, &t->minute) || !take(e, at, "分")) {
        *at = before;
        t->minute = NO_MINUTE;
    }
    return true;
}

static bool is_digit_or_colon(char c)
{
    return utf8_is_digit((unsigned char)c) || c == ':';
}

static bool read(const struct expansion *e, size_t start, struct time_of_day *t)
{
    size_t at = start;
    bool before_noon = take(e, &at, BEFORE_NOON),
         after_noon = !before_noon && take(e, &at, AFTER_NOON);
    *t = (struct time_of_day){.start = start, .has_noon = before_noon || after_noon};
    t->is_kanji = at < e->n_bytes && (unsigned char)e->text[at] >= 0x80;
    if ((start > 0 && is_digit_or_colon(e->text[start - 1])) ||
        !take_number(e, &at, t->has_noon ? 13 : 25, &t->hour) || !read_minute(e, &at, t))
        return false;
    if (after_noon && t->hour < 12)
        t->hour += 12;
    t->end = at;
    if (t->is_kanji && t->hour == 1 && !t->has_noon && t->minute == NO_MINUTE)
        return false; /* 一時 is a while: 一時保護 */
    return at == e->n_bytes || !is_digit_or_colon(e->text[at]);
}

/* Adds the term with TIME in the place of the time. */
static bool add(struct expansion *e, const struct time_of_day *t, const struct buf *time,
                bool whole)
{
    return !time->failed && (whole ? expansion_replace_whole
                                   : expansion_replace)(e, t->start, t->end, time->data, time->len);
}

/* 5:00, and 05:00. Whole words only: 5:00 ends 15:00. */
static bool add_colons(struct expansion *e, const struct time_of_day *t)
{
    struct buf time = BUF_INIT;
    bool ok = true;
    for (int width = 1; width <= 2 && ok; width++) {
        buf_clear(&time);
        buf_addf(&time, "%0*d:%02d", width, t->hour, t->minute == NO_MINUTE ? 0 : t->minute);
        ok = add(e, t, &time, true);
    }
    buf_release(&time);
    return ok;
}

/* HOUR behind NOON with its minutes in FORM. 5時 ends 15時: whole words only. */
static bool add_hour(struct expansion *e, const struct time_of_day *t, const char *noon, int hour,
                     enum numeral_form form)
{
    struct buf time = BUF_INIT;
    buf_adds(&time, noon);
    numeral_write(&time, (uint64_t)hour, form);
    buf_adds(&time, "時");
    size_t len = time.len;
    if (t->minute > 0) {
        numeral_write(&time, (uint64_t)t->minute, form);
        buf_adds(&time, "分");
    }
    bool whole = noon[0] == '\0', ok = add(e, t, &time, whole);
    if (ok && t->minute == 30) {
        time.len = len;
        buf_adds(&time, HALF);
        ok = add(e, t, &time, whole);
    }
    buf_release(&time);
    return ok;
}

static bool add_hours(struct expansion *e, const struct time_of_day *t, const char *noon, int hour)
{
    return add_hour(e, t, noon, hour, NUMERAL_ARABIC) && add_hour(e, t, noon, hour, NUMERAL_KANJI);
}

/* An hour up to 12 may be one of either half of the day, but with a colon it is seldom one of the
 * second. 午前5時 is not looked for as 5時, which 午後5時 has; 5時 stands in both. */
static bool add_time(struct expansion *e, const struct time_of_day *t)
{
    const char *noon = t->hour < 12 ? BEFORE_NOON : AFTER_NOON;
    bool is_late = t->hour > 12, ok = add_colons(e, t);
    if (ok && (is_late || !t->has_noon))
        ok = add_hours(e, t, "", t->hour);
    if (ok && (is_late || t->has_noon || t->has_colon))
        ok = add_hours(e, t, noon, is_late ? t->hour - 12 : t->hour);
    return ok;
}

bool expand_times(struct expansion *e)
{
    if (strstr(e->text, "時") == NULL && strchr(e->text, ':') == NULL)
        return true;
    for (size_t i = 0; i < e->n_bytes;) {
        struct time_of_day t;
        uint32_t cp;
        if (read(e, i, &t))
            return add_time(e, &t);
        i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
    }
    return true;
}
