/* Finding rows of the table documents one after the other. Interface: store.h.
 *
 * To begin and to end a statement takes SQLite longer than to find a row. So one goes on for the
 * whole transaction: of a table joined to itself, the outer row is one that can be asked for, and
 * a function tells which. */
#include "store/store.h"

#define SELECT_ASKED(columns)                                                                      \
    "SELECT " columns " FROM documents AS x CROSS JOIN documents AS d ON d.id = hiku_asked_row()"

/* Tells SQLite's loop the row that is asked for, once: when it comes again there was none. */
static void call_asked_row(sqlite3_context *context, int n_args, sqlite3_value **args)
{
    struct store *store = sqlite3_user_data(context);
    (void)n_args;
    (void)args;
    if (store->row_is_asked)
        sqlite3_result_int64(context, store->asked_row);
    else
        sqlite3_result_error_code(context, SQLITE_CORRUPT);
    store->row_is_asked = false;
}

static int prepare(struct store *store, enum store_row which)
{
    static const char *const sql[STORE_N_ROWS] = {
        [STORE_ROW_TEXTS] = SELECT_ASKED("d.title, d.body"),
        [STORE_ROW_NAMES] = SELECT_ASKED("d.key, d.own_number"),
    };
    if (store->rows[which] != NULL)
        return SQLITE_OK;
    int rc = SQLITE_OK;
    if (!store->tells_row) /* SQLite takes no function anew while a statement runs */
        rc = sqlite3_create_function_v2(store->db, "hiku_asked_row", 0, SQLITE_UTF8, store,
                                        call_asked_row, NULL, NULL, NULL);
    if (rc != SQLITE_OK)
        return rc;
    store->tells_row = true;
    return sqlite3_prepare_v3(store->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT,
                              &store->rows[which], NULL);
}

static int step(struct store *store, enum store_row which, int64_t id)
{
    store->asked_row = id;
    store->row_is_asked = true;
    return sqlite3_step(store->rows[which]);
}

enum status store_find_row(struct store *store, enum store_row which, int64_t id,
                           sqlite3_stmt **row, struct error *error)
{
    int rc = prepare(store, which);
    if (rc == SQLITE_OK)
        rc = step(store, which, id);
    *row = store->rows[which];
    if (rc == SQLITE_DONE) { /* as many were asked for as there are */
        sqlite3_reset(*row);
        rc = step(store, which, id);
    }
    if (rc == SQLITE_ROW)
        return ST_OK;
    sqlite3_reset(*row);
    return store_sqlite_error(store->db, rc == SQLITE_DONE ? SQLITE_CORRUPT : rc, store->path,
                              error);
}
