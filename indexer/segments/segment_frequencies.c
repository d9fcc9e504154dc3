/* Counting what stands at very many places of a segment. Interface: segment_frequencies.h. */
#include "indexer/segments/segment_frequencies.h"

#include "base/array.h"
#include "store/store.h"
#include "store/varint.h"

#include <stdlib.h>

static void read_ends(uint32_t *ends, const struct segment_texts *texts)
{
    const unsigned char *data = (const unsigned char *)texts->lengths->data;
    struct byte_reader r = {data, data + texts->lengths->len, false};
    uint32_t at = 0;
    for (uint32_t doc = 0; doc < texts->n_docs; doc++) {
        ends[(size_t)doc * 2] = at + (uint32_t)varint_read(&r);
        at = ends[(size_t)doc * 2] + (uint32_t)varint_read(&r) + 2;
        ends[(size_t)doc * 2 + 1] = at;
    }
}

bool frequency_lists_init(struct frequency_lists *f, const struct segment_texts *texts)
{
    size_t n_docs = texts->n_docs;
    *f = (struct frequency_lists){
        .bounds = texts->bounds, .n_docs = texts->n_docs, .packed = BUF_INIT};
    f->ends = malloc((n_docs + 1) * 2 * sizeof *f->ends);
    f->table.docs = malloc((n_docs + 1) * sizeof *f->table.docs);
    bool done = f->ends != NULL && f->table.docs != NULL;
    for (size_t k = 0; k < FREQUENCY_COLUMNS; k++) {
        f->table.counts[k] = malloc((n_docs + 1) * sizeof *f->table.counts[k]);
        done = done && f->table.counts[k] != NULL;
    }
    if (done)
        read_ends(f->ends, texts);
    return done;
}

void frequency_lists_release(struct frequency_lists *f)
{
    free(f->ends);
    free(f->table.docs);
    for (size_t k = 0; k < FREQUENCY_COLUMNS; k++)
        free(f->table.counts[k]);
    buf_release(&f->packed);
    free(f->items);
    *f = (struct frequency_lists){.packed = BUF_INIT};
}

static inline unsigned is_bound(const unsigned char *bounds, size_t position)
{
    return bounds[position / 8] >> position % 8 & 1;
}

/* Counts the positions from number I on that are below END: *WHOLE words of N_UNITS, and those
 * *INSIDE longer ones. Returns the number of the first position behind. */
static inline size_t count_field(const unsigned char *bounds, const uint32_t *positions, size_t n,
                                 size_t i, uint32_t end, size_t n_units, uint32_t *whole,
                                 uint32_t *inside)
{
    size_t first = i;
    uint32_t n_whole = 0;
    for (; i < n && positions[i] < end; i++)
        n_whole += is_bound(bounds, positions[i]) & is_bound(bounds, positions[i] + n_units);
    *whole = n_whole;
    *inside = (uint32_t)(i - first) - n_whole;
    return i;
}

static void count_documents(struct frequency_lists *f, size_t n_units, const uint32_t *positions,
                            size_t n)
{
    struct frequency_table *t = &f->table;
    const uint32_t *ends = f->ends;
    uint32_t doc = 0;
    t->n = 0;
    for (size_t i = 0; i < n; t->n++) {
        while (ends[(size_t)doc * 2 + 1] <= positions[i])
            doc++;
        t->docs[t->n] = doc;
        i = count_field(f->bounds, positions, n, i, ends[(size_t)doc * 2], n_units,
                        &t->counts[FREQUENCY_TITLE_WHOLE][t->n],
                        &t->counts[FREQUENCY_TITLE_INSIDE][t->n]);
        i = count_field(f->bounds, positions, n, i, ends[(size_t)doc * 2 + 1], n_units,
                        &t->counts[FREQUENCY_BODY_WHOLE][t->n],
                        &t->counts[FREQUENCY_BODY_INSIDE][t->n]);
    }
}

bool frequency_lists_add(struct frequency_lists *f, uint64_t number, size_t n_units,
                         const uint32_t *positions, size_t n)
{
    if (!segment_is_frequent(n, n_units, f->n_docs))
        return true;
    if (!array_reserve(&f->items, &f->cap, f->n + 1, sizeof *f->items))
        return false;
    size_t at = f->packed.len;
    count_documents(f, n_units, positions, n);
    frequencies_encode(&f->packed, &f->table);
    f->items[f->n++] = (struct frequency_list){number, n, at, f->packed.len - at};
    return !f->packed.failed;
}

static int compare(const void *a, const void *b)
{
    const struct frequency_list *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

void frequency_lists_sort(struct frequency_lists *f)
{
    if (f->n > 1)
        qsort(f->items, f->n, sizeof *f->items, compare);
}
