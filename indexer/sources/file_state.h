/* Whether a file is as it was when it was read last. Interface to file_state.c. */
#ifndef HIKU_INDEXER_SOURCES_FILE_STATE_H
#define HIKU_INDEXER_SOURCES_FILE_STATE_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
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

/* The state that four columns of STMT's row tell, from COLUMN on: size, mtime_ns, ctime_ns, inode.
 */
struct file_state file_state_of_row(sqlite3_stmt *stmt, int column);

/* The state of the file at PATH now; of a file in an archive the archive's. ST_OK; ST_INPUT with a
 * message. */
enum status file_state_read(const char *path, struct file_state *state, struct error *error);

#endif
