/* The records that the index has of one source. Interface: known_records.h. */
#include "indexer/sources/known_records.h"

#include "base/array.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static uint32_t place_hash(const char *part, size_t n_bytes, int64_t page)
{
    uint64_t hash = hash_bytes(hash_bytes(HASH_SEED, part, n_bytes), &page, sizeof page);
    return (uint32_t)(hash ^ hash >> 32);
}

/* The slot that has KEY or, where none has, will get it. */
static uint32_t *find_slot(const struct known_records *known, uint64_t key)
{
    size_t i = (size_t)key & (known->n_slots - 1);
    while (known->slots[i] != 0 && known->records[known->slots[i] - 1].key != key)
        i = (i + 1) & (known->n_slots - 1);
    return &known->slots[i];
}

static bool enlarge_slots(struct known_records *known)
{
    size_t n_slots = known->n_slots > 0 ? known->n_slots * 2 : 256;
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return false;
    free(known->slots);
    known->slots = slots;
    known->n_slots = n_slots;
    for (size_t i = 0; i < known->n; i++)
        *find_slot(known, known->records[i].key) = (uint32_t)(i + 1);
    return true;
}

enum { ID, KEY, HASH, FIRST_LINE, PART, PAGE };

static enum status add_row(struct known_records *known, sqlite3_stmt *stmt)
{
    if (known->n == UINT32_MAX ||
        !array_reserve(&known->records, &known->cap, known->n + 1, sizeof *known->records) ||
        (known->n >= known->n_slots / 2 && !enlarge_slots(known)))
        return ST_NOMEM;
    const char *key = (const char *)sqlite3_column_text(stmt, KEY);
    size_t key_len = (size_t)sqlite3_column_bytes(stmt, KEY);
    const char *part = (const char *)sqlite3_column_text(stmt, PART);
    size_t part_len = (size_t)sqlite3_column_bytes(stmt, PART);
    if (key == NULL || part == NULL) /* columns that are never NULL */
        return ST_NOMEM;
    struct known_record record = {.key = hash_bytes(HASH_SEED, key, key_len),
                                  .id = sqlite3_column_int64(stmt, ID),
                                  .hash = (uint64_t)sqlite3_column_int64(stmt, HASH),
                                  .first_line = sqlite3_column_int64(stmt, FIRST_LINE),
                                  .place =
                                      place_hash(part, part_len, sqlite3_column_int64(stmt, PAGE))};
    known->records[known->n++] = record;
    *find_slot(known, record.key) = (uint32_t)known->n;
    return ST_OK;
}

enum status known_records_load(struct known_records *known, struct writer *w, int64_t source_id,
                               struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    int rc = sqlite3_prepare_v2(w->db,
                                "SELECT id, key, hash, first_line, part, page FROM documents "
                                "INDEXED BY documents_by_source WHERE source_id = ?1 ORDER BY id",
                                -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 1, source_id);
    while (rc == SQLITE_OK && st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        st = add_row(known, stmt);
        rc = SQLITE_OK;
    }
    if (st == ST_NOMEM)
        error_set(error, st, _("out of memory"));
    else if (rc != SQLITE_DONE)
        st = writer_error(w, rc, error);
    sqlite3_finalize(stmt);
    return st;
}

struct known_record *known_records_find(const struct known_records *known, uint64_t key)
{
    uint32_t slot = known->n_slots > 0 ? *find_slot(known, key) : 0;
    return slot != 0 ? &known->records[slot - 1] : NULL;
}

enum status known_record_compare(struct known_record *record, struct writer *w, struct document *d,
                                 bool *same, bool *moved, struct error *error)
{
    d->old_id = record->id;
    *same = record->hash == d->hash;
    record->replaced = !*same;
    record->line = (int64_t)d->line;
    *moved = *same && record->place != place_hash(d->part.data, d->part.len, (int64_t)d->page);
    if (!*moved)
        return ST_OK;
    record->first_line = record->line;
    return writer_move(w, record->id, d, error);
}

enum status known_records_remove_unseen(const struct known_records *known, struct writer *w,
                                        uint64_t *n_removed, struct error *error)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < known->n && st == ST_OK; i++) {
        if (known->records[i].seen)
            continue;
        st = writer_remove(w, known->records[i].id, error);
        *n_removed += st == ST_OK;
    }
    return st;
}

void known_records_release(struct known_records *known)
{
    free(known->records);
    free(known->slots);
    *known = (struct known_records){0};
}
