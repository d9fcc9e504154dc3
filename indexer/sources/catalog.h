/* The tables roots and sources: which files an index was made of, and in which state. Interface to
 * catalog.c. */
#ifndef HIKU_INDEXER_SOURCES_CATALOG_H
#define HIKU_INDEXER_SOURCES_CATALOG_H

#include "base/string_set.h"
#include "corpus/sources.h"
#include "indexer/sources/file_state.h"
#include "indexer/sources/known_names.h"
#include "indexer/sources/roots.h"
#include "indexer/writer.h"

/* What the catalog says of a root. */
struct root_entry {
    int64_t id;
    struct root_options options; /* as this run says, else as remembered; owned */
    bool same;                   /* they are as in the run before */
};

/* Notes ROOT. ENTRY->options are released by the caller, whatever the status. ST_OK; with a message
 * those of writer_error, as of all functions here. */
enum status catalog_root(struct writer *w, const struct root *root, struct root_entry *entry,
                         struct error *error);

/* What the catalog says of a source. */
struct source_entry {
    int64_t id;
    char *name;              /* prefix of its records' keys; owned */
    struct file_state state; /* when it was read last; FILE_STATE_UNKNOWN: never */
};

/* Notes SOURCE below the root ROOT_ID. A name once given stays; one that another file has gets ~2,
 * ~3 … ENTRY->name is freed by the caller, whatever the status. */
enum status catalog_source(struct writer *w, struct known_names *names, const struct source *source,
                           int64_t root_id, struct source_entry *entry, struct error *error);

/* The path of a source, owned by the caller. */
enum status catalog_path(struct writer *w, int64_t source_id, char **path, struct error *error);

/* Notes the state in which a source has been read. */
enum status catalog_read(struct writer *w, int64_t source_id, const struct file_state *state,
                         struct error *error);

/* Notes for each source that it was read in the state in which the index OLD says that it was. Of
 * an index of an older format, which does not tell, nothing is noted. */
enum status catalog_copy_states(struct writer *w, sqlite3 *old, struct error *error);

/* Gives each source without a label the one that it has in the index OLD. */
enum status catalog_copy_labels(struct writer *w, sqlite3 *old, struct error *error);

/* Removes the sources below one of ROOTS (paths) whose paths are not among SOURCES, with their
 * records; adds to *N_REMOVED. */
enum status catalog_prune(struct writer *w, const struct string_set *roots,
                          const struct string_set *sources, uint64_t *n_removed,
                          struct error *error);

/* How many records the index holds; of one source, or of all (SOURCE_ID 0). */
enum status catalog_count(struct writer *w, int64_t source_id, uint64_t *n, struct error *error);

#endif
