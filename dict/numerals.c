/* Reading and writing numbers. Interface: numerals.h. */
#include "dict/numerals.h"

#include "base/text.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <string.h>

const char32_t number_characters[] = U"0123456789〇一二三四五六七八九十百千万億兆";
const char32_t number_separators[] = U",.";

static const char kanji_digits[10][4] = {"〇", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
#define ZERO "零" /* 〇 as some write it */
static const struct unit {
    char text[4];
    uint64_t value;
} units[] = {{"十", 10}, {"百", 100}, {"千", 1000}, {"万", 10000}, {"億", 100000000}};
#define MYRIAD 10000

bool number_is_unit(uint32_t cp)
{
    return utf8_is_one_of(cp, U"十百千万億兆");
}

bool number_goes_on(uint32_t before, uint32_t behind)
{
    if (utf8_is_digit(before) && utf8_is_digit(behind))
        return true;
    if (utf8_is_digit(before) || utf8_is_digit(behind)) /* 1万2千, but 第1四半期 */
        return number_is_unit(before) || number_is_unit(behind);
    return utf8_is_one_of(before, number_characters) && utf8_is_one_of(behind, number_characters);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number up to where it has been read. */
struct partial {
    uint64_t total;     /* of what is before the last 万 or 億 */
    uint64_t section;   /* of what is before the last 十, 百 or 千 behind that */
    uint64_t digits;    /* behind that */
    unsigned n_digits;  /* of `digits`; 0: none */
    uint64_t last_unit; /* in the section: only smaller ones may follow */
    uint64_t last_large;
};

/* Length of the Arabic digits at TEXT, with separators where they stand in threes. */
static size_t arabic_run(const char *text, size_t n, uint64_t *value, unsigned *n_digits)
{
    size_t i = 0;
    *value = 0;
    *n_digits = 0;
    for (; i < n && is_digit(text[i]) && *n_digits < 13; i++, ++*n_digits)
        *value = *value * 10 + (uint64_t)(text[i] - '0');
    if (*n_digits > 3 || *n_digits == 0)
        return i;
    while (i + 4 <= n && text[i] == ',' && is_digit(text[i + 1]) && is_digit(text[i + 2]) &&
           is_digit(text[i + 3]) && !(i + 4 < n && is_digit(text[i + 4])) && *n_digits < 12) {
        for (size_t k = 1; k <= 3; k++)
            *value = *value * 10 + (uint64_t)(text[i + k] - '0');
        *n_digits += 3;
        i += 4;
    }
    return i;
}

static int kanji_digit(const char *text, size_t n)
{
    for (int d = 0; n >= 3 && d < 10; d++) {
        if (memcmp(text, kanji_digits[d], 3) == 0)
            return d;
    }
    return n >= 3 && memcmp(text, ZERO, 3) == 0 ? 0 : -1;
}

static const struct unit *unit_at(const char *text, size_t n)
{
    for (size_t i = 0; n >= 3 && i < sizeof units / sizeof *units; i++) {
        if (memcmp(text, units[i].text, 3) == 0)
            return &units[i];
    }
    return NULL;
}

static bool take_unit(struct partial *p, const struct unit *unit)
{
    if (unit->value < MYRIAD) {
        if (unit->value >= p->last_unit || p->n_digits > 1 || (p->n_digits == 1 && p->digits == 0))
            return false;
        p->section += (p->n_digits > 0 ? p->digits : 1) * unit->value;
        p->last_unit = unit->value;
    } else {
        uint64_t count = p->section + (p->n_digits > 0 ? p->digits : 0);
        if (unit->value >= p->last_large || count == 0 || count >= MYRIAD)
            return false;
        p->total += count * unit->value;
        p->section = 0;
        p->last_unit = UINT64_MAX;
        p->last_large = unit->value;
    }
    p->digits = 0;
    p->n_digits = 0;
    return true;
}

/* 第一四半期 is no fourteenth. */
#define QUARTER "四半期"

/* Reads one part of a number at TEXT and gives its length, 0 where the number ends. */
static size_t read_part(struct partial *p, const char *text, size_t n, struct numeral *out)
{
    uint64_t value;
    unsigned n_digits;
    size_t len = p->n_digits == 0 ? arabic_run(text, n, &value, &n_digits) : 0;
    if (len > 0) {
        p->digits = value;
        p->n_digits = n_digits;
        out->has_arabic = true;
        out->n_chars += len;
        return len;
    }
    const struct unit *unit = unit_at(text, n);
    int digit = kanji_digit(text, n);
    if (out->len > 0 && text_starts_with(text, n, QUARTER))
        return 0;
    if (unit != NULL && take_unit(p, unit)) {
        out->has_unit = true;
    } else if (digit >= 0 && p->n_digits < 12 && (p->n_digits == 0 || out->has_kanji)) {
        p->digits = p->digits * 10 + (uint64_t)digit;
        p->n_digits++;
        out->has_kanji = true;
    } else {
        return 0;
    }
    out->n_chars++;
    return 3;
}

bool numeral_read(const char *text, size_t n_bytes, struct numeral *out)
{
    struct partial p = {.last_unit = UINT64_MAX, .last_large = UINT64_MAX};
    *out = (struct numeral){0};
    size_t len;
    while ((len = read_part(&p, text + out->len, n_bytes - out->len, out)) > 0)
        out->len += len;
    out->value = p.total + p.section + p.digits;
    bool needless = out->n_chars > 1 && (text[0] == '0' || kanji_digit(text, n_bytes) == 0);
    return out->len > 0 && !needless && out->value <= NUMERAL_MAX;
}

static void write_separated(struct buf *out, uint64_t value)
{
    if (value >= 1000) {
        write_separated(out, value / 1000);
        buf_addf(out, ",%03" PRIu64, value % 1000);
    } else {
        buf_addf(out, "%" PRIu64, value);
    }
}

/* Below 10000. */
static void write_kanji_section(struct buf *out, uint64_t value)
{
    for (int u = 2; u >= 0; u--) {
        uint64_t count = value / units[u].value;
        if (count > 1)
            buf_adds(out, kanji_digits[count]);
        if (count > 0)
            buf_adds(out, units[u].text);
        value %= units[u].value;
    }
    if (value > 0)
        buf_adds(out, kanji_digits[value % 10]);
}

static void write_section(struct buf *out, uint64_t value, enum numeral_form form)
{
    if (form == NUMERAL_KANJI)
        write_kanji_section(out, value);
    else if (form == NUMERAL_MIXED_UNIT && value >= 1000 && value % 1000 == 0)
        buf_addf(out, "%" PRIu64 "千", value / 1000);
    else if (form == NUMERAL_MIXED_SEPARATED)
        write_separated(out, value);
    else
        buf_addf(out, "%" PRIu64, value);
}

static void write_kanji_digits(struct buf *out, uint64_t value)
{
    if (value >= 10)
        write_kanji_digits(out, value / 10);
    buf_adds(out, kanji_digits[value % 10]);
}

void numeral_write(struct buf *out, uint64_t value, enum numeral_form form)
{
    if (form == NUMERAL_ARABIC)
        buf_addf(out, "%" PRIu64, value);
    else if (form == NUMERAL_SEPARATED)
        write_separated(out, value);
    else if (form == NUMERAL_KANJI_DIGIT || value == 0)
        write_kanji_digits(out, value);
    if (form < NUMERAL_MIXED || form == NUMERAL_KANJI_DIGIT || value == 0)
        return;
    for (int u = 4; u >= 3; u--) {
        if (value < units[u].value)
            continue;
        write_section(out, value / units[u].value, form);
        buf_adds(out, units[u].text);
        value %= units[u].value;
    }
    if (value > 0)
        write_section(out, value, form);
}
