/* Unpacking by libarchive. Interface: unpack.h. */
#include "corpus/bytes/unpack.h"

#include "base/utf8.h"

#include <archive_entry.h>
#include <iconv.h>
#include <locale.h>
#include <string.h>

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

struct archive *unpack_new_stream(void)
{
    struct archive *archive = new_filter();
    if (archive != NULL)
        archive_read_support_format_raw(archive);
    return archive;
}

struct archive *unpack_new_files(void)
{
    struct archive *archive = new_filter();
    if (archive == NULL)
        return NULL;
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    return archive;
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

int unpack_next(struct archive *archive, struct archive_entry **entry, struct buf *name)
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

enum status unpack_damaged(const char *path, struct archive *archive, struct error *error)
{
    const char *reason = archive_error_string(archive);
    return error_set(error, ST_INPUT, _("the compressed file '%s' is damaged: %s"), path,
                     reason != NULL ? reason : "?");
}

bool unpack_is_bomb(uint64_t n_packed, uint64_t n_unpacked)
{
    return n_unpacked > UNPACK_FREE_BYTES && n_unpacked / UNPACK_GROWTH > n_packed;
}

bool unpack_is_bomb_yet(struct archive *archive, uint64_t n_unpacked)
{
    return unpack_is_bomb((uint64_t)archive_filter_bytes(archive, -1), n_unpacked);
}

enum status unpack_refuse_bomb(const char *path, struct error *error)
{
    return error_set(error, ST_INPUT,
                     _("'%s' grows to more than %d times its size when unpacked; unpack it "
                       "first if it is what it should be"),
                     path, UNPACK_GROWTH);
}
