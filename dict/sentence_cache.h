/* How sentences were cut, for those that come again: in statutes and minutes a quarter of the text
 * stands in sentences that were there before. Shared by threads.
 *
 * Each piece of a text is cut for itself (tokenizer_cut), so what is found here is what cutting it
 * would give, and a full cache forgets without changing anything. */
#ifndef HIKU_DICT_SENTENCE_CACHE_H
#define HIKU_DICT_SENTENCE_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer ones are not kept. */
#define SENTENCE_MAX_BYTES 1024

/* A token of a sentence, behind the one before it without anything between. */
struct sentence_token {
    const char *feature;
    uint16_t n_bytes;
    bool unknown;
};

struct sentence_cache;

/* A cache of about N_BYTES, at least 64 KiB. NULL when memory is out. */
struct sentence_cache *sentence_cache_new(size_t n_bytes);
/* NULL is allowed. */
void sentence_cache_free(struct sentence_cache *cache);

/* The key of TEXT (1 to SENTENCE_MAX_BYTES bytes), which the next two are to be given with it. What
 * they will look at is fetched into the processor's cache meanwhile: asked for a sentence ahead, it
 * is there in time. */
uint64_t sentence_cache_key(const struct sentence_cache *cache, const char *text, size_t n_bytes);

/* Copies the tokens of TEXT into TOKENS (room for N_BYTES of them) and returns how many they are;
 * 0: not there. *AGAIN: it is not there, but was asked for before, and is worth keeping: most
 * sentences never come again, and would only take the place of those that do. */
size_t sentence_cache_find(struct sentence_cache *cache, uint64_t key, const char *text,
                           size_t n_bytes, struct sentence_token *tokens, bool *again);

/* Keeps the N (at least 1) tokens of TEXT. */
void sentence_cache_add(struct sentence_cache *cache, uint64_t key, const char *text,
                        size_t n_bytes, const struct sentence_token *tokens, size_t n);

#endif
