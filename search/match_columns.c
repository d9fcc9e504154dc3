/* Records by the text of a column that is none of title and body. Interface: match.h. */
#include "search/match.h"

#include "dict/normalize.h"
#include "search/bitset.h"

#include <string.h>

struct column_search {
    struct normalized name;
    struct normalized text;
    struct buf last; /* the name that was normalised last, as it stands in the index */
    const char *wanted;
    const char *value;
    size_t n_value;
    bool is_label;
};

static struct span column_text(sqlite3_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    return (struct span){text != NULL ? text : "", (size_t)sqlite3_column_bytes(stmt, column)};
}

/* Whether the row's column is the one that is asked for. Neighbouring rows ask for the same names:
 * each is normalised once in a row. */
static enum status has_name(struct column_search *c, struct span name, bool *same)
{
    if (c->last.len != name.len || memcmp(c->last.data, name.data, name.len) != 0) {
        buf_clear(&c->last);
        buf_append(&c->last, name.data, name.len);
        if (c->last.failed || normalize(&c->name, name.data, name.len) != ST_OK)
            return ST_NOMEM;
    }
    *same = c->name.text.len == strlen(c->wanted) &&
            memcmp(c->name.text.data, c->wanted, c->name.text.len) == 0;
    return ST_OK;
}

static enum status holds_value(struct column_search *c, struct span text, bool *holds)
{
    if (normalize(&c->text, text.data, text.len) != ST_OK)
        return ST_NOMEM;
    *holds = memmem(c->text.text.data, c->text.text.len, c->value, c->n_value) != NULL;
    return ST_OK;
}

static enum status check_row(struct column_search *c, sqlite3_stmt *stmt, bool *holds)
{
    bool same = c->is_label;
    enum status st = same ? ST_OK : has_name(c, column_text(stmt, 1), &same);
    *holds = false;
    return st == ST_OK && same ? holds_value(c, column_text(stmt, 2), holds) : st;
}

static enum status scan(struct matcher *m, const struct segment *segment, struct column_search *c,
                        sqlite3_stmt *stmt, uint64_t *bits)
{
    enum status st = ST_OK;
    bool holds;
    int rc = SQLITE_ROW;
    sqlite3_bind_int64(stmt, 1, segment->base);
    sqlite3_bind_int64(stmt, 2, segment->base + segment->n_docs);
    for (size_t n = 0; st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW; n++) {
        uint32_t doc = (uint32_t)(sqlite3_column_int64(stmt, 0) - segment->base);
        st = check_row(c, stmt, &holds);
        if (st == ST_OK && holds && !segment_is_dead(segment, doc))
            bitset_add(bits, doc);
        if (n % 1024 == 0 && m->is_cancelled != NULL && m->is_cancelled(m->cancel_context))
            return error_set(m->error, ST_INTERRUPTED,
                             _("the search was cancelled or ran out of time"));
    }
    if (st == ST_OK && rc != SQLITE_DONE)
        st = store_sqlite_error(m->store->db, rc, m->store->path, m->error);
    return st == ST_NOMEM ? error_set(m->error, st, _("out of memory")) : st;
}

enum status select_column(struct matcher *m, const struct segment *segment, const char *name,
                          const char *value, uint64_t *bits)
{
    static const char columns[] = "SELECT d.id, e.key, e.value FROM documents AS d, "
                                  "json_each(d.columns) AS e WHERE d.id >= ?1 AND d.id < ?2";
    static const char labels[] =
        "SELECT d.id, 'label', s.label FROM documents AS d JOIN sources AS "
        "s ON s.id = d.source_id WHERE d.id >= ?1 AND d.id < ?2";
    const char *const queries[] = {columns, labels};
    bool is_label = strcmp(name, "label") == 0 || strcmp(name, "ラベル") == 0;
    struct column_search c = {.name = NORMALIZED_INIT,
                              .text = NORMALIZED_INIT,
                              .last = BUF_INIT,
                              .wanted = name,
                              .value = value,
                              .n_value = strlen(value)};
    enum status st = ST_OK;
    for (int i = 0; i < (is_label ? 2 : 1) && st == ST_OK; i++) {
        sqlite3_stmt *stmt = NULL;
        c.is_label = i == 1;
        int rc = sqlite3_prepare_v2(m->store->db, queries[i], -1, &stmt, NULL);
        st = rc == SQLITE_OK ? scan(m, segment, &c, stmt, bits)
                             : store_sqlite_error(m->store->db, rc, m->store->path, m->error);
        sqlite3_finalize(stmt);
    }
    normalized_release(&c.name);
    normalized_release(&c.text);
    buf_release(&c.last);
    return st;
}
