/* The tables roots and sources: which files an index was made of, and in which state. */
#ifndef HIKU_INDEXER_CATALOG_H
#define HIKU_INDEXER_CATALOG_H

#include "base/string_set.h"
#include "corpus/sources.h"
#include "indexer/roots.h"
#include "indexer/source_names.h"
#include "indexer/writer.h"

#include <sys/stat.h>

/* What identifies a state of a file without reading it. The time of its last change of any kind
 * (ctime) also tells of a writer that sets the time of the contents back, the inode of an editor
 * that puts another file under the name. */
struct file_state {
    int64_t size; /* bytes */
    int64_t mtime_ns;
    int64_t ctime_ns; /* 0: changed so lately that it may change again within the clock's step */
    int64_t inode;
    bool is_stream; /* a pipe or the like, which can be read once only */
};

/* The state of a file that must be read. */
#define FILE_STATE_UNKNOWN                                                                         \
    (struct file_state)                                                                            \
    {                                                                                              \
        .size = -1                                                                                 \
    }

/* Whether a file with these two states has the same contents. */
bool file_state_same(const struct file_state *a, const struct file_state *b);

/* The state that INFO tells. */
struct file_state file_state_of(const struct stat *info);

/* ST_OK; ST_INPUT with a message. */
enum status file_state_read(const char *path, struct file_state *state, struct error *error);

/* Notes ROOT; gives its number, and in READING, which the caller releases, how its tables are to be
 * read: as ROOT says, else as remembered. *SAME: that is as in the run before. */
enum status catalog_root(struct writer *w, const struct root *root, int64_t *id,
                         struct reading *reading, bool *same, struct error *error);

/* Notes SOURCE below a root; gives its number, the prefix of its records' keys (owned by the
 * caller) and the state in which it was read last. A name once given stays; one
 * that another file has gets ~2, ~3 … */
enum status catalog_source(struct writer *w, struct source_names *names,
                           const struct source *source, int64_t root_id, int64_t *id, char **name,
                           struct file_state *state, struct error *error);

/* The path of a source, owned by the caller. */
enum status catalog_path(struct writer *w, int64_t source_id, char **path, struct error *error);

/* Notes the state in which a source has been read. */
enum status catalog_read(struct writer *w, int64_t source_id, const struct file_state *state,
                         struct error *error);

/* Notes for each source that it was read in the state in which the index OLD says that it was. Of
 * an index of an older format, which does not tell, nothing is noted. */
enum status catalog_copy_states(struct writer *w, sqlite3 *old, struct error *error);

/* Gives each source without a label the one that it has in the index OLD. ST_OK; others with a
 * message. */
enum status catalog_copy_labels(struct writer *w, sqlite3 *old, struct error *error);

/* Removes the sources below one of ROOTS (paths) whose paths are not among SOURCES, with their
 * records; adds to *N_REMOVED. */
enum status catalog_prune(struct writer *w, const struct string_set *roots,
                          const struct string_set *sources, uint64_t *n_removed,
                          struct error *error);

/* How many records the index holds; of one source, or of all (SOURCE_ID 0). */
enum status catalog_count(struct writer *w, int64_t source_id, uint64_t *n, struct error *error);

#endif
