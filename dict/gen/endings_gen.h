/* Interface to endings_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_GEN_ENDINGS_GEN_H
#define HIKU_DICT_GEN_ENDINGS_GEN_H

#include "dict/gen/entries_gen.h"
#include "dict/lexicon_build.h"

/* Adds the words of one kanji that lose their kana behind a noun (払い in 概算払), as
 * LEXICON_ENDING, and the words of ENTRIES, sorted, that have one without its kana inside: 仮払金
 * is 仮払い金, since it is read カリバライキン. ST_OK, ST_NOMEM. */
enum status endings_add(struct lexicon_builder *b, const struct entries *entries);

#endif
