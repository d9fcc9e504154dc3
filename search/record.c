/* Reading records. Interface: record.h. */
#include "search/record.h"

#include <stdlib.h>
#include <string.h>

#define SELECT_RECORD(texts)                                                                       \
    "SELECT d.key, d.number, d.date, d.date_end, d.date_text, s.path, s.label, d.columns, " texts  \
    ", d.part, d.line, d.page, d.id FROM records d JOIN sources s ON s.id = d.source_id "

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
    ROW_ID,
    N_TEXTS = LINE
};

void fetched_release(struct fetched *f)
{
    buf_release(&f->text);
    buf_release(&f->snippet);
    free(f->title_ranges);
    free(f->body_ranges);
    free(f->snippet_ranges);
    *f = (struct fetched)FETCHED_INIT;
}

/* Appends the text in column I of ROW, with a NUL behind it, to TEXTS; *AT: where it begins. */
static enum status add_text(struct buf *texts, sqlite3_stmt *row, int i, size_t *at)
{
    bool is_null = sqlite3_column_type(row, i) == SQLITE_NULL;
    const char *text = (const char *)sqlite3_column_text(row, i);
    if (text == NULL && !is_null) /* SQLite makes a copy with a NUL behind it */
        return ST_NOMEM;
    *at = texts->len;
    if (text != NULL) /* valid as indexed; SQL may have changed it since */
        buf_add_valid(texts, text, (size_t)sqlite3_column_bytes(row, i));
    buf_addc(texts, '\0');
    return texts->failed ? ST_NOMEM : ST_OK;
}

/* Copies the row's texts one after the other. */
static enum status copy_row(struct fetched *f, sqlite3_stmt *stmt, const char *db_path)
{
    size_t at[N_TEXTS], len[N_TEXTS];
    buf_clear(&f->text);
    for (int i = 0; i < N_TEXTS; i++) {
        enum status st = add_text(&f->text, stmt, i, &at[i]);
        if (st != ST_OK)
            return st;
        len[i] = f->text.len - 1 - at[i];
    }
    const char *base = f->text.data;
    f->id = sqlite3_column_int64(stmt, ROW_ID);
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
        st = store_corrupt(member->path, &db->error);
    return st;
}

/* The number in a key, NAME#NUMBER: as the column `number` of documents (schema.c), which takes
 * SQLite longer than all the rest. */
static const char *number_in(const char *key)
{
    const char *mark = strchr(key, '#');
    return mark != NULL ? mark + 1 : key;
}

enum status record_fetch_names(struct hiku *db, const struct member *member, int64_t id,
                               struct fetched *out)
{
    sqlite3_stmt *row;
    size_t key, number;
    enum status st = store_find_row(member->store, STORE_ROW_NAMES, id, &row, &db->error);
    buf_clear(&out->text);
    if (st == ST_OK)
        st = add_text(&out->text, row, 0, &key);
    if (st == ST_OK)
        st = add_text(&out->text, row, 1, &number);
    if (st != ST_OK)
        return st;
    const char *texts = out->text.data;
    bool has_number = sqlite3_column_type(row, 1) != SQLITE_NULL;
    out->id = id;
    out->record = (struct hiku_record){.key = texts + key,
                                       .id = has_number ? texts + number : number_in(texts + key),
                                       .date = "",
                                       .date_end = "",
                                       .date_text = "",
                                       .source = "",
                                       .label = "",
                                       .columns = "",
                                       .db = member->path,
                                       .title = {.data = ""},
                                       .body = {.data = ""},
                                       .part = ""};
    return ST_OK;
}

static enum status record_fetch_key(struct hiku *db, struct member *member, const char *key,
                                    struct fetched *out)
{
    int rc =
        prepare(member, &member->find_key, SELECT_RECORD("d.title, d.body") "WHERE d.key = ?1");
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(member->find_key, 1, key, -1, SQLITE_STATIC);
    return step(db, member, member->find_key, rc, out);
}

/* Of how many records the keys are told when a number is not enough. */
#define MAX_KEYS 10

/* Appends to KEYS the quoted keys of the member's records that have this number, in the order of
 * the index, and copies the first to ONE where *N is 0; counts them in *N. */
static enum status add_keys(struct hiku *db, struct member *m, const char *number, struct buf *keys,
                            struct buf *one, size_t *n)
{
    /* A key is its source's name, #, the number, and ~2 for the second of that number. */
    static const char sql[] =
        "SELECT d.key FROM (SELECT DISTINCT name || '#' || ?1 AS k FROM sources) s "
        "JOIN documents d ON d.key = s.k OR (d.key > s.k || '~' AND d.key < s.k || '~:') "
        "ORDER BY d.id LIMIT ?2";
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(m->store->db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 1, number, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int(stmt, 2, MAX_KEYS + 1);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *key = (const char *)sqlite3_column_text(stmt, 0);
        rc = SQLITE_OK;
        if (*n == 0)
            buf_adds(one, key != NULL ? key : "");
        if (*n < MAX_KEYS)
            buf_addf(keys, "%s'%s'", *n > 0 ? ", " : "", key != NULL ? key : "");
        ++*n;
    }
    sqlite3_finalize(stmt);
    if (rc != SQLITE_DONE && rc != SQLITE_OK)
        return store_sqlite_error(m->store->db, rc, m->path, &db->error);
    return keys->failed || one->failed ? ST_NOMEM : ST_OK;
}

static enum status fetch_key(struct hiku *db, const char *key, struct fetched *out, size_t *member)
{
    enum status st = ST_NOT_FOUND;
    for (size_t i = 0; i < db->n_members && st == ST_NOT_FOUND; i++) {
        st = record_fetch_key(db, &db->members[i], key, out);
        *member = i;
    }
    return st;
}

enum status record_find(struct hiku *db, const char *key, struct fetched *out, size_t *member)
{
    struct buf keys = BUF_INIT, one = BUF_INIT;
    size_t n = 0;
    enum status st = fetch_key(db, key, out, member);
    if (st != ST_NOT_FOUND)
        return st;
    st = ST_OK;
    for (size_t i = 0; i < db->n_members && st == ST_OK; i++)
        st = add_keys(db, &db->members[i], key, &keys, &one, &n);
    if (st == ST_OK && n > 1)
        st = error_set(&db->error, ST_USAGE,
                       _("several records have the number '%s': %s%s; give one of these keys"), key,
                       keys.data, n > MAX_KEYS ? " …" : "");
    else if (st == ST_OK)
        st = n == 1 ? fetch_key(db, one.data, out, member) : ST_NOT_FOUND;
    buf_release(&keys);
    buf_release(&one);
    return st;
}
