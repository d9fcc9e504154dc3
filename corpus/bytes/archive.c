/* Compressed files and archives, by libarchive. Interface: archive.h. */
#include "corpus/bytes/archive.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "corpus/bytes/zip_head.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK_BYTES (64U << 10)
#define MAGIC_BYTES 6

static bool has_ending(const char *file, size_t n_bytes, const char *ending)
{
    size_t n = strlen(ending);
    return n_bytes > n && strncasecmp(file + n_bytes - n, ending, n) == 0;
}

size_t archive_stem(const char *file)
{
    static const char *const endings[] = {".gz", ".bz2", ".xz", ".zst"};
    size_t n_bytes = strlen(file);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (has_ending(file, n_bytes, endings[i]))
            return n_bytes - strlen(endings[i]);
    return n_bytes;
}

bool archive_stem_ends(const char *file, const char *ending)
{
    return has_ending(file, archive_stem(file), ending);
}

struct archive_source {
    struct byte_source base;
    const char *path;         /* borrowed; for messages */
    struct byte_source *from; /* owned; what the archive is read from */
    struct archive *archive;
    uint64_t n_given;
    struct error error; /* of `from` */
    char block[BLOCK_BYTES];
};

static enum status damaged(const char *path, struct archive *archive, struct error *error)
{
    const char *reason = archive_error_string(archive);
    return error_set(error, ST_INPUT, _("the compressed file '%s' is damaged: %s"), path,
                     reason != NULL ? reason : "?");
}

static struct archive *new_filter(void)
{
    struct archive *archive = archive_read_new();
    if (archive == NULL)
        return NULL;
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    return archive;
}

/* What reads a compressed file. */
static struct archive *new_stream(void)
{
    struct archive *archive = new_filter();
    if (archive != NULL)
        archive_read_support_format_raw(archive);
    return archive;
}

/* What reads files out of an archive: a zip, or a tar that may be compressed. */
static struct archive *new_files(void)
{
    struct archive *archive = new_filter();
    if (archive == NULL)
        return NULL;
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    return archive;
}

static bool is_tar_name(const char *path)
{
    static const char *const endings[] = {".tgz", ".tbz2", ".txz", ".tzst"};
    if (archive_stem_ends(path, ".tar"))
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (has_ending(path, strlen(path), endings[i]))
            return true;
    return false;
}

bool archive_has_name(const char *path)
{
    return is_tar_name(path) || has_ending(path, strlen(path), ".zip");
}

/* Whether what was unpacked up to now is more than a table's could be. */
static bool is_bomb(uint64_t n_packed, uint64_t n_unpacked)
{
    return n_unpacked > ARCHIVE_FREE_BYTES && n_unpacked / ARCHIVE_GROWTH > n_packed;
}

static bool is_bomb_yet(struct archive *archive, uint64_t n_unpacked)
{
    return is_bomb((uint64_t)archive_filter_bytes(archive, -1), n_unpacked);
}

static enum status refuse_bomb(const char *path, struct error *error)
{
    return error_set(error, ST_INPUT,
                     _("'%s' grows to more than %d times its size when unpacked; unpack it "
                       "first if it is what it should be"),
                     path, ARCHIVE_GROWTH);
}

static la_ssize_t read_block(struct archive *archive, void *context, const void **block)
{
    struct archive_source *s = context;
    size_t n = 0;
    *block = s->block;
    if (s->from->read(s->from, s->block, BLOCK_BYTES, &n, &s->error) == ST_OK)
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
        return damaged(s->path, s->archive, error);
    s->n_given += (uint64_t)n;
    if (is_bomb_yet(s->archive, s->n_given))
        return refuse_bomb(s->path, error);
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

/* The name of ENTRY as UTF-8; zip archives made in Japan have names in CP932 that do not say so. */
static bool member_name(struct archive_entry *entry, struct buf *name)
{
    const char *raw = archive_entry_pathname(entry);
    buf_clear(name);
    if (raw == NULL)
        return false;
    bool valid = true;
    size_t n_bytes = strlen(raw);
    for (size_t at = 0; at < n_bytes && valid;) {
        uint32_t cp;
        at += utf8_decode(raw + at, n_bytes - at, &cp);
        valid = cp != UTF8_REPLACEMENT;
    }
    if (valid) {
        buf_adds(name, raw);
        return true;
    }
    iconv_t converter = iconv_open("UTF-8", "CP932");
    bool done = converter != (iconv_t)-1 && buf_reserve(name, n_bytes * 3 + 1);
    if (done) {
        char *from = (char *)raw, *to = name->data;
        size_t left = n_bytes, room = n_bytes * 3;
        done = iconv(converter, &from, &left, &to, &room) != (size_t)-1;
        *to = '\0';
        name->len = (size_t)(to - name->data);
    }
    if (converter != (iconv_t)-1)
        iconv_close(converter);
    return done;
}

/* Reads the next header with names in UTF-8, whatever the locale. */
static int next_header(struct archive *archive, struct archive_entry **entry, struct buf *name)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 != (locale_t)0 ? uselocale(utf8) : (locale_t)0;
    int rc = archive_read_next_header(archive, entry);
    if ((rc == ARCHIVE_OK || rc == ARCHIVE_WARN) && !member_name(*entry, name))
        buf_clear(name);
    if (before != (locale_t)0)
        uselocale(before);
    if (utf8 != (locale_t)0)
        freelocale(utf8);
    return rc;
}

/* Office documents are zip archives too, and hold one of these. */
static bool is_document(const char *name)
{
    return strcmp(name, "[Content_Types].xml") == 0 || strcmp(name, "mimetype") == 0;
}

/* Whether a zip archive that is open holds no document. */
static bool holds_files(struct archive *archive)
{
    struct archive_entry *entry;
    struct buf name = BUF_INIT;
    bool files = true;
    for (int i = 0; i < ARCHIVE_MEMBERS && files; i++) {
        int rc = next_header(archive, &entry, &name);
        if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            break;
        files = !is_document(name.data);
    }
    buf_release(&name);
    return files;
}

bool archive_holds_files(const char *path)
{
    char head[ZIP_MARK_BYTES] = "";
    struct stat info;
    if (is_tar_name(path))
        return true;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) /* of a pipe, what is looked at is gone */
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool zip =
        fd >= 0 && read(fd, head, sizeof head) == sizeof head && zip_begins(head, sizeof head);
    struct archive *archive = zip ? new_files() : NULL;
    if (archive != NULL && lseek(fd, 0, SEEK_SET) == 0 &&
        archive_read_open_fd(archive, fd, BLOCK_BYTES) == ARCHIVE_OK)
        zip = holds_files(archive);
    archive_read_free(archive);
    if (fd >= 0)
        close(fd);
    return zip;
}

static enum status list_entries(struct archive *archive, const char *path,
                                enum status (*each)(void *context, const char *member_path),
                                void *context, struct error *error)
{
    struct buf name = BUF_INIT, member_path = BUF_INIT;
    struct archive_entry *entry;
    enum status status = ST_OK;
    for (int n = 0; status == ST_OK; n++) {
        int rc = next_header(archive, &entry, &name);
        if (rc == ARCHIVE_EOF)
            break;
        if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            status = damaged(path, archive, error);
        else if (is_bomb_yet(archive, (uint64_t)archive_filter_bytes(archive, 0)))
            status = refuse_bomb(path, error);
        else if (n >= ARCHIVE_MEMBERS)
            status = error_set(error, ST_INPUT, _("'%s' holds more than %d files; unpack it first"),
                               path, ARCHIVE_MEMBERS);
        else if (archive_entry_filetype(entry) == AE_IFREG && name.len > 0) {
            buf_clear(&member_path);
            buf_addf(&member_path, "%s/%s", path, name.data);
            status = member_path.failed ? ST_NOMEM : each(context, member_path.data);
        }
    }
    buf_release(&name);
    buf_release(&member_path);
    return status;
}

/* Whether the files of the zip archive PATH together are to become a bomb, by its directory; no
 * more than that is taken out of it. A tar has none, and is watched while it is read. */
static bool is_bomb_of_files(const char *path)
{
    struct stat info;
    struct archive_entry *entry;
    struct archive *archive = is_tar_name(path) || stat(path, &info) != 0 ? NULL : new_files();
    struct buf name = BUF_INIT;
    uint64_t n_unpacked = 0;
    bool bomb = false;
    if (archive != NULL && archive_read_open_filename(archive, path, BLOCK_BYTES) == ARCHIVE_OK) {
        for (int i = 0; i < ARCHIVE_MEMBERS && !bomb; i++) {
            int rc = next_header(archive, &entry, &name);
            if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
                break;
            n_unpacked += archive_entry_size(entry) > 0 ? (uint64_t)archive_entry_size(entry) : 0;
            bomb = is_bomb((uint64_t)info.st_size, n_unpacked);
        }
    }
    archive_read_free(archive);
    buf_release(&name);
    return bomb;
}

enum status archive_list(const char *path,
                         enum status (*each)(void *context, const char *member_path), void *context,
                         struct error *error)
{
    if (is_bomb_of_files(path))
        return refuse_bomb(path, error);
    struct archive *archive = new_files();
    if (archive == NULL)
        return ST_NOMEM;
    enum status status = archive_read_open_filename(archive, path, BLOCK_BYTES) == ARCHIVE_OK
                             ? list_entries(archive, path, each, context, error)
                             : damaged(path, archive, error);
    archive_read_free(archive);
    return status;
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
        int rc = next_header(s->archive, &entry, &name);
        if (rc == ARCHIVE_EOF && member != NULL)
            status =
                error_set(error, ST_INPUT, _("there is no file '%s' in '%s'"), member, s->path);
        else if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            status = damaged(s->path, s->archive, error);
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
    s->archive = member != NULL ? new_files() : new_stream();
    s->from = s->archive != NULL ? input_take_source(in) : NULL;
    if (s->from == NULL)
        return error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), in->path);
    in->source = &s->base;
    int rc;
    if (fd >= 0 && lseek(fd, 0, SEEK_SET) == 0)
        rc = archive_read_open_fd(s->archive, fd, BLOCK_BYTES);
    else
        rc = archive_read_open(s->archive, s, NULL, read_block, NULL);
    return rc == ARCHIVE_OK ? find_entry(s, member, error) : damaged(s->path, s->archive, error);
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
