/* From matches to a ranked page of hits. */
#ifndef HIKU_SEARCH_RANK_COLLECT_H
#define HIKU_SEARCH_RANK_COLLECT_H

#include "search/match/match.h"
#include "search/rank/rank.h"
#include "search/session.h"

struct candidate {
    double score;
    int64_t id;                    /* documents.id */
    size_t member;                 /* of the handle */
    int match;                     /* enum hiku_match */
    bool respelled;                /* no word of the query stands there as it was typed */
    int32_t date;                  /* first day; DAY_NONE: none */
    struct hiku_term_score *terms; /* when asked for; owned */
    size_t n_terms;
};

/* The matches of one plan in all segments of all members. */
struct evaluation {
    struct plan plan;
    struct evaluated {
        size_t member;
        struct segment *segment;
        struct segment_matches matches;
    } * segments;
    size_t n_segments;
    uint64_t n_selected;
    struct corpus_stats stats;
    double *idf;   /* one for each term */
    bool presumed; /* some matches are (presumed.c) */
};

/* Matches e->plan everywhere and reckons what ranking needs. */
enum status evaluate(struct evaluation *e, struct hiku *db, struct match_options options);
void evaluation_release(struct evaluation *e);

struct collect_options {
    size_t keep;  /* best candidates to keep; 0: all */
    int sort;     /* enum hiku_sort */
    bool partial; /* candidates are partial matches, whatever they hold */
    bool tiers;   /* whole-word matches before others */
    bool explain;
    const struct evaluation *except; /* leave out what this one selects; may be NULL */
    const struct candidate *before;  /* only what comes before this one; may be NULL */
};

struct candidates {
    struct candidate *items;
    size_t n;
    size_t cap;
};

/* Adds the evaluation's selected documents to LIST, the best first, at most options->keep of them.
 * *N_TOTAL: how many there are in all. ST_OK, ST_NOMEM, ST_INTERRUPTED, or those of
 * segment_load_dates. */
enum status collect(const struct evaluation *e, struct hiku *db,
                    const struct collect_options *options, struct candidates *list,
                    uint64_t *n_total);

/* Scores the documents that hold enough of e->plan's ranked terms (RANK_COVERAGE) and that its tree
 * lets through. Parameters as collect. */
enum status collect_partial(struct evaluation *e, struct hiku *db, struct match_options match,
                            const struct collect_options *options, struct candidates *list,
                            uint64_t *n_total);

void candidates_release(struct candidates *list);

/* --- between collect.c, collect_streamed.c, collect_together.c, presumed.c, evaluate.c and
 * partial.c */

/* Candidates that are being collected, out of what, and how. */
struct collection {
    const struct evaluation *e;
    struct hiku *db;
    const struct collect_options *options;
    struct candidates *list; /* those from number `heap` on are a heap, the worst at its top */
    size_t heap;
    uint64_t n_total; /* all, also those that are not kept */
};

/* What a document comes to. */
struct score {
    float sum;
    bool inside; /* some term stands only inside longer words */
    bool typed;  /* some term stands there as it was typed */
};

/* What must not come after that to be among the best; NULL: nothing. */
static inline const struct candidate *worst_kept(const struct collection *c)
{
    const struct collect_options *o = c->options;
    bool is_full = o->keep > 0 && c->list->n - c->heap >= o->keep;
    if (o->sort != HIKU_SORT_RANK)
        return NULL;
    return is_full ? &c->list->items[c->heap] : o->before;
}

/* A document that scores below this does not come among the best, as is told without making a
 * candidate of it: most do not. */
static inline float score_least(const struct collection *c)
{
    const struct candidate *worst = worst_kept(c);
    bool is_score_enough = worst != NULL && worst->match != HIKU_MATCH_INSIDE && !worst->respelled;
    return is_score_enough ? (float)worst->score : 0;
}

/* Whether a document with this SCORE surely comes after WORST, which may be NULL. */
static inline bool score_is_below(const struct candidate *worst, const struct score *score)
{
    if (worst == NULL || score->sum >= (float)worst->score)
        return false;
    bool comes_before =
        (worst->match == HIKU_MATCH_INSIDE && !score->inside) || (worst->respelled && score->typed);
    return !comes_before;
}

/* Adds document DOC of EV, which has this SCORE, where it comes among the best. ST_OK, ST_NOMEM. */
enum status collect_document(struct collection *c, const struct evaluated *ev, uint32_t doc,
                             const struct score *score);
/* Scores the documents of EV, of whose one term those of the first spelling are left in its list
 * (leave_in_list), and adds the best. */
enum status collect_streamed(struct collection *c, const struct evaluated *ev);
/* The same of several terms, all left in their lists. */
enum status collect_together(struct collection *c, const struct evaluated *ev);

/* Adds a candidate, keeping the best of them; false when memory is out. */
bool candidates_add(struct collection *c, const struct candidate *candidate);
/* Puts the candidates from HEAP on in order. */
void candidates_sort(struct candidates *list, size_t heap, int sort);
/* Notes how a candidate's score adds up. */
enum status candidate_explain(const struct evaluation *e, struct candidate *c);

/* Loads all segments of all members into e->segments and reckons e->stats. */
enum status evaluation_load(struct evaluation *e, struct hiku *db);
/* The documents of the segment that has the most; 1 or more. */
uint32_t evaluation_largest(const struct evaluation *e);
/* A matcher for the plan of E. */
void evaluation_matcher(const struct evaluation *e, struct hiku *db, struct match_options options,
                        struct matcher *m);

/* Whether the candidate is a document of the segment. */
bool evaluated_holds(const struct evaluated *ev, const struct candidate *c);
/* Negative when A comes before B. */
int candidate_order(const struct candidate *a, const struct candidate *b, int sort);
/* Scores the candidate's document anew, where something was presumed of it. */
void candidate_score(const struct evaluation *e, const struct collect_options *options,
                     struct candidate *c);
/* Scores all selected documents and adds the best, in order. */
enum status collect_best(struct collection *c);

/* The same for an evaluation with presumed matches. */
enum status collect_presumed(struct collection *c);

#endif
