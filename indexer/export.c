/* Giving back the records of an index. Interface: export.h. */
#include "indexer/export.h"

#include "base/array.h"
#include "base/buf.h"
#include "dict/dates/dates.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* A record's columns while they are gathered. */
struct gathered {
    struct column *columns;
    size_t n;
    size_t cap;
    struct buf texts;
    struct buf date;
};

static struct span text_of(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return (struct span){text != NULL ? text : "", (size_t)sqlite3_column_bytes(stmt, column)};
}

const char *const export_roles[EXPORT_N_ROLES] = {"id", "date", "title", "body"};

/* What is told from the record's own id, date, title and body where a column has the name of one: a
 * table with a column 日付 and another, date. */
static const char *suffix_of(struct span name)
{
    bool taken = false;
    for (size_t i = 0; i < EXPORT_N_ROLES && !taken; i++)
        taken = span_is(name, export_roles[i]);
    return taken ? "~2" : "";
}

static bool add_column(struct gathered *g, struct span name, struct span value)
{
    const char *suffix = suffix_of(name);
    if (!array_reserve(&g->columns, &g->cap, g->n + 1, sizeof *g->columns))
        return false;
    g->columns[g->n++] = (struct column){{NULL, name.len + strlen(suffix)}, {NULL, value.len}};
    buf_append(&g->texts, name.data, name.len);
    buf_adds(&g->texts, suffix);
    buf_append(&g->texts, value.data, value.len);
    return !g->texts.failed;
}

/* Points the columns at their texts, which no longer move. */
static void settle(struct gathered *g)
{
    const char *at = g->texts.data;
    for (size_t i = 0; i < g->n; i++) {
        g->columns[i].name.data = at;
        at += g->columns[i].name.len;
        g->columns[i].value.data = at;
        at += g->columns[i].value.len;
    }
}

static enum status read_columns(struct gathered *g, sqlite3_stmt *stmt, int64_t id, int *rc)
{
    g->n = 0;
    buf_clear(&g->texts);
    sqlite3_bind_int64(stmt, 1, id);
    enum status st = ST_OK;
    while (st == ST_OK && (*rc = sqlite3_step(stmt)) == SQLITE_ROW)
        st = add_column(g, text_of(stmt, 0), text_of(stmt, 1)) ? ST_OK : ST_NOMEM;
    sqlite3_reset(stmt);
    settle(g);
    return st;
}

/* In ISO 8601; a period with its sign between the days, alone where one is not known. */
static struct span date_of(struct gathered *g, sqlite3_stmt *stmt)
{
    struct span first = text_of(stmt, 2), last = text_of(stmt, 3);
    if (first.len == 0)
        return text_of(stmt, 1);
    buf_clear(&g->date);
    bool period = last.len > 0 && !span_is(last, first.data);
    if (!period || !span_is(first, DATE_NO_START))
        buf_append(&g->date, first.data, first.len);
    if (period)
        buf_adds(&g->date, "～");
    if (period && !span_is(last, DATE_NO_END))
        buf_append(&g->date, last.data, last.len);
    return buf_span(&g->date);
}

static enum status give_names(sqlite3 *db, const struct export_sink *sink, int *rc)
{
    sqlite3_stmt *stmt = NULL;
    struct gathered g = {.texts = BUF_INIT, .date = BUF_INIT};
    struct span *names = NULL;
    enum status st = ST_OK;
    *rc = sqlite3_prepare_v2(db,
                             "SELECT e.key FROM documents AS d, json_each(d.columns) AS e "
                             "GROUP BY e.key ORDER BY min(d.id), min(e.id)",
                             -1, &stmt, NULL);
    while (*rc == SQLITE_OK && st == ST_OK && (*rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        st = add_column(&g, text_of(stmt, 0), (struct span){"", 0}) ? ST_OK : ST_NOMEM;
        *rc = SQLITE_OK;
    }
    *rc = *rc == SQLITE_DONE ? SQLITE_OK : *rc;
    sqlite3_finalize(stmt);
    settle(&g);
    if (*rc == SQLITE_OK && st == ST_OK) {
        names = calloc(g.n + 1, sizeof *names);
        for (size_t i = 0; names != NULL && i < g.n; i++)
            names[i] = g.columns[i].name;
        st = names != NULL ? sink->columns(sink->context, names, g.n) : ST_NOMEM;
    }
    free(names);
    free(g.columns);
    buf_release(&g.texts);
    return st;
}

static enum status give_records(sqlite3 *db, const struct export_sink *sink, int *rc)
{
    sqlite3_stmt *records = NULL, *columns = NULL;
    struct gathered g = {.texts = BUF_INIT, .date = BUF_INIT};
    enum status st = ST_OK;
    *rc = sqlite3_prepare_v2(db,
                             "SELECT number, date_text, date, date_end, title, body, line, id "
                             "FROM records ORDER BY source_id, line, id",
                             -1, &records, NULL);
    if (*rc == SQLITE_OK)
        *rc = sqlite3_prepare_v2(db,
                                 "SELECT e.key, e.value FROM documents AS d, json_each(d.columns) "
                                 "AS e WHERE d.id = ?1 ORDER BY e.id",
                                 -1, &columns, NULL);
    while (*rc == SQLITE_OK && st == ST_OK && (*rc = sqlite3_step(records)) == SQLITE_ROW) {
        st = read_columns(&g, columns, sqlite3_column_int64(records, 7), rc);
        struct record record = {.id = text_of(records, 0),
                                .date_text = date_of(&g, records),
                                .title = text_of(records, 4),
                                .body = text_of(records, 5),
                                .columns = g.columns,
                                .n_columns = g.n,
                                .place.line = (size_t)sqlite3_column_int64(records, 6)};
        *rc = *rc == SQLITE_DONE ? SQLITE_OK : *rc;
        if (st == ST_OK && *rc == SQLITE_OK)
            st = g.date.failed ? ST_NOMEM : sink->record(sink->context, &record);
    }
    *rc = *rc == SQLITE_DONE ? SQLITE_OK : *rc;
    sqlite3_finalize(records);
    sqlite3_finalize(columns);
    free(g.columns);
    buf_release(&g.texts);
    buf_release(&g.date);
    return st;
}

enum status export_records(const char *path, const struct export_sink *sink, struct error *error)
{
    struct store *store = NULL;
    enum status st = store_open(&store, path, STORE_BUSY_MS, error);
    if (st != ST_OK)
        return st;
    int rc = sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL);
    if (rc == SQLITE_OK && sink->columns != NULL)
        st = give_names(store->db, sink, &rc);
    if (rc == SQLITE_OK && st == ST_OK)
        st = give_records(store->db, sink, &rc);
    if (st == ST_OK && rc != SQLITE_OK)
        st = store_sqlite_error(store->db, rc, path, error);
    if (st == ST_NOMEM)
        error_set(error, st, _("out of memory"));
    store_close(store);
    return st;
}
