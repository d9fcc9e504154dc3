/* Looking for damage in an index. Interface: check.h. */
#include "indexer/check.h"

#include "dict/fts5_tokenizer.h"
#include "indexer/check_segments.h"
#include "indexer/digest.h"
#include "indexer/file_state.h"
#include "store/index_analyzer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void checker_report(struct checker *c, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    c->result->n_problems++;
    if (c->options->report != NULL)
        c->options->report(c->options->context, line);
}

/* What is no damage, but what the person who asks wants to know. */
static void checker_note(const struct checker *c, const char *line)
{
    if (c->options->report != NULL)
        c->options->report(c->options->context, line);
}

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
    enum status st = store_connect(&db, path, SQLITE_OPEN_READWRITE, STORE_BUSY_MS, c->error);
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

static enum status check_sources(struct checker *c)
{
    sqlite3_stmt *stmt = NULL;
    struct file_state now;
    struct error why;
    char line[2048];
    int rc = sqlite3_prepare_v2(
        c->store->db, "SELECT path, size, mtime_ns FROM sources ORDER BY id", -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(stmt, 0);
        int64_t size = sqlite3_column_int64(stmt, 1), mtime_ns = sqlite3_column_int64(stmt, 2);
        line[0] = '\0';
        rc = SQLITE_OK;
        if (path == NULL || file_state_read(path, &now, &why) != ST_OK)
            snprintf(line, sizeof line, _("note: the source is gone: '%s'"), path);
        else if (now.size != size || now.mtime_ns != mtime_ns)
            snprintf(
                line, sizeof line,
                _("note: the source has changed since it was indexed: '%s'; bring the index up "
                  "to date with: hiku index"),
                path);
        if (line[0] != '\0')
            checker_note(c, line);
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? ST_OK
                             : store_sqlite_error(c->store->db, rc, c->store->path, c->error);
}

enum status check_run(const struct check_options *options, struct check_result *result,
                      struct error *error)
{
    struct analyzer *analyzer = NULL;
    struct checker c = {.options = options, .result = result, .error = error};
    *result = (struct check_result){0};
    enum status st = store_open(&c.store, options->db, STORE_BUSY_MS, error);
    if (st == ST_OK)
        st = check_file(&c);
    if (st == ST_OK)
        st = index_analyzer_open(&analyzer, c.store->db, options->dicdir, NULL, error);
    c.analyzer = analyzer;
    if (st == ST_OK)
        st = index_analyzer_check(analyzer, c.store->db, options->db, error);
    if (st == ST_OK && !options->quick)
        st = check_segments(&c);
    if (st == ST_OK && !options->quick)
        st = check_fts(&c);
    if (st == ST_OK && !options->quick)
        st = check_lines(&c);
    if (st == ST_OK && !options->quick)
        st = check_column_names(&c);
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
