/* Reading the vocabulary. Interface: words.h. */
#include "store/words.h"

#include "base/cheapest.h"

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

/* A word among the most frequent ones. */
struct found {
    double cost; /* first: cheapest.h; the less, the more frequent */
    int64_t n;
    size_t surface, len; /* in best.surfaces */
};

/* The most frequent words so far. */
struct best {
    struct found items[WORDS_MAX];
    size_t n;
    struct buf surfaces;
};

static enum status keep_best(void *context, const char *surface, size_t len, int64_t n)
{
    struct best *best = context;
    struct found word = {-(double)n, n, best->surfaces.len, len};
    size_t at = cheapest_place(best->items, best->n, sizeof word, word.cost);
    if (at == WORDS_MAX)
        return ST_OK;
    buf_append(&best->surfaces, surface, len);
    cheapest_insert(best->items, &best->n, WORDS_MAX, sizeof word, at, &word);
    return best->surfaces.failed ? ST_NOMEM : ST_OK;
}

/* Finds words of one reading by the order of the table's key. To have SQLite sort by frequency
 * would cost several times as much, since it makes a table for that first, and most readings that
 * are asked for are no word's. */
static enum status find_best(struct store *store, const char *key, size_t n_bytes,
                             struct best *best, struct error *error)
{
    sqlite3_stmt **stmt = &store->find_words;
    int rc = SQLITE_OK;
    if (*stmt == NULL) /* few searches need it */
        rc = sqlite3_prepare_v3(store->db,
                                "SELECT surface, n FROM vocabulary WHERE reading = ?1 "
                                "ORDER BY surface",
                                -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
    if (rc != SQLITE_OK)
        return store_sqlite_error(store->db, rc, store->path, error);
    sqlite3_bind_text64(*stmt, 1, key, n_bytes, SQLITE_STATIC, SQLITE_UTF8);
    enum status st = walk(store, *stmt, NULL, keep_best, best, error);
    sqlite3_reset(*stmt);
    return st == ST_NOMEM ? error_set(error, st, _("out of memory")) : st;
}

enum status store_words_by_reading(struct store *store, const char *key, size_t n_bytes,
                                   each_word *each, void *context, struct error *error)
{
    struct best best = {.surfaces = BUF_INIT};
    enum status st = find_best(store, key, n_bytes, &best, error);
    for (size_t i = 0; i < best.n && st == ST_OK; i++) {
        const struct found *word = &best.items[i];
        st = each(context, best.surfaces.data + word->surface, word->len, word->n);
    }
    buf_release(&best.surfaces);
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
