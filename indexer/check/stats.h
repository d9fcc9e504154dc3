/* What an index holds, in numbers. Interface to stats.c. */
#ifndef HIKU_INDEXER_CHECK_STATS_H
#define HIKU_INDEXER_CHECK_STATS_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct stats_term {
    char *text;
    uint64_t n_documents;
    uint64_t n_occurrences;
};

struct stats_source {
    char *path;
    char *name;
    char *label;
    uint64_t n_records;
};

struct stats {
    uint64_t n_records;
    uint64_t n_sources;
    uint64_t n_segments;
    uint64_t file_bytes;
    uint64_t text_bytes;
    int format;        /* version of the file's format */
    char *writer;      /* the program that wrote it, with its version */
    char *dicdir;      /* MeCab's dictionary */
    char *fingerprint; /* of normaliser and dictionaries */
    char *date_first;  /* ISO 8601, or "" */
    char *date_last;
    struct stats_term *terms; /* the most frequent, by documents */
    size_t n_terms;
    struct stats_source *sources; /* n_sources of them */
};

/* Reads the numbers of the index at DB and its N_TERMS most frequent terms. DICDIR may be NULL: the
 * index's own. STATS is filled only on ST_OK, and then released by the caller. ST_OK; with a
 * message ST_MISSING, ST_NOT_INDEX, ST_NEWER, ST_OLDER, ST_DICTIONARY, ST_CORRUPT, ST_BUSY, ST_IO,
 * ST_NOMEM. */
enum status stats_read(struct stats *stats, const char *db, const char *dicdir, size_t n_terms,
                       struct error *error);

/* Frees the contents; a zeroed struct is allowed. */
void stats_release(struct stats *stats);

#endif
