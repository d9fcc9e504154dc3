/* Which files each root stands for, before the first of them is read. */
#ifndef HIKU_INDEXER_SOURCES_ROOT_SOURCES_H
#define HIKU_INDEXER_SOURCES_ROOT_SOURCES_H

#include "corpus/readers.h"
#include "indexer/sources/known_files.h"
#include "indexer/sources/roots.h"

struct root_sources {
    struct source_list list;      /* those to be read */
    struct source_list elsewhere; /* those that another root, closer to them, has too */
    enum status status;           /* ST_OK; ST_INPUT: the root cannot be read */
    char *why;                    /* the message then */
};

/* Lists the files of ROOTS with READERS, each for one root only: *OUT gets an array of roots->n, to
 * be freed by root_sources_free. FILES are not opened to find out whether they are reports.
 * *N_BYTES: of all of them together. ST_OK; ST_NOMEM with a message. */
enum status root_sources_list(struct root_sources **out, const struct readers *readers,
                              const struct root_list *roots, const struct known_files *files,
                              uint64_t *n_bytes, struct error *error);

/* SOURCES may be NULL. */
void root_sources_free(struct root_sources *sources, size_t n, const struct readers *readers);

#endif
