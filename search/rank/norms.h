/* How much a match counts in each document of a segment: kept with the segment, since powers take
 * longer than all the rest of a score. */
#ifndef HIKU_SEARCH_RANK_NORMS_H
#define HIKU_SEARCH_RANK_NORMS_H

#include "search/rank/rank.h"
#include "store/store.h"

/* Readies SEGMENT, which is loaded, for document_norms with STATS: what was reckoned for other
 * mean lengths is forgotten. */
void norms_begin(const struct corpus_stats *stats, struct segment *segment);

/* Reckons the norms of a document, for document_norms. */
void norms_reckon(const struct corpus_stats *stats, const struct segment *segment, uint32_t doc);

/* Reckons those of all documents, once: where most are asked for, that takes less than to look at
 * each. Memory that is new need not be read before it is written to, either. */
void norms_reckon_all(const struct corpus_stats *stats, struct segment *segment);

/* The norms of document DOC of SEGMENT. */
static inline struct rank_norms document_norms(const struct corpus_stats *stats,
                                               const struct segment *segment, uint32_t doc)
{
    const float *norms = segment->norms + (size_t)doc * 2;
    if (norms[1] <= 0)
        norms_reckon(stats, segment, doc);
    return (struct rank_norms){norms[0], norms[1]};
}

#endif
