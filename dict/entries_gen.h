/* Interface to entries_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_ENTRIES_GEN_H
#define HIKU_DICT_ENTRIES_GEN_H

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
void entries_release(struct entries *entries);

bool is_kanji(uint32_t cp);

bool span_is(struct span s, const char *text);
int span_compare(struct span a, struct span b);
bool span_starts(struct span whole, struct span start);
bool span_ends(struct span whole, struct span end);

#endif
