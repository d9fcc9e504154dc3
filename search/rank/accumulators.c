/* What the documents of one segment score. Interface: accumulators.h. */
#include "search/rank/accumulators.h"

#include "search/rank/rank.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t n_blocks(size_t n_docs)
{
    return (n_docs + ACCUMULATORS_BLOCK - 1) / ACCUMULATORS_BLOCK;
}

bool accumulators_init(struct accumulators *a, size_t n_docs, double total)
{
    *a = (struct accumulators){.total = total};
    a->scores = calloc(n_docs + 1, sizeof *a->scores);
    a->covered = malloc(n_docs * sizeof *a->covered);
    a->maxima = calloc(n_blocks(n_docs) + 1, sizeof *a->maxima);
    a->kept = malloc(n_docs * sizeof *a->kept);
    a->best = malloc(n_docs * sizeof *a->best);
    return a->scores != NULL && a->covered != NULL && a->maxima != NULL && a->kept != NULL &&
           a->best != NULL;
}

void accumulators_release(struct accumulators *a)
{
    free(a->scores);
    free(a->covered);
    free(a->maxima);
    free(a->kept);
    free(a->best);
    *a = (struct accumulators){0};
}

void accumulators_begin(struct accumulators *a, size_t n_docs)
{
    /* Of the segment before, most blocks may not be met. */
    for (size_t b = 0; b < n_blocks(a->n_docs); b++) {
        size_t first = b * ACCUMULATORS_BLOCK, left = a->n_docs - first;
        if (a->maxima[b] > 0)
            memset(a->scores + first, 0,
                   (left < ACCUMULATORS_BLOCK ? left : ACCUMULATORS_BLOCK) * sizeof *a->scores);
        a->maxima[b] = 0;
    }
    a->n_docs = a->n_kept = n_docs;
    a->is_narrowed = false;
    a->least = 0;
}

double accumulators_value(const struct accumulators *a, double sum, double covered)
{
    return sum * (1 - RANK_COVERED + RANK_COVERED * covered / a->total);
}

/* Puts VALUE in the place of the least of N floats, which are a heap with the least on top. */
static void replace_least(float *heap, size_t n, float value)
{
    size_t at = 0;
    for (size_t child; (child = at * 2 + 1) < n; at = child) {
        if (child + 1 < n && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= value)
            break;
        heap[at] = heap[child];
    }
    heap[at] = value;
}

static inline void offer(struct accumulators *a, size_t n, uint32_t doc)
{
    if (a->scores[doc] <= a->best[0])
        return;
    float value = (float)accumulators_value(a, (double)a->scores[doc], (double)a->covered[doc]);
    if (value > a->best[0])
        replace_least(a->best, n, value);
}

float accumulators_least(struct accumulators *a, size_t n, float above)
{
    if (n > a->n_kept)
        return 0;
    float below = nextafterf(above > a->least ? above : a->least, 0); /* of 0 that is 0 */
    for (size_t i = 0; i < n; i++)
        a->best[i] = below;
    for (size_t i = 0; a->is_narrowed && i < a->n_kept; i++)
        offer(a, n, a->kept[i]);
    for (size_t b = 0; !a->is_narrowed && b < n_blocks(a->n_kept); b++) {
        size_t first = b * ACCUMULATORS_BLOCK, end = first + ACCUMULATORS_BLOCK;
        if (a->maxima[b] <= a->best[0])
            continue;
        for (size_t doc = first; doc < end && doc < a->n_kept; doc++)
            offer(a, n, (uint32_t)doc);
    }
    if (a->best[0] <= below)
        return 0;
    a->least = a->best[0];
    return a->least;
}

/* The sums of what covers the query are rounded: they may pass the total by this part of it. */
#define ROUNDING 1e-4

/* The least score with which a document may come to LEAST with GAIN more: a value is at most the
 * sum that it is made of. */
static float least_score(double gain, double least)
{
    double score = least / (1 + ROUNDING) - gain;
    return score > FLT_MIN ? (float)score : FLT_TRUE_MIN; /* not met is always too little */
}

/* Sets KEPT to those of the documents from FIRST to END that score LOW or more, and returns how
 * many. Without a jump for each, which nothing could foresee. */
static size_t drop_low(const float *scores, size_t first, size_t end, float low, uint32_t *kept)
{
    size_t n = 0;
    for (size_t doc = first; doc < end; doc++) {
        kept[n] = (uint32_t)doc;
        n += scores[doc] >= low;
    }
    return n;
}

/* Drops what scores below LOW, whole blocks at once where none scores more. */
static void drop_blocks(struct accumulators *a, float low)
{
    size_t n = 0, n_docs = a->n_kept;
    for (size_t b = 0; b < n_blocks(n_docs); b++) {
        size_t first = b * ACCUMULATORS_BLOCK, end = first + ACCUMULATORS_BLOCK;
        end = end < n_docs ? end : n_docs;
        if (a->maxima[b] >= low)
            n += drop_low(a->scores, first, end, low, a->kept + n);
    }
    a->n_kept = n;
    a->is_narrowed = true;
}

void accumulators_narrow(struct accumulators *a, double gain, double covered, double least)
{
    size_t n = 0;
    if (!a->is_narrowed)
        drop_blocks(a, least_score(gain, least));
    for (size_t i = 0; i < a->n_kept; i++) {
        uint32_t doc = a->kept[i];
        double value =
            accumulators_value(a, (double)a->scores[doc] + gain, (double)a->covered[doc] + covered);
        a->kept[n] = doc;
        n += value >= least;
    }
    a->n_kept = n;
}

/* How many of N documents are met, with at least LEAST covered. Without a jump for each, and of a
 * whole block several at once. */
static inline uint32_t count_met(const float *scores, const float *covered, size_t n, float least)
{
    uint32_t n_met = 0;
    for (size_t i = 0; i < n; i++)
        n_met += (uint32_t)(scores[i] > 0) & (uint32_t)(covered[i] >= least);
    return n_met;
}

size_t accumulators_count(const struct accumulators *a, double least)
{
    size_t n = 0, n_docs = a->is_narrowed ? 0 : a->n_kept;
    float low = (float)least;
    low = (double)low < least ? nextafterf(low, FLT_MAX) : low;
    for (size_t i = 0; a->is_narrowed && i < a->n_kept; i++)
        n += count_met(a->scores + a->kept[i], a->covered + a->kept[i], 1, low);
    for (size_t first = 0; first < n_docs; first += ACCUMULATORS_BLOCK) {
        const float *scores = a->scores + first, *covered = a->covered + first;
        if (a->maxima[first / ACCUMULATORS_BLOCK] <= 0)
            continue;
        if (n_docs - first >= ACCUMULATORS_BLOCK)
            n += count_met(scores, covered, ACCUMULATORS_BLOCK, low);
        else
            n += count_met(scores, covered, n_docs - first, low);
    }
    return n;
}

bool accumulators_next(const struct accumulators *a, size_t *at, double least, uint32_t *doc)
{
    float low = least_score(0, least);
    while (*at < a->n_kept) {
        size_t i = *at;
        if (!a->is_narrowed && a->maxima[i / ACCUMULATORS_BLOCK] < low) {
            *at = (i / ACCUMULATORS_BLOCK + 1) * ACCUMULATORS_BLOCK;
            continue;
        }
        *doc = a->is_narrowed ? a->kept[i] : (uint32_t)i;
        ++*at;
        if (a->scores[*doc] >= low)
            return true;
    }
    return false;
}
