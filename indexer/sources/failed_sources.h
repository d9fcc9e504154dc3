/* Sources that turned out, after some of their records were taken, not to be readable to the end.
 */
#ifndef HIKU_INDEXER_SOURCES_FAILED_SOURCES_H
#define HIKU_INDEXER_SOURCES_FAILED_SOURCES_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct failed_source {
    char *path;
    char *why; /* the message */
};

/* Half of a source must not stay in the index: the run begins again and leaves these out. */
struct failed_sources {
    struct failed_source *items;
    size_t n;
    bool again;      /* one was added: what this run did is to be thrown away */
    bool streams;    /* a stream is among them */
    uint64_t n_told; /* problems before it, which the next run need not tell again */
};

/* Adds one and sets `again`. N_TOLD: the problems told of before it. ST_OK, ST_NOMEM. */
enum status failed_sources_add(struct failed_sources *failed, const char *path, const char *why,
                               uint64_t n_told);

/* Notes that a source that can be read once only, a pipe, was read to its end: should the run begin
 * again, it has nothing of it. Its problems were told, so those of the next run are told anew.
 * ST_OK, ST_NOMEM. */
enum status failed_sources_add_stream(struct failed_sources *failed, const char *path,
                                      const char *why);

/* The message of a source that is among them; NULL: it is not. */
const char *failed_sources_find(const struct failed_sources *failed, const char *path);

void failed_sources_release(struct failed_sources *failed);

#endif
