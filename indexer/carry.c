/* Records taken over from the old index. Interface: carry.h. */
#include "indexer/carry.h"

#include "store/store.h"

#include <stdlib.h>
#include <string.h>

static char *column_copy(sqlite3_stmt *stmt, int i)
{
    const char *text = (const char *)sqlite3_column_text(stmt, i);
    return strdup(text != NULL ? text : "");
}

static enum status add_source(struct source_list *list, sqlite3_stmt *stmt)
{
    struct source *items = reallocarray(list->items, list->n + 1, sizeof *items);
    if (items == NULL)
        return ST_NOMEM;
    list->items = items;
    struct source *s = &items[list->n++];
    *s = (struct source){
        .path = column_copy(stmt, 0), .name = column_copy(stmt, 1), .label = column_copy(stmt, 2)};
    return s->path != NULL && s->name != NULL && s->label != NULL ? ST_OK : ST_NOMEM;
}

enum status carry_sources(sqlite3 *old, const char *root_path, struct source_list *list)
{
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    int rc = sqlite3_prepare_v2(old,
                                "SELECT path, name, label FROM sources WHERE root_id IN "
                                "(SELECT id FROM roots WHERE path = ?1) ORDER BY id",
                                -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(stmt, 1, root_path, -1, SQLITE_STATIC);
    while (rc == SQLITE_OK && st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        st = add_source(list, stmt);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return st == ST_OK && rc != SQLITE_DONE ? ST_CORRUPT : st;
}

uint64_t carry_bytes(sqlite3 *old)
{
    int64_t n = 0;
    store_read_number(old, "SELECT sum(max(size, 0)) FROM sources", &n);
    return (uint64_t)n;
}

enum { KEY_REST, NUMBER, LINE, DATE_TEXT, DATE, DATE_END, TITLE, BODY, COLUMNS, HASH, PART, PAGE };

#define CARRY_COLUMNS                                                                              \
    "SELECT substr(d.key, length(s.name) + 1), d.number, d.line, d.date_text, d.date, "            \
    "d.date_end, d.title, d.body, d.columns, d.hash, "
#define CARRY_ROWS " AS d ON d.source_id = s.id WHERE s.path = ?1 ORDER BY d.id"

/* What gives a record's texts and place, of this format and those before it. */
static const char *const carry_sql[] = {
    CARRY_COLUMNS "d.part, d.page FROM sources AS s JOIN records" CARRY_ROWS,
    CARRY_COLUMNS "d.part, d.page FROM sources AS s JOIN documents" CARRY_ROWS,
    CARRY_COLUMNS "'', 0 FROM sources AS s JOIN documents" CARRY_ROWS,
};

enum status carry_open(struct carry *c, sqlite3 *old, const char *source_path)
{
    *c = (struct carry){.old = old};
    int rc = SQLITE_ERROR; /* it does not know a name */
    for (size_t i = 0; i < sizeof carry_sql / sizeof carry_sql[0] && rc == SQLITE_ERROR; i++)
        rc = sqlite3_prepare_v2(old, carry_sql[i], -1, &c->stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(c->stmt, 1, source_path, -1, SQLITE_TRANSIENT);
    return rc == SQLITE_OK ? ST_OK : ST_CORRUPT;
}

void carry_close(struct carry *c)
{
    sqlite3_finalize(c->stmt);
    *c = (struct carry){0};
}

/* False when memory is out. */
static bool take(struct buf *to, sqlite3_stmt *stmt, int i)
{
    bool is_null = sqlite3_column_type(stmt, i) == SQLITE_NULL;
    const void *text = sqlite3_column_text(stmt, i);
    buf_clear(to);
    buf_append(to, text, text != NULL ? (size_t)sqlite3_column_bytes(stmt, i) : 0);
    return !to->failed && (text != NULL || is_null);
}

static day_t take_day(sqlite3_stmt *stmt, int i)
{
    const char *text = (const char *)sqlite3_column_text(stmt, i);
    return text != NULL ? date_from_iso(text) : DAY_NONE;
}

enum status carry_next(struct carry *c, const char *name, struct document *d, bool *found)
{
    int rc = sqlite3_step(c->stmt);
    *found = rc == SQLITE_ROW;
    if (rc == SQLITE_DONE)
        return ST_OK;
    if (rc != SQLITE_ROW)
        return rc == SQLITE_NOMEM ? ST_NOMEM : ST_CORRUPT;
    const char *rest = (const char *)sqlite3_column_text(c->stmt, KEY_REST);
    buf_clear(&d->key);
    buf_addf(&d->key, "%s%s", name, rest != NULL ? rest : "");
    bool taken = rest != NULL && take(&d->number, c->stmt, NUMBER) &&
                 take(&d->date_text, c->stmt, DATE_TEXT) && take(&d->title, c->stmt, TITLE) &&
                 take(&d->body, c->stmt, BODY) && take(&d->columns, c->stmt, COLUMNS) &&
                 take(&d->part, c->stmt, PART) && !d->key.failed;
    d->line = (size_t)sqlite3_column_int64(c->stmt, LINE);
    d->page = (size_t)sqlite3_column_int64(c->stmt, PAGE);
    d->dates = (struct date_range){take_day(c->stmt, DATE), take_day(c->stmt, DATE_END)};
    d->hash = (uint64_t)sqlite3_column_int64(c->stmt, HASH);
    d->old_id = 0;
    d->carried = true;
    return taken ? ST_OK : ST_NOMEM;
}
