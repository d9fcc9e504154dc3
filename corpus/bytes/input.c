/* The bytes of a source, a window at a time, or as a file. Interface: input.h. */
#include "corpus/bytes/input.h"

#include "base/array.h"
#include "corpus/bytes/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES (256U << 10) /* fits the second-level cache */

static enum status unreadable(const char *path, struct error *error)
{
    return error_set(error, ST_INPUT, _("cannot read '%s': %s"), path, strerror(errno));
}

/* A file, or standard input. */
struct file_source {
    struct byte_source base;
    const char *path; /* borrowed from the input */
    int fd;
};

static enum status file_read(struct byte_source *source, char *data, size_t n_bytes, size_t *n_read,
                             struct error *error)
{
    struct file_source *file = (struct file_source *)source;
    ssize_t n;
    do {
        n = read(file->fd, data, n_bytes);
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        return unreadable(file->path, error);
    *n_read = (size_t)n;
    return ST_OK;
}

static void file_close(struct byte_source *source)
{
    struct file_source *file = (struct file_source *)source;
    if (file->fd != STDIN_FILENO)
        close(file->fd);
    free(file);
}

/* Opens PATH, or the archive that holds it: then *MEMBER is the rest of the path behind it. */
static int open_path(const char *path, const char **member)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    const char *end = path + strlen(path);
    while (fd < 0 && errno == ENOTDIR && end > path) {
        while (end > path && *--end != '/')
            ;
        char *archive = strndup(path, (size_t)(end - path));
        if (archive == NULL)
            return -1;
        fd = open(archive, O_RDONLY | O_CLOEXEC);
        free(archive);
        *member = end + 1;
    }
    return fd;
}

static enum status open_file(struct input *in, const char **member, struct error *error)
{
    struct stat info;
    bool standard = strcmp(in->path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open_path(in->path, member);
    if (fd < 0)
        return unreadable(in->path, error);
    struct file_source *file = malloc(sizeof *file);
    if (file == NULL) {
        if (!standard)
            close(fd);
        return ST_NOMEM;
    }
    *file = (struct file_source){{file_read, file_close}, in->path, fd};
    in->source = &file->base;
    if (fstat(fd, &info) != 0)
        return unreadable(in->path, error);
    if (S_ISDIR(info.st_mode))
        return error_set(error, ST_INPUT, _("'%s' is a folder, not a table"), in->path);
    if (S_ISREG(info.st_mode) && lseek(fd, 0, SEEK_CUR) == 0)
        in->fd = fd;
    return ST_OK;
}

enum status input_open(struct input *in, const char *path, struct error *error)
{
    *in = (struct input)INPUT_INIT;
    in->path = path;
    const char *member = NULL;
    enum status status = open_file(in, &member, error);
    if (status == ST_OK)
        status = archive_open(in, member, error);
    if (status == ST_OK && member != NULL) /* which may be compressed by itself */
        status = archive_open(in, NULL, error);
    if (status == ST_NOMEM)
        error_set(error, status, _("out of memory while reading '%s'"), path);
    return status;
}

void input_close(struct input *in)
{
    if (in->source != NULL)
        in->source->close(in->source);
    free(in->data);
    free(in->damage);
    *in = (struct input)INPUT_INIT;
}

/* Makes room for EXTRA bytes after the window, which goes to the front. What a long row needed is
 * given back after it. */
static bool make_room(struct input *in, size_t extra)
{
    enum { KEPT = 8 }; /* times what is needed */
    size_t len = in->end - in->start;
    if (extra > SIZE_MAX / 2 - len)
        return false;
    if (in->start > 0)
        memmove(in->data, in->data + in->start, len);
    in->n_before += in->start;
    in->start = 0;
    in->end = len;
    if (in->cap >= len + extra && in->cap / KEPT < len + extra)
        return true;
    char *data = realloc(in->data, len + extra);
    if (data == NULL)
        return false;
    in->data = data;
    in->cap = len + extra;
    return true;
}

enum status input_more(struct input *in, struct error *error)
{
    size_t len = in->end - in->start;
    size_t wanted = len > CHUNK_BYTES ? len : CHUNK_BYTES;
    if (!make_room(in, wanted))
        return error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), in->path);
    while (wanted >= INPUT_LEAST && !in->eof) {
        size_t n = 0;
        enum status status = in->source->read(in->source, in->data + in->end, wanted, &n, error);
        if (status != ST_OK)
            return status;
        in->eof = n == 0;
        in->end += n;
        wanted -= n;
    }
    return ST_OK;
}

enum status input_fill(struct input *in, size_t n_bytes, struct error *error)
{
    enum status status = ST_OK;
    while (status == ST_OK && in->end - in->start < n_bytes && !in->eof)
        status = input_more(in, error);
    return status;
}

/* Gives bytes that were read before a source was put on top, then those of the source below. */
struct replay {
    struct byte_source base;
    struct byte_source *from; /* owned */
    char *data;               /* owned */
    size_t start;
    size_t end;
};

static enum status replay_read(struct byte_source *source, char *data, size_t n_bytes,
                               size_t *n_read, struct error *error)
{
    struct replay *r = (struct replay *)source;
    size_t left = r->end - r->start;
    if (left == 0)
        return r->from->read(r->from, data, n_bytes, n_read, error);
    *n_read = left < n_bytes ? left : n_bytes;
    memcpy(data, r->data + r->start, *n_read);
    r->start += *n_read;
    return ST_OK;
}

static void replay_close(struct byte_source *source)
{
    struct replay *r = (struct replay *)source;
    r->from->close(r->from);
    free(r->data);
    free(r);
}

struct byte_source *input_take_source(struct input *in)
{
    struct replay *r = malloc(sizeof *r);
    if (r == NULL)
        return NULL;
    *r = (struct replay){{replay_read, replay_close}, in->source, in->data, in->start, in->end};
    in->source = NULL;
    in->fd = -1;
    in->data = NULL;
    in->start = in->end = in->cap = 0;
    in->n_before = 0;
    in->eof = false;
    return &r->base;
}

void input_note_damage(struct input *in, uint64_t at, uint64_t from)
{
    if (in->n_damage == in->damage_cap && in->first_damage > 0) {
        in->n_damage -= in->first_damage;
        memmove(in->damage, in->damage + in->first_damage, in->n_damage * sizeof *in->damage);
        in->first_damage = 0;
    }
    bool room = in->n_damage < in->damage_cap;
    if (!room && in->damage_cap < INPUT_DAMAGES)
        room = array_reserve(&in->damage, &in->damage_cap, in->n_damage + 1, sizeof *in->damage);
    if (room)
        in->damage[in->n_damage++] = (struct damage){at, from};
    else
        in->n_uncounted++;
}

bool input_take_damage(struct input *in, size_t n_bytes, uint64_t *from)
{
    uint64_t end = in->n_before + in->start + n_bytes;
    size_t first = in->first_damage;
    while (in->first_damage < in->n_damage && in->damage[in->first_damage].at < end)
        in->first_damage++;
    if (first < in->first_damage)
        *from = in->damage[first].from;
    return first < in->first_damage;
}

/* A temporary file without a name; -1 when there can be none. */
static int open_nameless(void)
{
    static const char folder[] = "/tmp";
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    char name[] = "/tmp/hiku-XXXXXX"; /* file systems without O_TMPFILE */
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        unlink(name);
    return fd;
}

static bool write_all(int fd, const char *data, size_t n_bytes)
{
    while (n_bytes > 0) {
        ssize_t n = write(fd, data, n_bytes);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            data += n;
            n_bytes -= (size_t)n;
        }
    }
    return true;
}

static enum status copy_all(struct input *in, int fd, struct error *error)
{
    uint64_t n_copied = 0;
    for (;;) {
        size_t len = in->end - in->start;
        n_copied += len;
        if (n_copied > INPUT_COPY_BYTES)
            return error_set(error, ST_INPUT,
                             _("'%s' is longer than 1 GiB; unpack it into a file first"), in->path);
        if (!write_all(fd, in->data + in->start, len))
            return error_set(error, ST_INPUT, _("cannot copy '%s' to a temporary file: %s"),
                             in->path, strerror(errno));
        in->start = in->end;
        if (in->eof)
            return ST_OK;
        enum status status = input_more(in, error);
        if (status != ST_OK)
            return status;
    }
}

enum status input_file(struct input *in, int *fd, struct error *error)
{
    if (in->fd < 0) {
        int copy = open_nameless();
        if (copy < 0)
            return error_set(error, ST_INPUT, _("cannot copy '%s' to a temporary file: %s"),
                             in->path, strerror(errno));
        struct file_source *file = malloc(sizeof *file);
        if (file == NULL) {
            close(copy);
            return error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), in->path);
        }
        *file = (struct file_source){{file_read, file_close}, in->path, copy};
        enum status status = copy_all(in, copy, error);
        if (status != ST_OK) {
            file->base.close(&file->base);
            return status;
        }
        in->source->close(in->source);
        in->source = &file->base;
        in->fd = copy;
    }
    if (lseek(in->fd, 0, SEEK_SET) < 0)
        return unreadable(in->path, error);
    in->start = in->end;
    *fd = in->fd;
    return ST_OK;
}
