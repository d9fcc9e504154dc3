/* What the index knows of one source, in memory: one scan instead of a look-up for each record. */
#ifndef HIKU_INDEXER_KNOWN_H
#define HIKU_INDEXER_KNOWN_H

#include "base/error.h"
#include "indexer/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct known_record {
    uint64_t key; /* hash of documents.key */
    int64_t id;   /* 0: a free slot */
    uint64_t hash;
    size_t line;
    bool seen; /* the source still has it */
};

/* A hash table with open addressing. */
struct known {
    struct known_record *slots;
    size_t cap; /* a power of two, or 0 */
    size_t n;
};

/* Reads the records of a source. ST_OK; with a message what writer_error says, ST_NOMEM. */
enum status known_load(struct known *known, struct writer *w, int64_t source_id,
                       struct error *error);

/* The record with that key; NULL: none. */
struct known_record *known_find(const struct known *known, uint64_t key);

/* Removes those not seen from the index, in the order of their ids. Statuses as known_load. */
enum status known_remove_unseen(struct known *known, struct writer *w, uint64_t *n_removed,
                                struct error *error);

void known_release(struct known *known);

#endif
