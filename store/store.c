/* Opening an index file. Interface: store.h. */
#include "store/store.h"

#include "base/shell.h"
#include "store/schema.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int store_read_number(sqlite3 *db, const char *sql, int64_t *number)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        *number = sqlite3_column_int64(stmt, 0);
        rc = SQLITE_OK;
    }
    int final = sqlite3_finalize(stmt);
    return rc != SQLITE_OK ? rc : final;
}

enum status store_check_format(sqlite3 *db, const char *path, struct error *error)
{
    struct shell_text space;
    int64_t application = 0, format = 0, n_missing = 0;
    int rc = store_read_number(db, "PRAGMA application_id", &application);
    if (rc == SQLITE_OK)
        rc = store_read_number(db, "PRAGMA user_version", &format);
    if (rc == SQLITE_OK)
        rc = store_read_number(
            db,
            "WITH wanted(name) AS (VALUES('meta'), ('roots'), ('sources'), "
            "('documents'), ('documents_fts'), ('segments'), ('bounds'), ('lists'), "
            "('postings'), ('dead'), ('line_shifts'), ('records')) "
            "SELECT count(*) FROM wanted WHERE name NOT IN "
            "(SELECT name FROM sqlite_schema)",
            &n_missing);
    if (rc != SQLITE_OK)
        return store_sqlite_error(db, rc, path, error);
    if (application != STORE_APPLICATION_ID)
        return store_not_index(path, error);
    if (format > STORE_FORMAT)
        return error_set(error, ST_NEWER,
                         _("the index has format %lld, this hiku reads up to %d: '%s'; use a newer "
                           "hiku, or rebuild it with: hiku index --full --db '%s'"),
                         (long long)format, STORE_FORMAT, path, shell_quoted(path, &space));
    if (format < STORE_FORMAT)
        return error_set(error, ST_OLDER,
                         _("the index has the old format %lld: '%s'; bring it up to date with: "
                           "hiku index --db '%s'"),
                         (long long)format, path, shell_quoted(path, &space));
    return n_missing == 0 ? ST_OK : store_corrupt(path, error);
}

static enum status cannot_read(const char *path, struct error *error)
{
    return error_set(error, ST_IO,
                     _("cannot read the index '%s': %s; check the permissions of the file and its "
                       "folders"),
                     path, strerror(errno));
}

enum status store_check_file(const char *path, struct error *error)
{
    struct shell_text space;
    struct stat info;
    bool there = stat(path, &info) == 0;
    if (there ? S_ISREG(info.st_mode) && info.st_size == 0 : errno == ENOENT)
        return error_set(error, ST_MISSING,
                         _("there is no index: '%s'; make one with: hiku index --db '%s' SOURCE"),
                         path, shell_quoted(path, &space));
    if (!there)
        return cannot_read(path, error);
    if (S_ISDIR(info.st_mode))
        return error_set(error, ST_IO, _("the index is a folder: '%s'; name a file instead"), path);
    if (!S_ISREG(info.st_mode))
        return error_set(error, ST_NOT_INDEX,
                         _("the index is a device or pipe: '%s'; name a file instead"), path);
    return ST_OK;
}

static void release_segments(struct store *store)
{
    list_cache_clear(&store->lists);
    directory_cache_clear(&store->directories);
    for (size_t i = 0; i < store->n_segments; i++)
        segment_release(&store->segments[i]);
    free(store->segments);
    store->segments = NULL;
    store->n_segments = 0;
}

static void finalize_statements(struct store *s)
{
    for (int i = 0; i < STORE_N_STATEMENTS; i++) {
        sqlite3_finalize(s->statements[i]);
        s->statements[i] = NULL;
    }
}

void store_end_reading(struct store *store)
{
    lists_close(store);
    for (int i = 0; i < STORE_N_ROWS; i++)
        sqlite3_reset(store->rows[i]);
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    release_segments(store);
    finalize_statements(store);
    store_end_reading(store);
    sqlite3_finalize(store->find_words);
    for (int i = 0; i < STORE_N_ROWS; i++)
        sqlite3_finalize(store->rows[i]);
    if (!store->borrowed)
        sqlite3_close(store->db);
    free(store->path);
    free(store);
}

static enum status add_segment(struct store *store, sqlite3_stmt *stmt, struct error *error)
{
    struct segment *more =
        realloc(store->segments, (store->n_segments + 1) * sizeof *store->segments);
    if (more == NULL)
        return error_set(error, ST_NOMEM, _("out of memory"));
    store->segments = more;
    int64_t n_docs = sqlite3_column_int64(stmt, 2), n_units = sqlite3_column_int64(stmt, 3);
    if (n_docs < 1 || n_docs > SEGMENT_MAX_DOCS || n_units < 2 * n_docs || n_units > UINT32_MAX - 1)
        return store_corrupt(store->path, error);
    more[store->n_segments++] = (struct segment){.id = sqlite3_column_int64(stmt, 0),
                                                 .base = sqlite3_column_int64(stmt, 1),
                                                 .n_docs = (uint32_t)n_docs,
                                                 .n_units = (uint32_t)n_units};
    return ST_OK;
}

enum status store_load_segments(struct store *store, struct error *error)
{
    release_segments(store);
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    int rc = sqlite3_prepare_v2(
        store->db, "SELECT id, base, n_docs, n_units FROM segments ORDER BY base", -1, &stmt, NULL);
    while (rc == SQLITE_OK && st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        st = add_segment(store, stmt, error);
        rc = SQLITE_OK;
    }
    if (st == ST_OK && rc != SQLITE_DONE)
        st = store_sqlite_error(store->db, rc, store->path, error);
    sqlite3_finalize(stmt);
    return st;
}

static enum status check_readable(const char *path, struct error *error)
{
    enum status st = store_check_file(path, error);
    if (st != ST_OK)
        return st;
    if (access(path, R_OK) != 0)
        return cannot_read(path, error);
    return ST_OK;
}

enum status store_connect(sqlite3 **db, const char *path, int flags, int busy_ms,
                          struct error *error)
{
    int rc = sqlite3_open_v2(path, db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK)
        return store_sqlite_error(*db, rc, path, error);
    sqlite3_extended_result_codes(*db, 1);
    sqlite3_busy_timeout(*db, busy_ms);
    return ST_OK;
}

static enum status open_connection(struct store *s, int flags, int busy_ms, struct error *error)
{
    sqlite3_close(s->db);
    s->db = NULL;
    enum status st = store_connect(&s->db, s->path, flags, busy_ms, error);
    if (st != ST_OK)
        return st;
    sqlite3_exec(s->db, "PRAGMA cache_size=-65536; PRAGMA query_only=1", NULL, NULL, NULL);
    return store_check_format(s->db, s->path, error);
}

static enum status prepare(struct store *s, struct error *error)
{
    static const char scan_lists[] =
        "SELECT id, data FROM lists WHERE id >= "
        "coalesce((SELECT max(id) FROM lists WHERE id <= ?1), ?1) AND id <= ?2 ORDER BY id";
    static const char *const sql[STORE_N_STATEMENTS] = {
        [STORE_FIND_LIST] = "SELECT id, data FROM lists WHERE id <= ?1 ORDER BY id DESC LIMIT 1",
        [STORE_SCAN_LISTS] = scan_lists,
        [STORE_READ_BOUNDS] = "SELECT data FROM bounds WHERE id = ?1",
        [STORE_SCAN_BOUNDS] = "SELECT data FROM bounds WHERE id >= ?1 AND id <= ?2 ORDER BY id",
    };
    for (int i = 0; i < STORE_N_STATEMENTS; i++) {
        int rc = sqlite3_prepare_v3(s->db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &s->statements[i],
                                    NULL);
        if (rc != SQLITE_OK)
            return store_sqlite_error(s->db, rc, s->path, error);
    }
    return ST_OK;
}

static enum status open_and_load(struct store *s, int flags, int busy_ms, struct error *error)
{
    finalize_statements(s);
    enum status st = open_connection(s, flags, busy_ms, error);
    if (st == ST_OK)
        st = prepare(s, error);
    if (st == ST_OK)
        st = store_load_segments(s, error);
    return st;
}

bool store_was_left(const struct store *store)
{
    return sqlite3_extended_errcode(store->db) == SQLITE_READONLY_ROLLBACK;
}

enum status store_open(struct store **out, const char *path, int busy_ms, struct error *error)
{
    *out = NULL;
    enum status st = check_readable(path, error);
    if (st != ST_OK)
        return st;
    struct store *s = calloc(1, sizeof *s);
    if (s == NULL || (s->path = strdup(path)) == NULL) {
        free(s);
        return error_set(error, ST_NOMEM, _("out of memory"));
    }
    st = open_and_load(s, SQLITE_OPEN_READONLY, busy_ms, error);
    if (st != ST_OK && store_was_left(s))
        st = open_and_load(s, SQLITE_OPEN_READWRITE, busy_ms, error);
    if (st == ST_OK)
        *out = s;
    else
        store_close(s);
    return st;
}

void store_map(struct store *store)
{
    /* As much as SQLite allows. Where it maps nothing, it reads. */
    sqlite3_exec(store->db, "PRAGMA mmap_size=2147418112", NULL, NULL, NULL);
}

enum status store_borrow(struct store **out, sqlite3 *db, const char *path, struct error *error)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL || ((*out)->path = strdup(path)) == NULL) {
        free(*out);
        *out = NULL;
        return error_set(error, ST_NOMEM, _("out of memory"));
    }
    (*out)->db = db;
    (*out)->borrowed = true;
    enum status st = prepare(*out, error);
    if (st == ST_OK)
        st = store_load_segments(*out, error);
    if (st != ST_OK) {
        store_close(*out);
        *out = NULL;
    }
    return st;
}

enum status store_meta(sqlite3 *db, const char *path, const char *name, struct buf *out,
                       struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    buf_clear(out);
    int rc = sqlite3_prepare_v2(db, "SELECT value FROM meta WHERE name = ?1", -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const void *text = sqlite3_column_text(stmt, 0);
        if (text != NULL)
            buf_append(out, text, (size_t)sqlite3_column_bytes(stmt, 0));
    }
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE;
    enum status st = ok ? ST_OK : store_sqlite_error(db, rc, path, error);
    sqlite3_finalize(stmt);
    return out->failed ? error_set(error, ST_NOMEM, _("out of memory")) : st;
}
