/* The bytes of a file, a window at a time. Interface: input.h. */
#include "corpus/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES (256U << 10) /* fits the second-level cache */

static enum status unreadable(const struct input *in, struct error *error)
{
    return error_set(error, ST_INPUT, _("cannot read '%s': %s"), in->path, strerror(errno));
}

enum status input_open(struct input *in, const char *path, struct error *error)
{
    *in = (struct input)INPUT_INIT;
    in->path = path;
    in->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (in->fd < 0)
        return unreadable(in, error);
    struct stat info;
    if (fstat(in->fd, &info) != 0)
        return unreadable(in, error);
    if (S_ISDIR(info.st_mode))
        return error_set(error, ST_INPUT, _("'%s' is a folder, not a table"), path);
    return ST_OK;
}

void input_close(struct input *in)
{
    if (in->fd >= 0)
        close(in->fd);
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
        ssize_t n = read(in->fd, in->data + in->end, wanted);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return unreadable(in, error);
        in->eof = n == 0;
        in->end += (size_t)n;
        wanted -= (size_t)n;
    }
    return ST_OK;
}
