/* Sources that moved or are given up. Interface: relocate.h. */
#include "indexer/sources/relocate.h"

#include "base/shell.h"
#include "indexer/sources/roots.h"
#include "store/store.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A change of the index PATH, of the source FROM, without slashes at its end. */
struct change {
    const char *path;
    sqlite3 *db;
    char *from;
    char *to; /* NULL: it is given up */
    int n_changed;
};

static enum status begin(struct change *c, int busy_ms, struct error *error)
{
    enum status st = store_check_file(c->path, error);
    if (st == ST_OK)
        st = store_connect(&c->db, c->path, SQLITE_OPEN_READWRITE, busy_ms, error);
    if (st == ST_OK)
        st = store_check_format(c->db, c->path, error);
    if (st != ST_OK)
        return st;
    int rc = sqlite3_exec(c->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    return rc == SQLITE_OK ? ST_OK : store_sqlite_error(c->db, rc, c->path, error);
}

/* Runs SQL with FROM as ?1 and TO as ?2; SQLite's code. */
static int apply(struct change *c, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(c->db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 1, c->from, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK && sqlite3_bind_parameter_count(stmt) > 1)
        rc = sqlite3_bind_text(stmt, 2, c->to, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_DONE)
        c->n_changed += sqlite3_changes(c->db);
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Commits what gave RC, if it changed anything. */
static enum status end(struct change *c, int rc, struct error *error)
{
    struct shell_text space;
    bool taken = (rc & 0xFF) == SQLITE_CONSTRAINT;
    if (rc == SQLITE_OK && c->n_changed == 0)
        return error_set(error, ST_USAGE,
                         _("the index knows no such source: '%s'; those that it knows are told by: "
                           "hiku stats --db '%s'"),
                         c->from, shell_quoted(c->path, &space));
    if (taken && c->to != NULL)
        return error_set(error, ST_USAGE,
                         _("the index already has records of '%s'; drop those of '%s' with: "
                           "--forget '%s'"),
                         c->to, c->from, shell_quoted(c->from, &space));
    if (taken)
        return error_set(error, ST_USAGE,
                         _("the index has no other source than '%s'; remove the file '%s' instead"),
                         c->from, c->path);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(c->db, "COMMIT", NULL, NULL, NULL);
    return rc == SQLITE_OK ? ST_OK : store_sqlite_error(c->db, rc, c->path, error);
}

static enum status change(struct change *c, const char *const *sql, size_t n, int busy_ms,
                          struct error *error)
{
    int rc = SQLITE_OK;
    enum status st = begin(c, busy_ms, error);
    for (size_t i = 0; i < n && st == ST_OK && rc == SQLITE_OK; i++)
        rc = apply(c, sql[i]);
    if (st == ST_OK)
        st = end(c, rc, error);
    sqlite3_close(c->db); /* which takes back what was not committed */
    free(c->from);
    free(c->to);
    return st;
}

enum status relocate_move(const char *db, const char *from, const char *to, int busy_ms,
                          struct error *error)
{
#define MOVE(table)                                                                                \
    "UPDATE " table " SET path = ?2 || substr(path, length(?1) + 1) "                              \
    "WHERE path = ?1 OR substr(path, 1, length(?1) + 1) = ?1 || '/'"
    static const char *const sql[] = {MOVE("roots"), MOVE("sources")};
    struct change c = {.path = db, .from = root_path(from), .to = root_path(to)};
    if (c.from != NULL && c.to != NULL && access(to, F_OK) == 0)
        return change(&c, sql, sizeof sql / sizeof *sql, busy_ms, error);
    enum status st =
        c.from != NULL && c.to != NULL
            ? error_set(error, ST_INPUT, _("cannot read '%s': %s"), to, strerror(errno))
            : error_set(error, ST_NOMEM, _("out of memory"));
    free(c.from);
    free(c.to);
    return st;
}

enum status relocate_forget(const char *db, const char *source, int busy_ms, struct error *error)
{
    /* Another root does not have these files: they are gone from it, as files from a folder are.
     * Where there is none, that is no number, which the table does not take. */
    static const char *const sql[] = {
        "UPDATE sources SET root_id = (SELECT min(id) FROM roots WHERE path NOT IN (?1, '-')) "
        "WHERE root_id IN (SELECT id FROM roots WHERE path = ?1)",
        "DELETE FROM roots WHERE path = ?1"};
    struct change c = {.path = db, .from = root_path(source)};
    if (c.from == NULL)
        return error_set(error, ST_NOMEM, _("out of memory"));
    return change(&c, sql, sizeof sql / sizeof *sql, busy_ms, error);
}
