/* Rows that say where lists are. Interface: directory.h. */
#include "store/directory.h"

#include "base/array.h"
#include "store/lists.h"

#include <stdlib.h>
#include <string.h>

/* Longer than the lists of a segment can be, and short enough for sums not to overflow. */
#define MAX_LISTS_BYTES (UINT64_C(1) << 40)
/* More rows than this takes are not kept: those of a million records need half of it. */
#define MAX_BYTES ((size_t)8 << 20)
#define MAX_ROW_BYTES 65536 /* the indexer writes a thousand */
/* A row that is kept can be read from each list on that has as many before it, or a multiple. */
#define STEP 64
#define STEP_MIN_BYTES ((size_t)2 * STEP)

struct kept_directory {
    int64_t first; /* id: of the row, and of its first list */
    int64_t last;  /* of its last list */
    size_t n_bytes;
    size_t n_points;
    struct directory points[]; /* then the row itself */
};

struct directory directory_open(int64_t id, const unsigned char *data, size_t n_bytes)
{
    struct directory d = {.reader = {data, data + n_bytes, false}};
    d.number = (uint64_t)id & LIST_NUMBER_MAX;
    d.offset = varint_read(&d.reader);
    return d;
}

bool directory_next(struct directory *d)
{
    if (d->reader.bad || d->reader.at == d->reader.end)
        return false;
    d->offset += d->n_bytes;
    d->number += varint_read(&d->reader);
    d->n_bytes = varint_read(&d->reader);
    if (d->number > LIST_NUMBER_MAX || d->n_bytes > MAX_LISTS_BYTES || d->offset > MAX_LISTS_BYTES)
        d->reader.bad = true;
    return !d->reader.bad;
}

/* Reads a number of one or two bytes at *AT; false: it is longer. */
static inline bool read_short(const unsigned char **at, uint64_t *value)
{
    const unsigned char *bytes = *at;
    bool two = bytes[0] >= 0x80;
    *value = two ? (bytes[0] & 0x7FU) | (uint64_t)bytes[1] << 7 : bytes[0];
    *at += two ? 2 : 1;
    return !two || bytes[1] < 0x80;
}

/* Goes past lists below this NUMBER, N at most, as long as they say in a byte or two each which
 * they are and how long: nearly all of the hundreds of a row do. How many they were. */
static size_t skip(struct directory *d, uint64_t number, size_t n)
{
    size_t n_left = n;
    const unsigned char *at = d->reader.at, *next = at, *end = d->reader.end;
    uint64_t further, n_bytes, at_number = d->number, offset = d->offset, last = d->n_bytes;
    while (n_left > 0 && end - at >= 4 && read_short(&next, &further) &&
           at_number + further < number && read_short(&next, &n_bytes)) {
        at_number += further;
        offset += last;
        last = n_bytes;
        at = next;
        n_left--;
    }
    d->reader.at = at;
    d->number = at_number;
    d->offset = offset;
    d->n_bytes = last;
    return n - n_left;
}

void directory_seek(struct directory *d, uint64_t number)
{
    do
        skip(d, number, SIZE_MAX);
    while (directory_next(d) && d->number < number);
}

void directory_cache_clear(struct directory_cache *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->rows[i]);
    free(c->rows);
    *c = (struct directory_cache){0};
}

/* How many rows have ids up to ID. */
static size_t count_up_to(const struct directory_cache *c, int64_t id)
{
    size_t low = 0, high = c->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->rows[middle]->first <= id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool directory_cache_find(const struct directory_cache *c, int64_t id, struct directory *d)
{
    size_t n = count_up_to(c, id);
    const struct kept_directory *row = n > 0 ? c->rows[n - 1] : NULL;
    if (row == NULL || id > row->last)
        return false;
    size_t point = row->n_points - 1;
    while (point > 0 && row->points[point].number >= ((uint64_t)id & LIST_NUMBER_MAX))
        point--;
    *d = row->points[point];
    return true;
}

/* Reads ROW, of which the bytes are at DATA, once. False when it is damaged. */
static bool note_points(struct kept_directory *row, const unsigned char *data)
{
    struct directory d = directory_open(row->first, data, row->n_bytes);
    bool more = true;
    while (more) {
        row->points[row->n_points++] = d;
        for (size_t n = 0; more && n < STEP; n++) {
            n += skip(&d, LIST_NUMBER_MAX, STEP - 1 - n);
            more = directory_next(&d);
        }
    }
    row->last = row->first + (int64_t)(d.number - ((uint64_t)row->first & LIST_NUMBER_MAX));
    return !d.reader.bad;
}

void directory_cache_add(struct directory_cache *c, int64_t id, const unsigned char *data,
                         size_t n_bytes)
{
    size_t n = count_up_to(c, id), max_points = n_bytes / STEP_MIN_BYTES + 1;
    size_t room = sizeof(struct kept_directory) + max_points * sizeof(struct directory) + n_bytes;
    if (n_bytes == 0 || n_bytes > MAX_ROW_BYTES || (n > 0 && c->rows[n - 1]->first == id))
        return;
    if (c->n_bytes + room > MAX_BYTES) {
        directory_cache_clear(c);
        n = 0;
    }
    struct kept_directory *row = malloc(room);
    if (row == NULL)
        return;
    *row = (struct kept_directory){.first = id, .n_bytes = n_bytes};
    unsigned char *copy = (unsigned char *)&row->points[max_points];
    memcpy(copy, data, n_bytes);
    if (!note_points(row, copy) ||
        !array_reserve(&c->rows, &c->cap, c->n + 1, sizeof(struct kept_directory *))) {
        free(row);
        return;
    }
    memmove(&c->rows[n + 1], &c->rows[n], (c->n - n) * sizeof(struct kept_directory *));
    c->rows[n] = row;
    c->n++;
    c->n_bytes += room;
}
