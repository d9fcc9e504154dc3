/* A connection's dictionary and the indexes it searches. Interface: sql.h. */
#include "search/sql/sql.h"

#include "store/index_analyzer.h"
#include "store/schema.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* The name sqlite_schema (3.33) and SQLITE_INNOCUOUS (3.31) are needed. */
#define OLDEST_SQLITE 3033000

/* Runs a statement on one database of the connection, FORMAT with that database's name for its %w,
 * and gives the first column of its first row; "" when there is none. */
static int read_value(sqlite3 *db, const char *format, const char *schema, struct buf *out)
{
    sqlite3_stmt *stmt = NULL;
    char *sql = sqlite3_mprintf(format, schema);
    buf_clear(out);
    int rc = sql != NULL ? sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) : SQLITE_NOMEM;
    sqlite3_free(sql);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW) {
        struct span value = sql_text(sqlite3_column_value(stmt, 0));
        buf_append(out, value.data, value.len);
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int is_index(sqlite3 *db, const char *schema, bool *is)
{
    struct buf id = BUF_INIT;
    int rc = read_value(db, "PRAGMA \"%w\".application_id", schema, &id);
    *is = rc == SQLITE_OK && strtol(id.data, NULL, 10) == STORE_APPLICATION_ID;
    buf_release(&id);
    /* A file that is no database at all is not ours to complain about. */
    return rc == SQLITE_NOTADB ? SQLITE_OK : rc;
}

/* The dictionary of the index that is the main database, where there is one; else the default. */
static enum status open_analyzer(struct sql_connection *c, struct error *error)
{
    bool is;
    bool indexed = is_index(c->db, "main", &is) == SQLITE_OK && is;
    enum status st = index_analyzer_open(&c->analyzer, indexed ? c->db : NULL, NULL, NULL, error);
    return st == ST_OK ? tokenizer_new_recent(&c->tokenizer, c->analyzer) : st;
}

enum status sql_connection_open(struct sql_connection **out, sqlite3 *db, struct error *error)
{
    *out = NULL;
    if (sqlite3_libversion_number() < OLDEST_SQLITE)
        return error_set(error, ST_IO,
                         _("this SQLite is too old: '%s'; use a program with 3.33 or newer"),
                         sqlite3_libversion());
    struct sql_connection *c = calloc(1, sizeof *c);
    if (c == NULL)
        return error_set(error, ST_NOMEM, _("out of memory"));
    c->db = db;
    c->n_holders = 1;
    enum status st = open_analyzer(c, error);
    if (st == ST_OK)
        *out = c;
    else
        sql_connection_drop(c);
    return st;
}

struct sql_connection *sql_connection_hold(struct sql_connection *c)
{
    c->n_holders++;
    return c;
}

static void close_idle(struct sql_connection *c)
{
    for (struct sql_handle **at = &c->handles; *at != NULL;) {
        struct sql_handle *h = *at;
        if (h->n_users > 0) {
            at = &h->next;
            continue;
        }
        *at = h->next;
        hiku_close(h->index);
        free(h->path);
        free(h);
    }
}

void sql_connection_drop(void *connection)
{
    struct sql_connection *c = connection;
    if (--c->n_holders > 0)
        return;
    close_idle(c);
    tokenizer_free(c->tokenizer);
    analyzer_close(c->analyzer);
    free(c);
}

static enum status check_schema(struct sql_connection *c, const char *schema, struct error *error)
{
    struct buf made_with = BUF_INIT;
    bool is;
    const char *path = sqlite3_db_filename(c->db, schema);
    int rc = is_index(c->db, schema, &is);
    if (rc == SQLITE_OK && is)
        rc = read_value(c->db, "SELECT value FROM \"%w\".meta WHERE name = '" META_FINGERPRINT "'",
                        schema, &made_with);
    enum status st = ST_OK;
    path = path != NULL && path[0] != '\0' ? path : schema;
    if (rc != SQLITE_OK || made_with.failed)
        st = store_sqlite_error(c->db, rc != SQLITE_OK ? rc : SQLITE_NOMEM, path, error);
    else if (is)
        st = index_analyzer_compare(c->analyzer, made_with.data, path, error);
    buf_release(&made_with);
    return st;
}

enum status sql_check_dictionary(struct sql_connection *c, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    int rc = sqlite3_prepare_v2(c->db, "PRAGMA database_list", -1, &stmt, NULL);
    while (rc == SQLITE_OK && st == ST_OK && sqlite3_step(stmt) == SQLITE_ROW) {
        const char *schema = (const char *)sqlite3_column_text(stmt, 1);
        if (schema != NULL && strcmp(schema, "temp") != 0)
            st = check_schema(c, schema, error);
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_OK ? st : store_sqlite_error(c->db, rc, "main", error);
}

static enum status open_handle(struct sql_connection *c, const char *path, struct sql_handle **out,
                               struct error *error)
{
    /* Others that no cursor uses would only keep their files open. */
    close_idle(c);
    struct sql_handle *h = calloc(1, sizeof *h);
    if (h == NULL || (h->path = strdup(path)) == NULL) {
        free(h);
        return ST_NOMEM;
    }
    enum status st = (enum status)hiku_open(&path, 1, NULL, &h->index);
    if (st != ST_OK) {
        error_set(error, st, "%s", hiku_error(h->index));
        hiku_close(h->index);
        free(h->path);
        free(h);
        return st;
    }
    h->next = c->handles;
    c->handles = h;
    *out = h;
    return ST_OK;
}

enum status sql_handle_get(struct sql_connection *c, const char *path, struct sql_handle **out,
                           struct error *error)
{
    *out = NULL;
    if (path == NULL)
        path = sqlite3_db_filename(c->db, "main");
    if (path == NULL || path[0] == '\0')
        return error_set(error, ST_MISSING,
                         _("no index to search: 'main' is no file; open the index, or name it: "
                           "hiku_search(query, mode, 'FILE')"));
    enum status st = ST_OK;
    struct sql_handle *h = c->handles;
    while (h != NULL && strcmp(h->path, path) != 0)
        h = h->next;
    if (h == NULL)
        st = open_handle(c, path, &h, error);
    if (st == ST_OK)
        h->n_users++;
    *out = h;
    return st;
}

void sql_handle_put(struct sql_handle *handle)
{
    if (handle != NULL)
        handle->n_users--;
}
