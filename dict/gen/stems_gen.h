/* Interface to stems_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_GEN_STEMS_GEN_H
#define HIKU_DICT_GEN_STEMS_GEN_H

#include "dict/gen/entries_gen.h"
#include "dict/lexicon_build.h"

/* Adds what compounds that no dictionary lists are put together from, as ENTRIES, sorted, show it:
 * verbs of one kanji that are first in one (聴き of 聴き取り), by their kanji: LEXICON_STEM; the
 * forms of those that are second in several (取り, 取る, 取っ): LEXICON_SECOND, and as a noun
 * LEXICON_SECOND_NOUN, by their kanji LEXICON_SECOND_BARE. Those that are second in many may stand
 * in kana (支えあい): LEXICON_KANA and LEXICON_IN_KANA; verbs without kana of their own before them
 * (見) are LEXICON_STEM_BARE. ST_OK, ST_NOMEM. */
enum status stems_add(struct lexicon_builder *b, const struct entries *entries);

#endif
