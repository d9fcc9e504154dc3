/* Giving functions and tables to a connection. Interface: sql.h. */
#include "search/sql/sql.h"

#include <stdlib.h>

enum status sql_register_all(struct sql_connection *c, const struct sql_function *functions,
                             size_t n)
{
    for (size_t i = 0; i < n; i++) {
        /* SQLite ends the hold also when it fails. */
        if (sqlite3_create_function_v2(c->db, functions[i].name, functions[i].n_args,
                                       functions[i].flags, sql_connection_hold(c),
                                       functions[i].call, NULL, NULL,
                                       sql_connection_drop) != SQLITE_OK)
            return ST_NOMEM;
    }
    return ST_OK;
}

enum status sql_register_table(struct sql_connection *c, const char *name,
                               const sqlite3_module *module)
{
    int rc =
        sqlite3_create_module_v2(c->db, name, module, sql_connection_hold(c), sql_connection_drop);
    return rc == SQLITE_OK ? ST_OK : ST_NOMEM;
}

int sql_table_connect(sqlite3 *db, struct sql_connection *c, const char *schema, sqlite3_vtab **out)
{
    int rc = sqlite3_declare_vtab(db, schema);
    if (rc != SQLITE_OK)
        return rc;
    struct sql_table *t = calloc(1, sizeof *t);
    if (t == NULL)
        return SQLITE_NOMEM;
    t->connection = c;
    *out = &t->base;
    return SQLITE_OK;
}

int sql_table_disconnect(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

enum status sql_register(sqlite3 *db, struct error *error)
{
    struct sql_connection *c;
    enum status st = sql_connection_open(&c, db, error);
    if (st != ST_OK)
        return st;
    st = sql_register_fts5(c, error);
    if (st == ST_OK)
        st = sql_register_functions(c);
    if (st == ST_OK)
        st = sql_register_marking(c);
    if (st == ST_OK)
        st = sql_register_search(c);
    if (st == ST_OK)
        st = sql_register_tokens(c);
    if (st == ST_NOMEM)
        error_set(error, st, _("out of memory"));
    sql_connection_drop(c);
    return st;
}
