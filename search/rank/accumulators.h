/* What the documents of one segment score while terms are added one by one (the accumulators of
 * Moffat, Zobel: Self-indexing inverted files for fast text retrieval, 1996). */
#ifndef HIKU_SEARCH_RANK_ACCUMULATORS_H
#define HIKU_SEARCH_RANK_ACCUMULATORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Documents whose scores share a maximum. */
#define ACCUMULATORS_BLOCK 64

struct accumulators {
    float *scores;  /* of each document; 0: not met; once narrowed, right of those that are left */
    float *covered; /* of each that is met: weight of its terms that cover the query */
    float *maxima;  /* of the scores of each block, 0 where none is met; once narrowed not lowered:
                       above 0 wherever a score is, which accumulators_begin needs */
    uint32_t *kept; /* once narrowed: the documents that are left, ascending */
    size_t n_kept;  /* when not narrowed: all of the segment */
    size_t n_docs;  /* of the segment; 0: of none yet */
    bool is_narrowed;
    double total; /* weight of all that covers the query */
    float *best;  /* scratch: a heap with the least on top */
    float least;  /* of the best, as it was last: it only grows */
};

/* Makes room for segments of up to N_DOCS documents. TOTAL: what a document that holds all of the
 * query has in `covered`. False when memory is out; release it then too. */
bool accumulators_init(struct accumulators *a, size_t n_docs, double total);
void accumulators_release(struct accumulators *a);

/* Empties it for a segment of N_DOCS documents. */
void accumulators_begin(struct accumulators *a, size_t n_docs);

/* SCORE is above 0; once narrowed, DOC is one of those that are left. */
static inline void accumulators_add(const struct accumulators *a, uint32_t doc, float score,
                                    float covered)
{
    float sum = a->scores[doc] + score;
    a->covered[doc] = covered + (a->scores[doc] > 0 ? a->covered[doc] : 0);
    a->scores[doc] = sum;
    if (sum > a->maxima[doc / ACCUMULATORS_BLOCK])
        a->maxima[doc / ACCUMULATORS_BLOCK] = sum;
}

/* What SUM comes to in a document where terms of weight COVERED are found. */
double accumulators_value(const struct accumulators *a, double sum, double covered);

/* The value that the worst of the N best documents has, N being the same in every call for a
 * segment; 0 when it is below ABOVE. */
float accumulators_least(struct accumulators *a, size_t n, float above);

/* Drops the documents whose value is below LEAST even with GAIN and COVERED more. Those that are
 * not met are dropped too. */
void accumulators_narrow(struct accumulators *a, double gain, double covered, double least);

/* How many documents are met in which terms of a weight of LEAST or more are found. */
size_t accumulators_count(const struct accumulators *a, double least);

/* The next document that is met and whose value may be LEAST or more, from number *AT on (0 at
 * first); false at the end. */
bool accumulators_next(const struct accumulators *a, size_t *at, double least, uint32_t *doc);

#endif
