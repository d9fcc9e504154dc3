/* A segment's text, put together again from its lists. Interface: segment_text.h. */
#include "store/segment_text.h"

#include "store/postings.h"
#include "store/varint.h"

/* Writes the first unit of a pair at each of its places. */
static bool place_list(const struct segment *s, uint16_t unit, const unsigned char *data,
                       size_t n_bytes, uint16_t *units)
{
    struct postings p;
    uint32_t chunk[POSTINGS_CHUNK];
    size_t n;
    postings_open(&p, data, n_bytes);
    while ((n = postings_next(&p, 0, chunk)) > 0) {
        for (size_t i = 0; i < n; i++) {
            if (chunk[i] >= s->n_units)
                return false;
            units[chunk[i]] = unit;
        }
    }
    return !p.bad;
}

static bool place_row(const struct segment *s, uint32_t first_pair, const unsigned char *data,
                      size_t n_bytes, uint16_t *units)
{
    struct reader r = {data, data + n_bytes, false};
    uint64_t pair = first_pair;
    while (r.at < r.end) {
        pair += varint_read(&r);
        uint64_t length = varint_read(&r);
        if (r.bad || pair > UINT32_MAX || length > (uint64_t)(r.end - r.at) ||
            !place_list(s, (uint16_t)(pair >> 16), r.at, (size_t)length, units))
            return false;
        r.at += length;
    }
    return true;
}

enum status segment_text(struct store *store, const struct segment *segment, uint16_t *units,
                         struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(
        store->db, "SELECT id, data FROM postings WHERE id >= ?1 AND id < ?2", -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 1, postings_row(segment->id, 0, 0));
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 2, postings_row(segment->id + 1, 0, 0));
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
        rc = place_row(segment, (uint32_t)sqlite3_column_int64(stmt, 0),
                       sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1), units)
                 ? SQLITE_OK
                 : SQLITE_CORRUPT;
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? ST_OK : store_sqlite_error(store->db, rc, store->path, error);
}
