/* The names of the sources that an index holds, in memory: a look-up among thousands would read the
 * table of sources for each new one. Interface to known_names.c. */
#ifndef HIKU_INDEXER_SOURCES_KNOWN_NAMES_H
#define HIKU_INDEXER_SOURCES_KNOWN_NAMES_H

#include "indexer/key_set.h"
#include "indexer/writer.h"

/* {0}: not read yet. */
struct known_names {
    /* Of two names with one hash the later gets a number that it need not have. */
    struct key_set hashes;
    bool loaded; /* those of the index are in it */
};

/* A name for a new source: as WANTED, with _ for each #, and with ~2, ~3 … behind it when another
 * one has it. *OUT is owned by the caller. ST_OK; with a message ST_NOMEM and what writer_error
 * says. */
enum status known_names_give(struct known_names *names, struct writer *w, const char *wanted,
                             char **out, struct error *error);

void known_names_release(struct known_names *names);

#endif
