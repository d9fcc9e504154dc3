/* Interface to okurigana_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_OKURIGANA_GEN_H
#define HIKU_DICT_OKURIGANA_GEN_H

#include "dict/lexicon_build.h"

/* Adds the ways to write the okurigana of the words in TEXT, lines of MeCab dictionaries in
 * ipadic's layout, UTF-8: words with the same reading and the same kanji once kana are removed are
 * one word (取組, 取り組み). From the fullest form come those that leave out kana in front of a
 * kanji or at the end (取組み), as the rule on 送り仮名 (内閣告示第2号, 1973, 通則6) allows for
 * compounds. ST_OK, ST_NOMEM. */
enum status okurigana_read(struct lexicon_builder *b, const char *text, size_t n_bytes);

#endif
