/* What normalisation does to single characters, in parts: a text folded in some ways only, and in
 * which ways two texts that have one normal form differ. For the few texts that a search looks at
 * closely; the index holds normal forms (normalize.h). */
#ifndef HIKU_DICT_FOLDING_H
#define HIKU_DICT_FOLDING_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum folding {
    FOLDING_WIDTH = 1,    /* width and compatibility forms (NFKC): Ａ, ｱ, ㈱, ① */
    FOLDING_CASE = 2,     /* upper and lower case */
    FOLDING_VARIANTS = 4, /* dict/variants.tsv and compatibility ideographs: 學, 﨑, dashes */
    FOLDING_ALL = 7,
    FOLDING_BLANKS = 8 /* runs of white space and line ends: always folded */
};

/* Writes TEXT, any bytes, folded in the ways of KINDS and with runs of white space as one blank,
 * into OUT, whose memory is used again. Damaged UTF-8 becomes U+FFFD. False when memory is out. */
bool folding_apply(struct buf *out, const char *text, size_t n_bytes, unsigned kinds);

/* Whether TEXT, folded in the ways of KINDS, holds WANTED, which is folded so. *HOLDS. False when
 * memory is out. */
bool folding_holds(const char *text, size_t n_bytes, const char *wanted, size_t n_wanted,
                   unsigned kinds, bool *holds);

/* The ways without which TEXT would not hold TYPED: bits of enum folding; 0: it holds it as it
 * stands. The normal form of TEXT holds that of TYPED. False when memory is out. */
bool folding_between(const char *text, size_t n_bytes, const char *typed, size_t n_typed,
                     unsigned *kinds);

/* The names of KINDS joined by + (width+case); "characters" for FOLDING_BLANKS alone, "" for 0. */
const char *folding_name(unsigned kinds);

#endif
