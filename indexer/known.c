/* What the index knows of one source. Interface: known.h. */
#include "indexer/known.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static struct known_record *find_slot(const struct known *known, uint64_t key)
{
    size_t i = (size_t)key & (known->cap - 1);
    while (known->slots[i].id != 0 && known->slots[i].key != key)
        i = (i + 1) & (known->cap - 1);
    return &known->slots[i];
}

static bool enlarge(struct known *known)
{
    struct known larger = {.cap = known->cap > 0 ? known->cap * 2 : 256, .n = known->n};
    larger.slots = calloc(larger.cap, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < known->cap; i++) {
        if (known->slots[i].id != 0)
            *find_slot(&larger, known->slots[i].key) = known->slots[i];
    }
    free(known->slots);
    *known = larger;
    return true;
}

static enum status add_row(struct known *known, sqlite3_stmt *stmt)
{
    if (known->n >= known->cap / 2 && !enlarge(known))
        return ST_NOMEM;
    const void *text = sqlite3_column_text(stmt, 1);
    size_t n_bytes = (size_t)sqlite3_column_bytes(stmt, 1);
    struct known_record record = {.key = hash_bytes(HASH_SEED, text != NULL ? text : "", n_bytes),
                                  .id = sqlite3_column_int64(stmt, 0),
                                  .hash = (uint64_t)sqlite3_column_int64(stmt, 2),
                                  .line = (size_t)sqlite3_column_int64(stmt, 3)};
    *find_slot(known, record.key) = record;
    known->n++;
    return ST_OK;
}

enum status known_load(struct known *known, struct writer *w, int64_t source_id,
                       struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    int rc = sqlite3_prepare_v2(w->db,
                                "SELECT id, key, hash, line FROM documents INDEXED BY "
                                "documents_by_source WHERE source_id = ?1",
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

struct known_record *known_find(const struct known *known, uint64_t key)
{
    if (known->cap == 0)
        return NULL;
    struct known_record *record = find_slot(known, key);
    return record->id != 0 ? record : NULL;
}

static int compare_ids(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

enum status known_remove_unseen(struct known *known, struct writer *w, uint64_t *n_removed,
                                struct error *error)
{
    enum status st = ST_OK;
    size_t n = 0;
    for (size_t i = 0; i < known->cap; i++)
        n += known->slots[i].id != 0 && !known->slots[i].seen;
    if (n == 0)
        return ST_OK;
    int64_t *ids = malloc(n * sizeof *ids);
    if (ids == NULL)
        return error_set(error, ST_NOMEM, _("out of memory"));
    n = 0;
    for (size_t i = 0; i < known->cap; i++) {
        if (known->slots[i].id != 0 && !known->slots[i].seen)
            ids[n++] = known->slots[i].id;
    }
    qsort(ids, n, sizeof *ids, compare_ids);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        st = writer_remove(w, ids[i], error);
        *n_removed += st == ST_OK;
    }
    free(ids);
    return st;
}

void known_release(struct known *known)
{
    free(known->slots);
    *known = (struct known){0};
}
