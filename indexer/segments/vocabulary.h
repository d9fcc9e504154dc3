/* The distinct words of an index with their readings: the table `vocabulary`. */
#ifndef HIKU_INDEXER_SEGMENTS_VOCABULARY_H
#define HIKU_INDEXER_SEGMENTS_VOCABULARY_H

#include "base/buf.h"
#include "base/error.h"
#include "dict/word_table.h"

#include <sqlite3.h>

/* How often words were met, by reading and surface. Zeroed it is empty. */
struct vocabulary {
    struct vocabulary_word {
        uint64_t hash; /* of surface and reading; 0: free */
        size_t text;   /* in `strings`: surface, then reading as the dictionary has it */
        uint32_t surface_len;
        uint32_t reading_len;
        uint64_t n;
    } * slots;
    size_t cap; /* a power of two, or 0 */
    size_t n;
    struct buf strings;
};

/* Counts the words of a table: those that are content and not numbers alone. ST_OK, ST_NOMEM.
 */
enum status vocabulary_add_words(struct vocabulary *v, const struct word_table *table);

/* Counts SURFACE with READING N times; the two are a key and may be any bytes. Likewise. */
enum status vocabulary_add(struct vocabulary *v, struct span surface, struct span reading,
                           uint64_t n);

/* Adds the counts to the table. ST_OK; ST_IO with SQLite's result in *RC; ST_NOMEM. */
enum status vocabulary_write(const struct vocabulary *v, sqlite3 *db, int *rc);

/* Counts in *N_MISSING the words that the table does not have as often as V has met them. Likewise.
 */
enum status vocabulary_compare(const struct vocabulary *v, sqlite3 *db, size_t *n_missing, int *rc);

void vocabulary_release(struct vocabulary *v);

#endif
