/* The distinct words that one thread has met, each looked into once: a text has a hundred times as
 * many. */
#ifndef HIKU_DICT_WORD_TABLE_H
#define HIKU_DICT_WORD_TABLE_H

#include "dict/analyzer.h"

struct word {
    uint64_t hash;
    const char *feature; /* the dictionary's line */
    struct span surface; /* normalised text */
    struct span base;    /* dictionary form where it is another than the surface, else empty */
    struct span reading; /* as the dictionary has it */
    uint32_t flags;      /* of enum token_flags */
    uint64_t n;          /* times met, counted by the user of the table */
};

struct word_table;

/* ANALYZER is borrowed and must outlive the table. NULL when memory is out. */
struct word_table *word_table_new(const struct analyzer *analyzer);
/* Frees it and its words. NULL is allowed. */
void word_table_free(struct word_table *table);

/* Whether a token is kept as a word: numbers are without end, and nobody asks for longer ones. */
#define WORD_TABLE_MAX_BYTES 96
bool word_table_takes(struct span surface);

/* The hash of the word with FEATURE and SURFACE, which are what makes a word; FLAGS: TOKEN_UNKNOWN
 * or 0. */
uint64_t word_table_hash(const char *feature, struct span surface, uint32_t flags);

/* Fetches what word_table_find will look at for N hashes, a few dozen, into the processor's cache:
 * all at once instead of one after the other, as the table is larger than that. */
void word_table_prefetch(const struct word_table *table, const uint64_t *hashes, size_t n);

/* The word with HASH, of the others. NULL when memory is out. Valid as long as the table. */
struct word *word_table_find(struct word_table *table, uint64_t hash, const char *feature,
                             struct span surface, uint32_t flags);

/* Calls EACH for all words, in no order. */
typedef enum status each_table_word(void *context, const struct word *word);
enum status word_table_each(const struct word_table *table, each_table_word *each, void *context);

#endif
