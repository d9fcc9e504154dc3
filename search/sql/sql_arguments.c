/* The arguments of hiku_search(). Interface: sql.h. */
#include "search/sql/sql.h"

#include <limits.h>
#include <string.h>

/* Rows beyond LIMIT and OFFSET need not be sorted. */
static size_t rows_wanted(sqlite3_value *const *args)
{
    if (args[SQL_ARG_LIMIT] == NULL)
        return 0;
    sqlite3_int64 limit = sqlite3_value_int64(args[SQL_ARG_LIMIT]);
    sqlite3_int64 offset =
        args[SQL_ARG_OFFSET] != NULL ? sqlite3_value_int64(args[SQL_ARG_OFFSET]) : 0;
    offset = offset > 0 ? offset : 0;
    return limit <= 0 || offset > INT64_MAX - limit ? 0 : (size_t)(limit + offset);
}

static bool is_given(sqlite3_value *value)
{
    return value != NULL && sqlite3_value_type(value) != SQLITE_NULL;
}

/* A whole number from 0 to MAX. */
static enum status read_number(sqlite3_value *value, const char *name, int max, int *number,
                               struct error *error)
{
    if (!is_given(value))
        return ST_OK;
    sqlite3_int64 n = sqlite3_value_int64(value);
    if (sqlite3_value_numeric_type(value) != SQLITE_INTEGER || n < 0 || n > max) {
        const char *text = (const char *)sqlite3_value_text(value);
        return error_set(error, ST_USAGE,
                         max == 1 ? _("no such value for %s of hiku_search: '%s'; use 1 or 0")
                                  : _("no such value for %s of hiku_search: '%s'; use a whole "
                                      "number of milliseconds"),
                         name, text != NULL ? text : "");
    }
    *number = (int)n;
    return ST_OK;
}

static enum status read_field(sqlite3_value *value, int *field, struct error *error)
{
    static const char *const names[] = {
        [HIKU_FIELD_ANY] = "any", [HIKU_FIELD_TITLE] = "title", [HIKU_FIELD_BODY] = "body"};
    if (!is_given(value))
        return ST_OK;
    const char *name = (const char *)sqlite3_value_text(value);
    for (int i = 0; name != NULL && i < (int)(sizeof names / sizeof *names); i++) {
        if (strcmp(name, names[i]) == 0) {
            *field = i;
            return ST_OK;
        }
    }
    return error_set(error, ST_USAGE, _("no such field: '%s'; use 'title', 'body' or 'any'"),
                     name != NULL ? name : "");
}

static const char *read_text(sqlite3_value *value)
{
    return value != NULL ? sql_text(value).data : NULL;
}

enum status sql_read_arguments(sqlite3_value *const *args, struct hiku_search_options *options,
                               struct error *error)
{
    enum status st = ST_OK;
    options->limit = rows_wanted(args);
    options->since = read_text(args[SQL_ARG_SINCE]);
    options->until = read_text(args[SQL_ARG_UNTIL]);
    options->without = read_text(args[SQL_ARG_WITHOUT]);
    if (args[SQL_ARG_MODE] != NULL)
        st = sql_read_mode(args[SQL_ARG_MODE], &options->mode, error);
    if (st == ST_OK)
        st = read_number(args[SQL_ARG_EXACT], "exact", 1, &options->exact, error);
    if (st == ST_OK)
        st = read_number(args[SQL_ARG_WORDS], "words", 1, &options->words, error);
    if (st == ST_OK)
        st = read_number(args[SQL_ARG_TIMEOUT], "timeout", INT_MAX, &options->timeout_ms, error);
    return st == ST_OK ? read_field(args[SQL_ARG_FIELD], &options->field, error) : st;
}
