/* Checking an index: the file, what it holds, its dictionary, its sources. Interface to check.c. */
#ifndef HIKU_INDEXER_CHECK_CHECK_H
#define HIKU_INDEXER_CHECK_CHECK_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct check_options {
    const char *db;
    const char *dicdir; /* NULL: the index's own */
    bool quick;         /* leave out what reads every record */
    bool digest;        /* reckon result->digest */
    void (*report)(void *context, const char *line /* one finding, translated */);
    void *context;
};

struct check_result {
    uint64_t n_problems;
    uint64_t n_records;
    uint64_t n_segments;
    uint64_t n_lists; /* posting lists */
    uint64_t digest;  /* index_digest(); 0 when not asked for */
};

/* Checks the index. ST_OK when nothing is wrong; ST_CORRUPT with a message that names the mend when
 * there are findings; else as opening an index: ST_MISSING, ST_NOT_INDEX, ST_NEWER, ST_OLDER,
 * ST_DICTIONARY, ST_BUSY, ST_IO, ST_NOMEM. */
enum status check_run(const struct check_options *options, struct check_result *result,
                      struct error *error);

#endif
