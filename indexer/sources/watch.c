/* Noticing that sources change. Interface: watch.h. */
#include "indexer/sources/watch.h"

#include "base/buf.h"
#include "base/clock.h"
#include "indexer/old_index.h"
#include "indexer/sources/roots.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define EVENTS                                                                                     \
    (IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM |              \
     IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF)

/* A folder that is watched. */
struct folder {
    int wd;
    bool all; /* everything in it counts; else only … */
    char **names;
    size_t n_names;
};

struct watch {
    int fd;
    char *db;
    const char *db_name; /* the last part of db: what begins with it belongs to the index */
    struct folder *folders;
    size_t n_folders;
};

static void forget_folders(struct watch *w)
{
    for (size_t i = 0; i < w->n_folders; i++) {
        for (size_t k = 0; k < w->folders[i].n_names; k++)
            free(w->folders[i].names[k]);
        free(w->folders[i].names);
    }
    free(w->folders);
    w->folders = NULL;
    w->n_folders = 0;
}

enum status watch_open(struct watch **out, const char *db, struct error *error)
{
    *out = NULL;
    struct watch *w = calloc(1, sizeof *w);
    if (w == NULL || (w->db = strdup(db)) == NULL) {
        free(w);
        return error_set(error, ST_NOMEM, _("out of memory"));
    }
    const char *slash = strrchr(w->db, '/');
    w->db_name = slash != NULL ? slash + 1 : w->db;
    w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (w->fd < 0) {
        enum status st =
            error_set(error, ST_IO, _("cannot watch the sources: %s"), strerror(errno));
        watch_close(w);
        return st;
    }
    *out = w;
    return ST_OK;
}

void watch_close(struct watch *w)
{
    if (w == NULL)
        return;
    forget_folders(w);
    if (w->fd >= 0)
        close(w->fd);
    free(w->db);
    free(w);
}

static struct folder *find_folder(const struct watch *w, int wd)
{
    for (size_t i = 0; i < w->n_folders; i++) {
        if (w->folders[i].wd == wd)
            return &w->folders[i];
    }
    return NULL;
}

static enum status add_name(struct folder *folder, const char *name)
{
    char **names = reallocarray(folder->names, folder->n_names + 1, sizeof *names);
    if (names == NULL)
        return ST_NOMEM;
    folder->names = names;
    names[folder->n_names] = strdup(name);
    return names[folder->n_names++] != NULL ? ST_OK : ST_NOMEM;
}

/* Watches the folder PATH: for NAME alone, or for everything (NULL). What is not there any more by
 * now will be told by its own folder. */
static enum status add_folder(struct watch *w, const char *path, const char *name)
{
    int wd = inotify_add_watch(w->fd, path, EVENTS | IN_ONLYDIR);
    if (wd < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? ST_OK : ST_IO;
    struct folder *folder = find_folder(w, wd);
    if (folder == NULL) {
        struct folder *more = reallocarray(w->folders, w->n_folders + 1, sizeof *more);
        if (more == NULL)
            return ST_NOMEM;
        w->folders = more;
        folder = &more[w->n_folders++];
        *folder = (struct folder){.wd = wd};
    }
    if (name == NULL)
        folder->all = true;
    return name == NULL ? ST_OK : add_name(folder, name);
}

/* Watches the nearest folder above PATH that is there, for the part of PATH in it. */
static enum status add_above(struct watch *w, const char *path)
{
    struct stat info;
    char *above = strdup(path);
    enum status st = above != NULL ? ST_OK : ST_NOMEM;
    while (st == ST_OK) {
        char *slash = strrchr(above, '/');
        const char *name = slash != NULL ? slash + 1 : above;
        const char *folder = slash == NULL ? "." : slash == above ? "/" : above;
        char *copy = strdup(name);
        if (copy == NULL)
            st = ST_NOMEM;
        if (slash != NULL)
            *slash = '\0';
        bool there = stat(folder, &info) == 0 && S_ISDIR(info.st_mode);
        if (st == ST_OK && there)
            st = add_folder(w, folder, copy);
        free(copy);
        if (there || slash == NULL || slash == above)
            break;
    }
    free(above);
    return st;
}

static enum status add_tree(struct watch *w, const char *path)
{
    struct stat info;
    enum status st = add_folder(w, path, NULL);
    DIR *dir = st == ST_OK ? opendir(path) : NULL;
    const struct dirent *entry;
    while (dir != NULL && st == ST_OK && (entry = readdir(dir)) != NULL) {
        struct buf below = BUF_INIT;
        if (entry->d_name[0] == '.')
            continue;
        buf_addf(&below, "%s/%s", path, entry->d_name);
        if (below.failed)
            st = ST_NOMEM;
        else if (lstat(below.data, &info) == 0 && S_ISDIR(info.st_mode))
            st = add_tree(w, below.data);
        buf_release(&below);
    }
    if (dir != NULL)
        closedir(dir);
    return st;
}

static enum status add_root(struct watch *w, const char *path)
{
    struct stat info;
    enum status st = add_above(w, path);
    if (st == ST_OK && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        st = add_tree(w, path);
    char *real = st == ST_OK ? realpath(path, NULL) : NULL;
    if (real != NULL) /* a link: what it leads to may change where that is */
        st = add_above(w, real);
    free(real);
    return st;
}

/* Which roots the index at DB has now. */
static enum status read_roots(const char *db, struct root_list *roots, struct error *error)
{
    enum { BUSY_MS = 5000 };
    struct old_index index = {0};
    struct index_options options = {.db = db, .update = 1};
    enum status st = old_index_open(&index, db, false, BUSY_MS, error);
    if (st == ST_OK)
        st = roots_choose(roots, &options, &index, error);
    old_index_close(&index);
    return st;
}

enum status watch_refresh(struct watch *w, enum status *unusable, struct error *error)
{
    struct root_list roots = {0};
    *unusable = read_roots(w->db, &roots, error);
    if (*unusable == ST_OK)
        forget_folders(w);
    const char *path = w->db;
    enum status st = *unusable == ST_NOMEM ? ST_NOMEM : add_above(w, path);
    for (size_t i = 0; i < roots.n && st == ST_OK; i++) {
        path = roots.items[i].path;
        st = add_root(w, path);
    }
    if (st == ST_IO)
        error_set(error, st, _("cannot watch '%s': %s"), path, strerror(errno));
    else if (st == ST_NOMEM)
        error_set(error, st, _("out of memory"));
    roots_release(&roots);
    return st;
}

/* Whether the event is of a source, or tells that the index is another file or none: not that it is
 * written to, nor of a hidden file, or another's. */
static bool counts(const struct watch *w, const struct inotify_event *event)
{
    const struct folder *folder = find_folder(w, event->wd);
    if (event->mask & IN_Q_OVERFLOW)
        return true;
    if (folder == NULL || (event->mask & IN_IGNORED))
        return false;
    if (event->len == 0)
        return true;
    if (strcmp(event->name, w->db_name) == 0)
        return (event->mask & (IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)) != 0;
    if (event->name[0] == '.' || strncmp(event->name, w->db_name, strlen(w->db_name)) == 0)
        return false;
    bool named = folder->all;
    for (size_t i = 0; i < folder->n_names && !named; i++)
        named = strcmp(folder->names[i], event->name) == 0;
    return named;
}

/* Reads the events that are there. *CHANGED becomes true when one counts. */
static int take_events(const struct watch *w, bool *changed)
{
    _Alignas(struct inotify_event) char events[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
    ssize_t n;
    while ((n = read(w->fd, events, sizeof events)) > 0) {
        for (const char *at = events; at < events + n;) {
            const struct inotify_event *event = (const void *)at;
            *changed = *changed || counts(w, event);
            at += sizeof *event + event->len;
        }
    }
    return n < 0 && errno != EAGAIN ? -1 : 0;
}

static int64_t now_ms(void)
{
    return clock_ns() / NS_PER_MS;
}

/* Waits for events, at most MS (-1: for ever). 1: some were there; 0: time is up; -1: errno. */
static int wait_for(const struct watch *w, int64_t ms, const sigset_t *mask, bool *changed)
{
    struct pollfd poll = {.fd = w->fd, .events = POLLIN};
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    int n = ppoll(&poll, 1, ms < 0 ? NULL : &time, mask);
    return n > 0 && take_events(w, changed) != 0 ? -1 : n;
}

/* Waits for the first change. As wait_for. */
static int wait_for_first(const struct watch *w, int retry_ms, const sigset_t *mask, bool *changed)
{
    int64_t end = now_ms() + retry_ms;
    int n = 1;
    while (n > 0 && !*changed) {
        int64_t left = end - now_ms();
        n = wait_for(w, retry_ms < 0 ? -1 : left > 0 ? left : 0, mask, changed);
    }
    return n;
}

enum status watch_wait(struct watch *w, const struct watch_pace *pace, const sigset_t *mask,
                       bool *changed, struct error *error)
{
    *changed = false;
    int n = wait_for_first(w, pace->retry_ms, mask, changed);
    int64_t end = now_ms() + pace->limit_ms, quiet_since = now_ms();
    while (n >= 0 && *changed && now_ms() < end && now_ms() - quiet_since < pace->settle_ms) {
        bool more = false;
        n = wait_for(w, pace->settle_ms - (now_ms() - quiet_since), mask, &more);
        if (more)
            quiet_since = now_ms();
    }
    *changed = n >= 0;
    return n >= 0 || errno == EINTR
               ? ST_OK
               : error_set(error, ST_IO, _("cannot watch the sources: %s"), strerror(errno));
}
