/* Roots: the files and folders that an index was made of. */
#ifndef HIKU_INDEXER_SOURCES_ROOTS_H
#define HIKU_INDEXER_SOURCES_ROOTS_H

#include "base/error.h"
#include "indexer/index.h"
#include "indexer/old_index.h"

/* How the tables of a root are to be read, as the options of those names say; NULL: as it is found
 * out. */
struct root_options {
    char *columns;
    char *type;
    char *encoding;
    enum hidden hidden;
};

void root_options_release(struct root_options *options);

struct root {
    char *path;
    struct root_options options;
    bool given; /* named for this run, not only known from runs before */
};

struct root_list {
    struct root *items;
    size_t n;
};

/* The path under which the index knows a root that is named GIVEN: without slashes at its end, so
 * that corpus/ and corpus are one. Owned by the caller; NULL: out of memory. */
char *root_path(const char *given);

/* The roots for this run: options->sources, and those below them that were named before, which may
 * be read in a way of their own; without any all that the index before this run (OLD) knows, which
 * follow the named ones where it is built anew; else the folder corpus. ST_OK; with a message
 * ST_INPUT when there is nothing to index, ST_NOMEM. */
enum status roots_choose(struct root_list *roots, const struct index_options *options,
                         const struct old_index *old, struct error *error);

void roots_release(struct root_list *roots);

#endif
