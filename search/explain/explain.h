/* Behind hiku_explain: explain.c, explain_nearest.c, explain_obstacles.c. */
#ifndef HIKU_SEARCH_EXPLAIN_EXPLAIN_H
#define HIKU_SEARCH_EXPLAIN_EXPLAIN_H

#include "search/results/places.h"
#include "search/results/results.h"

/* What one of shown.terms points to. */
struct explained_parts {
    struct hiku_spelling *spellings;
    struct places places;
    char *rule; /* of the nearest; NULL: none */
};

struct explained {
    struct hiku_explanation shown; /* first: what the caller has */
    struct hiku_results *results;  /* keeps the plans, and the index as it was */
    struct buf tree;
    struct hiku_explained_term *terms;
    struct explained_parts *parts; /* one for each term */
    struct record_text text;
    size_t member; /* of the record */
    struct hiku_obstacle *obstacles;
    size_t cap_obstacles;
};

/* The term of the plans that TERMS[NUMBER] is. */
const struct term *explained_term(const struct explained *e, size_t number);

/* Tells what in the record comes nearest to a term that it does not have. ST_OK, ST_NOMEM, and
 * those of looking words up. */
enum status explain_nearest(struct explained *e, size_t number);

/* Lists what keeps the record from having all words. Statuses as match_segment. */
enum status explain_obstacles(struct explained *e);

#endif
