/* Reading records. Interface: session.h. */
#include "search/session.h"

#include <stdlib.h>
#include <string.h>

#define SELECT_RECORD(texts)                                                                       \
    "SELECT d.key, d.number, d.date, d.date_end, d.date_text, s.path, s.label, d.columns, " texts  \
    ", d.part, d.line, d.page FROM records d JOIN sources s ON s.id = d.source_id "

enum {
    KEY,
    ID,
    DATE,
    DATE_END,
    DATE_TEXT,
    SOURCE,
    LABEL,
    COLUMNS,
    TITLE,
    BODY,
    PART,
    LINE,
    PAGE,
    N_TEXTS = LINE
};

void fetched_release(struct fetched *f)
{
    buf_release(&f->text);
    buf_release(&f->snippet);
    free(f->title_ranges);
    free(f->body_ranges);
    free(f->snippet_ranges);
    *f = (struct fetched){.text = BUF_INIT, .snippet = BUF_INIT};
}

/* Copies the row's texts one after the other, each with a NUL behind it. */
static enum status copy_row(struct fetched *f, sqlite3_stmt *stmt, const char *db_path)
{
    size_t at[N_TEXTS], len[N_TEXTS];
    buf_clear(&f->text);
    for (int i = 0; i < N_TEXTS; i++) {
        const char *text = (const char *)sqlite3_column_text(stmt, i);
        at[i] = f->text.len;
        if (text != NULL) /* valid as indexed; SQL may have changed it since */
            buf_add_valid(&f->text, text, (size_t)sqlite3_column_bytes(stmt, i));
        len[i] = f->text.len - at[i];
        buf_addc(&f->text, '\0');
    }
    if (f->text.failed)
        return ST_NOMEM;
    const char *base = f->text.data;
    f->record = (struct hiku_record){
        .key = base + at[KEY],
        .id = base + at[ID],
        .date = base + at[DATE],
        .date_end = base + at[DATE_END],
        .date_text = base + at[DATE_TEXT],
        .source = base + at[SOURCE],
        .label = base + at[LABEL],
        .columns = base + at[COLUMNS],
        .db = db_path,
        .line = sqlite3_column_int64(stmt, LINE),
        .title = {.data = base + at[TITLE], .len = len[TITLE]},
        .body = {.data = base + at[BODY], .len = len[BODY]},
        .part = base + at[PART],
        .page = sqlite3_column_int64(stmt, PAGE),
    };
    return ST_OK;
}

static enum status step(struct hiku *db, struct member *m, sqlite3_stmt *stmt, int rc,
                        struct fetched *out)
{
    enum status st = ST_NOT_FOUND;
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW)
        st = copy_row(out, stmt, m->path);
    else if (rc != SQLITE_DONE)
        st = store_sqlite_error(m->store->db, rc, m->path, &db->error);
    sqlite3_reset(stmt);
    return st;
}

static int prepare(struct member *m, sqlite3_stmt **stmt, const char *sql)
{
    if (*stmt != NULL)
        return SQLITE_OK;
    return sqlite3_prepare_v3(m->store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
}

enum status record_fetch(struct hiku *db, struct member *member, int64_t id, bool texts,
                         struct fetched *out)
{
    sqlite3_stmt **stmt = texts ? &member->find_id : &member->find_id_only;
    int rc = prepare(member, stmt,
                     texts ? SELECT_RECORD("d.title, d.body") "WHERE d.id = ?1"
                           : SELECT_RECORD("'', ''") "WHERE d.id = ?1");
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(*stmt, 1, id);
    enum status st = step(db, member, *stmt, rc, out);
    if (st == ST_NOT_FOUND)
        st = store_sqlite_error(member->store->db, SQLITE_CORRUPT, member->path, &db->error);
    return st;
}

enum status record_fetch_key(struct hiku *db, struct member *member, const char *key,
                             struct fetched *out)
{
    int rc =
        prepare(member, &member->find_key, SELECT_RECORD("d.title, d.body") "WHERE d.key = ?1");
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(member->find_key, 1, key, -1, SQLITE_STATIC);
    return step(db, member, member->find_key, rc, out);
}
