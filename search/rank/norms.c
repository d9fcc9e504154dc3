/* Length norms of documents. Interface: norms.h. */
#include "search/rank/norms.h"

#include "base/fresh.h"

#include <string.h>

void norms_begin(const struct corpus_stats *stats, struct segment *segment)
{
    size_t n_pairs = (size_t)segment->n_docs + SEGMENT_LENGTHS;
    if (segment->norms_for[0] == stats->title_units && segment->norms_for[1] == stats->body_units)
        return;
    if (segment->norms_for[0] > 0)
        memset(segment->norms, 0, n_pairs * 2 * sizeof *segment->norms);
    segment->norms_for[0] = stats->title_units;
    segment->norms_for[1] = stats->body_units;
    segment->norms_reckoned = false;
}

/* The norms of a title and of a body of N_UNITS. */
static struct rank_norms norms_of_length(const struct corpus_stats *stats, const struct segment *s,
                                         uint32_t n_units)
{
    if (n_units >= SEGMENT_LENGTHS)
        return rank_norms(stats, n_units, n_units);
    /* Many documents have the same few lengths. */
    float *kept = s->norms + ((size_t)s->n_docs + n_units) * 2;
    if (kept[1] <= 0) {
        struct rank_norms n = rank_norms(stats, n_units, n_units);
        kept[0] = n.title;
        kept[1] = n.body;
    }
    return (struct rank_norms){kept[0], kept[1]};
}

void norms_reckon(const struct corpus_stats *stats, const struct segment *s, uint32_t doc)
{
    float *norms = s->norms + (size_t)doc * 2;
    norms[0] = norms_of_length(stats, s, s->title_ends[doc] - s->starts[doc]).title;
    norms[1] = norms_of_length(stats, s, s->starts[doc + 1] - s->title_ends[doc] - 2).body;
}

void norms_reckon_all(const struct corpus_stats *stats, struct segment *s)
{
    const uint32_t *starts = s->starts, *title_ends = s->title_ends, n_docs = s->n_docs;
    float *norms = s->norms;
    const float *kept = norms + (size_t)n_docs * 2;
    if (!s->norms_reckoned)
        fresh_memory(norms, (size_t)n_docs * 2 * sizeof *norms);
    for (uint32_t doc = 0; doc < n_docs && !s->norms_reckoned; doc++) {
        size_t title = title_ends[doc] - starts[doc], body = starts[doc + 1] - title_ends[doc] - 2;
        bool are_kept = title < SEGMENT_LENGTHS && body < SEGMENT_LENGTHS &&
                        kept[title * 2 + 1] > 0 && kept[body * 2 + 1] > 0;
        if (are_kept) {
            norms[(size_t)doc * 2] = kept[title * 2];
            norms[(size_t)doc * 2 + 1] = kept[body * 2 + 1];
        } else {
            norms_reckon(stats, s, doc);
        }
    }
    s->norms_reckoned = true;
}
