/* Loaded with LD_PRELOAD into hiku: counts what it does to files below FAULT_DIR that can fail or
 * be lost, lets the operation number FAULT_AT fail or be the last, and writes a log of all of them.
 *
 *   FAULT_DIR   the folder; nothing else is looked at
 *   FAULT_AT    number of the operation, from 1
 *   FAULT_MODE  kill: the process is killed before it; kill-half: after half of a write; an errno's
 *               number: it fails so; short: half of a write is done, the next one finds the disk
 * full FAULT_LOG   a file: for each operation a line "NAME FILE [FILE2 | OFFSET BYTES | LENGTH]",
 * and after that of a write its bytes FAULT_READS 1: what is counted instead are reads, openings,
 * questions for a file's state, and locks; short: half of a read is done FAULT_TOTAL a file: gets
 * the number of those when the program ends
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static unsigned long n_operations;
static unsigned long n_reads;
static int log_fd = -2;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* The path of FD below FAULT_DIR in PATH; NULL when it is elsewhere. */
static const char *tracked_fd(int fd, char path[PATH_MAX])
{
    const char *dir = getenv("FAULT_DIR");
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = dir != NULL ? readlink(link, path, PATH_MAX - 1) : -1;
    if (n < 0)
        return NULL;
    path[n] = '\0';
    size_t len = strlen(dir);
    if (strncmp(path, dir, len) != 0 || (path[len] != '/' && path[len] != '\0'))
        return NULL;
    char *deleted = strstr(path, " (deleted)");
    if (deleted != NULL)
        *deleted = '\0';
    return path[len] == '/' ? path + len + 1 : ".";
}

static const char *tracked_path(const char *path, char full[PATH_MAX])
{
    const char *dir = getenv("FAULT_DIR");
    if (dir == NULL)
        return NULL;
    if (path[0] != '/') {
        char here[PATH_MAX / 2];
        if (getcwd(here, sizeof here) == NULL)
            return NULL;
        snprintf(full, PATH_MAX, "%s/%s", here, path);
    } else {
        snprintf(full, PATH_MAX, "%s", path);
    }
    size_t len = strlen(dir);
    return strncmp(full, dir, len) == 0 && full[len] == '/' ? full + len + 1 : NULL;
}

static void add_log(const char *line, const void *data, size_t n_bytes)
{
    if (log_fd == -2) {
        const char *path = getenv("FAULT_LOG");
        log_fd = path != NULL
                     ? (int)REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666)
                     : -1;
    }
    if (log_fd < 0)
        return;
    if (REAL(write)(log_fd, line, strlen(line)) < 0 ||
        (n_bytes > 0 && REAL(write)(log_fd, data, n_bytes) < 0))
        abort();
}

/* Counts an operation. Returns 0 to let it be done, an errno to let it fail, -1 for half of it. */
static int count(const char *what, int writes)
{
    static int full;
    const char *at = getenv("FAULT_AT"), *mode = getenv("FAULT_MODE");
    (void)what;
    n_operations++;
    if (full && writes)
        return ENOSPC;
    if (getenv("FAULT_READS") != NULL)
        return 0;
    if (at == NULL || mode == NULL || n_operations != strtoul(at, NULL, 10))
        return 0;
    if (strcmp(mode, "kill") == 0)
        raise(SIGKILL);
    if (strcmp(mode, "kill-half") == 0) {
        if (!writes)
            raise(SIGKILL);
        return -2;
    }
    if (strcmp(mode, "short") == 0) {
        full = 1;
        return writes ? -1 : ENOSPC;
    }
    return atoi(mode);
}

static ssize_t do_write(int fd, const void *data, size_t n, off_t at, int positioned)
{
    char path[PATH_MAX], line[PATH_MAX + 64];
    const char *name = tracked_fd(fd, path);
    if (name == NULL || fd == log_fd)
        return positioned ? REAL(pwrite)(fd, data, n, at) : REAL(write)(fd, data, n);
    pthread_mutex_lock(&mutex);
    if (!positioned)
        at = lseek(fd, 0, SEEK_CUR);
    int fault = count("write", 1);
    ssize_t done = -1;
    if (fault > 0) {
        errno = fault;
    } else {
        if (fault < 0)
            n = n / 2;
        done = positioned ? REAL(pwrite)(fd, data, n, at) : REAL(write)(fd, data, n);
        if (fault == -2)
            raise(SIGKILL);
        snprintf(line, sizeof line, "write %s %lld %zd\n", name, (long long)at, done);
        if (done > 0)
            add_log(line, data, (size_t)done);
    }
    int saved = errno;
    pthread_mutex_unlock(&mutex);
    errno = saved;
    return done;
}

ssize_t write(int fd, const void *data, size_t n)
{
    return do_write(fd, data, n, 0, 0);
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at)
{
    return do_write(fd, data, n, at, 1);
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at)
{
    return do_write(fd, data, n, at, 1);
}

/* What is left of an operation when it has been counted: -1 and errno, or 0 to go on. */
static int begin(const char *line, int writes)
{
    int fault = count(line, writes);
    if (fault == 0)
        add_log(line, NULL, 0);
    if (fault == 0)
        return 0;
    errno = fault > 0 ? fault : ENOSPC;
    return -1;
}

#define SIMPLE(format, ...)                                                                        \
    pthread_mutex_lock(&mutex);                                                                    \
    snprintf(line, sizeof line, format, __VA_ARGS__);                                              \
    int failed = begin(line, 0);                                                                   \
    int saved = errno;                                                                             \
    pthread_mutex_unlock(&mutex);                                                                  \
    errno = saved;                                                                                 \
    if (failed)                                                                                    \
        return -1;

int fsync(int fd)
{
    char path[PATH_MAX], line[PATH_MAX + 64];
    const char *name = tracked_fd(fd, path);
    if (name != NULL) {
        SIMPLE("sync %s\n", name)
    }
    return REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    char path[PATH_MAX], line[PATH_MAX + 64];
    const char *name = tracked_fd(fd, path);
    if (name != NULL) {
        SIMPLE("sync %s\n", name)
    }
    return REAL(fdatasync)(fd);
}

int ftruncate(int fd, off_t length)
{
    char path[PATH_MAX], line[PATH_MAX + 64];
    const char *name = tracked_fd(fd, path);
    if (name != NULL) {
        SIMPLE("truncate %s %lld\n", name, (long long)length)
    }
    return REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    return ftruncate(fd, length);
}

int rename(const char *from, const char *to)
{
    char first[PATH_MAX], second[PATH_MAX], line[2 * PATH_MAX + 64];
    const char *name = tracked_path(from, first), *target = tracked_path(to, second);
    if (name != NULL && target != NULL) {
        SIMPLE("rename %s %s\n", name, target)
    }
    return REAL(rename)(from, to);
}

int unlink(const char *path)
{
    char full[PATH_MAX], line[PATH_MAX + 64];
    const char *name = tracked_path(path, full);
    if (name != NULL && access(path, F_OK) == 0) {
        SIMPLE("unlink %s\n", name)
    }
    return REAL(unlink)(path);
}

/* Counts what only reads. Returns 0 to let it be done, an errno to let it fail, -1 for half of it.
 */
static int count_read(void)
{
    const char *at = getenv("FAULT_AT"), *mode = getenv("FAULT_MODE");
    if (getenv("FAULT_READS") == NULL)
        return 0;
    pthread_mutex_lock(&mutex);
    int due = ++n_reads == (at != NULL ? strtoul(at, NULL, 10) : 0);
    pthread_mutex_unlock(&mutex);
    if (!due)
        return 0;
    int fault = strcmp(mode, "short") == 0 ? -1 : atoi(mode);
    errno = fault > 0 ? fault : 0;
    return fault;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAULT_TOTAL");
    FILE *file = path != NULL ? fopen(path, "w") : NULL;
    if (file != NULL) {
        fprintf(file, "%lu\n", n_reads);
        fclose(file);
    }
}

ssize_t read(int fd, void *data, size_t n)
{
    char path[PATH_MAX];
    int fault = tracked_fd(fd, path) != NULL ? count_read() : 0;
    return fault > 0 ? -1 : REAL(read)(fd, data, fault < 0 ? (n + 1) / 2 : n);
}

ssize_t pread(int fd, void *data, size_t n, off_t at)
{
    char path[PATH_MAX];
    int fault = tracked_fd(fd, path) != NULL ? count_read() : 0;
    return fault > 0 ? -1 : REAL(pread)(fd, data, fault < 0 ? (n + 1) / 2 : n, at);
}

ssize_t pread64(int fd, void *data, size_t n, off64_t at)
{
    return pread(fd, data, n, at);
}

int fstat(int fd, struct stat *state)
{
    char path[PATH_MAX];
    return tracked_fd(fd, path) != NULL && count_read() > 0 ? -1 : REAL(fstat)(fd, state);
}

int fstat64(int fd, struct stat64 *state)
{
    char path[PATH_MAX];
    return tracked_fd(fd, path) != NULL && count_read() > 0 ? -1 : REAL(fstat64)(fd, state);
}

static int do_fcntl(int fd, int command, void *arg)
{
    char path[PATH_MAX];
    int locks = command == F_SETLK || command == F_SETLKW;
    if (locks && tracked_fd(fd, path) != NULL && count_read() > 0)
        return -1;
    return REAL(fcntl)(fd, command, arg);
}

int fcntl(int fd, int command, ...)
{
    va_list args;
    va_start(args, command);
    void *arg = va_arg(args, void *);
    va_end(args);
    return do_fcntl(fd, command, arg);
}

int fcntl64(int fd, int command, ...)
{
    va_list args;
    va_start(args, command);
    void *arg = va_arg(args, void *);
    va_end(args);
    return do_fcntl(fd, command, arg);
}

int flock(int fd, int command)
{
    char path[PATH_MAX];
    return tracked_fd(fd, path) != NULL && count_read() > 0 ? -1 : REAL(flock)(fd, command);
}

static int do_open(const char *path, int flags, mode_t mode)
{
    char full[PATH_MAX], line[PATH_MAX + 64];
    if (tracked_path(path, full) != NULL && count_read() > 0)
        return -1;
    const char *name = (flags & O_CREAT) != 0 ? tracked_path(path, full) : NULL;
    if (name != NULL && access(path, F_OK) != 0) {
        SIMPLE("create %s\n", name)
    }
    return REAL(open)(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(args, mode_t) : 0;
    va_end(args);
    return do_open(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(args, mode_t) : 0;
    va_end(args);
    return do_open(path, flags, mode);
}
