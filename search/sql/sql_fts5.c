/* What FTS5 gets: the tokenizer and the ranking function. Interface: sql.h. */
#include "search/sql/sql.h"

#include "dict/fts5_tokenizer.h"

#include <stdlib.h>

/* The tokenizer as fts5_tokenizer.h registers it, behind a look at the dictionary. */
struct guarded {
    struct sql_connection *connection;
    fts5_tokenizer methods;
    void *context;
};

/* A MATCH on an index that another dictionary cut would give wrong answers without a word. FTS5 has
 * no way to say why a tokenizer refuses: hiku_check() tells. */
static int guarded_create(void *context, const char **args, int n_args, Fts5Tokenizer **out)
{
    struct guarded *g = context;
    *out = NULL;
    enum status st = sql_check_dictionary(g->connection, NULL);
    if (st != ST_OK)
        return sql_code(st);
    return g->methods.xCreate(g->context, args, n_args, out);
}

static void guarded_free(void *context)
{
    struct guarded *g = context;
    sql_connection_drop(g->connection);
    free(g);
}

static enum status guard(struct sql_connection *c, fts5_api *api)
{
    struct guarded *g = calloc(1, sizeof *g);
    if (g == NULL)
        return ST_NOMEM;
    /* Asked for by name, the tokenizer registered last is the one that FTS5 gives. */
    int rc = api->xFindTokenizer(api, "hiku", &g->context, &g->methods);
    fts5_tokenizer outer = g->methods;
    outer.xCreate = guarded_create;
    g->connection = sql_connection_hold(c);
    if (rc == SQLITE_OK)
        rc = api->xCreateTokenizer(api, "hiku", g, &outer, guarded_free);
    if (rc != SQLITE_OK)
        guarded_free(g);
    return rc == SQLITE_OK ? ST_OK : ST_NOMEM;
}

enum status sql_register_fts5(struct sql_connection *c, struct error *error)
{
    enum status st = fts5_tokenizer_register(c->db, c->analyzer, NULL, error);
    if (st != ST_OK)
        return st;
    fts5_api *api = fts5_find_api(c->db);
    if (api == NULL)
        return ST_NOMEM;
    st = guard(c, api);
    if (st == ST_OK && api->xCreateFunction(api, "hiku_rank", NULL, sql_rank, NULL) != SQLITE_OK)
        st = ST_NOMEM;
    return st;
}
