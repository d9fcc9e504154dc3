/* The tables roots and sources. Interface: catalog.h. */
#include "indexer/sources/catalog.h"

#include "indexer/sources/known_records.h"
#include "indexer/sources/line_shifts.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Prepares SQL and binds the arguments that TYPES names: i (int64_t), s (const char *, may be
 * NULL). */
static int prepare(struct writer *w, sqlite3_stmt **stmt, const char *sql, const char *types, ...)
{
    va_list args;
    int rc = sqlite3_prepare_v2(w->db, sql, -1, stmt, NULL);
    va_start(args, types);
    for (int i = 0; rc == SQLITE_OK && types[i] != '\0'; i++) {
        if (types[i] == 'i')
            rc = sqlite3_bind_int64(*stmt, i + 1, va_arg(args, int64_t));
        else
            rc = sqlite3_bind_text(*stmt, i + 1, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
    }
    va_end(args);
    return rc;
}

/* Ends STMT: rows that were there or not are both success. */
static enum status finish(struct writer *w, sqlite3_stmt *stmt, int rc, struct error *error)
{
    enum status st = ST_OK;
    if (rc != SQLITE_OK && rc != SQLITE_ROW && rc != SQLITE_DONE)
        st = writer_error(w, rc, error);
    sqlite3_finalize(stmt);
    return st;
}

static enum status copy_text(sqlite3_stmt *stmt, int column, char **out, struct error *error)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    *out = NULL;
    if (text == NULL)
        return ST_OK;
    *out = strdup(text);
    return *out != NULL ? ST_OK : error_set(error, ST_NOMEM, _("out of memory"));
}

static const char find_root_sql[] =
    "SELECT id, columns, type, encoding, hidden FROM roots WHERE path = ?1 AND columns IS "
    "coalesce(?2, columns) AND type IS coalesce(?3, type) AND encoding IS "
    "coalesce(?4, encoding) AND coalesce(hidden, 0) = coalesce(CAST(?5 AS INTEGER), hidden, 0)";
static const char note_root_sql[] =
    "INSERT INTO roots(path, columns, type, encoding, hidden) VALUES(?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT(path) DO UPDATE SET columns = coalesce(excluded.columns, columns), "
    "type = coalesce(excluded.type, type), encoding = coalesce(excluded.encoding, encoding), "
    "hidden = coalesce(excluded.hidden, hidden) RETURNING id, columns, type, encoding, hidden";

static int step_root(struct writer *w, sqlite3_stmt **stmt, const char *sql,
                     const struct root *root)
{
    static const char *const hidden[] = {
        [HIDDEN_NOT_TOLD] = NULL, [HIDDEN_OUT] = "0", [HIDDEN_IN] = "1"};
    const struct root_options *o = &root->options;
    int rc = prepare(w, stmt, sql, "sssss", root->path, o->columns, o->type, o->encoding,
                     hidden[o->hidden]);
    return rc == SQLITE_OK ? sqlite3_step(*stmt) : rc;
}

static enum status read_root(sqlite3_stmt *stmt, struct root_entry *entry, struct error *error)
{
    struct root_options *o = &entry->options;
    char **const texts[] = {&o->columns, &o->type, &o->encoding};
    enum status st = ST_OK;
    entry->id = sqlite3_column_int64(stmt, 0);
    o->hidden = sqlite3_column_int(stmt, 4) != 0 ? HIDDEN_IN : HIDDEN_OUT;
    for (int i = 0; i < 3 && st == ST_OK; i++)
        st = copy_text(stmt, i + 1, texts[i], error);
    return st;
}

enum status catalog_root(struct writer *w, const struct root *root, struct root_entry *entry,
                         struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    enum status copied = ST_OK;
    *entry = (struct root_entry){.id = 0};
    int rc = step_root(w, &stmt, find_root_sql, root);
    entry->same = rc == SQLITE_ROW;
    if (rc == SQLITE_DONE) {
        sqlite3_finalize(stmt);
        rc = step_root(w, &stmt, note_root_sql, root);
    }
    if (rc == SQLITE_ROW) {
        copied = read_root(stmt, entry, error);
        rc = sqlite3_step(stmt);
    }
    enum status st = finish(w, stmt, rc, error);
    return st != ST_OK ? st : copied;
}

static enum status find_source(struct writer *w, const char *path, struct source_entry *entry,
                               struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    enum status copied = ST_OK;
    int rc = prepare(
        w, &stmt, "SELECT id, name, size, mtime_ns, ctime_ns, inode FROM sources WHERE path = ?1",
        "s", path);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        entry->id = sqlite3_column_int64(stmt, 0);
        entry->state = file_state_of_row(stmt, 2);
        copied = copy_text(stmt, 1, &entry->name, error);
    }
    enum status st = finish(w, stmt, rc, error);
    return st != ST_OK ? st : copied;
}

enum status catalog_source(struct writer *w, struct known_names *names, const struct source *source,
                           int64_t root_id, struct source_entry *entry, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    *entry = (struct source_entry){.state = FILE_STATE_UNKNOWN};
    enum status st = find_source(w, source->path, entry, error);
    if (st == ST_OK && entry->id == 0)
        st = known_names_give(names, w, source->name, &entry->name, error);
    if (st != ST_OK)
        return st;
    int rc =
        prepare(w, &stmt,
                "INSERT INTO sources(root_id, path, name, label, size, mtime_ns, ctime_ns, inode) "
                "VALUES(?1, ?2, ?3, ?4, -1, 0, 0, 0) ON CONFLICT(path) DO UPDATE SET "
                "root_id = excluded.root_id, label = CASE excluded.label WHEN '' THEN label ELSE "
                "excluded.label END "
                "WHERE root_id <> excluded.root_id OR label <> excluded.label",
                "isss", root_id, source->path, entry->name, source->label);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (entry->id == 0)
        entry->id = sqlite3_last_insert_rowid(w->db);
    return finish(w, stmt, rc, error);
}

enum status catalog_read(struct writer *w, int64_t source_id, const struct file_state *state,
                         struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    int rc =
        prepare(w, &stmt,
                "UPDATE sources SET size = ?2, mtime_ns = ?3, ctime_ns = ?4, inode = ?5 WHERE id = "
                "?1 AND (size, mtime_ns, ctime_ns, inode) IS NOT (?2, ?3, ?4, ?5)",
                "iiiii", source_id, state->size, state->mtime_ns, state->ctime_ns, state->inode);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    return finish(w, stmt, rc, error);
}

/* Runs UPDATE with each row of the query FROM_OLD. */
static enum status copy_rows(struct writer *w, sqlite3 *old, const char *from_old,
                             const char *update, struct error *error)
{
    sqlite3_stmt *from = NULL, *to = NULL;
    if (sqlite3_prepare_v2(old, from_old, -1, &from, NULL) != SQLITE_OK)
        return ST_OK;
    int rc = prepare(w, &to, update, "");
    while (rc == SQLITE_OK && (rc = sqlite3_step(from)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        for (int i = 0; i < sqlite3_column_count(from) && rc == SQLITE_OK; i++)
            rc = sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
        int done = rc == SQLITE_OK ? sqlite3_step(to) : rc;
        rc = done == SQLITE_DONE ? sqlite3_reset(to) : done;
    }
    sqlite3_finalize(from);
    return finish(w, to, rc, error);
}

enum status catalog_copy_states(struct writer *w, sqlite3 *old, struct error *error)
{
    return copy_rows(w, old, "SELECT path, size, mtime_ns, ctime_ns, inode FROM sources",
                     "UPDATE sources SET size = ?2, mtime_ns = ?3, ctime_ns = ?4, inode = ?5 "
                     "WHERE path = ?1",
                     error);
}

enum status catalog_copy_labels(struct writer *w, sqlite3 *old, struct error *error)
{
    return copy_rows(w, old, "SELECT path, label FROM sources",
                     "UPDATE sources SET label = ?2 WHERE path = ?1 AND label = ''", error);
}

static enum status remove_records(struct writer *w, int64_t source_id, uint64_t *n_removed,
                                  struct error *error)
{
    struct known_records known = {0};
    enum status st = known_records_load(&known, w, source_id, error);
    if (st == ST_OK)
        st = known_records_remove_unseen(&known, w, n_removed, error);
    known_records_release(&known);
    return st;
}

/* Removes a source and its records, of which *N_REMOVED is told. FORGET: as prune prepares it. */
static enum status remove_source(struct writer *w, int64_t id, sqlite3_stmt *forget,
                                 uint64_t *n_removed, struct error *error)
{
    enum status st = remove_records(w, id, n_removed, error);
    if (st == ST_OK)
        st = line_shifts_remove(w, id, error);
    if (st != ST_OK)
        return st;
    sqlite3_bind_int64(forget, 1, id);
    int rc = sqlite3_step(forget);
    if (rc == SQLITE_DONE)
        rc = sqlite3_reset(forget);
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}

enum status catalog_prune(struct writer *w, const struct string_set *roots,
                          const struct string_set *sources, uint64_t *n_removed,
                          struct error *error)
{
    sqlite3_stmt *stmt = NULL, *forget = NULL;
    enum status st = ST_OK;
    int rc = prepare(w, &stmt,
                     "SELECT s.id, s.path, r.path FROM sources AS s JOIN roots AS r ON r.id = "
                     "s.root_id",
                     "");
    if (rc == SQLITE_OK)
        rc = prepare(w, &forget, "DELETE FROM sources WHERE id = ?1", "");
    while (rc == SQLITE_OK && st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *source = (const char *)sqlite3_column_text(stmt, 1);
        const char *root = (const char *)sqlite3_column_text(stmt, 2);
        rc = source != NULL && root != NULL ? SQLITE_OK : SQLITE_NOMEM;
        if (rc == SQLITE_OK && string_set_has(roots, root) && !string_set_has(sources, source))
            st = remove_source(w, sqlite3_column_int64(stmt, 0), forget, n_removed, error);
    }
    sqlite3_finalize(forget);
    enum status finished = finish(w, stmt, rc, error);
    return st != ST_OK ? st : finished;
}

enum status catalog_path(struct writer *w, int64_t source_id, char **path, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    enum status copied = ST_OK;
    *path = NULL;
    int rc = prepare(w, &stmt, "SELECT path FROM sources WHERE id = ?1", "i", source_id);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
        copied = copy_text(stmt, 0, path, error);
    enum status st = finish(w, stmt, rc, error);
    return st != ST_OK ? st : copied;
}

enum status catalog_count(struct writer *w, int64_t source_id, uint64_t *n, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = source_id != 0
                 ? prepare(w, &stmt, "SELECT count(*) FROM documents WHERE source_id = ?1", "i",
                           source_id)
                 : prepare(w, &stmt, "SELECT count(*) FROM documents", "");
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
        *n = (uint64_t)sqlite3_column_int64(stmt, 0);
    return finish(w, stmt, rc, error);
}
