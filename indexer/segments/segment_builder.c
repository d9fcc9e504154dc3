/* Building a segment in memory and writing it. Interface: segment_builder.h. */
#include "indexer/segments/segment_builder.h"

#include "base/array.h"
#include "store/store.h"
#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

void segment_builder_init(struct segment_builder *b)
{
    *b = (struct segment_builder){.max_units = SEGMENT_MAX_UNITS};
    buf_init(&b->lengths);
    buf_init(&b->dates);
}

void segment_builder_release(struct segment_builder *b)
{
    free(b->units);
    free(b->bounds);
    buf_release(&b->lengths);
    buf_release(&b->dates);
    segment_builder_init(b);
}

bool segment_builder_is_full(const struct segment_builder *b, const struct document *d)
{
    size_t n_units = (size_t)d->n_title_units + d->n_body_units + 2;
    return b->n_docs > 0 && (b->n_docs >= SEGMENT_MAX_DOCS || b->n_units + n_units > b->max_units ||
                             d->id != b->base + b->n_docs);
}

static bool reserve(struct segment_builder *b, size_t n_more)
{
    size_t n = b->n_units + n_more;
    if (!array_reserve(&b->units, &b->cap_units, n, sizeof *b->units))
        return false;
    if (n / 8 + 2 > b->cap_bounds) {
        size_t cap = b->cap_units / 8 + 2;
        unsigned char *bounds = realloc(b->bounds, cap);
        if (bounds == NULL)
            return false;
        memset(bounds + b->cap_bounds, 0, cap - b->cap_bounds);
        b->bounds = bounds;
        b->cap_bounds = cap;
    }
    return true;
}

static void add_dates(struct segment_builder *b, struct date_range dates)
{
    if (dates.first == DAY_NONE) {
        varint_add(&b->dates, 0);
        return;
    }
    varint_add(&b->dates, (uint64_t)((int64_t)dates.last - dates.first + 1));
    varint_add(&b->dates, zigzag((int64_t)dates.first - b->date_before));
    b->date_before = dates.first;
}

/* Appends N bits. */
static void add_bounds(struct segment_builder *b, const unsigned char *bits, size_t n)
{
    unsigned char *to = b->bounds + b->n_units / 8;
    unsigned shift = b->n_units % 8;
    for (size_t i = 0; i <= n / 8; i++) {
        unsigned byte = bits[i];
        if (i == n / 8)
            byte &= (1U << n % 8) - 1;
        to[i] |= (unsigned char)(byte << shift);
        to[i + 1] |= (unsigned char)(byte << shift >> 8);
    }
}

enum status segment_builder_add(struct segment_builder *b, const struct document *d)
{
    size_t n = (size_t)d->n_title_units + d->n_body_units + 2;
    if (!reserve(b, n))
        return ST_NOMEM;
    if (b->n_docs == 0)
        b->base = d->id;
    memcpy(b->units + b->n_units, d->units, n * sizeof *d->units);
    add_bounds(b, d->bounds, n);
    varint_add(&b->lengths, d->n_title_units);
    varint_add(&b->lengths, d->n_body_units);
    add_dates(b, d->dates);
    b->n_units += n;
    b->n_docs++;
    return b->lengths.failed || b->dates.failed ? ST_NOMEM : ST_OK;
}

struct segment_texts segment_builder_texts(const struct segment_builder *b)
{
    return (struct segment_texts){.units = b->units,
                                  .n_units = b->n_units,
                                  .bounds = b->bounds,
                                  .lengths = &b->lengths,
                                  .n_docs = b->n_docs};
}

static int write_segment_row(const struct segment_builder *b, sqlite3 *db, int64_t id)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db,
                                "INSERT INTO segments(id, base, n_docs, n_units, lengths, dates) "
                                "VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                                -1, &stmt, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_int64(stmt, 1, id);
        sqlite3_bind_int64(stmt, 2, b->base);
        sqlite3_bind_int64(stmt, 3, b->n_docs);
        sqlite3_bind_int64(stmt, 4, (int64_t)b->n_units);
        sqlite3_bind_blob64(stmt, 5, b->lengths.data, b->lengths.len, SQLITE_STATIC);
        sqlite3_bind_blob64(stmt, 6, b->dates.data, b->dates.len, SQLITE_STATIC);
        rc = sqlite3_step(stmt);
        rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
    }
    int final = sqlite3_finalize(stmt);
    return rc != SQLITE_OK ? rc : final;
}

static int insert_row(sqlite3_stmt *stmt, int64_t id, const char *data, size_t n_bytes)
{
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_blob64(stmt, 2, data, n_bytes, SQLITE_STATIC);
    int rc = sqlite3_step(stmt);
    sqlite3_reset(stmt);
    return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Cuts N_BYTES into rows of ROW_BYTES, the last of what is left. */
static int write_rows(sqlite3 *db, const char *insert, int64_t segment, const char *data,
                      size_t n_bytes, size_t row_bytes)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, insert, -1, &stmt, NULL);
    uint64_t number = 0;
    for (size_t at = 0; at < n_bytes && rc == SQLITE_OK; at += row_bytes) {
        size_t n = n_bytes - at < row_bytes ? n_bytes - at : row_bytes;
        rc = insert_row(stmt, postings_row(segment, number++), data + at, n);
    }
    int final = sqlite3_finalize(stmt);
    return rc != SQLITE_OK ? rc : final;
}

static int write_directory(sqlite3 *db, int64_t segment, const struct packed_lists *lists)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(db, "INSERT INTO lists(id, data) VALUES(?1, ?2)", -1, &stmt, NULL);
    for (size_t i = 0; i < lists->n_rows && rc == SQLITE_OK; i++) {
        const struct packed_row *row = &lists->rows[i];
        rc = insert_row(stmt, postings_row(segment, row->first), lists->directory.data + row->at,
                        row->n_bytes);
    }
    int final = sqlite3_finalize(stmt);
    return rc != SQLITE_OK ? rc : final;
}

void segment_builder_drop_units(struct segment_builder *b)
{
    free(b->units);
    b->units = NULL;
    b->cap_units = 0;
}

void segment_builder_empty(struct segment_builder *b)
{
    if (b->bounds != NULL)
        memset(b->bounds, 0, b->cap_bounds);
    b->n_docs = 0;
    b->n_units = 0;
    b->date_before = 0;
    buf_clear(&b->lengths);
    buf_clear(&b->dates);
}

int segment_builder_write(const struct segment_builder *b, const struct packed_lists *lists,
                          sqlite3 *db, int64_t id)
{
    int rc = write_rows(db, "INSERT INTO postings(id, data) VALUES(?1, ?2)", id,
                        lists->postings.data, lists->postings.len, POSTINGS_ROW_BYTES);
    if (rc == SQLITE_OK)
        rc = write_directory(db, id, lists);
    if (rc == SQLITE_OK)
        rc = write_segment_row(b, db, id);
    if (rc == SQLITE_OK)
        rc = write_rows(db, "INSERT INTO bounds(id, data) VALUES(?1, ?2)", id,
                        (const char *)b->bounds, b->n_units / 8 + 1, BOUNDS_ROW_BYTES);
    return rc;
}
