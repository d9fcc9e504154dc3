/* How near to each other, and to the beginning, the words of a query stand. Interface: proximity.h.
 */
#include "search/rank/proximity.h"

#include "base/array.h"

#include <math.h>
#include <stdlib.h>

/* A term at a place of the segment. */
struct occurrence {
    uint32_t position;
    uint32_t term;
};

/* So many occurrences before each are looked at: a text may say the same words again and again. */
#define CLOSE_BEFORE 4

struct windows {
    const struct evaluation *e;
    struct matcher *m;
    bool of_all;      /* the candidates hold all words */
    double total;     /* what all terms weigh */
    double *weights;  /* of each term; 0: it does not count */
    uint32_t *counts; /* how often each term stands in the window, or the body, at hand */
    struct occurrence *occurrences;
    size_t n;
    size_t cap;
};

/* A single character stands everywhere, as a part of words too. */
static bool is_near_term(const struct term *term, bool of_all)
{
    return of_all ? !term->negative && term->spellings[0].n_units > 1
                  : term->ranked && term_kind_covers(term->kind);
}

static bool init(struct windows *w)
{
    size_t n = w->e->plan.n_terms;
    w->weights = calloc(n + 1, sizeof *w->weights);
    w->counts = calloc(n + 1, sizeof *w->counts);
    if (w->weights == NULL || w->counts == NULL)
        return false;
    for (size_t t = 0; t < n; t++) {
        const struct term *term = &w->e->plan.terms[t];
        if (is_near_term(term, w->of_all))
            w->weights[t] = term->weight * w->e->idf[t];
        w->total += w->weights[t];
    }
    return true;
}

static void release(struct windows *w)
{
    free(w->weights);
    free(w->counts);
    free(w->occurrences);
}

static int by_position(const void *a, const void *b)
{
    const struct occurrence *x = a, *y = b;
    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term;
}

/* Notes where the terms stand in the documents w->m->only. */
static enum status find_occurrences(struct windows *w, const struct segment *segment)
{
    enum status st = ST_OK;
    w->n = 0;
    for (size_t t = 0; t < w->e->plan.n_terms && st == ST_OK; t++) {
        const struct term *term = &w->e->plan.terms[t];
        st = matcher_check(w->m);
        for (size_t k = 0; k < term->n_spellings && w->weights[t] > 0 && st == ST_OK; k++) {
            const struct spelling *s = &term->spellings[k];
            st = find_spelling_positions(w->m, segment, s);
            if (st == ST_OK && !array_reserve(&w->occurrences, &w->cap, w->n + w->m->n_positions,
                                              sizeof *w->occurrences))
                st = ST_NOMEM;
            for (size_t i = 0; i < w->m->n_positions && st == ST_OK; i++)
                w->occurrences[w->n++] = (struct occurrence){w->m->positions[i], (uint32_t)t};
        }
    }
    if (w->n > 1)
        qsort(w->occurrences, w->n, sizeof *w->occurrences, by_position);
    return st;
}

static void leave(struct windows *w, const struct occurrence *o, double *held)
{
    if (--w->counts[o->term] == 0)
        *held -= w->weights[o->term];
}

/* The part of the query, by weight, that the heaviest window of those from FIRST to END holds. No
 * window goes beyond the title. */
static double heaviest_window(struct windows *w, const struct occurrence *first,
                              const struct occurrence *end, uint32_t title_end)
{
    double held = 0, most = 0;
    for (const struct occurrence *at = first; at < end; at++) {
        bool is_title = at->position < title_end;
        unsigned field = is_title ? QUERY_TITLE : QUERY_BODY;
        while (first < at && (at->position - first->position > RANK_NEAR_UNITS ||
                              (first->position < title_end) != is_title))
            leave(w, first++, &held);
        if (w->counts[at->term]++ == 0 && w->e->plan.terms[at->term].fields & field)
            held += w->weights[at->term];
        most = held > most ? held : most;
    }
    for (; first < end; first++)
        w->counts[first->term] = 0;
    return w->total > 0 ? most / w->total : 0;
}

/* The part of the query, by weight, that stands early among those from FIRST to END in the body. */
static double lead(struct windows *w, const struct occurrence *first, const struct occurrence *end,
                   uint32_t title_end)
{
    double held = 0;
    for (const struct occurrence *at = first; at < end; at++) {
        bool counts =
            at->position >= title_end && (w->e->plan.terms[at->term].fields & QUERY_BODY) != 0;
        if (counts && w->counts[at->term]++ == 0)
            held += w->weights[at->term] * rank_lead(at->position - title_end);
    }
    for (; first < end; first++)
        w->counts[first->term] = 0;
    return w->total > 0 ? held / w->total : 0;
}

static bool counts_in_field(const struct windows *w, const struct occurrence *o, bool is_title)
{
    return (w->e->plan.terms[o->term].fields & (is_title ? QUERY_TITLE : QUERY_BODY)) != 0;
}

/* What the other terms that stand close before the occurrence AT count, of those from FIRST on. */
static double close_before(const struct windows *w, const struct occurrence *first,
                           const struct occurrence *at, uint32_t title_end)
{
    bool is_title = at->position < title_end;
    double sum = 0;
    for (const struct occurrence *o = at; o > first && at - o < CLOSE_BEFORE;) {
        o--;
        double n_units = (double)(at->position - o->position);
        if (n_units > 4 * RANK_CLOSE_UNITS || (o->position < title_end) != is_title)
            break;
        if (o->term != at->term && counts_in_field(w, o, is_title))
            sum += (w->weights[o->term] + w->weights[at->term]) / w->total *
                   exp(-n_units / RANK_CLOSE_UNITS);
    }
    return sum;
}

/* How often different terms stand close to each other among those from FIRST to END, and how close:
 * 0 (nowhere) to 1. */
static double closeness(const struct windows *w, const struct occurrence *first,
                        const struct occurrence *end, uint32_t title_end)
{
    double sum = 0;
    for (const struct occurrence *at = first; at < end; at++) {
        if (counts_in_field(w, at, at->position < title_end))
            sum += close_before(w, first, at, title_end);
    }
    return sum / (sum + RANK_CLOSE_K);
}

/* The part by which the score of a document grows that has the terms from FIRST to END. */
static double gain_of(struct windows *w, const struct occurrence *first,
                      const struct occurrence *end, uint32_t title_end)
{
    if (w->of_all)
        return RANK_CLOSE * closeness(w, first, end, title_end);
    return RANK_NEAR * heaviest_window(w, first, end, title_end) +
           w->e->stats.lead * lead(w, first, end, title_end);
}

/* Raises the scores of the candidates that are the documents w->m->only of the segment. */
static void raise_scores(struct windows *w, const struct segment *segment,
                         struct candidate *const *candidates)
{
    size_t at = 0;
    if (w->n == 0)
        return;
    for (size_t i = 0; i < w->m->n_only; i++) {
        uint32_t doc = w->m->only[i];
        size_t first = at;
        while (at < w->n && w->occurrences[at].position < segment->starts[doc + 1])
            at++;
        const struct occurrence *from = w->occurrences + first, *to = w->occurrences + at;
        candidates[i]->score *= 1 + gain_of(w, from, to, segment->title_ends[doc]);
    }
}

static int by_document(const void *a, const void *b)
{
    const struct candidate *x = *(struct candidate *const *)a, *y = *(struct candidate *const *)b;
    return x->id < y->id ? -1 : x->id > y->id;
}

_Static_assert(RANK_NEAR_POOL <= RANK_CLOSE_POOL, "either pool has room in rerank_segment");

/* Those of the N candidates, at most RANK_CLOSE_POOL, that are in one segment. */
static enum status rerank_segment(struct windows *w, const struct evaluated *ev,
                                  struct candidate *candidates, size_t n)
{
    struct candidate *here[RANK_CLOSE_POOL];
    uint32_t docs[RANK_CLOSE_POOL];
    size_t n_here = 0;
    for (size_t i = 0; i < n; i++) {
        if (evaluated_holds(ev, &candidates[i]))
            here[n_here++] = &candidates[i];
    }
    if (n_here == 0)
        return ST_OK;
    qsort(here, n_here, sizeof *here, by_document);
    for (size_t i = 0; i < n_here; i++)
        docs[i] = (uint32_t)(here[i]->id - ev->segment->base);
    w->m->only = docs;
    w->m->n_only = n_here;
    enum status st = find_occurrences(w, ev->segment);
    if (st == ST_OK)
        raise_scores(w, ev->segment, here);
    w->m->only = NULL;
    return st;
}

/* Raises the scores of the N candidates, and puts them in order again. */
static enum status rerank(struct windows *w, struct hiku *db, struct candidate *candidates,
                          size_t n)
{
    const struct evaluation *e = w->e;
    enum status st = init(w) ? ST_OK : ST_NOMEM;
    for (size_t i = 0; i < e->n_segments && st == ST_OK; i++) {
        w->m->store = db->members[e->segments[i].member].store;
        st = session_check(db);
        if (st == ST_OK)
            st = rerank_segment(w, &e->segments[i], candidates, n);
    }
    release(w);
    struct candidates best = {.items = candidates, .n = n};
    candidates_sort(&best, 0, HIKU_SORT_RANK);
    return st;
}

enum status proximity_rerank(const struct evaluation *e, struct hiku *db, struct matcher *m,
                             struct candidate *candidates, size_t n)
{
    struct windows w = {.e = e, .m = m};
    return rerank(&w, db, candidates, n < RANK_NEAR_POOL ? n : RANK_NEAR_POOL);
}

enum status proximity_rerank_all(const struct evaluation *e, struct hiku *db,
                                 struct candidate *candidates, size_t n)
{
    struct matcher m;
    struct windows w = {.e = e, .m = &m, .of_all = true};
    size_t n_terms = 0;
    for (size_t t = 0; t < e->plan.n_terms; t++)
        n_terms += is_near_term(&e->plan.terms[t], true);
    if (n_terms < 2 || n < 2)
        return ST_OK;
    evaluation_matcher(e, db, (struct match_options){.words_only = false}, &m);
    enum status st = rerank(&w, db, candidates, n < RANK_CLOSE_POOL ? n : RANK_CLOSE_POOL);
    matcher_release(&m);
    return st;
}
