/* Reading what is compressed or in an archive. Interface: archive.h. */
#include "corpus/bytes/archive.h"

#include "corpus/bytes/unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAGIC_BYTES 6

struct archive_source {
    struct byte_source base;
    const char *path;         /* borrowed; for messages */
    struct byte_source *from; /* owned; what the archive is read from */
    struct archive *archive;
    uint64_t n_given;
    struct error error; /* of `from` */
    char block[UNPACK_BLOCK_BYTES];
};

static la_ssize_t read_block(struct archive *archive, void *context, const void **block)
{
    struct archive_source *s = context;
    size_t n = 0;
    *block = s->block;
    if (s->from->read(s->from, s->block, UNPACK_BLOCK_BYTES, &n, &s->error) == ST_OK)
        return (la_ssize_t)n;
    archive_set_error(archive, EIO, "%s", s->error.message);
    return ARCHIVE_FATAL;
}

static enum status archive_read_source(struct byte_source *source, char *data, size_t n_bytes,
                                       size_t *n_read, struct error *error)
{
    struct archive_source *s = (struct archive_source *)source;
    la_ssize_t n = archive_read_data(s->archive, data, n_bytes);
    if (n < 0)
        return unpack_damaged(s->path, s->archive, error);
    s->n_given += (uint64_t)n;
    if (unpack_is_bomb_yet(s->archive, s->n_given))
        return unpack_refuse_bomb(s->path, error);
    *n_read = (size_t)n;
    return ST_OK;
}

static void archive_close_source(struct byte_source *source)
{
    struct archive_source *s = (struct archive_source *)source;
    archive_read_free(s->archive);
    if (s->from != NULL)
        s->from->close(s->from);
    free(s);
}

/* Whether a file that starts so is compressed by itself. */
static bool is_compressed(const struct input *in)
{
    static const struct {
        const char *bytes;
        size_t n;
    } magics[] = {{"\x1F\x8B", 2},
                  {"BZh", 3},
                  {"\xFD"
                   "7zXZ\0",
                   6},
                  {"\x28\xB5\x2F\xFD", 4}};
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (in->end - in->start >= magics[i].n &&
            memcmp(in->data + in->start, magics[i].bytes, magics[i].n) == 0)
            return true;
    return false;
}

/* Goes to the data of MEMBER, or of the one stream where that is NULL. */
static enum status find_entry(struct archive_source *s, const char *member, struct error *error)
{
    struct archive_entry *entry;
    struct buf name = BUF_INIT;
    enum status status = ST_OK;
    for (;;) {
        int rc = unpack_next(s->archive, &entry, &name);
        if (rc == ARCHIVE_EOF && member != NULL)
            status =
                error_set(error, ST_INPUT, _("there is no file '%s' in '%s'"), member, s->path);
        else if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            status = unpack_damaged(s->path, s->archive, error);
        if (status != ST_OK || member == NULL || strcmp(name.data, member) == 0)
            break;
    }
    buf_release(&name);
    return status;
}

static enum status open_source(struct archive_source *s, struct input *in, const char *member,
                               struct error *error)
{
    int fd = in->fd;
    s->archive = member != NULL ? unpack_new_files() : unpack_new_stream();
    s->from = s->archive != NULL ? input_take_source(in) : NULL;
    if (s->from == NULL)
        return error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), in->path);
    in->source = &s->base;
    int rc;
    if (fd >= 0 && lseek(fd, 0, SEEK_SET) == 0)
        rc = archive_read_open_fd(s->archive, fd, UNPACK_BLOCK_BYTES);
    else
        rc = archive_read_open(s->archive, s, NULL, read_block, NULL);
    return rc == ARCHIVE_OK ? find_entry(s, member, error)
                            : unpack_damaged(s->path, s->archive, error);
}

enum status archive_open(struct input *in, const char *member, struct error *error)
{
    enum status status = input_fill(in, MAGIC_BYTES, error);
    if (status != ST_OK || (member == NULL && !is_compressed(in)))
        return status;
    struct archive_source *s = malloc(sizeof *s);
    if (s == NULL)
        return error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), in->path);
    s->base = (struct byte_source){archive_read_source, archive_close_source};
    s->path = in->path;
    s->from = NULL;
    s->archive = NULL;
    s->n_given = 0;
    s->error.message[0] = '\0';
    status = open_source(s, in, member, error);
    if (status != ST_OK && in->source != &s->base)
        s->base.close(&s->base);
    return status; /* NOLINT(clang-analyzer-unix.Malloc): the input owns it */
}
