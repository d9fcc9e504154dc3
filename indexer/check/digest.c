/* One number for all that an index holds. Interface: digest.h. */
#include "indexer/check/digest.h"

#include "base/hash.h"
#include "store/schema.h"

/* A NULL and an empty text differ. */
static uint64_t add_column(uint64_t hash, sqlite3_stmt *stmt, int column)
{
    int type = sqlite3_column_type(stmt, column);
    hash = hash_bytes(hash, &type, sizeof type);
    const void *data = sqlite3_column_text(stmt, column);
    return hash_bytes(hash, data != NULL ? data : "", (size_t)sqlite3_column_bytes(stmt, column));
}

enum status index_digest(struct store *store, uint64_t *digest, struct error *error)
{
    static const char sql[] =
        "SELECT d.key, s.name, s.label, d.number, d.line, d.date_text, d.date, d.date_end, "
        "d.title, d.body, d.columns "
        "FROM records d JOIN sources s ON s.id = d.source_id ORDER BY d.key";
    sqlite3_stmt *stmt = NULL;
    struct buf fingerprint = BUF_INIT;
    enum status st = store_meta(store->db, store->path, META_FINGERPRINT, &fingerprint, error);
    *digest = hash_bytes(HASH_SEED, fingerprint.data, fingerprint.len);
    buf_release(&fingerprint);
    if (st != ST_OK)
        return st;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++)
            *digest = add_column(*digest, stmt, i);
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? ST_OK : store_sqlite_error(store->db, rc, store->path, error);
}
