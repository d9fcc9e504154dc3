/* Numbers as Japanese texts write them: 12000, 12,000, 1万2千, 一万二千, 一二〇〇〇. */
#ifndef HIKU_DICT_NUMERALS_H
#define HIKU_DICT_NUMERALS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

/* All characters that numbers are written with, but for the separators, which stand between digits
 * alone. Each is one UTF-16 unit. */
extern const char32_t number_characters[];
extern const char32_t number_separators[];

/* Whether the character is 十 to 兆. */
bool number_is_unit(uint32_t cp);

/* Whether a number that has the character BEFORE goes on with the character BEHIND it. */
bool number_goes_on(uint32_t before, uint32_t behind);

/* Larger numbers are not read: nobody writes them in two ways. */
#define NUMERAL_MAX UINT64_C(999999999999)

struct numeral {
    uint64_t value;
    size_t len;      /* bytes read */
    size_t n_chars;  /* the same in characters */
    bool has_arabic; /* digits 0-9 */
    bool has_kanji;  /* 〇 to 九 */
    bool has_unit;   /* 十 百 千 万 億 */
};

/* Reads the longest number that TEXT begins with: Arabic digits (separators in threes allowed),
 * kanji digits, units, or both. TEXT: N_BYTES of normalised UTF-8. False when there is none, when
 * it is above NUMERAL_MAX, or when it has a needless 0 in front (a telephone number, a code). */
bool numeral_read(const char *text, size_t n_bytes, struct numeral *out);

enum numeral_form {
    NUMERAL_ARABIC,          /* 12000 */
    NUMERAL_SEPARATED,       /* 12,000 */
    NUMERAL_MIXED,           /* 1万2000 */
    NUMERAL_MIXED_SEPARATED, /* 1億2,000万 */
    NUMERAL_MIXED_UNIT,      /* 1万2千 */
    NUMERAL_KANJI,           /* 一万二千 */
    NUMERAL_KANJI_DIGIT      /* 一二〇〇〇 */
};
#define NUMERAL_N_FORMS 7

/* Appends VALUE in a form; forms that say nothing new (1 with separators) give the same text as
 * another. */
void numeral_write(struct buf *out, uint64_t value, enum numeral_form form);

#endif
