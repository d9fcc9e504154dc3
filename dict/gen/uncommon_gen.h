/* Interface to uncommon_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_GEN_UNCOMMON_GEN_H
#define HIKU_DICT_GEN_UNCOMMON_GEN_H

#include "dict/gen/entries_gen.h"
#include "dict/lexicon_build.h"

/* The kanji that official writing uses, sorted. */
struct common_kanji {
    struct common_kanji_item {
        uint32_t cp;
        bool is_new; /* since 2010 */
    } * items;
    size_t n, cap;
};

/* Reads dict/common_kanji.txt: lines of kanji; # begins a comment, + those of 2010. ST_OK,
 * ST_NOMEM. */
enum status common_kanji_read(struct common_kanji *common, const char *text, size_t n_bytes);
void common_kanji_release(struct common_kanji *common);

/* Adds the nouns of ENTRIES, sorted, with kana in the place of those kanji that are not COMMON, as
 * official writing has them (公用文における漢字使用等について, 内閣訓令第1号, 2010, and before it
 * 1981): 瓦礫, 瓦れき and がれき, 名誉毀損 and 名誉き損, 圃場 and ほ場. Which part of a reading is
 * a kanji's is told by the form that Chinese readings have, and by what the kanji alone is read.
 * Where more than one way of that leads to different kana, and where the kana alone may be another
 * word, nothing is added; kana with kanji that two words share stand for both, more for none.
 * ST_OK, ST_NOMEM. */
enum status uncommon_add(struct lexicon_builder *b, const struct entries *entries,
                         const struct common_kanji *common);

#endif
