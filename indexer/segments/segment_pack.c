/* Packing the lists of a segment. Interface: segment_pack.h. */
#include "indexer/segments/segment_pack.h"

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
    free(p->frequent);
    packed_lists_init(p);
}

struct packer {
    struct packed_lists *out;
    struct frequency_lists frequencies;
    uint64_t before; /* number of the last list in the directory's row */
    bool failed;
};

/* Says in the directory that the list NUMBER is the last N_BYTES of out->postings. */
static void note_list(struct packer *w, uint64_t number, size_t n_bytes)
{
    struct packed_lists *out = w->out;
    struct packed_row *row = out->n_rows > 0 ? &out->rows[out->n_rows - 1] : NULL;
    if (row == NULL || row->n_bytes >= DIRECTORY_ROW_BYTES) {
        if (!array_reserve((void *)&out->rows, &out->cap_rows, out->n_rows + 1, sizeof *row) ||
            out->rows == NULL) {
            w->failed = true;
            return;
        }
        row = &out->rows[out->n_rows++];
        *row = (struct packed_row){.first = number, .at = out->directory.len};
        varint_add(&out->directory, out->postings.len - n_bytes);
        w->before = number;
    }
    varint_add(&out->directory, number - w->before);
    varint_add(&out->directory, n_bytes);
    row->n_bytes = out->directory.len - row->at;
    w->before = number;
}

static void add_list(struct packer *w, uint32_t pair, const uint32_t *positions, size_t n)
{
    size_t start = w->out->postings.len;
    postings_encode(&w->out->postings, positions, n);
    note_list(w, pair, w->out->postings.len - start);
    if ((pair & 0xFFFF) != 0) /* nobody asks for a text's end */
        w->failed |= !frequency_lists_add(&w->frequencies, FREQUENCY_LISTS + pair, 2, positions, n);
}

static void add_frequencies(struct packer *w)
{
    struct frequency_lists *f = &w->frequencies;
    struct buf *to = &w->out->postings;
    frequency_lists_sort(f);
    for (size_t i = 0; i < f->n && !w->failed; i++) {
        struct frequency_list *list = &f->items[i];
        buf_append(to, f->packed.data + list->at, list->n_bytes);
        list->at = to->len - list->n_bytes;
        note_list(w, list->number, list->n_bytes);
    }
    w->out->frequent = f->items;
    w->out->n_frequent = f->n;
    f->items = NULL;
}

/* Sorting a group: all pairs that begin with the same unit. */
struct sorter {
    const uint16_t *units;
    uint32_t *positions; /* of a range's pairs, grouped by their first unit, ascending in each */
    uint32_t *sorted;    /* this and the next: room for the largest group */
    uint16_t *seconds;
    uint32_t *counts;     /* by second unit; 0 between groups */
    uint64_t marks[1024]; /* a bit for each second unit there is, 0 between groups */
    uint64_t marked[16];  /* a bit for each of `marks` that is not 0 */
    uint16_t *distinct;   /* the second units in order */
};

/* A few pairs are sorted quicker by insertion, as keys whose high half is the second unit and whose
 * low half is the position. */
#define FEW 24

static void pack_few(struct packer *w, const struct sorter *s, uint32_t first, uint32_t *positions,
                     size_t n)
{
    uint64_t keys[FEW];
    for (size_t i = 0; i < n; i++) {
        uint64_t key = (uint64_t)s->units[positions[i] + 1] << 32 | positions[i];
        size_t k = i;
        for (; k > 0 && keys[k - 1] > key; k--)
            keys[k] = keys[k - 1];
        keys[k] = key;
    }
    for (size_t i = 0; i < n; i++)
        positions[i] = (uint32_t)keys[i];
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && keys[end] >> 32 == keys[i] >> 32;)
            end++;
        add_list(w, first << 16 | (uint32_t)(keys[i] >> 32), positions + i, end - i);
    }
}

/* The units behind a group's positions lie all over the text: those of so many positions further on
 * are fetched into the processor's cache meanwhile. */
#define AHEAD 16

static void count_seconds(struct sorter *s, const uint32_t *positions, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            __builtin_prefetch(&s->units[positions[i + AHEAD]]);
        uint16_t unit = s->units[positions[i] + 1];
        s->seconds[i] = unit;
        if (s->counts[unit]++ == 0) {
            s->marks[unit / 64] |= UINT64_C(1) << unit % 64;
            s->marked[unit / 4096] |= UINT64_C(1) << unit / 64 % 64;
        }
    }
}

/* Lists the second units that are marked, in order, and unmarks them. Returns how many. */
static size_t list_seconds(struct sorter *s)
{
    size_t n = 0;
    for (unsigned i = 0; i < 16; i++) {
        for (; s->marked[i] != 0; s->marked[i] &= s->marked[i] - 1) {
            unsigned k = i * 64 + (unsigned)__builtin_ctzll(s->marked[i]);
            for (; s->marks[k] != 0; s->marks[k] &= s->marks[k] - 1)
                s->distinct[n++] = (uint16_t)(k * 64 + (unsigned)__builtin_ctzll(s->marks[k]));
        }
    }
    return n;
}

/* Packs the lists of one group, all pairs that begin with FIRST: a counting sort by the second unit
 * keeps the positions of each in order. */
static void pack_group(struct packer *w, struct sorter *s, uint32_t first, size_t from, size_t to)
{
    uint32_t *positions = s->positions + from, at = 0;
    size_t n = to - from;
    if (!frequency_lists_add(&w->frequencies, FREQUENCY_LISTS + first, 1, positions, n))
        w->failed = true;
    if (n <= FEW) {
        pack_few(w, s, first, positions, n);
        return;
    }
    count_seconds(s, positions, n);
    size_t n_distinct = list_seconds(s);
    for (size_t i = 0; i < n_distinct; i++) {
        uint32_t count = s->counts[s->distinct[i]];
        s->counts[s->distinct[i]] = at;
        at += count;
    }
    for (size_t i = 0; i < n; i++)
        s->sorted[s->counts[s->seconds[i]]++] = positions[i];
    at = 0;
    for (size_t i = 0; i < n_distinct; i++) {
        uint16_t second = s->distinct[i];
        add_list(w, first << 16 | second, s->sorted + at, s->counts[second] - at);
        at = s->counts[second];
        s->counts[second] = 0;
    }
}

/* Positions are grouped by their unit (a counting sort), a range of units at a time: all at once
 * they would take as much memory as the rest of the index under way. A range costs one look at each
 * unit, far less than sorting and packing its share. */
#define RANGES 16

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

/* Units that are looked at before the places of those of the range are noted. */
#define BATCH 2048

/* Sets FOUND to which of the N UNITS lie from FIRST up to END, excluded, and returns how many.
 * Which ones cannot be foretold, and a branch would cost more than to write all. */
static size_t find_range(const uint16_t *units, size_t n, uint32_t first, uint32_t end,
                         uint16_t *found)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        found[k] = (uint16_t)i;
        k += units[i] - first < end - first;
    }
    return k;
}

/* Packs the lists of all pairs that begin with a unit from FIRST up to END, excluded. */
static void pack_range(struct packer *w, struct sorter *s, size_t n_units, const uint32_t *counts,
                       uint32_t first, uint32_t end)
{
    uint32_t at[65536], sum = 0;
    uint16_t found[BATCH];
    for (uint32_t unit = first; unit < end; sum += counts[unit++])
        at[unit] = sum;
    for (size_t i = 0; i < n_units; i += BATCH) {
        const uint16_t *units = s->units + i;
        size_t n = n_units - i < BATCH ? n_units - i : BATCH;
        size_t n_found = find_range(units, n, first, end, found);
        for (size_t k = 0; k < n_found; k++)
            s->positions[at[units[found[k]]]++] = (uint32_t)(i + found[k]);
    }
    for (uint32_t unit = first; unit < end && !w->failed; unit++) {
        if (counts[unit] > 0)
            pack_group(w, s, unit, at[unit] - counts[unit], at[unit]);
    }
}

/* How often each unit stands in the text. Unit 0 ends a text and begins no pair. */
static void count_units(uint32_t *counts, const struct segment_texts *texts)
{
    for (size_t i = 0; i < texts->n_units; i++)
        counts[texts->units[i]]++;
    counts[0] = 0;
}

/* Makes room for the largest group, and for N places in a range. */
static bool sorter_init(struct sorter *s, const struct segment_texts *texts, const uint32_t *counts,
                        size_t n)
{
    size_t largest = 0;
    for (size_t i = 1; i < 65536; i++)
        largest = counts[i] > largest ? counts[i] : largest;
    s->units = texts->units;
    s->positions = malloc((n > largest ? n : largest) * sizeof *s->positions + 1);
    s->sorted = malloc((largest + 1) * sizeof *s->sorted);
    s->seconds = malloc((largest + 1) * sizeof *s->seconds);
    s->counts = calloc(65536, sizeof *s->counts);
    s->distinct = malloc(65536 * sizeof *s->distinct);
    return s->positions != NULL && s->sorted != NULL && s->seconds != NULL && s->counts != NULL &&
           s->distinct != NULL;
}

enum status segment_pack(struct packed_lists *out, const struct segment_texts *texts)
{
    struct packer w = {.out = out};
    struct sorter s = {0};
    uint32_t *counts = calloc(65536, sizeof *counts);
    size_t limit = texts->n_units / RANGES, n_range;
    if (counts == NULL)
        return ST_NOMEM;
    count_units(counts, texts);
    w.failed =
        !sorter_init(&s, texts, counts, limit) || !frequency_lists_init(&w.frequencies, texts);
    for (uint32_t first = 1, end; first < 65536 && !w.failed; first = end) {
        end = range_end(counts, first, limit, &n_range);
        if (n_range > 0)
            pack_range(&w, &s, texts->n_units, counts, first, end);
    }
    if (!w.failed)
        add_frequencies(&w);
    frequency_lists_release(&w.frequencies);
    free(counts);
    free(s.positions);
    free(s.sorted);
    free(s.seconds);
    free(s.counts);
    free(s.distinct);
    return w.failed || out->postings.failed || out->directory.failed ? ST_NOMEM : ST_OK;
}
