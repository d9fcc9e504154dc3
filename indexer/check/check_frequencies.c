/* Comparing a segment's lists of frequencies with its other lists. Interface: check_frequencies.h.
 */
#include "indexer/check/check_frequencies.h"

#include "indexer/segments/segment_pack.h"
#include "store/segment_text.h"
#include "store/varint.h"

#include <stdlib.h>
#include <string.h>

static void write_lengths(const struct segment *s, struct buf *lengths)
{
    for (uint32_t doc = 0; doc < s->n_docs; doc++) {
        varint_add(lengths, s->title_ends[doc] - s->starts[doc]);
        varint_add(lengths, s->starts[doc + 1] - s->title_ends[doc] - 2);
    }
}

/* Packs the segment's text, deleted documents too, once more. */
static enum status pack_again(struct checker *checker, const struct segment *s,
                              struct packed_lists *packed)
{
    struct buf lengths = BUF_INIT;
    uint16_t *units = calloc(s->n_units, sizeof *units);
    enum status st = ST_NOMEM;
    write_lengths(s, &lengths);
    if (units != NULL && !lengths.failed)
        st = segment_text(checker->store, s, units, checker->error);
    if (st == ST_OK) {
        const struct segment_texts texts = {.units = units,
                                            .n_units = s->n_units,
                                            .bounds = s->bounds,
                                            .lengths = &lengths,
                                            .n_docs = s->n_docs};
        st = segment_pack(packed, &texts);
    }
    free(units);
    buf_release(&lengths);
    return st;
}

/* Whether the segment's list number *AT, which goes on to the next, is the one that is WANTED. */
static enum status compare_list(struct checker *checker, const struct segment *s,
                                const struct packed_lists *packed,
                                const struct frequency_list *wanted, size_t *at, bool *same)
{
    struct packed_list list;
    /* Before single units had them from fewer places on, there were none of those. */
    *same = wanted->n_places < s->n_docs;
    if (*at >= s->n_frequent || s->frequent[*at] != wanted->number)
        return ST_OK;
    ++*at;
    list_cache_trim(&checker->store->lists);
    enum status st = segment_list(checker->store, s, wanted->number, &list, checker->error);
    *same = st == ST_OK && list.n_bytes == wanted->n_bytes &&
            memcmp(list.data, packed->postings.data + wanted->at, wanted->n_bytes) == 0;
    return st;
}

static enum status compare_lists(struct checker *checker, const struct segment *s,
                                 const struct packed_lists *packed)
{
    size_t n_wrong = 0, at = 0;
    bool same;
    enum status st = ST_OK;
    for (size_t i = 0; i < packed->n_frequent && st == ST_OK; i++) {
        st = compare_list(checker, s, packed, &packed->frequent[i], &at, &same);
        n_wrong += st == ST_OK && !same;
    }
    n_wrong += s->n_frequent - at;
    if (st == ST_OK && n_wrong > 0)
        checker_report(checker, _("segment %lld: %zu lists of frequencies differ from the texts"),
                       (long long)s->id, n_wrong);
    return st;
}

enum status check_frequencies(struct checker *checker, const struct segment *segment)
{
    struct packed_lists packed;
    packed_lists_init(&packed);
    enum status st = pack_again(checker, segment, &packed);
    if (st == ST_OK)
        st = compare_lists(checker, segment, &packed);
    packed_lists_release(&packed);
    return st == ST_NOMEM ? error_set(checker->error, st, _("out of memory")) : st;
}
