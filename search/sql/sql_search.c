/* The table-valued function hiku_search(query, mode, db, ...). Interface: sql.h. */
#include "search/session.h"
#include "search/sql/sql.h"
#include "search/write/result_writer.h"

#include <stdlib.h>
#include <string.h>

enum {
    KEY,
    ID,
    SCORE,
    MATCH,
    DATE,
    TITLE,
    BODY,
    SNIPPET,
    SOURCE,
    LINE,
    LABEL,
    RANK,
    FIRST_ARGUMENT /* from here on hidden, in the order of enum sql_argument */
};

/* What xBestIndex tells xFilter besides the arguments that come, enum hiku_no_text: that no text is
 * asked for, so that highlights and snippets need not be made, or nothing of records but names. */
#define NO_TEXT_SHIFT SQL_N_ARGUMENTS
#define COLUMN(name) ((sqlite3_uint64)1 << (name))
#define TEXT_COLUMNS (COLUMN(TITLE) | COLUMN(BODY) | COLUMN(SNIPPET))
#define RECORD_COLUMNS (TEXT_COLUMNS | COLUMN(DATE) | COLUMN(SOURCE) | COLUMN(LINE) | COLUMN(LABEL))

struct cursor {
    sqlite3_vtab_cursor base; /* must be first */
    struct sql_handle *handle;
    hiku_results *results;
    const struct hiku_hit *hit; /* NULL: at the end */
};

static int table_connect(sqlite3 *db, void *connection, int n_args, const char *const *args,
                         sqlite3_vtab **out, char **message)
{
    static const char schema[] =
        "CREATE TABLE x(key TEXT, id TEXT, score REAL, match TEXT, date TEXT, title TEXT, "
        "body TEXT, snippet TEXT, source TEXT, line INTEGER, label TEXT, rank INTEGER, "
        "query TEXT HIDDEN, mode TEXT HIDDEN, db TEXT HIDDEN, exact INTEGER HIDDEN, "
        "words INTEGER HIDDEN, field TEXT HIDDEN, since TEXT HIDDEN, until TEXT HIDDEN, "
        "without TEXT HIDDEN, timeout INTEGER HIDDEN)";
    (void)n_args;
    (void)args;
    (void)message;
    return sql_table_connect(db, connection, schema, out);
}

static enum sql_argument argument_of(int column, int op)
{
    if (op == SQLITE_INDEX_CONSTRAINT_LIMIT)
        return SQL_ARG_LIMIT;
    if (op == SQLITE_INDEX_CONSTRAINT_OFFSET)
        return SQL_ARG_OFFSET;
    if (op != SQLITE_INDEX_CONSTRAINT_EQ || column < FIRST_ARGUMENT)
        return SQL_N_ARGUMENTS;
    return (enum sql_argument)(column - FIRST_ARGUMENT);
}

/* Hits come by rank. */
static bool is_our_order(const sqlite3_index_info *info)
{
    return info->nOrderBy == 1 && !info->aOrderBy[0].desc &&
           (info->aOrderBy[0].iColumn == RANK || info->aOrderBy[0].iColumn < 0);
}

/* The enum hiku_no_text that gives the columns USED, a bit each. */
static int no_text_for(sqlite3_uint64 used)
{
    if ((used & RECORD_COLUMNS) == 0)
        return HIKU_IDS_ONLY;
    return (used & TEXT_COLUMNS) == 0 ? HIKU_NO_TEXT : HIKU_WHOLE;
}

static int table_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    int constraint_of[SQL_N_ARGUMENTS]; /* from 1 on; 0: none */
    bool others = false;
    memset(constraint_of, 0, sizeof constraint_of);
    for (int i = 0; i < info->nConstraint; i++) {
        enum sql_argument a = argument_of(info->aConstraint[i].iColumn, info->aConstraint[i].op);
        if (a == SQL_N_ARGUMENTS || constraint_of[a] > 0)
            others = true;
        else if (info->aConstraint[i].usable)
            constraint_of[a] = i + 1;
        else if (a < SQL_ARG_LIMIT)
            return SQLITE_CONSTRAINT;
    }
    info->orderByConsumed = is_our_order(info);
    /* Where SQLite drops or sorts rows itself, the first ones are not enough. */
    if (others || (info->nOrderBy > 0 && !info->orderByConsumed))
        constraint_of[SQL_ARG_LIMIT] = constraint_of[SQL_ARG_OFFSET] = 0;
    int n = 0;
    for (int a = 0; a < SQL_N_ARGUMENTS; a++) {
        if (constraint_of[a] == 0)
            continue;
        info->aConstraintUsage[constraint_of[a] - 1].argvIndex = ++n;
        info->aConstraintUsage[constraint_of[a] - 1].omit = a < SQL_ARG_LIMIT;
        info->idxNum |= 1 << a;
    }
    info->idxNum |= no_text_for(info->colUsed) << NO_TEXT_SHIFT;
    info->estimatedCost = constraint_of[SQL_ARG_QUERY] > 0 ? 1000 : 1e12;
    info->estimatedRows = 1000;
    return SQLITE_OK;
}

static int cursor_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    (void)table;
    struct cursor *c = calloc(1, sizeof *c);
    if (c == NULL)
        return SQLITE_NOMEM;
    *out = &c->base;
    return SQLITE_OK;
}

/* Also ends the results' read transaction, which a writer waits for. */
static void cursor_end(struct cursor *c)
{
    hiku_results_free(c->results);
    sql_handle_put(c->handle);
    c->results = NULL;
    c->handle = NULL;
    c->hit = NULL;
}

static int cursor_close(sqlite3_vtab_cursor *cursor)
{
    cursor_end((struct cursor *)cursor);
    free(cursor);
    return SQLITE_OK;
}

static int cursor_next(sqlite3_vtab_cursor *cursor)
{
    struct cursor *c = (struct cursor *)cursor;
    int rc = hiku_results_next(c->results, &c->hit);
    if (rc != HIKU_OK)
        rc = sql_table_error(cursor->pVtab, (enum status)rc, hiku_error(c->handle->index));
    if (c->hit == NULL)
        cursor_end(c);
    return rc;
}

/* Runs the search. It ends with the calling statement: SQLite's own connection to the index knows
 * neither of an interrupt nor of a progress handler there. */
static enum status search(struct cursor *c, struct sql_connection *connection, struct span query,
                          const struct hiku_search_options *options, struct error *error)
{
    hiku *index = c->handle->index;
    struct sql_watch watch = {.db = connection->db};
    session_watch(index, sql_watch_is_stopped, &watch);
    enum status st = (enum status)hiku_search(index, query.data, query.len, options, &c->results);
    session_watch(index, NULL, NULL);
    sql_watch_end(&watch);
    return st == ST_OK ? st : error_set(error, st, "%s", hiku_error(index));
}

static enum status start(struct cursor *c, sqlite3_value *const *args, int no_text,
                         struct error *error)
{
    struct sql_connection *connection = ((struct sql_table *)c->base.pVtab)->connection;
    struct hiku_search_options options = HIKU_SEARCH_OPTIONS_INIT;
    options.no_text = no_text;
    if (args[SQL_ARG_QUERY] == NULL)
        return error_set(error, ST_USAGE,
                         _("hiku_search needs a query: SELECT * FROM hiku_search('夜間')"));
    enum status st = sql_read_arguments(args, &options, error);
    struct span query = sql_text(args[SQL_ARG_QUERY]);
    if (st != ST_OK || query.data == NULL)
        return st;
    const char *path = args[SQL_ARG_DB] != NULL ? sql_text(args[SQL_ARG_DB]).data : NULL;
    st = sql_handle_get(connection, path, &c->handle, error);
    return st == ST_OK ? search(c, connection, query, &options, error) : st;
}

static int cursor_filter(sqlite3_vtab_cursor *cursor, int given, const char *unused, int n_args,
                         sqlite3_value **values)
{
    (void)unused;
    struct cursor *c = (struct cursor *)cursor;
    sqlite3_value *args[SQL_N_ARGUMENTS] = {NULL};
    struct error error = {0};
    cursor_end(c);
    for (int a = 0, i = 0; a < SQL_N_ARGUMENTS && i < n_args; a++) {
        if (given & 1 << a)
            args[a] = values[i++];
    }
    enum status st = start(c, args, given >> NO_TEXT_SHIFT, &error);
    if (st == ST_OK && c->results != NULL)
        return cursor_next(cursor);
    cursor_end(c);
    return st == ST_OK ? SQLITE_OK : sql_table_error(cursor->pVtab, st, error.message);
}

static int cursor_eof(sqlite3_vtab_cursor *cursor)
{
    return ((const struct cursor *)cursor)->hit == NULL;
}

static void result_long_text(sqlite3_context *context, const struct hiku_text *text)
{
    sql_result_text(context, text->data, text->len);
}

static int cursor_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
    const struct hiku_hit *hit = ((const struct cursor *)cursor)->hit;
    const struct hiku_record *r = &hit->record;
    const char *date = r->date[0] != '\0' ? r->date : NULL;
    const char *texts[FIRST_ARGUMENT] = {
        [KEY] = r->key,       [ID] = r->id,
        [DATE] = date,        [MATCH] = result_match_name(hit->match),
        [SOURCE] = r->source, [LABEL] = r->label};
    if (column == TITLE || column == BODY)
        result_long_text(context, column == TITLE ? &r->title : &r->body);
    else if (column == SNIPPET)
        result_long_text(context, &hit->snippet);
    else if (column == SCORE)
        sqlite3_result_double(context, hit->score);
    else if (column == LINE)
        sqlite3_result_int64(context, r->line);
    else if (column == RANK)
        sqlite3_result_int64(context, (sqlite3_int64)hit->rank);
    else if (column < FIRST_ARGUMENT && texts[column] != NULL)
        sql_result_text(context, texts[column], strlen(texts[column]));
    return SQLITE_OK;
}

static int cursor_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
    *rowid = (sqlite3_int64)((const struct cursor *)cursor)->hit->rank;
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

enum status sql_register_search(struct sql_connection *c)
{
    return sql_register_table(c, "hiku_search", &module);
}
