/* Building a segment in memory and writing it. Interface: segment_builder.h. */
#include "indexer/segment_builder.h"

#include "store/postings.h"
#include "store/store.h"
#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

/* Rows that say where lists are have about this size: some 300 lists, which are read one by one. */
#define DIRECTORY_ROW_BYTES 900

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
    if (n > b->cap_units) {
        size_t cap = b->cap_units * 2 > n ? b->cap_units * 2 : n + 4096;
        uint16_t *units = realloc(b->units, cap * sizeof *units);
        if (units == NULL)
            return false;
        b->units = units;
        b->cap_units = cap;
    }
    if (n / 8 + 1 > b->cap_bounds) {
        size_t cap = b->cap_units / 8 + 1;
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

enum status segment_builder_add(struct segment_builder *b, const struct document *d)
{
    size_t n = (size_t)d->n_title_units + d->n_body_units + 2;
    if (!reserve(b, n))
        return ST_NOMEM;
    if (b->n_docs == 0)
        b->base = d->id;
    memcpy(b->units + b->n_units, d->units, n * sizeof *d->units);
    for (size_t i = 0; i < d->n_bounds; i++) {
        size_t bit = b->n_units + d->bounds[i];
        b->bounds[bit / 8] |= (unsigned char)(1U << bit % 8);
    }
    varint_add(&b->lengths, d->n_title_units);
    varint_add(&b->lengths, d->n_body_units);
    add_dates(b, d->dates);
    b->n_units += n;
    b->n_docs++;
    return b->lengths.failed || b->dates.failed ? ST_NOMEM : ST_OK;
}

/* Lists on their way into the tables. */
struct row_writer {
    sqlite3_stmt *insert_postings;
    sqlite3_stmt *insert_lists;
    int64_t segment;
    struct buf postings;    /* lists, one behind the other, not yet written */
    struct buf directory;   /* a row that says where lists are */
    struct buf list;        /* the one being packed */
    uint64_t n_bytes;       /* of all lists so far */
    uint64_t n_rows;        /* of postings written */
    uint32_t first, before; /* pairs: the directory row's first and last */
    int rc;
};

static void insert_row(struct row_writer *w, sqlite3_stmt *insert, uint64_t number,
                       const char *data, size_t n_bytes)
{
    if (w->rc != SQLITE_OK)
        return;
    sqlite3_bind_int64(insert, 1, postings_row(w->segment, number));
    sqlite3_bind_blob64(insert, 2, data, n_bytes, SQLITE_STATIC);
    int rc = sqlite3_step(insert);
    w->rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
    sqlite3_reset(insert);
}

/* Writes what fills rows of postings; at the END also the rest. */
static void write_postings(struct row_writer *w, bool end)
{
    size_t at = 0, left;
    while ((left = w->postings.len - at) >= POSTINGS_ROW_BYTES || (end && left > 0)) {
        size_t n = left < POSTINGS_ROW_BYTES ? left : POSTINGS_ROW_BYTES;
        insert_row(w, w->insert_postings, w->n_rows++, w->postings.data + at, n);
        at += n;
    }
    if (at > 0) {
        memmove(w->postings.data, w->postings.data + at, left);
        w->postings.len = left;
    }
}

static void write_directory(struct row_writer *w)
{
    if (w->directory.failed)
        w->rc = SQLITE_NOMEM;
    if (w->directory.len > 0)
        insert_row(w, w->insert_lists, w->first, w->directory.data, w->directory.len);
    buf_clear(&w->directory);
}

static void add_list(struct row_writer *w, uint32_t pair, const uint32_t *positions, size_t n)
{
    buf_clear(&w->list);
    postings_encode(&w->list, positions, n);
    if (w->list.failed)
        w->rc = SQLITE_NOMEM;
    if (w->directory.len >= DIRECTORY_ROW_BYTES)
        write_directory(w);
    if (w->directory.len == 0) {
        w->first = w->before = pair;
        varint_add(&w->directory, w->n_bytes);
    }
    varint_add(&w->directory, pair - w->before);
    varint_add(&w->directory, w->list.len);
    w->before = pair;
    buf_append(&w->postings, w->list.data, w->list.len);
    w->n_bytes += w->list.len;
    if (w->postings.len >= POSTINGS_ROW_BYTES)
        write_postings(w, false);
}

/* Sorts keys whose high half is the second unit and whose low half is the position, already in
 * order, by the high half: two passes of a radix sort keep equal ones in order. */
static void sort_by_second(uint64_t *keys, uint64_t *spare, size_t n)
{
    for (unsigned shift = 32; shift <= 40; shift += 8) {
        size_t at[257] = {0};
        for (size_t i = 0; i < n; i++)
            at[(keys[i] >> shift & 0xFF) + 1]++;
        for (size_t i = 1; i < 257; i++)
            at[i] += at[i - 1];
        for (size_t i = 0; i < n; i++)
            spare[at[keys[i] >> shift & 0xFF]++] = keys[i];
        uint64_t *swap = keys;
        keys = spare;
        spare = swap;
    }
}

/* A few keys are sorted quicker by insertion. */
static void sort_few(uint64_t *keys, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint64_t key = keys[i];
        size_t k = i;
        for (; k > 0 && keys[k - 1] > key; k--)
            keys[k] = keys[k - 1];
        keys[k] = key;
    }
}

struct sorter {
    const uint16_t *units;
    uint32_t *positions; /* of all pairs, grouped by their first unit, ascending in each group */
    uint64_t *keys;      /* room for the largest group, twice */
    uint64_t *spare;
};

/* Writes the lists of one group: all pairs that begin with FIRST. */
static void write_group(struct row_writer *w, struct sorter *s, uint32_t first, size_t from,
                        size_t to)
{
    size_t n = to - from;
    for (size_t i = 0; i < n; i++) {
        uint32_t position = s->positions[from + i];
        s->keys[i] = (uint64_t)s->units[position + 1] << 32 | position;
    }
    if (n <= 24)
        sort_few(s->keys, n);
    else
        sort_by_second(s->keys, s->spare, n);
    uint32_t *list = s->positions + from;
    for (size_t i = 0; i < n; i++)
        list[i] = (uint32_t)s->keys[i];
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && s->keys[end] >> 32 == s->keys[i] >> 32)
            end++;
        add_list(w, first << 16 | (uint32_t)(s->keys[i] >> 32), list + i, end - i);
        i = end;
    }
}

/* Groups all positions by the unit there (a counting sort), then each group by the unit behind. */
static enum status write_lists(struct segment_builder *b, struct row_writer *w)
{
    enum status st = ST_NOMEM;
    struct sorter s = {.units = b->units};
    size_t *ends = calloc(65537, sizeof *ends);
    s.positions = malloc(b->n_units * sizeof *s.positions);
    if (ends == NULL || s.positions == NULL)
        goto done;
    for (size_t i = 0; i < b->n_units; i++)
        ends[b->units[i] + 1]++;
    size_t largest = 0;
    for (size_t i = 2; i <= 65536; i++)
        largest = ends[i] > largest ? ends[i] : largest;
    ends[1] = 0; /* unit 0 ends a text and begins no pair */
    for (size_t i = 1; i <= 65536; i++)
        ends[i] += ends[i - 1];
    s.keys = malloc((largest + 1) * sizeof *s.keys);
    s.spare = malloc((largest + 1) * sizeof *s.spare);
    if (s.keys == NULL || s.spare == NULL)
        goto done;
    for (size_t i = 0; i < b->n_units; i++) {
        if (b->units[i] != 0)
            s.positions[ends[b->units[i]]++] = (uint32_t)i;
    }
    for (uint32_t first = 1; first < 65536 && w->rc == SQLITE_OK; first++) {
        if (ends[first] > ends[first - 1])
            write_group(w, &s, first, ends[first - 1], ends[first]);
    }
    write_directory(w);
    write_postings(w, true);
    st = w->postings.failed || w->directory.failed || w->list.failed ? ST_NOMEM : ST_OK;
done:
    free(ends);
    free(s.positions);
    free(s.keys);
    free(s.spare);
    return st;
}

static int write_segment_row(struct segment_builder *b, sqlite3 *db, int64_t id)
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

static int write_bounds(const struct segment_builder *b, sqlite3 *db, int64_t id)
{
    sqlite3_stmt *stmt = NULL;
    size_t n_bytes = b->n_units / 8 + 1;
    int rc = sqlite3_prepare_v2(db, "INSERT INTO bounds(id, data) VALUES(?1, ?2)", -1, &stmt, NULL);
    for (size_t row = 0; row * BOUNDS_ROW_BYTES < n_bytes && rc == SQLITE_OK; row++) {
        size_t at = row * BOUNDS_ROW_BYTES, left = n_bytes - at;
        sqlite3_bind_int64(stmt, 1, postings_row(id, row));
        sqlite3_bind_blob64(stmt, 2, b->bounds + at,
                            left < BOUNDS_ROW_BYTES ? left : BOUNDS_ROW_BYTES, SQLITE_STATIC);
        rc = sqlite3_step(stmt);
        rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
        sqlite3_reset(stmt);
    }
    int final = sqlite3_finalize(stmt);
    return rc != SQLITE_OK ? rc : final;
}

static void empty(struct segment_builder *b)
{
    if (b->bounds != NULL)
        memset(b->bounds, 0, b->cap_bounds);
    b->n_docs = 0;
    b->n_units = 0;
    b->date_before = 0;
    buf_clear(&b->lengths);
    buf_clear(&b->dates);
}

enum status segment_builder_write(struct segment_builder *b, sqlite3 *db, int64_t id, int *rc)
{
    *rc = SQLITE_OK;
    if (b->n_docs == 0)
        return ST_OK;
    struct row_writer w = {
        .segment = id, .postings = BUF_INIT, .directory = BUF_INIT, .list = BUF_INIT};
    enum status st = ST_OK;
    *rc = sqlite3_prepare_v2(db, "INSERT INTO postings(id, data) VALUES(?1, ?2)", -1,
                             &w.insert_postings, NULL);
    if (*rc == SQLITE_OK)
        *rc = sqlite3_prepare_v2(db, "INSERT INTO lists(id, data) VALUES(?1, ?2)", -1,
                                 &w.insert_lists, NULL);
    if (*rc == SQLITE_OK)
        st = write_lists(b, &w);
    if (*rc == SQLITE_OK)
        *rc = w.rc;
    sqlite3_finalize(w.insert_postings);
    sqlite3_finalize(w.insert_lists);
    buf_release(&w.postings);
    buf_release(&w.directory);
    buf_release(&w.list);
    if (*rc == SQLITE_OK && st == ST_OK)
        *rc = write_segment_row(b, db, id);
    if (*rc == SQLITE_OK && st == ST_OK)
        *rc = write_bounds(b, db, id);
    empty(b);
    return *rc != SQLITE_OK ? ST_IO : st;
}
