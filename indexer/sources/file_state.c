/* Whether a file is as it was. Interface: file_state.h. */
#include "indexer/sources/file_state.h"

#include "base/clock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NS_PER_S (1000 * NS_PER_MS)
/* A change within this time may be followed by another that the clock of the disk does not tell
 * from it. */
#define CLOCK_STEP_NS (2 * NS_PER_S)

/* The state of a file in an archive is the archive's: ARCHIVE/MEMBER is no path of its own. */
static int stat_file(const char *path, struct stat *st)
{
    int rc = stat(path, st);
    const char *end = path + strlen(path);
    while (rc != 0 && errno == ENOTDIR && end > path) {
        while (end > path && *--end != '/')
            ;
        char *archive = strndup(path, (size_t)(end - path));
        if (archive == NULL)
            return -1;
        rc = stat(archive, st);
        free(archive);
    }
    return rc;
}

struct file_state file_state_of(const struct stat *info)
{
    return (struct file_state){.size = info->st_size,
                               .mtime_ns = info->st_mtim.tv_sec * NS_PER_S + info->st_mtim.tv_nsec,
                               .ctime_ns = info->st_ctim.tv_sec * NS_PER_S + info->st_ctim.tv_nsec,
                               .inode = (int64_t)info->st_ino,
                               .is_stream = !S_ISREG(info->st_mode)};
}

struct file_state file_state_of_row(sqlite3_stmt *stmt, int column)
{
    return (struct file_state){.size = sqlite3_column_int64(stmt, column),
                               .mtime_ns = sqlite3_column_int64(stmt, column + 1),
                               .ctime_ns = sqlite3_column_int64(stmt, column + 2),
                               .inode = sqlite3_column_int64(stmt, column + 3)};
}

enum status file_state_read(const char *path, struct file_state *state, struct error *error)
{
    struct stat st;
    struct timespec now;
    if (stat_file(path, &st) != 0)
        return error_set(error, ST_INPUT, _("cannot read '%s': %s"), path, strerror(errno));
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t now_ns = now.tv_sec * NS_PER_S + now.tv_nsec;
    *state = file_state_of(&st);
    if (now_ns - state->mtime_ns < CLOCK_STEP_NS || now_ns - state->ctime_ns < CLOCK_STEP_NS)
        state->ctime_ns = 0;
    return ST_OK;
}

bool file_state_same(const struct file_state *a, const struct file_state *b)
{
    return a->ctime_ns != 0 && a->ctime_ns == b->ctime_ns && a->mtime_ns == b->mtime_ns &&
           a->size == b->size && a->inode == b->inode;
}
