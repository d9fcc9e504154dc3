/* Reading and writing UTF-8 that may be damaged. */
#ifndef HIKU_BASE_UTF8_H
#define HIKU_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#define UTF8_REPLACEMENT 0xFFFDU

/* utf8_decode for any character. */
size_t utf8_decode_any(const char *text, size_t n_bytes, uint32_t *cp);

/* Decodes the character at TEXT, of which N_BYTES (at least 1) are left, into *CP and returns its
 * length in bytes. A damaged sequence gives U+FFFD and the length of its maximal subpart (Unicode
 * 15, 3.9, table 3-8): 1 to 3 bytes. NUL is an ordinary character. Japanese is nearly all
 * characters of three bytes, of which those with any second byte are decoded here. */
static inline size_t utf8_decode(const char *text, size_t n_bytes, uint32_t *cp)
{
    const unsigned char *s = (const unsigned char *)text;
    if (n_bytes < 3 || s[0] < 0xE1 || s[0] > 0xEF || s[0] == 0xED || (s[1] & 0xC0) != 0x80 ||
        (s[2] & 0xC0) != 0x80)
        return utf8_decode_any(text, n_bytes, cp);
    *cp = (s[0] & 0x0FU) << 12 | (s[1] & 0x3FU) << 6 | (s[2] & 0x3FU);
    return 3;
}

/* Writes a scalar value as 1 to 4 bytes and returns how many. */
size_t utf8_encode(uint32_t cp, char out[4]);

/* The largest offset <= AT that starts a character of the valid UTF-8 in TEXT. TEXT[AT] is not
 * read when a complete character ends there. */
size_t utf8_floor(const char *text, size_t at);

/* The character that begins at byte AT of the N_BYTES of TEXT, and the one that ends there; 0: TEXT
 * ends, or begins, at AT. TEXT is valid UTF-8, and no character goes over AT. */
uint32_t utf8_at(const char *text, size_t n_bytes, size_t at);
uint32_t utf8_before(const char *text, size_t at);

/* The number of characters in TEXT; a damaged sequence counts as one. */
size_t utf8_count(const char *text, size_t n_bytes);

/* The same of valid UTF-8, eight bytes at a time: for long texts. */
size_t utf8_count_valid(const char *text, size_t n_bytes);

/* Whether the character is one of ぁ to ゖ. */
static inline bool utf8_is_hiragana(uint32_t cp)
{
    return cp >= 0x3041 && cp <= 0x3096;
}

/* From a hiragana to its katakana. */
#define UTF8_KATAKANA_SHIFT 0x60

/* ー, the mark of a long vowel, which stands among katakana and, less often, hiragana. */
#define UTF8_LONG_MARK 0x30FCU

/* Whether the character is one of ァ to ヶ, those that have a hiragana. */
static inline bool utf8_is_katakana(uint32_t cp)
{
    return utf8_is_hiragana(cp - UTF8_KATAKANA_SHIFT);
}

/* Whether the character is one of those, or lengthens the vowel of one. */
static inline bool utf8_is_katakana_or_mark(uint32_t cp)
{
    return utf8_is_katakana(cp) || cp == UTF8_LONG_MARK;
}

/* The hiragana of a katakana, or the katakana of a hiragana; any other character is given back. */
static inline uint32_t utf8_to_hiragana(uint32_t cp)
{
    return utf8_is_katakana(cp) ? cp - UTF8_KATAKANA_SHIFT : cp;
}

static inline uint32_t utf8_to_katakana(uint32_t cp)
{
    return utf8_is_hiragana(cp) ? cp + UTF8_KATAKANA_SHIFT : cp;
}

/* Whether the character is a kanji (CJK ideograph, 々). */
static inline bool utf8_is_kanji(uint32_t cp)
{
    return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) || cp == 0x3005;
}

/* The letter, digit or sign of ASCII that CP is in full width; else CP. */
static inline uint32_t utf8_narrow(uint32_t cp)
{
    return cp >= 0xFF01 && cp <= 0xFF5E ? cp - 0xFEE0 : cp;
}

/* Whether the character is a digit 0 to 9, of either width. */
static inline bool utf8_is_digit(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19);
}

/* The value of such a digit. */
static inline unsigned utf8_digit_value(uint32_t cp)
{
    return cp >= 0xFF10 ? cp - 0xFF10 : cp - '0';
}

/* Whether the character is a number in a circle, ① to ⑳. */
static inline bool utf8_is_circled(uint32_t cp)
{
    return cp >= U'①' && cp <= U'⑳';
}

/* Whether the character is White_Space (Unicode 15, PropList). */
static inline bool utf8_is_space(uint32_t cp)
{
    return (cp >= 0x09 && cp <= 0x0D) || cp == 0x20 || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x205F || cp == 0x3000;
}

/* Whether CP is one of the characters of SET, which a 0 ends. */
static inline bool utf8_is_one_of(uint32_t cp, const char32_t *set)
{
    while (*set != 0 && *set != cp)
        set++;
    return *set != 0;
}

/* Whether TEXT has a digit. */
bool utf8_has_digit(const char *text, size_t n_bytes);

#endif
