/* The bytes of a source, a window at a time, or as a file. Interface: input.h. */
#include "corpus/input.h"

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

static enum status open_file(struct input *in, struct error *error)
{
    struct stat info;
    bool standard = strcmp(in->path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(in->path, O_RDONLY | O_CLOEXEC);
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
    enum status status = open_file(in, error);
    if (status == ST_NOMEM)
        error_set(error, status, _("out of memory while reading '%s'"), path);
    return status;
}

void input_close(struct input *in)
{
    if (in->source != NULL)
        in->source->close(in->source);
    free(in->data);
    *in = (struct input)INPUT_INIT;
}

/* Makes room for EXTRA bytes after the window, which goes to the front. */
static bool make_room(struct input *in, size_t extra)
{
    size_t len = in->end - in->start;
    if (extra > SIZE_MAX / 2 - len)
        return false;
    if (in->start > 0)
        memmove(in->data, in->data + in->start, len);
    in->start = 0;
    in->end = len;
    if (in->cap >= len + extra)
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
    while (wanted > 0 && !in->eof) {
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
