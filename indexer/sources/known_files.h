/* Files that an index holds as they are: nothing need be found out of them. Interface to
 * known_files.c. */
#ifndef HIKU_INDEXER_SOURCES_KNOWN_FILES_H
#define HIKU_INDEXER_SOURCES_KNOWN_FILES_H

#include "base/error.h"
#include "indexer/sources/file_state.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct known_file {
    char *path;
    struct file_state state; /* when it was read last */
};

struct known_files {
    struct known_file *items; /* in the order of their paths' bytes */
    size_t n;
    size_t cap;
};

/* Loads those of the index DB into FILES, which is {0}. ST_OK or ST_NOMEM; what cannot be read of a
 * damaged index is left out. */
enum status known_files_load(struct known_files *files, sqlite3 *db);

/* Whether the file at PATH, whose state INFO tells, is as it was. FILES: struct known_files. */
bool known_files_has(const void *files, const char *path, const struct stat *info);

void known_files_release(struct known_files *files);

#endif
