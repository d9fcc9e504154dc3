/* How well a ranking answers a query, by judgements of relevance. Interface to relevance.c. */
#ifndef HIKU_CLI_RELEVANCE_H
#define HIKU_CLI_RELEVANCE_H

#include <stddef.h>

/* How far down a ranking the figures look. */
#define RELEVANCE_TOP 10
#define RELEVANCE_DEPTH 100

struct relevance {
    double ndcg_10;    /* normalised discounted cumulative gain of the first 10 */
    double mrr_10;     /* 1 / rank of the first relevant one; 0 when it is not among the first 10 */
    double recall_10;  /* part of the relevant ones that is among the first 10 … */
    double recall_100; /* … and 100 */
};

/* The figures of one query, each from 0 to 1. RANKED: the grades of the N_RANKED records found, the
 * best first; 0 for what is not relevant or not judged, and for a record that came before. JUDGED:
 * the grades of all N_JUDGED records that were judged for the query, in any order; sorted here. A
 * grade is a gain; one below 0 is none. All 0 when nothing is relevant. The gain of a rank is
 * divided by log2(1 + rank) (Jarvelin, Kekalainen: Cumulated gain-based evaluation of IR
 * techniques, 2002), and the sum by that of the best ranking there can be. */
struct relevance relevance_reckon(const int *ranked, size_t n_ranked, int *judged, size_t n_judged);

/* Adds up figures, and turns a sum of N (not 0) into a mean. */
void relevance_add(struct relevance *sum, const struct relevance *one);
void relevance_divide(struct relevance *sum, size_t n);

#endif
