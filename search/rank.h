/* Scoring: BM25F over title and body. All parameters of the ranking are here. */
#ifndef HIKU_SEARCH_RANK_H
#define HIKU_SEARCH_RANK_H

#include "search/match.h"

/* Saturation of term frequency (Robertson, Zaragoza: The Probabilistic Relevance Framework: BM25
 * and Beyond, 2009, 3.6: BM25F). */
#define RANK_K1 0.9
/* Length normalisation. Titles: linear, as in BM25F, and as strong as that of a text where records
 * have no bodies beside them. Bodies: by a power of the length below 1, so
 * that it is as strong as usual between short texts and does not bury the long ones. A short text
 * is longer than others by saying more words about one thing, a long one (minutes, reports) by
 * speaking of more things (Robertson, Walker: Some simple effective approximations to the 2-Poisson
 * model, 1994: verbosity and scope). So the power falls with the mean length, from MOST at
 * SHORT_UNITS (UTF-16) by FALL for each doubling down to LEAST. */
#define RANK_B_TITLE 0.4
#define RANK_B_TITLE_ALONE 1.1
#define RANK_BODY_POWER_MOST 0.85
#define RANK_BODY_POWER_LEAST 0.5
#define RANK_BODY_POWER_FALL 0.13
#define RANK_BODY_SHORT_UNITS 400
/* A match in the title counts as this many in the body, where bodies are at least RANK_BODY_FULL
 * times as long as titles on average. Where they are shorter, the title is more of the text and
 * less its name: without bodies a match in it counts as one. */
#define RANK_TITLE 4.0
#define RANK_BODY_FULL 2.0
/* A match inside a longer word counts as this part of one that is a whole word. */
#define RANK_INSIDE 0.35
/* Where the order looks at the texts themselves (literal_first.c), a hit of which no word has the
 * characters typed counts as this part of its score, as one in another spelling does. */
#define RANK_FOLDED 0.8
/* Weights of the parts of a longer text in partial matches. */
#define RANK_WEIGHT_TEXT 2.0
#define RANK_WEIGHT_WORD 1.0
#define RANK_WEIGHT_NAME 1.5 /* a proper noun, or a word that the dictionary lacks */
#define RANK_WEIGHT_PAIR 0.3
#define RANK_WEIGHT_LONE 0.7    /* a word of one character */
#define RANK_WEIGHT_AGAIN 0.5   /* of a word, for each time that the query repeats it */
#define RANK_WEIGHT_PHRASE 0.15 /* two neighbouring words with the grammar between them */

/* A text of this many content words reads like a sentence when grammar stands between them, and
 * one of this many words of two characters or more like the title of a measure in any case: partial
 * matches follow those that hold all of it. What a title names is often told in other words. A
 * keyword of fewer words stays precise. */
#define RANK_SENTENCE_WORDS 3
#define RANK_TITLE_WORDS 4

/* The part of a partial match's score that goes with how much of the query it holds. */
#define RANK_COVERED 0.4
/* A partial match holds at least this part of the query, by the weight and rarity of its terms. A
 * title answers a long sentence with a word or two of it. */
#define RANK_COVERAGE 0.04
/* The score of each of the RANK_NEAR_POOL best partial matches grows by up to this part of it: by
 * as much of the query as stands together within RANK_NEAR_UNITS (UTF-16) of the record. */
#define RANK_NEAR 0.8
#define RANK_NEAR_UNITS 40
#define RANK_NEAR_POOL 30
/* As many of the best partial matches are kept at least, whatever the page: what cannot come among
 * them any more is dropped before the longest lists are read. A document may still gain
 * RANK_GAIN times the weight of the terms to come, that is one match of average length in each. */
#define RANK_POOL 100
#define RANK_GAIN 1.0

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
