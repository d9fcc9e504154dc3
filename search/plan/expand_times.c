/* Times of day: 17時 = 午後5時 = PM5:00 = 17:00, 17時30分 = 17:30 = 午後5時半, 12時 = 正午.
 * Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/numerals.h"

#include <string.h>

#define BEFORE_NOON "午前"
#define AFTER_NOON "午後"
#define NOON "正午"
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
    return utf8_is_one_of(utf8_at(e->text, e->n_bytes, at), U"間限点期制給短代刻");
}

/* Reads what stands behind the hour. */
static bool read_minute(const struct expansion *e, size_t *at, struct time_of_day *t)
{
    size_t before = *at;
    t->minute = NO_MINUTE;
    if (expand_take(e, at, ":")) {
        t->has_colon = true;
        return take_number(e, at, 60, &t->minute) && *at == before + 3;
    }
    if (!expand_take(e, at, "時") || is_other_word(e, *at))
        return false;
    before = *at;
    if (expand_take(e, at, HALF))
        t->minute = 30;
    else if (!take_number(e, at, 60, &t->minute) || !expand_take(e, at, "分")) {
        *at = before;
        t->minute = NO_MINUTE;
    }
    return true;
}

static bool is_digit_or_colon(char c)
{
    return utf8_is_digit((unsigned char)c) || c == ':';
}

/* Takes AM or PM, and a blank behind it. */
static bool take_latin(const struct expansion *e, size_t *at, const char *noon)
{
    bool begins = *at == 0 || e->text[*at - 1] < 'a' || e->text[*at - 1] > 'z';
    if (!begins || !expand_take(e, at, noon))
        return false;
    expand_take(e, at, " ");
    return true;
}

/* Reads 正午. */
static bool read_noon(const struct expansion *e, size_t start, struct time_of_day *t)
{
    size_t at = start;
    if (!expand_take(e, &at, NOON))
        return false;
    *t = (struct time_of_day){.start = start, .end = at, .hour = 12, .minute = NO_MINUTE};
    return true;
}

static bool read(const struct expansion *e, size_t start, struct time_of_day *t)
{
    size_t at = start;
    if (read_noon(e, start, t))
        return true;
    bool before_noon = expand_take(e, &at, BEFORE_NOON) || take_latin(e, &at, "am"),
         after_noon = !before_noon && (expand_take(e, &at, AFTER_NOON) || take_latin(e, &at, "pm"));
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

/* PM5:00, for an hour behind 12. AM9:00 holds 9:00. */
static bool add_latin(struct expansion *e, const struct time_of_day *t)
{
    struct buf time = BUF_INIT;
    buf_addf(&time, "pm%d:%02d", t->hour - 12, t->minute == NO_MINUTE ? 0 : t->minute);
    bool ok = add(e, t, &time, true);
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
    if (ok && is_late)
        ok = add_latin(e, t);
    if (ok && t->hour == 12 && t->minute <= 0)
        ok = expansion_replace(e, t->start, t->end, NOON, sizeof NOON - 1);
    return ok;
}

/* The next time of day from *AT on, behind which that goes; false: there is none. */
static bool next_time(const struct expansion *e, size_t *at, struct time_of_day *t)
{
    while (*at < e->n_bytes) {
        uint32_t cp;
        if (read(e, *at, t)) {
            *at = t->end;
            return true;
        }
        *at += utf8_decode(e->text + *at, e->n_bytes - *at, &cp);
    }
    return false;
}

/* Writes T with a colon and WIDTH digits for the hour, or, where that is 0, with 時. */
static void write_time(struct buf *out, const struct time_of_day *t, int width)
{
    int minute = t->minute == NO_MINUTE ? 0 : t->minute;
    if (width > 0)
        buf_addf(out, "%0*d:%02d", width, t->hour, minute);
    else if (minute > 0)
        buf_addf(out, "%d時%d分", t->hour, minute);
    else
        buf_addf(out, "%d時", t->hour);
}

/* Adds the term with all its times in one form: 9時~17時 is 9:00~17:00. */
static bool add_all(struct expansion *e, int width)
{
    struct buf other = BUF_INIT;
    struct time_of_day t;
    size_t at = 0, from = 0;
    while (next_time(e, &at, &t)) {
        buf_append(&other, e->text + from, t.start - from);
        write_time(&other, &t, width);
        from = t.end;
    }
    buf_append(&other, e->text + from, e->n_bytes - from);
    bool ok = !other.failed && expansion_add_whole(e, other.data, other.len);
    buf_release(&other);
    return ok;
}

bool expand_times(struct expansion *e)
{
    struct time_of_day first, second;
    size_t at = 0;
    if (strstr(e->text, "時") == NULL && strchr(e->text, ':') == NULL &&
        strstr(e->text, NOON) == NULL)
        return true;
    if (!next_time(e, &at, &first))
        return true;
    if (!next_time(e, &at, &second))
        return add_time(e, &first);
    return add_time(e, &first) && add_all(e, 0) && add_all(e, 1) && add_all(e, 2);
}
