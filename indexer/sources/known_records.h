/* The records that the index has of one source, in memory: one scan instead of a look-up for each.
 * Interface to known_records.c. */
#ifndef HIKU_INDEXER_SOURCES_KNOWN_RECORDS_H
#define HIKU_INDEXER_SOURCES_KNOWN_RECORDS_H

#include "base/error.h"
#include "indexer/writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct known_record {
    uint64_t key; /* hash of documents.key */
    int64_t id;
    uint64_t hash;
    int64_t first_line; /* as the row has it */
    int64_t line;       /* where the source has the record now, once it is seen */
    uint32_t place;     /* a hash of the row's part and page */
    bool seen;          /* the source still has it */
    bool replaced;      /* with other texts, so that it gets a new row */
};

/* The records by their ids, and a hash table with open addressing that finds them by their keys. */
struct known_records {
    struct known_record *records;
    size_t n;
    size_t cap;
    uint32_t *slots; /* 1 + the record's index; 0: free */
    size_t n_slots;  /* a power of two, or 0 */
};

/* Reads the records of a source into KNOWN, which is {0}. ST_OK; with a message what writer_error
 * says, ST_NOMEM. */
enum status known_records_load(struct known_records *known, struct writer *w, int64_t source_id,
                               struct error *error);

/* The record with that key; NULL: none. */
struct known_record *known_records_find(const struct known_records *known, uint64_t key);

/* Compares RECORD with D, which its source has under its key, and notes in both what follows for
 * the other. *SAME: the texts are. *MOVED: they are, but stand in another part or page, which has
 * been written. Statuses as known_records_load. */
enum status known_record_compare(struct known_record *record, struct writer *w, struct document *d,
                                 bool *same, bool *moved, struct error *error);

/* Removes those not seen from the index, in the order of their ids, and adds to *N_REMOVED.
 * Statuses as known_records_load. */
enum status known_records_remove_unseen(const struct known_records *known, struct writer *w,
                                        uint64_t *n_removed, struct error *error);

void known_records_release(struct known_records *known);

#endif
