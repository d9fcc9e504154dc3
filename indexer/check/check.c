/* Looking for damage in an index. Interface: check.h. */
#include "indexer/check/check.h"

#include "dict/fts5_tokenizer.h"
#include "indexer/check/check_segments.h"
#include "indexer/check/digest.h"
#include "indexer/sources/file_state.h"
#include "store/index_analyzer.h"

#include <string.h>

/* How long to wait for one who writes: to check takes so long that nobody minds. */
enum { BUSY_MS = 60000 };

/* SQLite's own check of its file: pages, rows, indexes. */
static enum status check_file(struct checker *c)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(c->store->db,
                                c->options->quick ? "PRAGMA quick_check" : "PRAGMA integrity_check",
                                -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        if (text != NULL && strcmp(text, "ok") != 0)
            checker_report(c, _("file: %s"), text);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    if ((rc & 0xFF) == SQLITE_CORRUPT) {
        checker_report(c, _("file: %s"), sqlite3_errstr(rc));
        return ST_OK;
    }
    return rc == SQLITE_DONE ? ST_OK
                             : store_sqlite_error(c->store->db, rc, c->store->path, c->error);
}

/* FTS5 compares its lists with the texts when asked through a statement that may write, though it
 * writes nothing: a connection of its own, which a read-only file does not allow. */
static enum status check_fts(struct checker *c)
{
    sqlite3 *db = NULL;
    const char *path = c->store->path;
    enum status st = store_connect(&db, path, SQLITE_OPEN_READWRITE, BUSY_MS, c->error);
    if (st == ST_OK)
        st = fts5_tokenizer_register(db, c->analyzer, NULL, c->error);
    if (st == ST_OK) {
        int rc = sqlite3_exec(db,
                              "INSERT INTO documents_fts(documents_fts, rank) "
                              "VALUES('integrity-check', 1)",
                              NULL, NULL, NULL);
        if ((rc & 0xFF) == SQLITE_CORRUPT)
            checker_report(c, _("documents_fts differs from the texts"));
        else if ((rc & 0xFF) == SQLITE_READONLY)
            checker_note(c, _("note: documents_fts was not checked: the file cannot be written"));
        else if (rc != SQLITE_OK)
            st = store_sqlite_error(db, rc, path, c->error);
    }
    sqlite3_close(db);
    return st;
}

/* Reports what SQL counts, unless it is nothing. FORMAT, translated, has a %lld for it. */
static enum status check_count(struct checker *c, const char *sql, const char *format)
{
    int64_t n = 0;
    int rc = store_read_number(c->store->db, sql, &n);
    if (rc != SQLITE_OK)
        return store_sqlite_error(c->store->db, rc, c->store->path, c->error);
    if (n > 0)
        checker_report(c, format, (long long)n);
    return ST_OK;
}

/* Lines come from two tables, which must fit each other. */
static enum status check_lines(struct checker *c)
{
    return check_count(c,
                       "SELECT count(*) FROM (SELECT 1 FROM records WHERE line < 0 UNION ALL "
                       "SELECT 1 FROM line_shifts WHERE source_id NOT IN (SELECT id FROM sources))",
                       _("line_shifts: %lld lines that no source can have"));
}

/* There may be names that no record has any more, but none may lack. */
static enum status check_column_names(struct checker *c)
{
    return check_count(c,
                       "SELECT count(*) FROM (SELECT e.key FROM documents AS d, "
                       "json_each(d.columns) AS e WHERE d.columns <> '{}' AND "
                       "json_valid(d.columns) EXCEPT SELECT name FROM column_names)",
                       _("column_names lacks %lld names of columns"));
}

/* Tells of a source that is gone or has changed. False when memory is out. */
static bool note_source(const struct checker *c, const char *path, int64_t size, int64_t mtime_ns)
{
    struct file_state now;
    struct error why;
    struct buf line = BUF_INIT;
    if (file_state_read(path, &now, &why) != ST_OK)
        buf_addf(&line, _("note: the source is gone: '%s'"), path);
    else if (now.size != size || now.mtime_ns != mtime_ns)
        buf_addf(&line,
                 _("note: the source has changed since it was indexed: '%s'; bring the index up "
                   "to date with: hiku index"),
                 path);
    if (line.len > 0)
        checker_note(c, line.data);
    bool told = !line.failed;
    buf_release(&line);
    return told;
}

static enum status check_sources(struct checker *c)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(
        c->store->db, "SELECT path, size, mtime_ns FROM sources ORDER BY id", -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(stmt, 0);
        bool told = path != NULL && note_source(c, path, sqlite3_column_int64(stmt, 1),
                                                sqlite3_column_int64(stmt, 2));
        rc = told ? SQLITE_OK : SQLITE_NOMEM;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? ST_OK
                             : store_sqlite_error(c->store->db, rc, c->store->path, c->error);
}

/* From here on the index is read in the state that it has now, whatever is written meanwhile: parts
 * of two states do not fit each other. */
static enum status hold_state(struct checker *c)
{
    int rc = sqlite3_exec(c->store->db, "BEGIN", NULL, NULL, NULL);
    return rc == SQLITE_OK ? store_load_segments(c->store, c->error)
                           : store_sqlite_error(c->store->db, rc, c->store->path, c->error);
}

/* Reads every record. */
static enum status check_records(struct checker *c)
{
    enum status st = check_segments(c);
    if (st == ST_OK)
        st = check_lines(c);
    return st == ST_OK ? check_column_names(c) : st;
}

enum status check_run(const struct check_options *options, struct check_result *result,
                      struct error *error)
{
    struct analyzer *analyzer = NULL;
    struct checker c = {.options = options, .result = result, .error = error};
    *result = (struct check_result){0};
    enum status st = store_open(&c.store, options->db, BUSY_MS, error);
    if (st == ST_OK)
        st = check_file(&c);
    if (st == ST_OK)
        st = index_analyzer_open(&analyzer, c.store->db, options->dicdir, NULL, error);
    c.analyzer = analyzer;
    if (st == ST_OK)
        st = index_analyzer_check(analyzer, c.store->db, options->db, error);
    /* Before the state is held: its connection wants the lock of a writer. */
    if (st == ST_OK && !options->quick)
        st = check_fts(&c);
    if (st == ST_OK)
        st = hold_state(&c);
    if (st == ST_OK && !options->quick)
        st = check_records(&c);
    if (st == ST_OK)
        st = check_sources(&c);
    if (st == ST_OK && options->digest && result->n_problems == 0)
        st = index_digest(c.store, &result->digest, error);
    store_close(c.store);
    analyzer_close(analyzer);
    if (st == ST_OK && result->n_problems > 0)
        st = store_corrupt(options->db, error);
    return st;
}
