/* Units behind numbers: 50m2 = 50平方メートル = 50平米, 10% = 10パーセント, 18歳 = 18才, ¥1000 =
 * 1000円. Interface: expand.h. */
#include "search/expand.h"

#include "base/utf8.h"

#include <string.h>

/* As they are normalised (㎡ is m2). Of a group only what means nothing else behind a number: キロ
 * is a length and a weight. */
static const char *const units[][3] = {
    {"%", "パーセント"},
    {"m", "メートル"},
    {"km", "キロメートル"},
    {"cm", "センチメートル", "センチ"},
    {"mm", "ミリメートル", "ミリ"},
    {"m2", "平方メートル", "平米"},
    {"m3", "立方メートル", "立米"},
    {"km2", "平方キロメートル"},
    {"ha", "ヘクタール"},
    {"g", "グラム"},
    {"kg", "キログラム"},
    {"t", "トン"},
    {"l", "リットル"},
    {"ml", "ミリリットル"},
    {"kw", "キロワット"},
    {"db", "デシベル"},
    {"歳", "才"},
};
#define N_UNITS (sizeof units / sizeof *units)
#define N_FORMS 3

#define YEN "¥"
#define YEN_BEHIND "円"

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Length of the character of a number at TEXT; 0: it is none. */
static size_t number_char(const char *text, size_t n)
{
    static const char kanji[] = "〇一二三四五六七八九十百千万億数何";
    if (n > 0 && text[0] >= '0' && text[0] <= '9')
        return 1;
    return n >= 3 && memmem(kanji, sizeof kanji - 1, text, 3) != NULL ? 3 : 0;
}

/* Bytes of the number at TEXT with its commas and decimals, 0: there is none. */
static size_t number_length(const char *text, size_t n)
{
    size_t at = 0, len;
    while ((len = number_char(text + at, n - at)) > 0 ||
           (at > 0 && at + 1 < n && (text[at] == ',' || text[at] == '.') &&
            number_char(text + at + 1, n - at - 1) == 1))
        at += len > 0 ? len : 1;
    return at;
}

/* Whether UNIT is the whole unit at AT: of メートル法 or 5mm its beginning is none. */
static bool is_unit(const struct expansion *e, size_t at, const char *unit)
{
    size_t len = strlen(unit), end = at + len;
    uint32_t last = 0, next = 0;
    if (end > e->n_bytes || memcmp(e->text + at, unit, len) != 0)
        return false;
    utf8_decode(unit + utf8_floor(unit, len - 1), 3, &last);
    if (end < e->n_bytes)
        utf8_decode(e->text + end, e->n_bytes - end, &next);
    if (last < 0x80)
        return !(is_latin(unit[len - 1]) && next < 0x80 && is_latin((char)next));
    return !(expand_is_katakana(last) && expand_is_katakana(next));
}

/* Adds the other forms of the unit at AT, if there is one. */
static bool add_forms(struct expansion *e, size_t at)
{
    for (size_t i = 0; i < N_UNITS; i++) {
        for (size_t k = 0; k < N_FORMS && units[i][k] != NULL; k++) {
            if (!is_unit(e, at, units[i][k]))
                continue;
            for (size_t f = 0; f < N_FORMS && units[i][f] != NULL; f++) {
                const char *form = units[i][f];
                if (!expansion_replace(e, at, at + strlen(units[i][k]), form, strlen(form)))
                    return false;
            }
            return true;
        }
    }
    return true;
}

/* The number [START, END) with its sign of money on the other side. */
static bool move_yen(struct expansion *e, size_t start, size_t end)
{
    static const size_t n_before = sizeof YEN - 1, n_behind = sizeof YEN_BEHIND - 1;
    struct buf other = BUF_INIT;
    bool ok = true;
    if (start >= n_before && memcmp(e->text + start - n_before, YEN, n_before) == 0) {
        buf_append(&other, e->text + start, end - start);
        buf_adds(&other, YEN_BEHIND);
        ok = !other.failed && expansion_replace(e, start - n_before, end, other.data, other.len);
    } else if (end + n_behind <= e->n_bytes && e->text[start] < 0x7F && e->text[start] >= '0' &&
               memcmp(e->text + end, YEN_BEHIND, n_behind) == 0) {
        buf_adds(&other, YEN);
        buf_append(&other, e->text + start, end - start);
        ok = !other.failed && expansion_replace(e, start, end + n_behind, other.data, other.len);
    }
    buf_release(&other);
    return ok;
}

bool expand_units(struct expansion *e)
{
    bool ok = true;
    for (size_t i = 0, len; i < e->n_bytes && ok; i += len) {
        uint32_t cp;
        size_t n = number_length(e->text + i, e->n_bytes - i);
        len = n > 0 ? n : utf8_decode(e->text + i, e->n_bytes - i, &cp);
        if (n > 0)
            ok = add_forms(e, i + n) && move_yen(e, i, i + n);
    }
    return ok;
}
