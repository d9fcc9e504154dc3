/* Interface to entries_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_GEN_ENTRIES_GEN_H
#define HIKU_DICT_GEN_ENTRIES_GEN_H

#include "base/error.h"
#include "dict/analyzer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A word of a dictionary, as one of its lines gives it. */
struct entry {
    struct span surface; /* kanji and hiragana only */
    struct span reading; /* in katakana */
    struct span pos;     /* part of speech in three columns: 名詞,一般,* */
    struct span form; /* how it inflects and in which form it is: 五段・カ行イ音便,基本形 */
    bool inflects;
    struct span base;  /* the form that a dictionary lists it under */
    bool is_noun_form; /* the form of a verb that is a noun too: 取り組み */
};

struct entries {
    struct entry *items;
    size_t n, cap;
};

/* Reads the entries in TEXT, lines of MeCab dictionaries in ipadic's layout, UTF-8, from which they
 * borrow. Names, numbers, symbols, words in other scripts and inflected forms that no query is made
 * of are left out. ST_OK, ST_NOMEM. */
enum status entries_read(struct entries *entries, const char *text, size_t n_bytes);
/* Puts them into the order of their surfaces. */
void entries_sort(struct entries *entries);
/* The number of the first whose surface is not below SURFACE; the entries are sorted. */
size_t entries_find(const struct entries *entries, struct span surface);
bool entries_have(const struct entries *entries, struct span surface);
/* Whether they have SURFACE with this READING; with another one. */
bool entries_have_as(const struct entries *entries, struct span surface, struct span reading);
bool entries_have_otherwise(const struct entries *entries, struct span surface,
                            struct span reading);
/* Whether the verb E is another one's potential (書き出せる of 書き出す), which is no noun. */
bool entry_is_potential(const struct entry *e, const struct entries *entries);
bool entry_is_noun(const struct entry *e);
void entries_release(struct entries *entries);

/* By their bytes: the order of two; whether WHOLE begins so, or ends so. */
int span_compare(struct span a, struct span b);
bool span_starts(struct span whole, struct span start);
bool span_ends(struct span whole, struct span end);

/* The bytes of the kanji that TEXT begins with (0: none), those of the hiragana from AT on, and
 * whether TEXT is one kanji with kana behind it. */
size_t span_kanji_at(struct span text);
size_t span_kana_from(struct span text, size_t at);
bool span_is_one_kanji(struct span text);

/* READING but for its first kana, which may be voiced where a word is the second part of another:
 * ヅケ, ツケ. */
struct span reading_behind_first(struct span reading);

/* For arrays whose items, of ITEM_SIZE bytes, begin with a struct span: their order, and the number
 * of the first item that is not below TEXT among N that are sorted. */
int spans_compare(const void *a, const void *b);
size_t spans_find(const void *items, size_t n, size_t item_size, struct span text);

#endif
