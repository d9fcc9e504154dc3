/* The index that is there before a run. Interface: old_index.h. */
#include "indexer/old_index.h"

#include "store/store.h"

/* A write-ahead log that another program has asked for would outlive the file that it belongs to
 * and be taken for its successor's. */
static int leave_wal(sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, "PRAGMA journal_mode=DELETE", -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

/* A file that is too damaged to be locked, or read-only, has no writer to be kept out. The lock
 * also rolls back what a writer that was killed left in the journal. */
static enum status lock(struct old_index *old, const char *path, struct error *error)
{
    int rc = leave_wal(old->db);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(old->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    return (rc & 0xFF) == SQLITE_BUSY ? store_sqlite_error(old->db, rc, path, error) : ST_OK;
}

enum status old_index_open(struct old_index *old, const char *path, bool full, int busy_ms,
                           struct error *error)
{
    struct error why;
    *old = (struct old_index){.rebuild = true};
    enum status st = store_check_file(path, error);
    if (st != ST_OK)
        return st == ST_MISSING ? ST_OK : st;
    st = store_connect(&old->db, path, SQLITE_OPEN_READWRITE, busy_ms, error);
    if (st != ST_OK)
        return st;
    st = store_check_format(old->db, path, &why);
    old->older = st == ST_OLDER;
    old->rebuild = full || old->older;
    bool replaceable = st == ST_OK || st == ST_OLDER || st == ST_CORRUPT || st == ST_NEWER;
    if (st != ST_OK && (!old->rebuild || !replaceable))
        return error_set(error, st, "%s", why.message);
    return old->rebuild ? lock(old, path, error) : ST_OK;
}

void old_index_close(struct old_index *old)
{
    sqlite3_close(old->db);
    *old = (struct old_index){0};
}
