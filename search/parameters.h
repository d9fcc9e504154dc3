/* All parameters of the ranking: what each does and where it comes from. */
#ifndef HIKU_SEARCH_PARAMETERS_H
#define HIKU_SEARCH_PARAMETERS_H

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
/* Where the order looks at the texts themselves (text_order.c), a hit of which no word has the
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
/* The score of each of the RANK_CLOSE_POOL best hits that hold all of several words grows by up to
 * this part of it, the more often and the closer different words of the query stand together: two
 * with so many UNITS (UTF-16) from one's beginning to the other's count 1/e, and K such pairs of
 * neighbours make half of it. Long texts hold all words by chance. */
#define RANK_CLOSE 0.8
#define RANK_CLOSE_UNITS 12
#define RANK_CLOSE_K 1.5
#define RANK_CLOSE_POOL 100
/* The score of one of these, and of one of the page's hits that hold all words, grows by up to this
 * part of it: by as much of the query as stands early in the body. A place counts half as much for
 * each RANK_LEAD_UNITS (UTF-16) before it. What a text is about it tells first (Troy, Zhang:
 * Enhancing relevance scoring with chronological term rank, 2007), but where texts speak of many
 * things one after the other, only the first: so this falls with the mean length, from all of it at
 * SHORT_UNITS by FALL for each doubling. */
#define RANK_LEAD 0.4
#define RANK_LEAD_UNITS 70
#define RANK_LEAD_SHORT_UNITS 1000
#define RANK_LEAD_FALL 0.5
/* As many of the best partial matches are kept at least, whatever the page: what cannot come among
 * them any more is dropped before the longest lists are read. A document may still gain
 * RANK_GAIN times the weight of the terms to come, that is one match of average length in each. */
#define RANK_POOL 100
#define RANK_GAIN 1.0

#endif
