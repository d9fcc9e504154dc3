/* Words of an index by their reading: the table `vocabulary`. */
#ifndef HIKU_STORE_WORDS_H
#define HIKU_STORE_WORDS_H

#include "store/store.h"

/* Takes a word: SURFACE of LEN bytes, borrowed, met N times. */
typedef enum status each_word(void *context, const char *surface, size_t len, int64_t n);

/* Calls EACH for the words with the reading KEY (reading_key), the most frequent first, at most
 * LIMIT. ST_OK, what EACH returned, ST_CORRUPT, ST_BUSY, ST_IO. */
enum status store_words_by_reading(struct store *store, const char *key, size_t n_bytes, int limit,
                                   each_word *each, void *context, struct error *error);

/* Calls EACH for every word; KEY gets its reading, "" where it is unknown. Likewise. */
enum status store_all_words(struct store *store, const char **key, each_word *each, void *context,
                            struct error *error);

#endif
