/* Interface to families_gen.c: part of the tool that makes hiku's lexicon at build time. */
#ifndef HIKU_DICT_GEN_FAMILIES_GEN_H
#define HIKU_DICT_GEN_FAMILIES_GEN_H

#include "base/buf.h"
#include "dict/gen/entries_gen.h"

/* A word with all the ways to write its okurigana. */
struct family {
    struct span reading;
    bool inflects;
    size_t first, n; /* its forms, the one with all kana first */
};

struct families {
    struct family *items;
    size_t n, cap;
    struct form {
        size_t at, len; /* in `strings` */
        size_t family;
    } * forms;
    size_t n_forms, cap_forms;
    struct buf strings;
};

/* Finds the words that have several forms. ENTRIES, sorted, with the same reading and the same
 * kanji once kana are removed are one word (取組, 取り組み). From the fullest form come those that
 * leave out kana in front of a kanji or at the end (取組み), as the rule on 送り仮名
 * (内閣告示第2号, 1973, 通則6) allows for compounds. The readings are borrowed from ENTRIES. ST_OK,
 * ST_NOMEM. */
enum status families_find(struct families *families, const struct entries *entries);
void families_release(struct families *families);

struct span families_form(const struct families *families, size_t number);

#endif
