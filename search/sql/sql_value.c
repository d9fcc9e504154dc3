/* Between SQLite's values and ours. Interface: sql.h. */
#include "search/sql/sql.h"

#include <string.h>

int sql_code(enum status st)
{
    switch (st) {
    case ST_OK:
        return SQLITE_OK;
    case ST_NOMEM:
        return SQLITE_NOMEM;
    case ST_BUSY:
        return SQLITE_BUSY;
    case ST_CORRUPT:
        return SQLITE_CORRUPT_VTAB;
    case ST_INTERRUPTED:
        return SQLITE_INTERRUPT;
    default:
        return SQLITE_ERROR;
    }
}

struct span sql_text(sqlite3_value *value)
{
    const char *data = (const char *)sqlite3_value_text(value);
    return (struct span){data, data != NULL ? (size_t)sqlite3_value_bytes(value) : 0};
}

void sql_result_text(sqlite3_context *context, const char *text, size_t n_bytes)
{
    sqlite3_result_text64(context, text, n_bytes, SQLITE_TRANSIENT, SQLITE_UTF8);
}

void sql_result_buf(sqlite3_context *context, struct buf *text)
{
    if (text->failed)
        sqlite3_result_error_nomem(context);
    else
        sql_result_text(context, text->data, text->len);
    buf_release(text);
}

void sql_result_status(sqlite3_context *context, enum status st, const struct error *error)
{
    if (st == ST_NOMEM)
        sqlite3_result_error_nomem(context);
    else if (st == ST_INPUT)
        sqlite3_result_error_toobig(context);
    else if (st == ST_INTERRUPTED)
        sqlite3_result_error_code(context, SQLITE_INTERRUPT);
    else if (st != ST_OK)
        sqlite3_result_error(context, error->message, -1);
}

int sql_table_error(sqlite3_vtab *table, enum status st, const char *message)
{
    sqlite3_free(table->zErrMsg);
    table->zErrMsg = message[0] != '\0' ? sqlite3_mprintf("%s", message) : NULL;
    return sql_code(st);
}

enum status sql_read_mode(sqlite3_value *value, int *mode, struct error *error)
{
    static const char *const names[] = {
        [HIKU_MODE_AUTO] = "auto", [HIKU_MODE_ANY] = "any", [HIKU_MODE_ALL] = "all"};
    const char *name = (const char *)sqlite3_value_text(value);
    if (name == NULL)
        return ST_OK;
    for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
        if (strcmp(name, names[i]) == 0) {
            *mode = i;
            return ST_OK;
        }
    }
    return error_set(error, ST_USAGE, _("no such mode: '%s'; use 'all', 'any' or 'auto'"), name);
}
