/* hiku_query, hiku_normalize, hiku_date, hiku_version, hiku_check. Interface: sql.h. */
#include "search/sql/sql.h"

#include "dict/dates/dates.h"

#include <string.h>

static void call_query(sqlite3_context *context, int n_args, sqlite3_value **args)
{
    struct sql_connection *c = sqlite3_user_data(context);
    struct error error = {0};
    struct span text = sql_text(args[0]);
    int mode = HIKU_MODE_ALL;
    if (text.data == NULL)
        return;
    enum status st = n_args > 1 ? sql_read_mode(args[1], &mode, &error) : ST_OK;
    if (st == ST_OK && mode == HIKU_MODE_AUTO)
        st = error_set(&error, ST_USAGE, _("no such mode here: 'auto'; use 'all' or 'any'"));
    struct buf out = BUF_INIT;
    struct sql_watch watch = {.db = c->db};
    if (st == ST_OK)
        st = sql_match_string(text, mode == HIKU_MODE_ANY, c->tokenizer, &watch, &out);
    sql_watch_end(&watch);
    if (st == ST_OK)
        sql_result_buf(context, &out);
    else
        sql_result_status(context, st, &error);
    buf_release(&out);
}

static void call_normalize(sqlite3_context *context, int n_args, sqlite3_value **args)
{
    (void)n_args;
    struct normalized n = NORMALIZED_INIT;
    struct span text = sql_text(args[0]);
    if (text.data == NULL)
        return;
    enum status st = normalize(&n, text.data, text.len);
    if (st == ST_OK)
        sql_result_text(context, n.text.data, n.text.len);
    else
        sql_result_status(context, st, NULL);
    normalized_release(&n);
}

static void call_date(sqlite3_context *context, int n_args, sqlite3_value **args)
{
    struct date_range range;
    char day[16];
    struct span text = sql_text(args[0]);
    const char *which = n_args > 1 ? (const char *)sqlite3_value_text(args[1]) : "start";
    if (text.data == NULL || which == NULL)
        return;
    bool end = strcmp(which, "end") == 0;
    if (!end && strcmp(which, "start") != 0) {
        sqlite3_result_error(context, _("hiku_date gives 'start' or 'end' of a period"), -1);
        return;
    }
    if (!date_parse(text.data, text.len, &range))
        return;
    date_format(end ? range.last : range.first, day);
    sql_result_text(context, day, strlen(day));
}

static void call_version(sqlite3_context *context, int n_args, sqlite3_value **args)
{
    (void)n_args;
    (void)args;
    sqlite3_result_text(context, hiku_version(), -1, SQLITE_STATIC);
}

static void call_check(sqlite3_context *context, int n_args, sqlite3_value **args)
{
    (void)n_args;
    (void)args;
    struct error error = {0};
    const char *answer =
        sql_check_dictionary(sqlite3_user_data(context), &error) == ST_OK ? "ok" : error.message;
    sql_result_text(context, answer, strlen(answer));
}

enum status sql_register_functions(struct sql_connection *c)
{
    static const struct sql_function functions[] = {
        {"hiku_query", 1, SQL_PURE, call_query},
        {"hiku_query", 2, SQL_PURE, call_query},
        {"hiku_normalize", 1, SQL_PURE, call_normalize},
        {"hiku_date", 1, SQL_PURE, call_date},
        {"hiku_date", 2, SQL_PURE, call_date},
        {"hiku_version", 0, SQL_PURE, call_version},
        {"hiku_check", 0, SQLITE_UTF8, call_check},
    };
    return sql_register_all(c, functions, sizeof functions / sizeof *functions);
}
