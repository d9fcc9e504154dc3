/* Text as folded characters and numbers, for the date readers. Interface: dates_cursor.h. */
#include "dict/dates/dates_cursor.h"

#include "base/utf8.h"

#include <utf8proc.h>

#define KANJI_RUN_MAX 7 /* 九千九百九十九 */

static bool folds_to_itself(uint32_t cp)
{
    return cp < 0x80 || utf8_is_hiragana(cp) || (cp >= 0x30A1 && cp <= 0x30FA) ||
           (cp >= 0x4E00 && cp <= 0x9FFF);
}

static bool keeps_its_form(uint32_t cp)
{
    switch (utf8proc_get_property((utf8proc_int32_t)cp)->decomp_type) {
    case UTF8PROC_DECOMP_TYPE_CIRCLE:
    case UTF8PROC_DECOMP_TYPE_SUPER:
    case UTF8PROC_DECOMP_TYPE_SUB:
    case UTF8PROC_DECOMP_TYPE_FRACTION:
        return true;
    default:
        return false;
    }
}

size_t date_fold_char(const char *text, size_t n_bytes, uint32_t fold[DATE_FOLD_MAX],
                      unsigned *n_fold)
{
    uint32_t cp;
    size_t len = utf8_decode(text, n_bytes, &cp);

    fold[0] = cp;
    *n_fold = 1;
    if (folds_to_itself(cp) || keeps_its_form(cp))
        return len;

    utf8proc_int32_t out[DATE_FOLD_MAX];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)cp, out, DATE_FOLD_MAX,
                                UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_IGNORE, &boundary);
    if (n < 0 || n > DATE_FOLD_MAX)
        return len; /* no part of a date is that long */
    *n_fold = (unsigned)n;
    for (unsigned i = 0; i < *n_fold; i++)
        fold[i] = (uint32_t)out[i];
    return len;
}

void date_cursor_init(struct date_cursor *c, const char *text, size_t n_bytes, size_t at)
{
    *c = (struct date_cursor){.text = text, .n_bytes = n_bytes, .pos = at, .end = at};
}

uint32_t date_cursor_peek(struct date_cursor *c)
{
    while (c->at == c->n_fold) {
        if (c->pos >= c->n_bytes)
            return DATE_CURSOR_END;
        c->at = 0;
        c->pos += date_fold_char(c->text + c->pos, c->n_bytes - c->pos, c->fold, &c->n_fold);
    }
    return c->fold[c->at];
}

void date_cursor_take(struct date_cursor *c)
{
    if (date_cursor_peek(c) == DATE_CURSOR_END)
        return;
    c->at++;
    c->end = c->pos;
}

bool date_cursor_splits(const struct date_cursor *c)
{
    return c->end == c->pos && c->at < c->n_fold;
}

bool date_cursor_accept(struct date_cursor *c, uint32_t cp)
{
    if (date_cursor_peek(c) != cp)
        return false;
    date_cursor_take(c);
    return true;
}

bool date_cursor_accept_string(struct date_cursor *c, const char32_t *s)
{
    struct date_cursor start = *c;

    for (; *s; s++) {
        if (!date_cursor_accept(c, *s)) {
            *c = start;
            return false;
        }
    }
    return true;
}

bool date_cursor_skip_space(struct date_cursor *c)
{
    bool any = false;

    /* `end` stays behind what was taken last: space alone does not lengthen a date. */
    while (utf8_is_space(date_cursor_peek(c))) {
        c->at++;
        any = true;
    }
    return any;
}

bool date_is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

/* The value of a kanji numeral, -1 for any other character. */
static int kanji_value(uint32_t cp)
{
    static const char32_t numerals[] = U"〇一二三四五六七八九";

    for (int i = 0; i < 10; i++) {
        if (cp == numerals[i])
            return i;
    }
    switch (cp) {
    case U'零':
        return 0;
    case U'十':
        return 10;
    case U'百':
        return 100;
    case U'千':
        return 1000;
    default:
        return -1;
    }
}

bool date_is_kanji_numeral(uint32_t cp)
{
    return kanji_value(cp) >= 0;
}

/* 三十一, 二千十九: each unit smaller than the one before, with at most one numeral before it. */
static bool sum_units(const int *run, size_t n, unsigned *value)
{
    int sum = 0;
    int digit = 0;
    int last_unit = 10000;

    for (size_t i = 0; i < n; i++) {
        if (run[i] < 10) {
            if (digit || run[i] == 0)
                return false;
            digit = run[i];
        } else {
            if (run[i] >= last_unit)
                return false;
            last_unit = run[i];
            sum += (digit ? digit : 1) * last_unit;
            digit = 0;
        }
    }
    *value = (unsigned)(sum + digit);
    return true;
}

static bool read_kanji_number(struct date_cursor *c, struct date_number *number)
{
    int run[KANJI_RUN_MAX];
    size_t n = 0;
    bool units = false;
    unsigned value = 0;

    for (int v; (v = kanji_value(date_cursor_peek(c))) >= 0; date_cursor_take(c)) {
        if (n == KANJI_RUN_MAX)
            return false;
        units = units || v >= 10;
        run[n++] = v;
    }
    if (n == 0 || (!units && n > 4))
        return false;
    if (units && !sum_units(run, n, &value))
        return false;
    for (size_t i = 0; i < n && !units; i++)
        value = value * 10 + (unsigned)run[i];
    *number = (struct date_number){.value = value, .units = units};
    return true;
}

bool date_cursor_number(struct date_cursor *c, unsigned max_digits, struct date_number *number)
{
    struct date_cursor start = *c;
    unsigned value = 0;
    unsigned n = 0;

    for (uint32_t cp; date_is_digit(cp = date_cursor_peek(c)); date_cursor_take(c)) {
        if (n == max_digits) {
            *c = start;
            return false;
        }
        value = value * 10 + (cp - '0');
        n++;
    }
    if (n > 0) {
        *number = (struct date_number){.value = value, .n_digits = n};
        return true;
    }
    if (read_kanji_number(c, number))
        return true;
    *c = start;
    return false;
}
