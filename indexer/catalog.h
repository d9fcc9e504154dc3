/* The tables roots and sources: which files an index was made of, and in which state. */
#ifndef HIKU_INDEXER_CATALOG_H
#define HIKU_INDEXER_CATALOG_H

#include "corpus/sources.h"
#include "indexer/roots.h"
#include "indexer/writer.h"

/* What identifies a state of a file without reading it. */
struct file_state {
    int64_t size;     /* bytes */
    int64_t mtime_ns; /* 0: changed so lately that it may change again within the clock's step */
};

/* ST_OK; ST_INPUT with a message. */
enum status file_state_read(const char *path, struct file_state *state, struct error *error);

/* Notes ROOT; gives its number, and in *COLUMNS (owned by the caller; NULL: none) how its tables
 * are to be read: as ROOT says, else as remembered. *SAME: that is as in the run before. */
enum status catalog_root(struct writer *w, const struct root *root, int64_t *id, char **columns,
                         bool *same, struct error *error);

/* Notes SOURCE below a root; gives its number, the prefix of its records' keys (owned by the
 * caller) and the state in which it was read last ({-1, 0}: never). A name once given stays; one
 * that another file has gets ~2, ~3 … */
enum status catalog_source(struct writer *w, const struct source *source, int64_t root_id,
                           int64_t *id, char **name, struct file_state *state, struct error *error);

/* Notes the state in which a source has been read. */
enum status catalog_read(struct writer *w, int64_t source_id, const struct file_state *state,
                         struct error *error);

/* Removes the sources of a root that are not in LIST, with their records; adds to *N_REMOVED. */
enum status catalog_prune(struct writer *w, int64_t root_id, const struct source_list *list,
                          uint64_t *n_removed, struct error *error);

/* Removes the records of a source whose id is below BEFORE and for which KEEP (NULL: none) says no.
 */
enum status catalog_remove_records(struct writer *w, int64_t source_id, int64_t before,
                                   bool (*keep)(void *context, const char *key, size_t n_bytes),
                                   void *context, uint64_t *n_removed, struct error *error);

/* How many records the index holds; of one source, or of all (SOURCE_ID 0). */
enum status catalog_count(struct writer *w, int64_t source_id, uint64_t *n, struct error *error);

#endif
