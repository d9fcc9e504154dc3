/* Columns that hold what neither title nor body has: 子育て課 is 担当課:子育て課. Interface:
 * suggest.h.
 *
 * A person does not know which of a table's columns a word stands in; words are looked for in title
 * and body alone. */
#include "search/suggest/suggest.h"

#include "dict/normalize.h"
#include "store/store_error.h"

#include <stdlib.h>
#include <string.h>

/* Rows are compared as they stand, not normalised: this reads all of them. The first comparison
 * spares taking apart the columns of the others. */
static const char holders[] = "SELECT DISTINCT e.key FROM documents AS d, json_each(d.columns) AS e"
                              " WHERE EXISTS (SELECT 1 FROM column_names)"
                              " AND instr(lower(d.columns), ?1) AND instr(lower(e.value), ?1)"
                              " LIMIT ?2";

/* Whether NAME, without blanks, is read as a column's name in NAME:TEXT. */
static bool may_be_asked_for(const char *name)
{
    return *name != '\0' && strchr("-(", *name) == NULL && strpbrk(name, ":|\"") == NULL &&
           strspn(name, "0123456789") < strlen(name);
}

enum status suggest_column_name(struct buf *typed, struct span name)
{
    struct normalized normal = NORMALIZED_INIT;
    enum status st = normalize(&normal, name.data, name.len);
    buf_clear(typed);
    for (size_t i = 0; st == ST_OK && i < normal.text.len; i++)
        if (normal.text.data[i] != ' ')
            buf_addc(typed, normal.text.data[i]);
    normalized_release(&normal);
    if (st != ST_OK || typed->len == 0 || !may_be_asked_for(typed->data))
        buf_clear(typed);
    return typed->failed ? ST_NOMEM : st;
}

static enum status add_column(struct span name, const char *text, char **found, size_t *n)
{
    struct buf query = BUF_INIT;
    enum status st = suggest_column_name(&query, name);
    if (st != ST_OK || query.len == 0) {
        buf_release(&query);
        return st;
    }
    buf_addf(&query, ":%s", text);
    found[*n] = buf_detach(&query);
    return found[*n] != NULL ? (++*n, ST_OK) : ST_NOMEM;
}

static enum status look_in_index(struct hiku_results *r, struct store *store, const char *text,
                                 char **found, size_t *n)
{
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    int rc = sqlite3_prepare_v2(store->db, holders, -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_text(stmt, 1, text, -1, SQLITE_STATIC);
        sqlite3_bind_int(stmt, 2, SUGGEST_MAX_COLUMNS);
        while (st == ST_OK && *n < SUGGEST_MAX_COLUMNS && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
            const char *name = (const char *)sqlite3_column_text(stmt, 0);
            struct span key = {name != NULL ? name : "", (size_t)sqlite3_column_bytes(stmt, 0)};
            st = add_column(key, text, found, n);
        }
    }
    sqlite3_finalize(stmt);
    if (rc != SQLITE_OK && rc != SQLITE_ROW && rc != SQLITE_DONE)
        return store_sqlite_error(store->db, rc, store->path, &r->db->error);
    return st;
}

enum status suggest_columns(struct hiku_results *r, const struct term *term,
                            char *found[SUGGEST_MAX_COLUMNS], size_t *n)
{
    const char *text = term->spellings[0].text;
    enum status st = session_check(r->db);
    *n = 0;
    if (term->prefix || term->fields != QUERY_ANY_FIELD || strpbrk(text, " :/") != NULL)
        return st;
    for (size_t i = 0; i < r->db->n_members && st == ST_OK && *n < SUGGEST_MAX_COLUMNS; i++)
        st = look_in_index(r, r->db->members[i].store, text, found, n);
    return st;
}
