/* Interface to okurigana_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_GEN_OKURIGANA_GEN_H
#define HIKU_DICT_GEN_OKURIGANA_GEN_H

#include "dict/gen/entries_gen.h"
#include "dict/lexicon_build.h"

/* Adds the ways to write the okurigana of the words that ENTRIES, sorted, give (families_gen.h),
 * and of longer words that begin or end with one, by what is written and by how it is read:
 * 立入検査 (タチイリケンサ) is 立ち入り検査, since 立ち入り is タチイリ. ST_OK, ST_NOMEM. */
enum status okurigana_add(struct lexicon_builder *b, const struct entries *entries);

#endif
