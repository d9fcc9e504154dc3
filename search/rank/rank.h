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
    /* rank_body_norm of bodies of 0 to RANK_N_NORMS - 1 units, 0 before it is first asked for:
     * powers take longer than all the rest of a score. NULL: none are kept. */
    double *body_norms;
};

#define RANK_N_NORMS 4096

/* Inverse document frequency, natural logarithm, never negative (Lucene's form: ln(1 + …)). */
double rank_idf(double n_docs, double n_matching);

/* One term's part of a document's score. TITLE_UNITS, BODY_UNITS: the document's lengths. */
double rank_term(const struct corpus_stats *stats, double idf, const struct doc_match *match,
                 uint32_t title_units, uint32_t body_units);

/* How much of what records say stands in their bodies: 0 (nothing) to 1, by the mean lengths of
 * titles and bodies, in any unit. */
double rank_body_share(double title_units, double body_units);

/* What a match in the title counts beside one in the body. */
double rank_title_weight(double body_share);

/* How much a match counts in a field that is RELATIVE_LENGTH times as long as the mean. */
double rank_title_norm(double relative_length, double body_share);
double rank_body_norm(double relative_length, double power);

/* The power for bodies of MEAN_UNITS (UTF-16) on average. */
double rank_body_power(double mean_units);

#endif
