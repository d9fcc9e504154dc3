/* Finding lists of pairs in a segment. Interface: lists.h; the tables: hiku.db.5. */
#include "store/lists.h"

#include "base/array.h"
#include "store/directory.h"
#include "store/store.h"

#include <stdlib.h>

/* Longer than the lists of a segment can be, and short enough for sums not to overflow. */
#define MAX_BYTES (UINT64_C(1) << 40)

/* No list of a segment is longer than so many bytes for each of its units. */
#define UNIT_BYTES 16

void lists_close(struct store *store)
{
    sqlite3_blob_close(store->postings);
    store->postings = NULL;
}

/* Opens the row ROW of the table postings. Through a blob handle the bytes that are wanted are
 * copied once, where a statement copies the whole row first. SQLITE_ERROR: there is no such row. */
static int find_row(struct store *store, int64_t row)
{
    if (store->postings != NULL)
        return sqlite3_blob_reopen(store->postings, row);
    return sqlite3_blob_open(store->db, "main", "postings", "data", row, 0, &store->postings);
}

/* Appends from SKIP on what ROW has, at most N_BYTES, where it is the last and otherwise full. */
static int read_row(struct store *store, int64_t row, size_t skip, size_t n_bytes, bool is_last,
                    struct buf *out)
{
    int rc = find_row(store, row);
    if (rc != SQLITE_OK)
        return rc;
    size_t n_row = (size_t)sqlite3_blob_bytes(store->postings);
    if (n_row <= skip || (!is_last && n_row != POSTINGS_ROW_BYTES))
        return SQLITE_ERROR;
    size_t n = n_row - skip < n_bytes ? n_row - skip : n_bytes;
    rc = sqlite3_blob_read(store->postings, out->data + out->len, (int)n, (int)skip);
    out->len += rc == SQLITE_OK ? n : 0;
    return rc;
}

/* Reads N_BYTES from OFFSET on of the segment's lists, which are cut into rows of equal size. */
static enum status read_postings(struct store *store, const struct segment *segment,
                                 uint64_t offset, uint64_t n_bytes, struct buf *out,
                                 struct error *error)
{
    buf_clear(out);
    if (n_bytes == 0 || offset > MAX_BYTES || n_bytes / UNIT_BYTES > segment->n_units)
        return store_corrupt(store->path, error);
    if (!buf_reserve(out, (size_t)n_bytes))
        return error_set(error, ST_NOMEM, _("out of memory"));
    int64_t row = postings_row(segment->id, offset / POSTINGS_ROW_BYTES);
    int64_t last = postings_row(segment->id, (offset + n_bytes - 1) / POSTINGS_ROW_BYTES);
    size_t skip = (size_t)(offset % POSTINGS_ROW_BYTES);
    int rc = SQLITE_OK;
    for (; row <= last && rc == SQLITE_OK; row++, skip = 0)
        rc = read_row(store, row, skip, (size_t)n_bytes - out->len, row == last, out);
    if (rc != SQLITE_OK)
        lists_close(store);
    if (rc != SQLITE_OK && rc != SQLITE_ERROR)
        return store_sqlite_error(store->db, rc, store->path, error);
    return out->len == n_bytes ? ST_OK : store_corrupt(store->path, error);
}

/* The row of STMT. */
static struct directory open_row(sqlite3_stmt *stmt)
{
    const unsigned char *data = sqlite3_column_blob(stmt, 1);
    return directory_open(sqlite3_column_int64(stmt, 0), data,
                          (size_t)sqlite3_column_bytes(stmt, 1));
}

/* Goes to the list ID in the row that the index has for it, where it has one of the segment.
 * SQLite's code. */
static int read_directory(struct store *store, int64_t id, struct directory *d)
{
    sqlite3_stmt *stmt = store->statements[STORE_FIND_LIST];
    int rc = sqlite3_bind_int64(stmt, 1, id);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW &&
        row_segment(sqlite3_column_int64(stmt, 0)) == row_segment(id)) {
        directory_cache_add(&store->directories, sqlite3_column_int64(stmt, 0),
                            sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1));
        if (!directory_cache_find(&store->directories, id, d))
            *d = open_row(stmt);
        directory_seek(d, (uint64_t)id & LIST_NUMBER_MAX);
    }
    sqlite3_reset(stmt);
    return rc;
}

/* Finds the list of this NUMBER. */
static enum status find_list(struct store *store, const struct segment *segment, uint64_t number,
                             struct list_place *place, struct error *error)
{
    struct directory d = {.number = UINT64_MAX};
    int64_t id = postings_row(segment->id, number);
    int rc = SQLITE_ROW;
    if (directory_cache_find(&store->directories, id, &d))
        directory_seek(&d, number);
    else
        rc = read_directory(store, id, &d);
    *place = (struct list_place){0};
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return store_sqlite_error(store->db, rc, store->path, error);
    if (d.reader.bad || (d.number == number && d.n_bytes == 0))
        return store_corrupt(store->path, error);
    if (d.number == number)
        *place = (struct list_place){d.offset, d.n_bytes};
    return ST_OK;
}

/* Sets *LIST to the list of this NUMBER, with or without its bytes. */
static enum status locate(struct store *store, const struct segment *segment, uint64_t number,
                          struct cached_list **list, struct error *error)
{
    struct list_place place;
    int64_t row = postings_row(segment->id, number);
    if ((*list = list_cache_find(&store->lists, row)) != NULL)
        return ST_OK;
    enum status st = find_list(store, segment, number, &place, error);
    if (st == ST_OK && (*list = list_cache_add(&store->lists, row, place)) == NULL)
        st = error_set(error, ST_NOMEM, _("out of memory"));
    return st;
}

enum status segment_list(struct store *store, const struct segment *segment, uint64_t number,
                         struct packed_list *out, struct error *error)
{
    struct cached_list *list;
    enum status st = locate(store, segment, number, &list, error);
    if (st == ST_OK && !cached_list_is_read(list)) {
        struct buf bytes = BUF_INIT;
        st = read_postings(store, segment, list->place.offset, list->place.n_bytes, &bytes, error);
        if (st == ST_OK)
            list_cache_fill(&store->lists, list, &bytes);
        buf_release(&bytes);
    }
    if (st == ST_OK)
        *out = cached_list_bytes(list);
    return st;
}

enum status segment_pair(struct store *store, const struct segment *segment, uint16_t first,
                         uint16_t second, struct packed_list *out, struct error *error)
{
    return segment_list(store, segment, segment_pair_number(first, second), out, error);
}

enum status segment_pair_bytes(struct store *store, const struct segment *segment, uint16_t first,
                               uint16_t second, uint64_t *n_bytes, struct error *error)
{
    struct cached_list *list;
    enum status st = locate(store, segment, segment_pair_number(first, second), &list, error);
    *n_bytes = st == ST_OK ? list->place.n_bytes : 0;
    return st;
}

static enum status note_frequent(struct store *store, struct segment *s, struct directory d,
                                 struct error *error)
{
    while (directory_next(&d)) {
        if (d.number < FREQUENCY_LISTS)
            continue;
        if (!array_reserve(&s->frequent, &s->cap_frequent, s->n_frequent + 1, sizeof *s->frequent))
            return error_set(error, ST_NOMEM, _("out of memory"));
        s->frequent[s->n_frequent++] = d.number;
    }
    return d.reader.bad ? store_corrupt(store->path, error) : ST_OK;
}

enum status segment_load_frequent(struct store *store, struct segment *segment, struct error *error)
{
    sqlite3_stmt *stmt = store->statements[STORE_SCAN_LISTS];
    enum status st = ST_OK;
    segment->n_frequent = 0;
    int rc = sqlite3_bind_int64(stmt, 1, postings_row(segment->id, FREQUENCY_LISTS));
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 2, postings_row(segment->id, LIST_NUMBER_MAX));
    while (rc == SQLITE_OK && st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (row_segment(sqlite3_column_int64(stmt, 0)) == segment->id)
            st = note_frequent(store, segment, open_row(stmt), error);
        rc = SQLITE_OK;
    }
    sqlite3_reset(stmt);
    return st == ST_OK && rc != SQLITE_DONE ? store_sqlite_error(store->db, rc, store->path, error)
                                            : st;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static uint64_t frequencies_number(const uint16_t *units, size_t n_units)
{
    return FREQUENCY_LISTS + (n_units == 1 ? units[0] : segment_pair_number(units[0], units[1]));
}

bool segment_has_frequencies(const struct segment *segment, const uint16_t *units, size_t n_units)
{
    uint64_t number = frequencies_number(units, n_units);
    return segment->n_frequent > 0 && bsearch(&number, segment->frequent, segment->n_frequent,
                                              sizeof number, compare_numbers) != NULL;
}

enum status segment_frequencies(struct store *store, const struct segment *segment,
                                const uint16_t *units, size_t n_units, struct packed_list *out,
                                struct error *error)
{
    *out = (struct packed_list){0};
    if (!segment_has_frequencies(segment, units, n_units))
        return ST_OK;
    return segment_list(store, segment, frequencies_number(units, n_units), out, error);
}

struct walk {
    struct store *store;
    const struct segment *segment;
    uint64_t low;
    uint64_t high;
    segment_list_callback *each;
    void *context;
    struct buf lists;
    struct error *error;
};

/* Reads the lists that D, a copy of one at the first of them, leads to, in one piece. */
static enum status read_run(struct walk *w, struct directory d)
{
    uint64_t start = d.offset;
    do {
        if (d.number > w->high)
            break;
    } while (directory_next(&d));
    uint64_t end = d.reader.bad || d.number > w->high ? d.offset : d.offset + d.n_bytes;
    return read_postings(w->store, w->segment, start, end - start, &w->lists, w->error);
}

static enum status walk_row(struct walk *w, sqlite3_stmt *stmt)
{
    struct directory d = open_row(stmt);
    enum status st = ST_OK;
    bool more = directory_next(&d);
    while (more && d.number < w->low)
        more = directory_next(&d);
    if (more && d.number <= w->high) {
        uint64_t start = d.offset;
        st = read_run(w, d);
        for (; st == ST_OK && more && d.number <= w->high; more = directory_next(&d))
            st = w->each(w->context, d.number,
                         (const unsigned char *)w->lists.data + (d.offset - start),
                         (size_t)d.n_bytes);
    }
    return d.reader.bad ? store_corrupt(w->store->path, w->error) : st;
}

enum status segment_lists(struct store *store, const struct segment *segment, uint64_t low,
                          uint64_t high, segment_list_callback *each, void *context,
                          struct error *error)
{
    sqlite3_stmt *stmt = store->statements[STORE_SCAN_LISTS];
    struct walk w = {store, segment, low, high, each, context, BUF_INIT, error};
    enum status st = ST_OK;
    int rc = sqlite3_bind_int64(stmt, 1, postings_row(segment->id, low));
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_int64(stmt, 2, postings_row(segment->id, high));
    while (rc == SQLITE_OK && st == ST_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (row_segment(sqlite3_column_int64(stmt, 0)) == segment->id)
            st = walk_row(&w, stmt);
        rc = SQLITE_OK;
    }
    if (st == ST_OK && rc != SQLITE_DONE)
        st = store_sqlite_error(store->db, rc, store->path, error);
    else if (st == ST_CORRUPT)
        st = store_corrupt(store->path, error);
    else if (st == ST_NOMEM)
        st = error_set(error, st, _("out of memory"));
    sqlite3_reset(stmt);
    buf_release(&w.lists);
    return st;
}
