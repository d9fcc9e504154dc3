/* Packing the lists of a segment. Interface: segment_pack.h. */
#include "indexer/segment_pack.h"

#include "base/array.h"
#include "store/postings.h"
#include "store/store.h"
#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

/* Rows that say where lists are have about this size: some 300 lists, which are read one by one. */
#define DIRECTORY_ROW_BYTES 900

void packed_lists_init(struct packed_lists *p)
{
    *p = (struct packed_lists){.postings = BUF_INIT, .directory = BUF_INIT};
}

void packed_lists_release(struct packed_lists *p)
{
    buf_release(&p->postings);
    buf_release(&p->directory);
    free(p->rows);
    packed_lists_init(p);
}

struct packer {
    struct packed_lists *out;
    uint32_t before; /* pair: the last of the directory's row */
    bool failed;
};

static void add_list(struct packer *w, uint32_t pair, const uint32_t *positions, size_t n)
{
    struct packed_lists *out = w->out;
    size_t start = out->postings.len;
    struct packed_row *row = out->n_rows > 0 ? &out->rows[out->n_rows - 1] : NULL;
    postings_encode(&out->postings, positions, n);
    if (row == NULL || row->n_bytes >= DIRECTORY_ROW_BYTES) {
        if (!array_reserve((void *)&out->rows, &out->cap_rows, out->n_rows + 1, sizeof *row)) {
            w->failed = true;
            return;
        }
        row = &out->rows[out->n_rows++];
        *row = (struct packed_row){.first = pair, .at = out->directory.len};
        varint_add(&out->directory, start);
        w->before = pair;
    }
    varint_add(&out->directory, pair - w->before);
    varint_add(&out->directory, out->postings.len - start);
    row->n_bytes = out->directory.len - row->at;
    w->before = pair;
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
    uint32_t *positions; /* of a range's pairs, grouped by their first unit, ascending in each */
    uint64_t *keys;      /* room for the largest group, twice */
    uint64_t *spare;
};

/* Packs the lists of one group: all pairs that begin with FIRST. */
static void pack_group(struct packer *w, struct sorter *s, uint32_t first, size_t from, size_t to)
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

/* Positions are grouped by their unit (a counting sort), a range of units at a time: all at once
 * they would take as much memory as the rest of the index under way. */
#define RANGES 4

/* The units from FIRST on that stand at LIMIT places together at most, or FIRST alone. COUNTS: how
 * often each stands. Returns the unit behind, and in *N the places. */
static uint32_t range_end(const uint32_t *counts, uint32_t first, size_t limit, size_t *n)
{
    uint32_t end = first;
    *n = 0;
    while (end < 65536 && (end == first || *n + counts[end] <= limit))
        *n += counts[end++];
    return end;
}

/* Packs the lists of all pairs that begin with a unit from FIRST up to END, excluded. */
static void pack_range(struct packer *w, struct sorter *s, size_t n_units, const uint32_t *counts,
                       uint32_t first, uint32_t end)
{
    uint32_t at[65536], n = 0;
    for (uint32_t unit = first; unit < end; n += counts[unit++])
        at[unit] = n;
    for (size_t i = 0; i < n_units; i++) {
        uint32_t unit = s->units[i];
        if (unit - first < end - first)
            s->positions[at[unit]++] = (uint32_t)i;
    }
    for (uint32_t unit = first; unit < end && !w->failed; unit++) {
        if (counts[unit] > 0)
            pack_group(w, s, unit, at[unit] - counts[unit], at[unit]);
    }
}

enum status segment_pack(struct packed_lists *out, const uint16_t *units, size_t n_units)
{
    enum status st = ST_NOMEM;
    struct packer w = {.out = out};
    struct sorter s = {.units = units};
    uint32_t *counts = calloc(65536, sizeof *counts);
    size_t largest = 0, limit = n_units / RANGES, n_range;
    if (counts == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < n_units; i++)
        counts[units[i]]++;
    counts[0] = 0; /* unit 0 ends a text and begins no pair */
    for (size_t i = 1; i < 65536; i++)
        largest = counts[i] > largest ? counts[i] : largest;
    s.positions = malloc((limit > largest ? limit + 1 : largest + 1) * sizeof *s.positions);
    s.keys = malloc((largest + 1) * sizeof *s.keys);
    s.spare = malloc((largest + 1) * sizeof *s.spare);
    if (s.positions == NULL || s.keys == NULL || s.spare == NULL)
        goto done;
    for (uint32_t first = 1, end; first < 65536 && !w.failed; first = end) {
        end = range_end(counts, first, limit, &n_range);
        if (n_range > 0)
            pack_range(&w, &s, n_units, counts, first, end);
    }
    st = w.failed || out->postings.failed || out->directory.failed ? ST_NOMEM : ST_OK;
done:
    free(counts);
    free(s.positions);
    free(s.keys);
    free(s.spare);
    return st;
}
