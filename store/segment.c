/* Loading segments. Interface: segment.h; the tables: hiku.db.5. */
#include "store/segment.h"

#include "base/fresh.h"
#include "dict/dates/dates.h"
#include "store/store.h"
#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

static size_t bounds_bytes(const struct segment *s)
{
    return (size_t)s->n_units / 8 + 1;
}

void segment_release(struct segment *s)
{
    free(s->memory);
    free(s->bounds);
    free(s->bounds_loaded);
    free(s->dead);
    free(s->dates);
    free(s->frequent);
}

/* Forgets what was loaded, in part too. */
static void empty_segment(struct segment *s)
{
    /* Of what is kept; an assignment from S itself misleads static analysis. */
    struct segment bare = {
        .id = s->id, .base = s->base, .n_docs = s->n_docs, .n_units = s->n_units};
    segment_release(s);
    memcpy(s, &bare, sizeof bare);
}

/* The last of `coarse`, and room for two behind it (note_coarse). */
static size_t coarse_room(const struct segment *s)
{
    return (size_t)s->n_units / SEGMENT_COARSE_STEP + 3;
}

/* One piece of memory for what is as large as the segment has documents. */
static bool allocate(struct segment *s)
{
    size_t n_pairs = (size_t)s->n_docs + SEGMENT_LENGTHS;
    size_t n_numbers = (size_t)s->n_docs * 2 + 1 + n_pairs * 2;
    s->memory = calloc(1, n_numbers * sizeof *s->starts + coarse_room(s) * sizeof *s->coarse);
    if (s->memory == NULL)
        return false;
    void *behind_norms = (unsigned char *)s->memory + n_pairs * 2 * sizeof *s->norms;
    s->norms = s->memory;
    s->starts = behind_norms;
    s->title_ends = s->starts + s->n_docs + 1;
    s->coarse = (uint16_t *)(s->title_ends + s->n_docs);
    fresh_memory(s->starts, (n_numbers - n_pairs * 2) * sizeof *s->starts +
                                coarse_room(s) * sizeof *s->coarse);
    return true;
}

/* Notes that document DOC begins at START and ends before END. Of each three documents two begin
 * within two multiples of SEGMENT_COARSE_STEP before they end: those are noted without asking, and
 * where they are wrong by the next. */
static inline void note_coarse(uint16_t *coarse, uint32_t doc, uint64_t start, uint64_t end)
{
    uint64_t at = (start + SEGMENT_COARSE_STEP - 1) / SEGMENT_COARSE_STEP;
    coarse[at] = coarse[at + 1] = (uint16_t)doc;
    for (at += 2; at * SEGMENT_COARSE_STEP < end; at++)
        coarse[at] = (uint16_t)doc;
}

/* Adds up what the documents that are not dead have. */
static void sum_live(struct segment *s)
{
    uint64_t title_units = 0, body_units = 0;
    uint32_t n_live = 0;
    for (uint32_t doc = 0; doc < s->n_docs; doc++) {
        if (segment_is_dead(s, doc))
            continue;
        n_live++;
        title_units += s->title_ends[doc] - s->starts[doc];
        body_units += s->starts[doc + 1] - s->title_ends[doc] - 2;
    }
    s->title_units = title_units;
    s->body_units = body_units;
    s->n_live = n_live;
}

static enum status read_lengths(struct segment *s, const void *data, size_t n_bytes)
{
    struct byte_reader r = {data, (const unsigned char *)data + n_bytes, false};
    uint64_t at = 0;
    if (!allocate(s))
        return ST_NOMEM;
    /* What is kept outside the segment need not be read anew for each document. */
    const uint32_t n_docs = s->n_docs, n_units = s->n_units;
    uint32_t *starts = s->starts, *title_ends = s->title_ends;
    uint16_t *coarse = s->coarse;
    for (uint32_t doc = 0; doc < n_docs; doc++) {
        uint64_t title, body, start = at;
        varint_read_two(&r, &title, &body);
        starts[doc] = (uint32_t)at;
        title_ends[doc] = (uint32_t)(at + title);
        at += title + body + 2;
        if (r.bad || title > n_units || body > n_units || at > n_units)
            return ST_CORRUPT;
        note_coarse(coarse, doc, start, at);
    }
    starts[n_docs] = (uint32_t)at;
    if (at != n_units)
        return ST_CORRUPT;
    sum_live(s);
    return ST_OK;
}

/* Notes which documents have been deleted, one row of the table dead for each. */
static enum status load_dead(struct store *store, struct segment *s, struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, "SELECT id FROM dead WHERE id >= ?1 AND id < ?2", -1,
                                &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 1, s->base);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 2, s->base + s->n_docs);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        if (s->dead == NULL)
            s->dead = calloc(1, ((size_t)s->n_docs + 7) / 8);
        if (s->dead == NULL)
            break;
        uint32_t doc = (uint32_t)(sqlite3_column_int64(stmt, 0) - s->base);
        s->dead[doc / 8] |= (unsigned char)(1U << doc % 8);
    }
    sqlite3_finalize(stmt);
    if (rc == SQLITE_OK)
        return error_set(error, ST_NOMEM, _("out of memory"));
    return rc == SQLITE_DONE ? ST_OK : store_sqlite_error(store->db, rc, store->path, error);
}

/* What is not read costs nothing: the system gives memory when it is written to. */
static enum status load_row(struct segment *s, sqlite3_stmt *stmt)
{
    s->bounds = calloc(1, bounds_bytes(s) + sizeof(uint64_t)); /* bounds_hold_word reads so many */
    s->bounds_loaded = calloc(segment_bounds_rows(s) + 1, sizeof *s->bounds_loaded);
    if (s->bounds == NULL || s->bounds_loaded == NULL)
        return ST_NOMEM;
    enum status st =
        read_lengths(s, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0));
    s->loaded = st == ST_OK;
    return st;
}

static enum status load_dates_row(struct segment *s, sqlite3_stmt *stmt)
{
    const unsigned char *data = sqlite3_column_blob(stmt, 0);
    struct byte_reader r = {data, data + sqlite3_column_bytes(stmt, 0), false};
    free(s->dates); /* of a row that was damaged */
    s->dates = malloc((size_t)s->n_docs * 2 * sizeof *s->dates);
    if (s->dates == NULL)
        return ST_NOMEM;
    int64_t before = 0;
    for (uint32_t doc = 0; doc < s->n_docs && !r.bad; doc++) {
        int64_t n_days = (int64_t)varint_read(&r);
        int64_t step = n_days > 0 ? unzigzag(varint_read(&r)) : 0;
        if (n_days < 0 || n_days > UINT32_MAX || step < -(int64_t)UINT32_MAX || step > UINT32_MAX)
            return ST_CORRUPT; /* what follows does not overflow */
        int64_t first = n_days > 0 ? before + step : DAY_NONE;
        int64_t last = n_days > 0 ? first + n_days - 1 : DAY_NONE;
        if (first < INT32_MIN || last > INT32_MAX)
            r.bad = true;
        if (n_days > 0)
            before = first;
        s->dates[(size_t)doc * 2] = (int32_t)first;
        s->dates[(size_t)doc * 2 + 1] = (int32_t)last;
    }
    s->dates_loaded = !r.bad;
    return r.bad ? ST_CORRUPT : ST_OK;
}

static enum status with_row(struct store *store, struct segment *s, const char *sql,
                            enum status (*load)(struct segment *, sqlite3_stmt *),
                            struct error *error)
{
    sqlite3_stmt *stmt = NULL;
    enum status st = ST_OK;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 1, s->id);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        st = load(s, stmt);
    } else if (rc == SQLITE_DONE) {
        rc = SQLITE_CORRUPT;
    }
    sqlite3_finalize(stmt);
    if (rc != SQLITE_OK)
        return store_sqlite_error(store->db, rc, store->path, error);
    if (st == ST_CORRUPT)
        return store_corrupt(store->path, error);
    return st == ST_OK ? ST_OK : error_set(error, st, _("out of memory"));
}

enum status segment_load(struct store *store, struct segment *segment, struct error *error)
{
    if (segment->loaded)
        return ST_OK;
    empty_segment(segment);
    enum status st = load_dead(store, segment, error);
    if (st == ST_OK)
        st = segment_load_frequent(store, segment, error);
    if (st == ST_OK)
        st =
            with_row(store, segment, "SELECT lengths FROM segments WHERE id = ?1", load_row, error);
    return st;
}

/* Takes the row of `bounds` that STMT is at; whether it is as long as it should be. */
static bool take_bounds(const struct segment *segment, size_t row, sqlite3_stmt *stmt)
{
    size_t at = row * BOUNDS_ROW_BYTES, left = bounds_bytes(segment) - at;
    size_t n_bytes = left < BOUNDS_ROW_BYTES ? left : BOUNDS_ROW_BYTES;
    bool whole = (size_t)sqlite3_column_bytes(stmt, 0) == n_bytes;
    if (whole)
        memcpy(segment->bounds + at, sqlite3_column_blob(stmt, 0), n_bytes);
    segment->bounds_loaded[row] = whole;
    return whole;
}

/* The status of reading that ended with RC. */
static enum status bounds_status(struct store *store, int rc, bool whole, struct error *error)
{
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return store_sqlite_error(store->db, rc, store->path, error);
    return whole ? ST_OK : store_corrupt(store->path, error);
}

enum status segment_load_bounds(struct store *store, const struct segment *segment,
                                uint64_t position, struct error *error)
{
    sqlite3_stmt *stmt = store->statements[STORE_READ_BOUNDS];
    size_t row = position / BOUNDS_ROW_BITS;
    if (position > segment->n_units)
        return store_corrupt(store->path, error);
    if (segment_has_bounds(segment, position))
        return ST_OK;
    int rc = sqlite3_bind_int64(stmt, 1, postings_row(segment->id, row));
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    bool whole = rc == SQLITE_ROW && take_bounds(segment, row, stmt);
    sqlite3_reset(stmt);
    return bounds_status(store, rc, whole, error);
}

enum status segment_load_all_bounds(struct store *store, const struct segment *segment,
                                    struct error *error)
{
    sqlite3_stmt *stmt = store->statements[STORE_SCAN_BOUNDS];
    size_t n_rows = segment_bounds_rows(segment), row = 0;
    bool *all_loaded = &segment->bounds_loaded[n_rows], whole = true;
    if (*all_loaded)
        return ST_OK;
    fresh_memory(segment->bounds, bounds_bytes(segment));
    int rc = sqlite3_bind_int64(stmt, 1, postings_row(segment->id, 0));
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 2, postings_row(segment->id, n_rows - 1));
    for (; rc == SQLITE_OK && whole && row < n_rows && (rc = sqlite3_step(stmt)) == SQLITE_ROW;
         rc = SQLITE_OK)
        whole = take_bounds(segment, row++, stmt);
    sqlite3_reset(stmt);
    *all_loaded = whole && row == n_rows;
    enum status st = bounds_status(store, rc == SQLITE_OK ? SQLITE_DONE : rc, *all_loaded, error);
    /* What was read is not read again: the next rows go where these pages were. */
    sqlite3_db_release_memory(store->db);
    return st;
}

enum status segment_load_dates(struct store *store, struct segment *segment, struct error *error)
{
    if (segment->dates_loaded)
        return ST_OK;
    return with_row(store, segment, "SELECT dates FROM segments WHERE id = ?1", load_dates_row,
                    error);
}
