/* Links, owner and permissions of a file that is replaced. Interface: replaced_file.h. */
#include "indexer/replaced_file.h"

#include "base/buf.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The path that the link PATH holds, seen from where PATH is seen. */
static char *follow(const char *path, const char *held)
{
    const char *slash = held[0] == '/' ? NULL : strrchr(path, '/');
    struct buf full = BUF_INIT;
    if (slash != NULL)
        buf_append(&full, path, (size_t)(slash + 1 - path));
    buf_adds(&full, held);
    return buf_detach(&full);
}

char *replaced_file_path(const char *path)
{
    enum { MOST_LINKS = 40 }; /* as many as Linux follows */
    char held[PATH_MAX];
    char *now = strdup(path);
    for (int i = 0; i < MOST_LINKS && now != NULL; i++) {
        ssize_t n = readlink(now, held, sizeof held - 1);
        if (n <= 0)
            break;
        held[n] = '\0';
        char *next = follow(now, held);
        free(now);
        now = next;
    }
    return now;
}

int replaced_file_take_access(int fd, const char *path, bool whole)
{
    struct stat old, new;
    if (stat(path, &old) != 0)
        return 0;
    if (fstat(fd, &new) != 0)
        return -1;
    mode_t mode = old.st_mode & 0777;
    if (old.st_gid != new.st_gid && fchown(fd, (uid_t)-1, old.st_gid) != 0)
        mode = (mode & 0707) | (mode & 0007) << 3; /* another group: as all others */
    if (!whole)
        mode |= S_IRUSR | S_IWUSR;
    if (fchmod(fd, mode) != 0)
        return -1;
    /* Only root gives files away. */
    bool given = old.st_uid == new.st_uid || fchown(fd, old.st_uid, (gid_t)-1) == 0;
    return given || errno == EPERM ? 0 : -1;
}
