/* Reading and writing UTF-8 that may be damaged. Interface: utf8.h. */
#include "base/utf8.h"

#include <string.h>

static size_t damaged(uint32_t *cp, size_t n_bytes)
{
    *cp = UTF8_REPLACEMENT;
    return n_bytes;
}

/* The range that the second byte must lie in, by lead byte: excludes overlong forms, surrogates
 * and values past U+10FFFF. */
static void second_byte_range(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    *high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
}

size_t utf8_decode_any(const char *text, size_t n_bytes, uint32_t *cp)
{
    const unsigned char *s = (const unsigned char *)text;
    if (s[0] < 0x80) {
        *cp = s[0];
        return 1;
    }
    if (s[0] < 0xC2 || s[0] > 0xF4)
        return damaged(cp, 1);
    size_t want = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    unsigned char low, high;
    second_byte_range(s[0], &low, &high);
    uint32_t value = s[0] & (0x7FU >> want);
    for (size_t i = 1; i < want; i++) {
        if (i >= n_bytes || s[i] < low || s[i] > high)
            return damaged(cp, i);
        value = value << 6 | (s[i] & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    *cp = value;
    return want;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

size_t utf8_floor(const char *text, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)text[start - 1] < 0xC0)
        return start == 0 ? 0 : at;
    uint32_t cp;
    size_t whole = utf8_decode(text + start - 1, at - start + 1, &cp);
    return whole == at - start + 1 && cp != UTF8_REPLACEMENT ? at : start - 1;
}

uint32_t utf8_at(const char *text, size_t n_bytes, size_t at)
{
    uint32_t cp = 0;
    if (at < n_bytes)
        utf8_decode(text + at, n_bytes - at, &cp);
    return cp;
}

uint32_t utf8_before(const char *text, size_t at)
{
    return at > 0 ? utf8_at(text, at, utf8_floor(text, at - 1)) : 0;
}

size_t utf8_count(const char *text, size_t n_bytes)
{
    size_t n = 0;
    uint32_t cp;
    for (size_t i = 0; i < n_bytes; n++)
        i += utf8_decode(text + i, n_bytes - i, &cp);
    return n;
}

/* How many bytes of at most 255 blocks of eight go on with a character, 10xxxxxx: each of the eight
 * is counted in a byte of its own. */
static size_t count_continued(const char *text, size_t n_blocks)
{
    const uint64_t ones = 0x0101010101010101U, even = 0x00FF00FF00FF00FFU;
    uint64_t sums = 0;
    for (size_t i = 0; i < n_blocks; i++) {
        uint64_t bytes;
        memcpy(&bytes, text + 8 * i, sizeof bytes);
        sums += bytes >> 7 & ~bytes >> 6 & ones;
    }
    sums = (sums & even) + (sums >> 8 & even);
    return (size_t)(sums * 0x0001000100010001U >> 48);
}

size_t utf8_count_valid(const char *text, size_t n_bytes)
{
    size_t n = n_bytes, at = 0;
    while (n_bytes - at >= 8) {
        size_t n_blocks = (n_bytes - at) / 8 < 255 ? (n_bytes - at) / 8 : 255;
        n -= count_continued(text + at, n_blocks);
        at += 8 * n_blocks;
    }
    for (; at < n_bytes; at++)
        n -= ((unsigned char)text[at] & 0xC0) == 0x80;
    return n;
}

bool utf8_has_digit(const char *text, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes;) {
        uint32_t cp;
        i += utf8_decode(text + i, n_bytes - i, &cp);
        if (utf8_is_digit(cp))
            return true;
    }
    return false;
}
