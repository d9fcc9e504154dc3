/* Making an index and keeping it up to date: the interface of the room indexer/. */
#ifndef HIKU_INDEXER_INDEX_H
#define HIKU_INDEXER_INDEX_H

#include "base/error.h"
#include "corpus/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* With it segments are as large as they may be (writer_open.c); more is for caches alone. */
#define INDEX_MEMORY_BYTES ((size_t)192 << 20)

/* How far a run is. */
struct index_progress {
    uint64_t n_records;
    uint64_t n_bytes; /* of the sources, read or recognised as unchanged; about */
    uint64_t n_bytes_total;
    bool writing; /* all is read; what is left cannot be told in bytes, nor be stopped */
};

/* What is done with the rows and sheets that a spreadsheet hides. */
enum hidden {
    HIDDEN_NOT_TOLD, /* as the index remembers, else they are left out */
    HIDDEN_OUT,
    HIDDEN_IN
};

struct index_options {
    const char *db;             /* path of the index */
    const char *const *sources; /* files and folders; none: those that the index knows */
    size_t n_sources;
    const char *columns;  /* see reader.h; NULL: as the index remembers, else recognised */
    const char *type;     /* name of a format, for sources read in this run; NULL: found out */
    const char *encoding; /* likewise */
    const char *label;    /* whose tables the sources are; NULL: as their manifest says */
    enum hidden hidden;
    int save;            /* note in hiku.sources.tsv, beside each source, how it was read */
    int strict;          /* a problem, whatever it is, leaves the index as it was */
    const char *dicdir;  /* NULL: the index's own, else the default */
    const char *userdic; /* NULL: hiku's own */
    int full;            /* build anew beside the old file, then replace it */
    int update;          /* an index that is there; none is made: ST_MISSING */
    int compact;         /* build anew from the index's own records, whatever its sources say */
    size_t n_threads;    /* 0: one for each processor */
    size_t memory_bytes; /* to be used, about; 0: INDEX_MEMORY_BYTES */
    int busy_ms;         /* how long to wait for another writer */
    /* A row that was skipped or taken with doubt: PATH, LINE (0: the file), PROBLEM, EXCERPT. */
    void (*problem)(void *context, const char *path, size_t line, enum severity severity,
                    const char *problem, struct span excerpt);
    /* Called every few records and before the commit; false stops the run. May be NULL. */
    bool (*progress)(void *context, const struct index_progress *progress);
    void *context;
};

struct index_report {
    uint64_t n_records; /* in the index now */
    uint64_t n_added;
    uint64_t n_changed;
    uint64_t n_removed;
    uint64_t n_unchanged;
    uint64_t n_problems;
    uint64_t n_sources; /* files read or recognised as unchanged */
    uint64_t n_failed;  /* files that could not be read; their records stay as they were */
    int created;        /* there was no index before, or --full */
};

/* Brings the index at options->db up to date with the sources: all or nothing, as one transaction
 * (a new file is written beside and renamed). A file that cannot be read is reported as a problem,
 * its records stay, and the others are indexed. ST_OK; with a message ST_INPUT (no source could be
 * read at all), ST_INTERRUPTED (options->progress said no), ST_MISSING (--compact or update without
 * an index), ST_USAGE, ST_DICTIONARY, ST_NOT_INDEX, ST_NEWER, ST_OLDER, ST_CORRUPT, ST_BUSY,
 * ST_IO, ST_NOMEM. */
enum status index_run(const struct index_options *options, struct index_report *report,
                      struct error *error);

#endif
