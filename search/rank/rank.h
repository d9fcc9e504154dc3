/* Scoring: BM25F over title and body. */
#ifndef HIKU_SEARCH_RANK_RANK_H
#define HIKU_SEARCH_RANK_RANK_H

#include "search/match/match.h"
#include "search/parameters.h"

/* What scoring needs to know of all indexes that are searched together. */
struct corpus_stats {
    double n_docs;
    double title_units; /* mean length, UTF-16 units */
    double body_units;
    double body_share; /* rank_body_share of these two */
    double body_power; /* rank_body_power of these */
    double lead;       /* rank_lead_weight of these */
};

/* Inverse document frequency, natural logarithm, never negative (Lucene's form: ln(1 + …)). */
double rank_idf(double n_docs, double n_matching);

/* What a match counts in a document's title and body. */
struct rank_norms {
    float title;
    float body;
};

/* Those of a document with fields of TITLE_UNITS and BODY_UNITS. */
struct rank_norms rank_norms(const struct corpus_stats *stats, uint32_t title_units,
                             uint32_t body_units);

/* What a term of this WEIGHT adds to a score where its frequency, with the length of the text, is
 * TF. */
static inline float rank_saturated(float weight, float tf)
{
    return weight * tf * (float)(RANK_K1 + 1) / ((float)RANK_K1 + tf);
}

/* One term's part of a document's score. WEIGHT: the term's own, times its idf. TITLE, BODY: its
 * matches, each weighed by how it matches. */
static inline float rank_term(float weight, float title, float body, struct rank_norms norms)
{
    return rank_saturated(weight, title * norms.title + body * norms.body);
}

/* A frequency below this comes to less than SCORE, whatever is rounded. */
float rank_least_tf(float weight, float score);

/* What no term of this WEIGHT passes, however often it stands there; but for rounding. */
static inline float rank_term_most(float weight)
{
    return weight * (float)(RANK_K1 + 1);
}

/* A bound of a score is this many times the sum, which is rounded, of what it is made of. */
#define RANK_ROUNDING 1.0001F

/* How much of what records say stands in their bodies: 0 (nothing) to 1, by the mean lengths of
 * titles and bodies, in any unit. */
double rank_body_share(double title_units, double body_units);

/* What a match in the title counts beside one in the body. */
double rank_title_weight(double body_share);

/* How much a match counts in a field that is RELATIVE_LENGTH times as long as the mean. */
double rank_title_norm(double relative_length, double body_share);
double rank_body_norm(double relative_length, double power);

/* What a word counts that stands N_UNITS (UTF-16) behind the beginning of a body, 1 to 0. */
double rank_lead(double n_units);

/* The part of a score that such places add to it at most, where bodies have MEAN_UNITS (UTF-16) on
 * average. */
double rank_lead_weight(double mean_units);

/* The power for bodies of MEAN_UNITS (UTF-16) on average. */
double rank_body_power(double mean_units);

#endif
