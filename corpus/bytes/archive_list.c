/* The files in an archive. Interface: archive_list.h. */
#include "corpus/bytes/archive_list.h"

#include "corpus/bytes/archive_name.h"
#include "corpus/bytes/unpack.h"
#include "corpus/bytes/zip_head.h"

#include <archive_entry.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
        int rc = unpack_next(archive, &entry, &name);
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
    if (archive_has_tar_name(path))
        return true;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) /* of a pipe, what is looked at is gone */
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool zip =
        fd >= 0 && read(fd, head, sizeof head) == sizeof head && zip_begins(head, sizeof head);
    struct archive *archive = zip ? unpack_new_files() : NULL;
    if (archive != NULL && lseek(fd, 0, SEEK_SET) == 0 &&
        archive_read_open_fd(archive, fd, UNPACK_BLOCK_BYTES) == ARCHIVE_OK)
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
        int rc = unpack_next(archive, &entry, &name);
        if (rc == ARCHIVE_EOF)
            break;
        if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            status = unpack_damaged(path, archive, error);
        else if (unpack_is_bomb_yet(archive, (uint64_t)archive_filter_bytes(archive, 0)))
            status = unpack_refuse_bomb(path, error);
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
    struct archive *archive =
        archive_has_tar_name(path) || stat(path, &info) != 0 ? NULL : unpack_new_files();
    struct buf name = BUF_INIT;
    uint64_t n_unpacked = 0;
    bool bomb = false;
    if (archive != NULL &&
        archive_read_open_filename(archive, path, UNPACK_BLOCK_BYTES) == ARCHIVE_OK) {
        for (int i = 0; i < ARCHIVE_MEMBERS && !bomb; i++) {
            int rc = unpack_next(archive, &entry, &name);
            if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
                break;
            n_unpacked += archive_entry_size(entry) > 0 ? (uint64_t)archive_entry_size(entry) : 0;
            bomb = unpack_is_bomb((uint64_t)info.st_size, n_unpacked);
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
        return unpack_refuse_bomb(path, error);
    struct archive *archive = unpack_new_files();
    if (archive == NULL)
        return ST_NOMEM;
    enum status status = archive_read_open_filename(archive, path, UNPACK_BLOCK_BYTES) == ARCHIVE_OK
                             ? list_entries(archive, path, each, context, error)
                             : unpack_damaged(path, archive, error);
    archive_read_free(archive);
    return status;
}
