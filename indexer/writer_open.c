/* Beginning and ending a change of the index file. Interface: writer.h. */
#include "indexer/writer.h"

#include "indexer/replaced_file.h"
#include "indexer/segments/segment_join.h"
#include "store/index_analyzer.h"
#include "store/schema.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Shares of the memory: for SQLite's pages, for the tokens that FTS5 gathers, for a segment. FTS5's
 * own default of 1 MiB would write and merge hundreds of small lists of tokens, but sixteen times
 * as much is nearly as good as any more. The rest is for the documents under way and for sorting.
 */
#define CACHE_SHARE 12
#define FTS_SHARE 12
#define SEGMENT_SHARE 2
#define SEGMENT_UNIT_BYTES 6 /* as text, as its packed lists, and as positions that are sorted */

/* SQLite gives a row that is larger than a page whole pages of its own, and leaves what is left of
 * a page when the next row does not fit: of a record and its lists that is a seventh of the file at
 * 4 KiB, a twelfth of the records at 16 KiB, and half that at 32 KiB. */
#define SET_PAGE_BYTES "PRAGMA page_size=32768"

static enum status execute(struct writer *w, const char *sql, struct error *error)
{
    int rc = sqlite3_exec(w->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}

static enum status new_writer(struct writer **out, const char *db_path,
                              const struct analyzer *analyzer, size_t memory)
{
    struct writer *w = calloc(1, sizeof *w);
    *out = w;
    if (w == NULL)
        return ST_NOMEM;
    w->lock_fd = -1;
    w->analyzer = analyzer;
    w->db_path = strdup(db_path);
    w->memory = memory;
    segment_builder_init(&w->segment);
    background_pack_init(&w->packing);
    size_t n_units = memory / SEGMENT_SHARE / SEGMENT_UNIT_BYTES;
    w->segment.max_units = n_units < SEGMENT_MAX_UNITS ? n_units : SEGMENT_MAX_UNITS;
    return w->db_path != NULL ? ST_OK : ST_NOMEM;
}

/* The new file stands beside the one that it will replace, or renaming would not do it. */
static enum status name_new_file(struct writer *w)
{
    struct buf path = BUF_INIT;
    w->target = replaced_file_path(w->db_path);
    if (w->target == NULL)
        return ST_NOMEM;
    buf_addf(&path, "%s.new", w->target);
    w->path = buf_detach(&path);
    return w->path != NULL ? ST_OK : ST_NOMEM;
}

static enum status connect(struct writer *w, int busy_ms, struct error *error)
{
    /* The message is to name the index, not the new file beside it. */
    if (store_connect(&w->db, w->path, SQLITE_OPEN_READWRITE, busy_ms, NULL) != ST_OK)
        return writer_error(w, sqlite3_extended_errcode(w->db), error);
    return fts5_tokenizer_register(w->db, w->analyzer, &w->replay, error);
}

static enum status set_cache(struct writer *w, struct error *error)
{
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA cache_size=-%zu", w->memory / CACHE_SHARE >> 10);
    return execute(w, sql, error);
}

static enum status read_next_numbers(struct writer *w, struct error *error)
{
    int rc = store_read_number(w->db,
                               "SELECT max(coalesce((SELECT max(id) FROM documents), 0),"
                               " coalesce((SELECT max(base + n_docs - 1) FROM segments), 0)) + 1",
                               &w->next_document);
    if (rc == SQLITE_OK)
        rc = store_read_number(w->db, "SELECT coalesce(max(id), 0) + 1 FROM segments",
                               &w->next_segment);
    w->first_document = w->next_document;
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}

/* Whether another file has taken the place of the one that was opened while this program waited for
 * the lock: what is written to the old one would be lost. */
static bool was_replaced(struct writer *w)
{
    int moved = 0;
    sqlite3_file_control(w->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return moved != 0;
}

/* Adds the columns that an index of the same format did not have at first. */
static enum status add_new_columns(struct writer *w, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(w->db, "SELECT hidden FROM roots LIMIT 0", -1, &stmt, NULL);
    sqlite3_finalize(stmt);
    return rc == SQLITE_ERROR ? execute(w, "ALTER TABLE roots ADD COLUMN hidden INTEGER", error)
                              : ST_OK;
}

static enum status begin_update(struct writer *w, int busy_ms, struct error *error)
{
    enum status st;
    do {
        sqlite3_close(w->db);
        w->db = NULL;
        st = connect(w, busy_ms, error);
        if (st == ST_OK)
            st = store_check_format(w->db, w->db_path, error);
        if (st == ST_OK)
            st = set_cache(w, error);
        if (st == ST_OK)
            st = execute(w, "PRAGMA secure_delete=1; BEGIN IMMEDIATE", error);
    } while (st == ST_OK && was_replaced(w));
    return st == ST_OK ? add_new_columns(w, error) : st;
}

enum status writer_open(struct writer **out, const char *path, const struct analyzer *analyzer,
                        size_t memory, int busy_ms, struct error *error)
{
    struct writer *w;
    enum status st = new_writer(&w, path, analyzer, memory);
    if (st == ST_OK && (w->path = strdup(path)) == NULL)
        st = ST_NOMEM;
    if (st == ST_OK)
        st = begin_update(w, busy_ms, error);
    if (st == ST_OK)
        st = index_analyzer_check(w->analyzer, w->db, w->db_path, error);
    if (st == ST_OK)
        st = read_next_numbers(w, error);
    if (st != ST_OK) {
        writer_close(w);
        w = NULL;
    }
    *out = w;
    return st == ST_NOMEM ? error_set(error, st, _("out of memory")) : st;
}

/* Whether the open file is (still) the one at PATH: another build may have given it its final name
 * between our opening and our locking it. */
static bool has_name(int fd, const char *path)
{
    struct stat opened, named;
    return fstat(fd, &opened) == 0 && stat(path, &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

static enum status cannot_write(const struct writer *w, struct error *error)
{
    return error_set(error, ST_IO,
                     _("cannot write the index '%s': %s; its folder must be there and writable, "
                       "or name another file with --db"),
                     w->db_path, strerror(errno));
}

/* Takes the new file for this process alone. It stays locked until the file has its final name. */
static enum status lock_new_file(struct writer *w, struct error *error)
{
    w->lock_fd = open(w->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (w->lock_fd < 0)
        return cannot_write(w, error);
    if (flock(w->lock_fd, LOCK_EX | LOCK_NB) != 0 || !has_name(w->lock_fd, w->path)) {
        close(w->lock_fd);
        w->lock_fd = -1;
        return error_set(error, ST_BUSY,
                         _("another program is building the index: '%s'; try again when it is "
                           "done"),
                         w->db_path);
    }
    /* What a build that was killed has left is of no use. */
    if (ftruncate(w->lock_fd, 0) != 0 ||
        replaced_file_take_access(w->lock_fd, w->target, false) != 0)
        return cannot_write(w, error);
    return ST_OK;
}

static enum status write_meta(struct writer *w, const char *name, const char *value,
                              struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(w->db,
                                "INSERT INTO meta(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO "
                                "UPDATE SET value = excluded.value WHERE value <> excluded.value",
                                -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmt, 2, value, -1, SQLITE_STATIC);
        rc = sqlite3_step(stmt);
        rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}

static enum status create_schema(struct writer *w, struct error *error)
{
    struct buf sql = BUF_INIT;
    /* No journal, no sync: until it is renamed nobody reads this file, and a killed build is thrown
     * away. */
    buf_addf(&sql,
             "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
             "PRAGMA application_id=%d; PRAGMA user_version=%d; BEGIN;",
             STORE_APPLICATION_ID, STORE_FORMAT);
    buf_adds(&sql, store_schema);
    buf_adds(&sql, store_schema_fts);
    enum status st = sql.failed ? ST_NOMEM : execute(w, sql.data, error);
    buf_release(&sql);
    if (st == ST_OK) {
        int rc = fts_bulk_begin(&w->fts, w->db, w->memory / FTS_SHARE);
        st = rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
    }
    if (st == ST_OK)
        st = write_meta(w, META_FINGERPRINT, analyzer_fingerprint(w->analyzer), error);
    if (st == ST_OK)
        st = write_meta(w, META_DICDIR, analyzer_dicdir(w->analyzer), error);
    if (st == ST_OK)
        st = write_meta(w, META_USERDIC, analyzer_named_userdic(w->analyzer), error);
    return st;
}

enum status writer_create(struct writer **out, const char *path, const struct analyzer *analyzer,
                          size_t memory, struct error *error)
{
    struct writer *w;
    enum status st = new_writer(&w, path, analyzer, memory);
    if (st == ST_OK)
        st = name_new_file(w);
    if (st == ST_OK)
        st = lock_new_file(w, error);
    if (st == ST_OK) {
        w->bulk = true;
        w->next_document = w->first_document = w->next_segment = 1;
        st = connect(w, 0, error);
    }
    /* First: SQLite reckons the size of its cache in pages of the size that it knows. */
    if (st == ST_OK)
        st = execute(w, SET_PAGE_BYTES, error);
    if (st == ST_OK)
        st = set_cache(w, error);
    if (st == ST_OK)
        st = create_schema(w, error);
    if (st != ST_OK) {
        writer_close(w);
        w = NULL;
    }
    *out = w;
    return st == ST_NOMEM ? error_set(error, st, _("out of memory")) : st;
}

static enum status disconnect(struct writer *w, struct error *error)
{
    for (int i = 0; i < WRITER_N_STATEMENTS; i++) {
        sqlite3_finalize(w->statements[i]);
        w->statements[i] = NULL;
    }
    int rc = sqlite3_close(w->db);
    w->db = NULL;
    return rc == SQLITE_OK ? ST_OK : error_set(error, ST_IO, "%s", sqlite3_errstr(rc));
}

/* Makes a rename last through a power cut. */
static int sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path + 1));
    int fd = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = fd < 0 ? -1 : fsync(fd);
    if (fd >= 0)
        close(fd);
    free(folder);
    return rc;
}

/* A journal that a killed writer left beside a file too damaged to be rolled back (old_index.c does
 * that with the others) would be played back into the new file. */
static void remove_journal(const struct writer *w)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s-journal", w->target);
    if (!path.failed)
        unlink(path.data);
    buf_release(&path);
}

static enum status publish(struct writer *w, struct error *error)
{
    enum status st = disconnect(w, error);
    if (st != ST_OK)
        return st;
    remove_journal(w);
    if (replaced_file_take_access(w->lock_fd, w->target, true) != 0 || fsync(w->lock_fd) != 0 ||
        rename(w->path, w->target) != 0)
        return cannot_write(w, error);
    sync_folder(w->target); /* the new name may be lost with the power, but never the index */
    w->bulk = false;
    return ST_OK;
}

static enum status write_words(struct writer *w, struct error *error)
{
    int rc;
    enum status st = vocabulary_write(&w->words, w->db, &rc);
    if (st == ST_IO)
        return writer_error(w, rc, error);
    return st == ST_OK ? ST_OK : error_set(error, st, _("out of memory"));
}

/* Which names the columns of new records have, so that a search for another one need not read them
 * all. */
static enum status write_column_names(struct writer *w, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(w->db,
                                "INSERT OR IGNORE INTO column_names SELECT DISTINCT e.key FROM "
                                "documents AS d, json_each(d.columns) AS e WHERE d.id >= ?1 AND "
                                "d.columns <> '{}'",
                                -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_int64(stmt, 1, w->first_document);
        rc = sqlite3_step(stmt);
        rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}

static enum status end_fts(struct writer *w, struct error *error)
{
    int rc = fts_bulk_end(&w->fts, w->db);
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}

enum status writer_commit(struct writer *w, struct error *error)
{
    enum status st = writer_flush(w, error);
    if (st == ST_OK && !w->bulk)
        st = segment_join(w, error);
    if (st == ST_OK)
        st = write_words(w, error);
    if (st == ST_OK)
        st = write_column_names(w, error);
    if (st == ST_OK)
        st = write_meta(w, META_WRITER, HIKU_VERSION, error);
    if (st == ST_OK && w->bulk)
        st = end_fts(w, error);
    if (st == ST_OK)
        st = execute(w, "COMMIT", error);
    if (st == ST_OK && w->bulk)
        st = publish(w, error);
    return st;
}

void writer_close(struct writer *w)
{
    if (w == NULL)
        return;
    if (w->db != NULL) {
        sqlite3_exec(w->db, "ROLLBACK", NULL, NULL, NULL);
        disconnect(w, NULL);
    }
    if (w->bulk && w->path != NULL)
        unlink(w->path);
    if (w->lock_fd >= 0)
        close(w->lock_fd);
    background_pack_release(&w->packing);
    segment_builder_release(&w->segment);
    vocabulary_release(&w->words);
    free(w->path);
    free(w->target);
    free(w->db_path);
    free(w);
}
