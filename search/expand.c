/* Other spellings of a term that depend on neighbouring characters, so that normalisation, which
 * looks at each character alone, cannot fold them. Interface: plan.h. */
#include "search/plan.h"

#include "base/utf8.h"

#include <string.h>

/* A match of another spelling counts a little less, so that the spelling typed comes first. */
#define SPELLING_WEIGHT 0.9

static const char counter_ka[] = "かヶケカヵ箇";
static const char counted[] = "月所国年条項村町店校寺点";
static const char numerals[] = "〇一二三四五六七八九十百千万億数何幾";

/* Whether the three bytes at C are a character of SET (of three bytes each). */
static bool is_in(const char *set, const char *c)
{
    for (; *set != '\0'; set += 3) {
        if (memcmp(set, c, 3) == 0)
            return true;
    }
    return false;
}

static bool is_numeral_before(const char *text, size_t at)
{
    if (at == 0)
        return true; /* the numeral may stand before what was typed */
    if (text[at - 1] >= '0' && text[at - 1] <= '9')
        return true;
    return at >= 3 && is_in(numerals, text + at - 3);
}

/* 3か月 = 3ヶ月 = 3ケ月 = 3カ月 = 3ヵ月 = 3箇月, likewise か所, か国 … */
static bool expand_counters(struct term *term, const char *text, size_t n)
{
    bool ok = true;
    for (size_t i = 0; i + 6 <= n && ok; i++) {
        if (!is_in(counter_ka, text + i) || !is_in(counted, text + i + 3) ||
            !is_numeral_before(text, i))
            continue;
        struct buf other = BUF_INIT;
        for (const char *ka = counter_ka; *ka != '\0' && ok; ka += 3) {
            buf_clear(&other);
            buf_append(&other, text, i);
            buf_append(&other, ka, 3);
            buf_append(&other, text + i + 3, n - i - 3);
            ok = !other.failed &&
                 term_add_spelling(term, other.data, other.len, "か月", SPELLING_WEIGHT);
        }
        buf_release(&other);
        return ok; /* one counter a term: the spellings of two would multiply */
    }
    return ok;
}

static bool is_kanji(const char *c, size_t left)
{
    uint32_t cp;
    return left >= 3 && utf8_decode(c, left, &cp) == 3 &&
           ((cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF));
}

/* 人々 = 人人: all marks of the text become what they repeat, or all repetitions become marks. */
static bool expand_repeats(struct term *term, const char *text, size_t n)
{
    struct buf doubled = BUF_INIT, marked = BUF_INIT;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len = utf8_decode(text + i, n - i, &cp);
        bool after_kanji = i >= 3 && is_kanji(text + i - 3, 3);
        if (after_kanji && len == 3 && memcmp(text + i, "々", 3) == 0)
            buf_append(&doubled, text + i - 3, 3);
        else
            buf_append(&doubled, text + i, len);
        if (after_kanji && len == 3 && memcmp(text + i, text + i - 3, 3) == 0)
            buf_adds(&marked, "々");
        else
            buf_append(&marked, text + i, len);
        i += len;
    }
    bool ok = !doubled.failed && !marked.failed &&
              term_add_spelling(term, doubled.data, doubled.len, "々", SPELLING_WEIGHT) &&
              term_add_spelling(term, marked.data, marked.len, "々", SPELLING_WEIGHT);
    buf_release(&doubled);
    buf_release(&marked);
    return ok;
}

static bool is_katakana(const char *c)
{
    uint32_t cp;
    utf8_decode(c, 3, &cp);
    return (cp >= 0x30A1 && cp <= 0x30FA) || cp == 0x30FC;
}

/* センター = センタ-, where a minus sign or hyphen was typed for the long vowel mark. */
static bool expand_long_vowels(struct term *term, const char *text, size_t n)
{
    struct buf long_mark = BUF_INIT, hyphen = BUF_INIT;
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t len = utf8_decode(text + i, n - i, &cp);
        bool after_kana = i >= 3 && is_katakana(text + i - 3);
        bool is_mark = (cp == '-' || cp == 0x30FC) && after_kana;
        buf_append(&long_mark, is_mark ? "ー" : text + i, is_mark ? 3 : len);
        buf_append(&hyphen, is_mark ? "-" : text + i, is_mark ? 1 : len);
        i += len;
    }
    bool ok = !long_mark.failed && !hyphen.failed &&
              term_add_spelling(term, long_mark.data, long_mark.len, "長音", SPELLING_WEIGHT) &&
              term_add_spelling(term, hyphen.data, hyphen.len, "長音", SPELLING_WEIGHT);
    buf_release(&long_mark);
    buf_release(&hyphen);
    return ok;
}

enum status expand_term(struct term *term)
{
    static bool (*const rules[])(struct term *, const char *,
                                 size_t) = {expand_counters, expand_repeats, expand_long_vowels};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct spelling *typed = &term->spellings[0];
        if (!rules[i](term, typed->text, typed->len))
            return ST_NOMEM;
    }
    return ST_OK;
}
