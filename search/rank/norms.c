/* Length norms of documents. Interface: norms.h. */
#include "search/rank/norms.h"

#include <stdlib.h>

bool norms_begin(const struct corpus_stats *stats, struct segment *segment)
{
    if (segment->norms != NULL && segment->norms_for[0] == stats->title_units &&
        segment->norms_for[1] == stats->body_units)
        return true;
    free(segment->norms);
    segment->norms = calloc((size_t)segment->n_docs * 2, sizeof *segment->norms);
    segment->norms_for[0] = stats->title_units;
    segment->norms_for[1] = stats->body_units;
    return segment->norms != NULL;
}

void norms_reckon(const struct corpus_stats *stats, const struct segment *s, uint32_t doc)
{
    float *norms = s->norms + (size_t)doc * 2;
    struct rank_norms n = rank_norms(stats, s->title_ends[doc] - s->starts[doc],
                                     s->starts[doc + 1] - s->title_ends[doc] - 2);
    norms[0] = n.title;
    norms[1] = n.body;
}
