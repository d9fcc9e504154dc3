/* Interface to mixed_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_GEN_MIXED_GEN_H
#define HIKU_DICT_GEN_MIXED_GEN_H

#include "dict/gen/entries_gen.h"
#include "dict/lexicon_build.h"

/* Adds the words of ENTRIES of which another entry has the same reading and part of speech and
 * writes some of the kanji, or all, in kana (交ぜ書き): 呼び掛け and 呼びかけ, 逼迫 and ひっ迫,
 * 但し and ただし. Where the kana may stand for more than two words (花き: 花卉, 花器, 花期), or a
 * word in kana alone for more than one, they are not taken for any. A word in kana alone must have
 * three of them, and four where an inflected word in kanji is to lead to it and others are read so
 * too, unless it is one of grammar. ST_OK, ST_NOMEM. */
enum status mixed_add(struct lexicon_builder *b, const struct entries *entries);

#endif
