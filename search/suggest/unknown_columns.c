/* Columns that a query names and no record has, beside those that there are. Interface: hiku.h,
 * suggest.h. */
#include "search/suggest/suggest.h"

#include <stdlib.h>
#include <string.h>

/* Whether some record has a column of that NAME, whatever is in it. */
static enum status is_known(struct hiku_results *r, const char *name, bool *known)
{
    struct matcher m;
    enum status st = ST_OK;
    evaluation_matcher(&r->all, r->db, (struct match_options){0}, &m);
    *known = false;
    for (size_t i = 0; i < r->all.n_segments && st == ST_OK && !*known; i++) {
        const struct evaluated *e = &r->all.segments[i];
        m.store = r->db->members[e->member].store;
        st = any_has_column(&m, e->segment, name, known);
    }
    matcher_release(&m);
    return st;
}

static enum status find_unknown(struct hiku_results *r)
{
    const struct plan *plan = &r->all.plan;
    enum status st = ST_OK;
    for (size_t i = 0; i < plan->n_nodes && st == ST_OK; i++) {
        bool known = plan->nodes[i].op != QUERY_COLUMN;
        if (!known)
            st = is_known(r, plan->nodes[i].column, &known);
        if (st == ST_OK && !known)
            st = text_list_add(&r->unknown_columns, strdup(plan->nodes[i].column));
    }
    return st;
}

static enum status list_columns(struct hiku_results *r, struct store *store)
{
    /* Of column_names some may be of records that are gone. */
    static const char sql[] = "SELECT DISTINCT e.key FROM documents AS d, json_each(d.columns) AS e"
                              " WHERE d.columns <> '{}' ORDER BY e.key";
    sqlite3_stmt *stmt = NULL;
    struct buf typed = BUF_INIT;
    enum status st = ST_OK;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK && st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        struct span text = {name != NULL ? name : "", (size_t)sqlite3_column_bytes(stmt, 0)};
        st = suggest_column_name(&typed, text);
        if (st == ST_OK && typed.len > 0)
            st = text_list_add(&r->columns, strdup(typed.data));
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    buf_release(&typed);
    if (st == ST_OK && rc != SQLITE_DONE)
        return store_sqlite_error(store->db, rc, store->path, &r->db->error);
    return st;
}

/* Whether NAME holds the name of an unknown column, or stands in it: 担当課 for 担当. */
static bool is_near(const struct hiku_results *r, const char *name)
{
    for (size_t i = 0; i < r->unknown_columns.n; i++) {
        const char *unknown = r->unknown_columns.items[i];
        if (strstr(name, unknown) != NULL || strstr(unknown, name) != NULL)
            return true;
    }
    return false;
}

/* Puts those that are near before the others; there may be hundreds. */
static void put_near_first(struct hiku_results *r)
{
    struct text_list *list = &r->columns;
    size_t n_near = 0;
    for (size_t i = 0; i < list->n; i++) {
        const char *name = list->items[i];
        if (!is_near(r, name))
            continue;
        memmove(list->items + n_near + 1, list->items + n_near, (i - n_near) * sizeof *list->items);
        list->items[n_near++] = name;
    }
}

static enum status look_for_columns(struct hiku_results *r)
{
    enum status st = session_check(r->db);
    if (st == ST_OK && r->n_total == 0)
        st = find_unknown(r);
    for (size_t i = 0; i < r->db->n_members && st == ST_OK && r->unknown_columns.n > 0; i++)
        st = list_columns(r, r->db->members[i].store);
    put_near_first(r);
    return st;
}

int hiku_results_columns(hiku_results *r, const char *const **unknown, size_t *n_unknown,
                         const char *const **known, size_t *n_known)
{
    enum status st = suggest_once(r, &r->has_columns, look_for_columns);
    if (st != ST_OK) {
        text_list_release(&r->unknown_columns);
        text_list_release(&r->columns);
    }
    *unknown = r->unknown_columns.items;
    *n_unknown = r->unknown_columns.n;
    *known = r->columns.items;
    *n_known = r->columns.n;
    return st == ST_OK ? HIKU_OK : session_fail(r->db, st);
}
