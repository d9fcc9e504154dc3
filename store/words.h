/* Words of an index by their reading: the table `vocabulary`. Interface to words.c. */
#ifndef HIKU_STORE_WORDS_H
#define HIKU_STORE_WORDS_H

#include "store/store.h"

/* Takes a word: SURFACE of LEN bytes, borrowed, met N times. */
typedef enum status each_word(void *context, const char *surface, size_t len, int64_t n);

/* Only so many words of one reading are given. */
#define WORDS_MAX 8

/* Calls EACH for the words with the reading KEY (N_BYTES as reading_key writes them), the most
 * frequent first, at most WORDS_MAX; anything but ST_OK from it ends the walk. ST_OK, what EACH
 * returned; with a message ST_CORRUPT, ST_BUSY, ST_IO, ST_INTERRUPTED, ST_NOMEM. */
enum status store_words_by_reading(struct store *store, const char *key, size_t n_bytes,
                                   each_word *each, void *context, struct error *error);

/* Calls EACH for every word. Before each call *KEY becomes the word's reading,
 * borrowed during the call, "" where it is unknown. Statuses likewise. */
enum status store_all_words(struct store *store, const char **key, each_word *each, void *context,
                            struct error *error);

#endif
