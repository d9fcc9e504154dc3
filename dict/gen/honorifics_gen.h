/* Interface to honorifics_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_GEN_HONORIFICS_GEN_H
#define HIKU_DICT_GEN_HONORIFICS_GEN_H

#include "dict/gen/entries_gen.h"
#include "dict/lexicon_build.h"

/* Adds 御知らせ for お知らせ and ご飯 for 御飯, of all ENTRIES (sorted), both ways. ST_OK,
 * ST_NOMEM. */
enum status honorifics_add(struct lexicon_builder *b, const struct entries *entries);

#endif
