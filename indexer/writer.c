/* Writing records, their FTS5 index and their segments. Interface: writer.h. */
#include "indexer/writer.h"

#include "store/store.h"

#include <stdlib.h>
#include <string.h>

static const char insert_document_sql[] =
    "INSERT INTO documents(id, key, source_id, own_number, first_line, date_text, date, date_end, "
    "title, body, columns, hash, part, page) "
    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
static const char delete_fts_sql[] =
    "INSERT INTO documents_fts(documents_fts, rowid, title, body) VALUES('delete', ?1, ?2, ?3)";

static const char *const statement_sql[WRITER_N_STATEMENTS] = {
    [WRITER_INSERT_DOCUMENT] = insert_document_sql,
    [WRITER_INSERT_FTS] = "INSERT INTO documents_fts(rowid, title, body) VALUES(?1, ?2, ?3)",
    [WRITER_DELETE_FTS] = delete_fts_sql,
    [WRITER_DELETE_DOCUMENT] = "DELETE FROM documents WHERE id = ?1",
    [WRITER_MOVE] = "UPDATE documents SET first_line = ?2, part = ?3, page = ?4 WHERE id = ?1",
    [WRITER_FIND_DOCUMENT] = "SELECT title, body FROM documents WHERE id = ?1",
    [WRITER_MARK_DEAD] = "INSERT INTO dead(id) VALUES(?1)",
};

enum status writer_error(struct writer *w, int rc, struct error *error)
{
    return store_sqlite_error(w->db, rc, w->db_path, error);
}

static int statement(struct writer *w, enum writer_statement number, sqlite3_stmt **out)
{
    if (w->statements[number] == NULL) {
        int rc = sqlite3_prepare_v3(w->db, statement_sql[number], -1, SQLITE_PREPARE_PERSISTENT,
                                    &w->statements[number], NULL);
        if (rc != SQLITE_OK)
            return rc;
    }
    *out = w->statements[number];
    sqlite3_clear_bindings(*out);
    return SQLITE_OK;
}

static int run(sqlite3_stmt *stmt)
{
    int rc = sqlite3_step(stmt);
    sqlite3_reset(stmt);
    return rc == SQLITE_DONE || rc == SQLITE_ROW ? SQLITE_OK : rc;
}

static void bind_buf(sqlite3_stmt *stmt, int i, const struct buf *b)
{
    sqlite3_bind_text64(stmt, i, b->data, b->len, SQLITE_STATIC, SQLITE_UTF8);
}

/* The number as far as the key does not tell it: it is what stands behind the first '#' there. */
static void bind_own_number(sqlite3_stmt *stmt, int i, const struct document *d)
{
    const char *mark = memchr(d->key.data, '#', d->key.len);
    size_t n_key = mark == NULL ? 0 : d->key.len - (size_t)(mark + 1 - d->key.data);
    if (mark == NULL || n_key != d->number.len || memcmp(mark + 1, d->number.data, n_key) != 0)
        bind_buf(stmt, i, &d->number);
}

static void bind_day(sqlite3_stmt *stmt, int i, day_t day, char text[16])
{
    if (day == DAY_NONE)
        return;
    date_format(day, text);
    sqlite3_bind_text(stmt, i, text, -1, SQLITE_STATIC);
}

static int insert_document(struct writer *w, const struct document *d)
{
    sqlite3_stmt *stmt;
    char first[16], last[16];
    int rc = statement(w, WRITER_INSERT_DOCUMENT, &stmt);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_bind_int64(stmt, 1, d->id);
    bind_buf(stmt, 2, &d->key);
    sqlite3_bind_int64(stmt, 3, d->source_id);
    bind_own_number(stmt, 4, d);
    sqlite3_bind_int64(stmt, 5, (int64_t)d->line);
    bind_buf(stmt, 6, &d->date_text);
    bind_day(stmt, 7, d->dates.first, first);
    bind_day(stmt, 8, d->dates.last, last);
    bind_buf(stmt, 9, &d->title);
    bind_buf(stmt, 10, &d->body);
    bind_buf(stmt, 11, &d->columns);
    sqlite3_bind_int64(stmt, 12, (int64_t)d->hash);
    bind_buf(stmt, 13, &d->part);
    sqlite3_bind_int64(stmt, 14, (int64_t)d->page);
    return run(stmt);
}

static int insert_fts(struct writer *w, const struct document *d)
{
    sqlite3_stmt *stmt;
    int rc = statement(w, WRITER_INSERT_FTS, &stmt);
    if (rc == SQLITE_OK && w->bulk)
        rc = fts_bulk_room(&w->fts, w->db, d->tokens.len);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_bind_int64(stmt, 1, d->id);
    /* FTS5 keeps no text, takes the tokens as they are, and would make a copy of each text. */
    sqlite3_bind_text(stmt, 2, "", 0, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, "", 0, SQLITE_STATIC);
    w->replay = (struct fts5_replay){
        .tokens = d->tokens.data, .n_title = d->n_title_tokens, .n_bytes = d->tokens.len};
    rc = run(stmt);
    w->replay.tokens = NULL;
    return rc;
}

static enum status finish_segment(struct writer *w, struct error *error)
{
    int rc;
    enum status st = background_pack_finish(&w->packing, w->db, &rc);
    if (st == ST_IO)
        return writer_error(w, rc, error);
    return st == ST_OK ? ST_OK : error_set(error, st, _("out of memory"));
}

/* Has the current segment packed, and writes the one before it. */
static enum status end_segment(struct writer *w, struct error *error)
{
    enum status st = finish_segment(w, error);
    if (st == ST_OK && w->segment.n_docs > 0)
        background_pack_start(&w->packing, &w->segment, w->next_segment++);
    return st;
}

enum status writer_flush(struct writer *w, struct error *error)
{
    enum status st = end_segment(w, error);
    return st == ST_OK ? finish_segment(w, error) : st;
}

enum status writer_add(struct writer *w, struct document *d, struct error *error)
{
    enum status st = ST_OK;
    int rc = insert_fts(w, d);
    if (rc != SQLITE_OK)
        return writer_error(w, rc, error);
    if (segment_builder_is_full(&w->segment, d))
        st = end_segment(w, error);
    if (st != ST_OK)
        return st;
    if (segment_builder_add(&w->segment, d) != ST_OK)
        return error_set(error, ST_NOMEM, _("out of memory"));
    if (background_pack_is_due(&w->packing, &w->segment))
        st = finish_segment(w, error);
    if (st != ST_OK)
        return st;
    /* SQLite makes a copy of the row. */
    document_trim_analysis(d);
    rc = insert_document(w, d);
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}

/* FTS5 forgets a record only when it is told the text that it was given. */
static int delete_fts(struct writer *w, int64_t id)
{
    sqlite3_stmt *find, *forget;
    int rc = statement(w, WRITER_FIND_DOCUMENT, &find);
    if (rc == SQLITE_OK)
        rc = statement(w, WRITER_DELETE_FTS, &forget);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_bind_int64(find, 1, id);
    rc = sqlite3_step(find);
    if (rc == SQLITE_ROW) {
        sqlite3_bind_int64(forget, 1, id);
        rc = sqlite3_bind_value(forget, 2, sqlite3_column_value(find, 0));
        if (rc == SQLITE_OK)
            rc = sqlite3_bind_value(forget, 3, sqlite3_column_value(find, 1));
        if (rc == SQLITE_OK)
            rc = run(forget);
    } else if (rc == SQLITE_DONE) {
        rc = SQLITE_CORRUPT;
    }
    sqlite3_reset(find);
    return rc;
}

/* The segment keeps the record's text until it is joined with others. */
static int mark_dead(struct writer *w, int64_t id)
{
    sqlite3_stmt *mark;
    int rc = statement(w, WRITER_MARK_DEAD, &mark);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_bind_int64(mark, 1, id);
    return run(mark);
}

enum status writer_remove(struct writer *w, int64_t id, struct error *error)
{
    sqlite3_stmt *stmt;
    int rc = delete_fts(w, id);
    if (rc == SQLITE_OK)
        rc = mark_dead(w, id);
    if (rc == SQLITE_OK)
        rc = statement(w, WRITER_DELETE_DOCUMENT, &stmt);
    if (rc == SQLITE_OK) {
        sqlite3_bind_int64(stmt, 1, id);
        rc = run(stmt);
    }
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}

enum status writer_move(struct writer *w, int64_t id, const struct document *d, struct error *error)
{
    sqlite3_stmt *stmt;
    int rc = statement(w, WRITER_MOVE, &stmt);
    if (rc == SQLITE_OK) {
        sqlite3_bind_int64(stmt, 1, id);
        sqlite3_bind_int64(stmt, 2, (int64_t)d->line);
        bind_buf(stmt, 3, &d->part);
        sqlite3_bind_int64(stmt, 4, (int64_t)d->page);
        rc = run(stmt);
    }
    return rc == SQLITE_OK ? ST_OK : writer_error(w, rc, error);
}
