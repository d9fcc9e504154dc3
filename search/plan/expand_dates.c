/* Dates by era and by western year: 2019年7月 = 令和元年7月, 令和元年度 = 2019年度 and its months.
 * Interface: expand.h. */
#include "search/plan/expand_dates.h"

#include "base/utf8.h"
#include "dict/numerals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Part of the weight that the months of a fiscal year have: the year itself comes first. */
#define MONTH_WEIGHT 0.6

const struct era expand_eras[N_ERAS] = {{"令和", 'r', 2019, 5, 1},
                                        {"平成", 'h', 1989, 1, 8},
                                        {"昭和", 's', 1926, 12, 25},
                                        {"大正", 't', 1912, 7, 30},
                                        {"明治", 'm', 1868, 1, 25}};

const struct era *written_era(const struct written *d)
{
    for (size_t i = 0; i < N_ERAS; i++) {
        const struct era *era = &expand_eras[i];
        if (d->year > era->first_year ||
            (d->year == era->first_year && (d->month == 0 || d->month >= era->first_month)))
            return era;
    }
    return NULL;
}

/* Whether tables of today have its years by its letter alone. */
static bool is_recent(const struct era *era)
{
    return era->first_year >= 1989;
}

void written_split_day(day_t day, int ymd[3])
{
    char text[16];
    date_format(day, text);
    char *end = text;
    for (int i = 0; i < 3; i++, end++) /* behind the hyphen */
        ymd[i] = (int)strtol(end, &end, 10);
}

/* Which unit of the calendar RANGE is. */
static enum unit unit_of(struct date_range range, int first[3])
{
    int last[3], next[3];
    written_split_day(range.first, first);
    written_split_day(range.last, last);
    written_split_day(range.last + 1, next);
    if (range.first == range.last)
        return UNIT_DAY;
    if (first[2] != 1 || next[2] != 1)
        return UNIT_NONE;
    if (first[0] == last[0] && first[1] == last[1])
        return UNIT_MONTH;
    if (first[0] == last[0] && first[1] == 1 && last[1] == 12)
        return UNIT_YEAR;
    return first[0] + 1 == last[0] && first[1] == 4 && last[1] == 3 ? UNIT_FISCAL : UNIT_NONE;
}

/* What stands behind a date that is the whole term (現在, 10:30) is no part of it and stays. */
static void leave_remark(const struct expansion *e, struct written *d, struct date_range range)
{
    struct date_range found;
    size_t start, end;
    if (date_find(e->text, e->n_bytes, &start, &end, &found) && start == 0 &&
        found.first == range.first && found.last == range.last)
        d->end = end;
}

bool written_set_unit(struct written *d, struct date_range range)
{
    int first[3];
    d->unit = unit_of(range, first);
    d->year = first[0];
    d->month = d->unit >= UNIT_MONTH ? first[1] : 0;
    d->day = d->unit == UNIT_DAY ? first[2] : 0;
    return d->unit != UNIT_NONE;
}

void written_add_day(struct buf *out, const struct written *d)
{
    if (d->month > 0)
        buf_addf(out, "%d月", d->month);
    if (d->day > 0)
        buf_addf(out, "%d日", d->day);
}

bool written_shorten(const struct expansion *e, struct written *d)
{
    struct date_range range;
    while (d->end > d->start) {
        d->end = utf8_floor(e->text, d->end - 1);
        if (date_parse(e->text + d->start, d->end - d->start, &range) && written_set_unit(d, range))
            return true;
    }
    return false;
}

/* Whether a kanji stands at AT that makes no other number of what is before it: R3予算, but not
 * R3号. */
static bool is_named_behind(const struct expansion *e, size_t at)
{
    uint32_t cp = utf8_at(e->text, e->n_bytes, at);
    return utf8_is_kanji(cp) && !utf8_is_one_of(cp, U"年月日号条項番丁回");
}

/* R3予算, H30決算: such a year is a fiscal one. */
static bool find_bare(const struct expansion *e, struct written *d)
{
    char *end = NULL;
    for (size_t i = 0; i < N_ERAS; i++) {
        if (!is_recent(&expand_eras[i]) || e->text[0] != expand_eras[i].letter ||
            !utf8_is_digit((unsigned char)e->text[1]))
            continue;
        long year = strtol(e->text + 1, &end, 10);
        if (year <= 0 || year >= 100)
            return false;
        *d = (struct written){.unit = UNIT_FISCAL, .end = (size_t)(end - e->text)};
        d->year = expand_eras[i].first_year - 1 + (int)year;
        return is_named_behind(e, d->end);
    }
    return false;
}

/* The first date in the term, or the term when it is one. A number alone is none. */
static bool find_date(const struct expansion *e, struct written *d)
{
    const char digits[] = "0123456789";
    struct date_range range;
    bool all_digits = strspn(e->text, digits) == e->n_bytes;
    if (!all_digits && date_parse(e->text, e->n_bytes, &range)) {
        d->start = 0;
        d->end = e->n_bytes;
        leave_remark(e, d, range);
        if (written_set_unit(d, range) ||
            (written_shorten(e, d) && strspn(e->text, digits) < d->end))
            return true;
    }
    /* The day of the week belongs to what was typed, not to the other spellings. */
    return date_find(e->text, e->n_bytes, &d->start, &d->end, &range)
               ? written_set_unit(d, range) || written_shorten(e, d)
               : find_bare(e, d);
}

static bool add_written(struct expansion *e, const struct written *d, const struct buf *date,
                        bool whole)
{
    struct buf text = BUF_INIT;
    buf_append(&text, e->text, d->start);
    buf_append(&text, date->data, date->len);
    buf_append(&text, e->text + d->end, e->n_bytes - d->end);
    bool ok = !date->failed && !text.failed &&
              (whole ? expansion_add_whole(e, text.data, text.len)
                     : expansion_add(e, text.data, text.len));
    buf_release(&text);
    return ok;
}

static void put_number(struct buf *out, int value, enum numeral_form form)
{
    numeral_write(out, (uint64_t)value, form);
}

/* ERA (NULL: western) YEAR 年 M 月 D 日. */
static bool add_long(struct expansion *e, const struct written *d, const char *era, int year,
                     bool kanji)
{
    enum numeral_form form = kanji ? NUMERAL_KANJI : NUMERAL_ARABIC;
    struct buf date = BUF_INIT;
    if (era != NULL)
        buf_adds(&date, era);
    if (era != NULL && year == 1)
        buf_adds(&date, "元");
    else
        put_number(&date, year, kanji && era == NULL ? NUMERAL_KANJI_DIGIT : form);
    buf_adds(&date, d->unit == UNIT_FISCAL ? "年度" : "年");
    if (d->month > 0) {
        put_number(&date, d->month, form);
        buf_adds(&date, "月");
    }
    if (d->day > 0) {
        put_number(&date, d->day, form);
        buf_adds(&date, "日");
    }
    bool ok = add_written(e, d, &date, false);
    buf_release(&date);
    return ok;
}

/* With signs between the numbers; whole words only, since 2019/7/1 begins 2019/7/12 too. */
static bool add_short(struct expansion *e, const struct written *d, const char *year, char sign,
                      bool two_digits)
{
    struct buf date = BUF_INIT;
    if (d->unit < UNIT_MONTH)
        return true;
    buf_adds(&date, year);
    buf_addf(&date, two_digits ? "%c%02d" : "%c%d", sign, d->month);
    if (d->day > 0)
        buf_addf(&date, two_digits ? "%c%02d" : "%c%d", sign, d->day);
    bool ok = add_written(e, d, &date, true);
    buf_release(&date);
    return ok;
}

/* YEAR, an era and a number, and 年 M 月 D 日; WHOLE for a letter, which may end something else. */
static bool add_numbers(struct expansion *e, const struct written *d, const char *year, bool whole)
{
    struct buf date = BUF_INIT;
    buf_addf(&date, "%s年%s", year, d->unit == UNIT_FISCAL ? "度" : "");
    written_add_day(&date, d);
    bool ok = add_written(e, d, &date, whole);
    buf_release(&date);
    return ok;
}

static bool add_western(struct expansion *e, const struct written *d)
{
    char year[16];
    snprintf(year, sizeof year, "%d", d->year);
    return add_long(e, d, NULL, d->year, false) && add_short(e, d, year, '/', false) &&
           add_short(e, d, year, '/', true) && add_short(e, d, year, '-', true) &&
           add_short(e, d, year, '.', false) && add_short(e, d, year, '.', true) &&
           add_long(e, d, NULL, d->year, true);
}

/* R2, as headings of tables have it: the year alone, of an era that counts today, or before a
 * kanji: R2予算. */
static bool add_bare(struct expansion *e, const struct written *d, const struct era *era,
                     const char *year)
{
    struct buf date = BUF_INIT;
    if (d->unit >= UNIT_MONTH || !is_recent(era) || d->start > 0 ||
        (d->end < e->n_bytes && !is_named_behind(e, d->end)))
        return true;
    buf_adds(&date, year);
    bool ok = add_written(e, d, &date, true);
    buf_release(&date);
    return ok;
}

/* Adds YEAR with OTHER, the same one, in brackets behind it, before 年 where INNER is not set. */
static bool add_bracket(struct expansion *e, const struct written *d, const char *year,
                        const char *other, bool inner)
{
    struct buf date = BUF_INIT;
    const char *unit = d->unit == UNIT_FISCAL ? "年度" : "年";
    if (inner)
        buf_addf(&date, "%s年(%s年)", year, other);
    else
        buf_addf(&date, "%s(%s)%s", year, other, unit);
    written_add_day(&date, d);
    bool ok = add_written(e, d, &date, false);
    buf_release(&date);
    return ok;
}

/* Both calendars: 令和3(2021)年度, 2021年(令和3年)4月. What has 年 first and no month begins as one
 * of them alone does. */
static bool add_both(struct expansion *e, const struct written *d, const struct era *era, int year)
{
    char by_era[24], western[16];
    if (year == 1)
        snprintf(by_era, sizeof by_era, "%s元", era->name);
    else
        snprintf(by_era, sizeof by_era, "%s%d", era->name, year);
    snprintf(western, sizeof western, "%d", d->year);
    return add_bracket(e, d, by_era, western, false) && add_bracket(e, d, western, by_era, false) &&
           (d->unit < UNIT_MONTH ||
            (add_bracket(e, d, by_era, western, true) && add_bracket(e, d, western, by_era, true)));
}

/* 令2年, 令元.7.8: the era by its first kanji. */
static bool add_first_kanji(struct expansion *e, const struct written *d, const struct era *era,
                            int year)
{
    const int kanji_bytes = 3;
    char short_year[24];
    snprintf(short_year, sizeof short_year, "%.*s%d", kanji_bytes, era->name, year);
    bool ok = add_numbers(e, d, short_year, true) && add_short(e, d, short_year, '.', false);
    if (ok && year == 1) {
        snprintf(short_year, sizeof short_year, "%.*s元", kanji_bytes, era->name);
        ok = add_numbers(e, d, short_year, true) && add_short(e, d, short_year, '.', false);
    }
    return ok;
}

static bool add_era(struct expansion *e, const struct written *d, const struct era *era)
{
    int year = d->year - era->first_year + 1;
    char short_year[24];
    bool ok = add_long(e, d, era->name, year, false);
    if (ok && year == 1) {
        snprintf(short_year, sizeof short_year, "%s1", era->name);
        ok = add_numbers(e, d, short_year, false);
    }
    snprintf(short_year, sizeof short_year, "%c%d", era->letter, year);
    ok = ok && add_numbers(e, d, short_year, true) && add_short(e, d, short_year, '.', false) &&
         add_short(e, d, short_year, '/', false) && add_bare(e, d, era, short_year);
    snprintf(short_year, sizeof short_year, "%c%02d", era->letter, year);
    ok = ok && add_short(e, d, short_year, '.', true) &&
         (year >= 10 || (add_numbers(e, d, short_year, true) && add_bare(e, d, era, short_year)));
    if (ok && year == 1) {
        snprintf(short_year, sizeof short_year, "%c元", era->letter);
        ok = add_numbers(e, d, short_year, true) && add_short(e, d, short_year, '.', false);
    }
    return ok && add_long(e, d, era->name, year, true) && add_first_kanji(e, d, era, year) &&
           add_both(e, d, era, year);
}

/* The eras in which the date can have been written: its own; and in the year of a change the one
 * before, which documents go on counting, or the one after for a year not told closer. */
static bool add_eras(struct expansion *e, const struct written *d)
{
    for (size_t i = 0; i < N_ERAS; i++) {
        const struct era *era = &expand_eras[i];
        int place = (d->month > 0 ? d->month : 12) * 100 + (d->day > 0 ? d->day : 31);
        bool begun = d->year > era->first_year ||
                     (d->year == era->first_year &&
                      (d->unit == UNIT_FISCAL || place >= era->first_month * 100 + era->first_day));
        bool over = i > 0 && d->year > expand_eras[i - 1].first_year;
        if (begun && !over && !add_era(e, d, era))
            return false;
    }
    return true;
}

/* The twelve months of a fiscal year, by western year and by the era of the time. */
static bool add_months(struct expansion *e, const struct written *d)
{
    double weight = e->weight;
    bool ok = true;
    e->weight *= MONTH_WEIGHT;
    for (int m = 4; m < 16 && ok; m++) {
        struct written month = *d;
        month.unit = UNIT_MONTH;
        month.year = d->year + (m > 12 ? 1 : 0);
        month.month = m > 12 ? m - 12 : m;
        ok = add_long(e, &month, NULL, month.year, false);
        const struct era *era = written_era(&month);
        if (ok && era != NULL)
            ok = add_long(e, &month, era->name, month.year - era->first_year + 1, false);
    }
    e->weight = weight;
    return ok;
}

/* Adds the last day of something, with 末, as that, too: 令和3年3月末 is 2021年3月末. */
static bool add_end(struct expansion *e, const struct written *d)
{
    static const char mark[] = "末";
    const size_t n = sizeof mark - 1;
    struct written before = *d;
    if (d->unit != UNIT_DAY || d->end < d->start + n || !expand_has_at(e, d->end - n, mark) ||
        !written_shorten(e, &before))
        return true;
    return add_western(e, &before) && add_eras(e, &before);
}

bool expand_dates(struct expansion *e)
{
    struct written d;
    struct date_range range;
    if (date_parse(e->text, e->n_bytes, &range)) {
        bool unit = written_set_unit(&d, range);
        bool period = !unit || strchr(e->text, '~') != NULL || strstr(e->text, "から") != NULL;
        size_t before = e->term->n_spellings;
        if (period && !expand_date_period(e, range))
            return false;
        if (!unit && e->term->n_spellings > before)
            return true;
    }
    if (!find_date(e, &d))
        return expand_days(e);
    bool ok = add_end(e, &d) && add_western(e, &d) && add_eras(e, &d);
    /* 令和元年度の予算 does not mean 令和元年7月の予算: only a fiscal year alone has months. */
    if (ok && d.unit == UNIT_FISCAL && d.start == 0 && d.end == e->n_bytes)
        ok = add_months(e, &d);
    return ok;
}
