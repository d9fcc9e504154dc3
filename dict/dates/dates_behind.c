/* What may stand behind a written date without being part of it. Interface: dates_behind.h. */
#include "dict/dates/dates_behind.h"

#include "base/utf8.h"

#include <stddef.h>

#define WEEKDAY_MAX 8 /* characters in （月曜日・祝日） */

/* The first of the N strings that comes next. */
static bool accept_one_of(struct date_cursor *c, const char32_t *const strings[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (date_cursor_accept_string(c, strings[i]))
            return true;
    return false;
}

#define ACCEPT_ONE_OF(c, strings) accept_one_of(c, strings, sizeof(strings) / sizeof(*(strings)))

void date_skip_about(struct date_cursor *c)
{
    static const char32_t *const about[] = {U"頃", U"ごろ", U"ころ"};
    ACCEPT_ONE_OF(c, about);
}

static bool skip_bracketed_weekday(struct date_cursor *c)
{
    unsigned n = 0;

    if (!date_cursor_accept(c, '('))
        return false;
    for (; n < WEEKDAY_MAX && utf8_is_one_of(date_cursor_peek(c), U"月火水木金土日曜祝休振替・");
         n++)
        date_cursor_take(c);
    return n > 0 && date_cursor_accept(c, ')');
}

void date_skip_weekday(struct date_cursor *c)
{
    struct date_cursor start = *c;

    date_cursor_skip_space(c);
    if (utf8_is_one_of(date_cursor_peek(c), U"月火水木金土日")) {
        date_cursor_take(c);
        if (date_cursor_accept_string(c, U"曜日"))
            return;
    } else if (skip_bracketed_weekday(c)) {
        return;
    }
    *c = start;
}

/* :30, :30:15.5, Z, +09:00 behind an hour. */
static bool skip_clock(struct date_cursor *c)
{
    struct date_number number;

    if (!date_cursor_accept(c, ':') || !date_cursor_number(c, 2, &number))
        return false;
    if (date_cursor_accept(c, ':') && !date_cursor_number(c, 2, &number))
        return false;
    if (date_cursor_accept(c, '.') && !date_cursor_number(c, 8, &number))
        return false;
    if (date_cursor_accept(c, '+'))
        return date_cursor_number(c, 2, &number) && date_cursor_accept(c, ':') &&
               date_cursor_number(c, 2, &number);
    date_cursor_accept(c, 'Z');
    return true;
}

/* 時, 時30分, 時半 behind an hour. */
static bool skip_hour(struct date_cursor *c)
{
    struct date_number number;

    if (!date_cursor_accept(c, U'時'))
        return false;
    struct date_cursor after = *c;
    date_cursor_skip_space(c);
    if (date_cursor_number(c, 2, &number) && date_cursor_accept(c, U'分'))
        return true;
    *c = after;
    date_cursor_accept(c, U'半');
    return true;
}

/* Does not move when there is none. */
static bool skip_one_time(struct date_cursor *c)
{
    static const char32_t *const halves[] = {U"午前", U"午後", U"AM", U"PM"};
    struct date_cursor start = *c;
    struct date_number number;

    date_cursor_skip_space(c);
    date_cursor_accept(c, 'T');
    if (date_cursor_accept_string(c, U"正午"))
        return true;
    ACCEPT_ONE_OF(c, halves);
    date_cursor_skip_space(c);
    if (date_cursor_number(c, 2, &number)) {
        date_cursor_skip_space(c);
        if (skip_hour(c) || skip_clock(c))
            return true;
    }
    *c = start;
    return false;
}

void date_skip_time(struct date_cursor *c)
{
    if (!skip_one_time(c))
        return;
    struct date_cursor start = *c;
    if (!date_accept_period_sign(c, true) || !skip_one_time(c))
        *c = start;
    else
        date_cursor_accept_string(c, U"まで");
}

void date_skip_remark(struct date_cursor *c)
{
    static const char32_t *const remarks[] = {U"現在", U"時点", U"付け", U"付",     U"中",
                                              U"内",   U"通年", U"予定", U"見込み", U"見込"};
    struct date_cursor start = *c;

    date_cursor_skip_space(c);
    if (date_cursor_accept(c, '(') && ACCEPT_ONE_OF(c, remarks) && date_cursor_accept(c, ')'))
        return;
    *c = start;
    date_cursor_skip_space(c);
    if (!ACCEPT_ONE_OF(c, remarks))
        *c = start;
}

bool date_accept_period_sign(struct date_cursor *c, bool hyphen)
{
    static const char32_t signs[] = U"~〜–—―"; /* ～ folds to ~ */
    static const char32_t hyphens[] = U"-‐−ー─";
    struct date_cursor start = *c;
    uint32_t cp;

    date_cursor_skip_space(c);
    cp = date_cursor_peek(c);
    if (utf8_is_one_of(cp, signs) || (hyphen && utf8_is_one_of(cp, hyphens))) {
        date_cursor_take(c);
        return true;
    }
    if (date_cursor_accept_string(c, U"から"))
        return true;
    *c = start;
    return false;
}

static bool accept_behind_space(struct date_cursor *c, const char32_t *const strings[], size_t n)
{
    struct date_cursor start = *c;

    date_cursor_skip_space(c);
    if (accept_one_of(c, strings, n))
        return true;
    *c = start;
    return false;
}

bool date_accept_onwards(struct date_cursor *c)
{
    static const char32_t *const onwards[] = {U"以降", U"以後"};
    return accept_behind_space(c, onwards, sizeof onwards / sizeof onwards[0]);
}

bool date_accept_until(struct date_cursor *c)
{
    static const char32_t *const until[] = {U"まで", U"迄", U"以前"};
    return accept_behind_space(c, until, sizeof until / sizeof until[0]);
}
