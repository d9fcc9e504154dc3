/* The table-valued function hiku_tokens(text). Interface: sql.h. */
#include "search/sql/sql.h"

#include <stdlib.h>
#include <string.h>

enum { POSITION, SURFACE, BASE, READING, POS, START, END, TEXT };

struct cursor {
    sqlite3_vtab_cursor base; /* must be first */
    struct normalized normalized;
    struct tokens tokens;
    size_t at;
};

static int table_connect(sqlite3 *db, void *connection, int n_args, const char *const *args,
                         sqlite3_vtab **out, char **message)
{
    static const char schema[] = "CREATE TABLE x(position INTEGER, surface TEXT, base TEXT, "
                                 "reading TEXT, pos TEXT, start INTEGER, \"end\" INTEGER, "
                                 "text TEXT HIDDEN)";
    (void)n_args;
    (void)args;
    (void)message;
    int rc = sql_table_connect(db, connection, schema, out);
    if (rc == SQLITE_OK)
        sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    return rc;
}

static int table_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = 1e12;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != TEXT ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        if (!info->aConstraint[i].usable)
            return SQLITE_CONSTRAINT;
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->estimatedCost = 100;
        info->idxNum = 1;
        break;
    }
    return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    (void)table;
    struct cursor *c = calloc(1, sizeof *c);
    if (c == NULL)
        return SQLITE_NOMEM;
    c->normalized = (struct normalized)NORMALIZED_INIT;
    *out = &c->base;
    return SQLITE_OK;
}

static int cursor_close(sqlite3_vtab_cursor *cursor)
{
    struct cursor *c = (struct cursor *)cursor;
    normalized_release(&c->normalized);
    tokens_release(&c->tokens);
    free(c);
    return SQLITE_OK;
}

static int cursor_filter(sqlite3_vtab_cursor *cursor, int has_text, const char *unused, int n_args,
                         sqlite3_value **args)
{
    (void)unused;
    (void)n_args;
    struct cursor *c = (struct cursor *)cursor;
    struct sql_table *t = (struct sql_table *)cursor->pVtab;
    c->at = c->tokens.n = 0;
    if (!has_text)
        return sql_table_error(cursor->pVtab, ST_USAGE,
                               _("hiku_tokens needs a text: hiku_tokens('児童相談所')"));
    struct span text = sql_text(args[0]);
    if (text.data == NULL)
        return SQLITE_OK;
    enum status st = normalize(&c->normalized, text.data, text.len);
    if (st == ST_OK)
        st = tokenizer_cut(t->connection->tokenizer, c->normalized.text.data,
                           c->normalized.text.len, &c->tokens);
    return st == ST_INPUT ? SQLITE_TOOBIG : sql_code(st);
}

static int cursor_next(sqlite3_vtab_cursor *cursor)
{
    ((struct cursor *)cursor)->at++;
    return SQLITE_OK;
}

static int cursor_eof(sqlite3_vtab_cursor *cursor)
{
    const struct cursor *c = (const struct cursor *)cursor;
    return c->at >= c->tokens.n;
}

static void result_span(sqlite3_context *context, struct span s)
{
    sql_result_text(context, s.data != NULL ? s.data : "", s.len);
}

static int cursor_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    const struct cursor *c = (const struct cursor *)cursor;
    const struct analyzer *a = ((const struct sql_table *)cursor->pVtab)->connection->analyzer;
    const struct token *t = &c->tokens.items[c->at];
    struct span surface = {c->normalized.text.data + t->start, t->end - t->start};
    struct span base = token_base(a, t);
    size_t start, end;
    normalized_range(&c->normalized, t->start, t->end, &start, &end);
    if (column == POSITION && !(t->flags & TOKEN_SYMBOL))
        sqlite3_result_int64(context, t->position);
    else if (column == SURFACE)
        result_span(context, surface);
    else if (column == BASE)
        result_span(context, base.len > 0 ? base : surface);
    else if (column == READING)
        result_span(context, token_reading(a, t));
    else if (column == POS)
        result_span(context, token_pos(a, t));
    else if (column == START || column == END)
        sqlite3_result_int64(context, (sqlite3_int64)(column == START ? start : end));
    return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = (sqlite3_int64)((const struct cursor *)cursor)->at + 1;
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = table_connect,
    .xDisconnect = sql_table_disconnect,
    .xBestIndex = table_plan,
    .xOpen = cursor_open,
    .xClose = cursor_close,
    .xFilter = cursor_filter,
    .xNext = cursor_next,
    .xEof = cursor_eof,
    .xColumn = cursor_column,
    .xRowid = cursor_rowid,
};

enum status sql_register_tokens(struct sql_connection *c)
{
    return sql_register_table(c, "hiku_tokens", &module);
}
