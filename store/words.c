/* Reading the vocabulary. Interface: words.h. */
#include "store/words.h"

/* Calls EACH for the rows of STMT: word, count, and where KEY is asked for the reading. The caller
 * resets STMT. */
static enum status walk(struct store *store, sqlite3_stmt *stmt, const char **key, each_word *each,
                        void *context, struct error *error)
{
    enum status st = ST_OK;
    int rc = SQLITE_DONE;
    while (st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *surface = (const char *)sqlite3_column_text(stmt, 0);
        int len = sqlite3_column_bytes(stmt, 0);
        if (key != NULL)
            *key = (const char *)sqlite3_column_text(stmt, 2);
        if (surface == NULL || (key != NULL && *key == NULL))
            return store_corrupt(store->path, error);
        st = each(context, surface, (size_t)len, sqlite3_column_int64(stmt, 1));
    }
    if (st == ST_OK && rc != SQLITE_DONE)
        st = store_sqlite_error(store->db, rc, store->path, error);
    return st;
}

enum status store_words_by_reading(struct store *store, const char *key, size_t n_bytes, int limit,
                                   each_word *each, void *context, struct error *error)
{
    sqlite3_stmt **stmt = &store->find_words;
    int rc = SQLITE_OK;
    if (*stmt == NULL) /* few searches need it */
        rc = sqlite3_prepare_v3(store->db,
                                "SELECT surface, n FROM vocabulary WHERE reading = ?1 "
                                "ORDER BY n DESC, surface LIMIT ?2",
                                -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
    if (rc != SQLITE_OK)
        return store_sqlite_error(store->db, rc, store->path, error);
    sqlite3_bind_text64(*stmt, 1, key, n_bytes, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int(*stmt, 2, limit);
    enum status st = walk(store, *stmt, NULL, each, context, error);
    sqlite3_reset(*stmt);
    return st;
}

enum status store_all_words(struct store *store, const char **key, each_word *each, void *context,
                            struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, "SELECT surface, n, reading FROM vocabulary", -1, &stmt,
                                NULL);
    enum status st = rc == SQLITE_OK ? walk(store, stmt, key, each, context, error)
                                     : store_sqlite_error(store->db, rc, store->path, error);
    sqlite3_finalize(stmt);
    return st;
}
