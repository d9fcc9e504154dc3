/* Numbers with a point: 1.2億 = 1億2,000万, 0.5% = 〇・五%. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/numerals.h"

#include <inttypes.h>
#include <stdlib.h>

#define MAX_DIGITS 3
#define KANJI_POINT "・"
static const char kanji_digits[10][4] = {"〇", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};

/* What a number with a point may stand before, so that it is none of a table of contents. */
static const char *const measures[] = {
    "%",    "パーセント", "倍",     "割",       "度",         "点",       "人",
    "時間", "年",         "か月",   "メートル", "キロ",       "センチ",   "ミリ",
    "平方", "立方",       "グラム", "トン",     "ヘクタール", "リットル", "ポイント"};

/* Large units that a number with a point may have. */
static const struct large {
    char text[4];
    uint64_t value;
} larges[] = {{"億", 100000000}, {"万", 10000}};
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A number with a point in the term. */
struct decimal {
    size_t start, end; /* bytes of the term */
    uint64_t whole;
    char fraction[MAX_DIGITS + 1];
    bool is_kanji;
};

static bool is_measure_at(const struct expansion *e, size_t at)
{
    return at <= e->n_bytes &&
           text_starts_with_any(e->text + at, e->n_bytes - at, measures, COUNT(measures));
}

/* Reads the digit at AT; its length, 0 where there is none. */
static size_t read_digit(const struct expansion *e, size_t at, bool kanji, char *digit)
{
    if (!kanji) {
        *digit = e->text[at];
        return utf8_is_digit((unsigned char)*digit) ? 1 : 0;
    }
    for (int d = 0; d < 10; d++) {
        *digit = (char)('0' + d);
        if (expand_has_at(e, at, kanji_digits[d]))
            return strlen(kanji_digits[d]);
    }
    return 0;
}

static bool read(const struct expansion *e, size_t start, struct decimal *d)
{
    struct numeral n;
    size_t digits = 0, len;
    if (!numeral_read(e->text + start, e->n_bytes - start, &n) || (n.has_arabic && n.has_unit))
        return false;
    *d = (struct decimal){.start = start, .whole = n.value, .is_kanji = !n.has_arabic};
    const char *point = d->is_kanji ? KANJI_POINT : ".";
    if (!expand_has_at(e, start + n.len, point))
        return false;
    d->end = start + n.len + strlen(point);
    while (digits < MAX_DIGITS && d->end < e->n_bytes &&
           (len = read_digit(e, d->end, d->is_kanji, &d->fraction[digits])) > 0) {
        d->end += len;
        digits++;
    }
    d->fraction[digits] = '\0';
    return digits > 0;
}

static void write_kanji(struct buf *out, const struct decimal *d)
{
    numeral_write(out, d->whole, NUMERAL_KANJI);
    buf_adds(out, KANJI_POINT);
    for (const char *c = d->fraction; *c != '\0'; c++)
        buf_adds(out, kanji_digits[*c - '0']);
}

/* Adds the number with a point in the other digits. */
static bool add_digits(struct expansion *e, const struct decimal *d)
{
    struct buf other = BUF_INIT;
    if (!is_measure_at(e, d->end))
        return true;
    if (d->is_kanji)
        buf_addf(&other, "%" PRIu64 ".%s", d->whole, d->fraction);
    else
        write_kanji(&other, d);
    bool ok = !other.failed && expansion_replace(e, d->start, d->end, other.data, other.len);
    buf_release(&other);
    return ok;
}

/* Adds VALUE in the place of [START, END) in all forms of a large number. */
static bool add_whole_numbers(struct expansion *e, size_t start, size_t end, uint64_t value)
{
    struct buf other = BUF_INIT;
    bool ok = true;
    for (int form = 0; form < NUMERAL_N_FORMS && ok; form++) {
        buf_clear(&other);
        numeral_write(&other, value, (enum numeral_form)form);
        ok = form == NUMERAL_KANJI_DIGIT ||
             (!other.failed && expansion_replace(e, start, end, other.data, other.len));
    }
    buf_release(&other);
    return ok;
}

/* Adds a number with a point and a large unit without the point. */
static bool add_large(struct expansion *e, const struct decimal *d)
{
    for (size_t i = 0; i < COUNT(larges) && !d->is_kanji && d->whole <= 9999; i++) {
        uint64_t unit = larges[i].value, part = strtoull(d->fraction, NULL, 10);
        for (const char *c = d->fraction; *c != '\0'; c++)
            unit /= 10;
        if (expand_has_at(e, d->end, larges[i].text))
            return add_whole_numbers(e, d->start, d->end + strlen(larges[i].text),
                                     d->whole * larges[i].value + part * unit);
    }
    return true;
}

bool expand_add_point(struct expansion *e, size_t start, size_t end, uint64_t value)
{
    const struct large *large = value >= larges[0].value ? &larges[0] : &larges[1];
    uint64_t part = value % large->value, hundredths = part / (large->value / 100);
    struct buf other = BUF_INIT;
    if (value < large->value || part == 0 || part % (large->value / 100) != 0)
        return true;
    buf_addf(&other, "%" PRIu64 ".", value / large->value);
    if (hundredths % 10 == 0)
        buf_addf(&other, "%" PRIu64, hundredths / 10);
    else
        buf_addf(&other, "%02" PRIu64, hundredths);
    buf_adds(&other, large->text);
    bool ok = !other.failed && expansion_replace(e, start, end, other.data, other.len);
    buf_release(&other);
    return ok;
}

/* Whether a number goes on before AT: 2.5 in 1.2.5. */
static bool is_part(const struct expansion *e, size_t at)
{
    return at > 0 && strchr("0123456789.,-/:abcdefghijklmnopqrstuvwxyz", e->text[at - 1]) != NULL;
}

bool expand_decimals(struct expansion *e)
{
    if (strchr(e->text, '.') == NULL && strstr(e->text, KANJI_POINT) == NULL)
        return true;
    for (size_t i = 0; i < e->n_bytes;) {
        struct decimal d;
        uint32_t cp;
        if (!is_part(e, i) && read(e, i, &d))
            return add_digits(e, &d) && add_large(e, &d);
        i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
    }
    return true;
}
