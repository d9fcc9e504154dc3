/* From matches to a ranked page of hits. Interface: collect.h. */
#include "search/rank/collect.h"

#include "base/array.h"
#include "search/match/bitset.h"
#include "search/rank/norms.h"
#include "search/rank/proximity.h"

#include <stdlib.h>
#include <string.h>

void candidates_release(struct candidates *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->items[i].terms);
    free(list->items);
    *list = (struct candidates){0};
}

/* Negative when A comes before B. The order is total: equal scores fall back to index and id. */
static int order_by_rank(const struct candidate *a, const struct candidate *b)
{
    if (a->match != b->match && (a->match == HIKU_MATCH_INSIDE || b->match == HIKU_MATCH_INSIDE))
        return a->match < b->match ? -1 : 1;
    if (a->respelled != b->respelled)
        return b->respelled ? -1 : 1;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->member != b->member)
        return a->member < b->member ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static int order_by_date(const struct candidate *a, const struct candidate *b, int sort)
{
    if (a->date == b->date)
        return order_by_rank(a, b);
    if (a->date == DAY_NONE || b->date == DAY_NONE)
        return a->date == DAY_NONE ? 1 : -1; /* records without a date come last, either way */
    return (a->date < b->date) == (sort == HIKU_SORT_DATE) ? -1 : 1;
}

static int compare_rank(const void *a, const void *b)
{
    return order_by_rank(a, b);
}

static int compare_date(const void *a, const void *b)
{
    return order_by_date(a, b, HIKU_SORT_DATE);
}

static int compare_date_desc(const void *a, const void *b)
{
    return order_by_date(a, b, HIKU_SORT_DATE_DESC);
}

typedef int comparison(const void *, const void *);

static comparison *comparison_of(int sort)
{
    return sort == HIKU_SORT_DATE        ? compare_date
           : sort == HIKU_SORT_DATE_DESC ? compare_date_desc
                                         : compare_rank;
}

int candidate_order(const struct candidate *a, const struct candidate *b, int sort)
{
    return comparison_of(sort)(a, b);
}

/* Moves the candidate at the top of the heap (the worst kept) to its place. */
static void sift_down(struct candidate *heap, size_t n, comparison *compare)
{
    struct candidate moved = heap[0];
    size_t at = 0;
    for (size_t child; (child = at * 2 + 1) < n; at = child) {
        if (child + 1 < n && compare(&heap[child + 1], &heap[child]) > 0)
            child++;
        if (compare(&heap[child], &moved) <= 0)
            break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

static void sift_up(struct candidate *heap, size_t at, comparison *compare)
{
    struct candidate moved = heap[at];
    for (; at > 0 && compare(&heap[(at - 1) / 2], &moved) < 0; at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = moved;
}

bool candidates_add(struct collection *c, const struct candidate *candidate)
{
    struct candidates *list = c->list;
    size_t n_keep = c->options->keep, n = list->n - c->heap;
    comparison *compare = comparison_of(c->options->sort);
    if (n_keep > 0 && n >= n_keep) {
        struct candidate *heap = list->items + c->heap;
        if (compare(candidate, heap) < 0) {
            *heap = *candidate;
            sift_down(heap, n_keep, compare);
        }
        return true;
    }
    if (!array_reserve(&list->items, &list->cap, list->n + 1, sizeof *list->items))
        return false;
    list->items[list->n++] = *candidate;
    if (n_keep > 0)
        sift_up(list->items + c->heap, n, compare);
    return true;
}

void candidates_sort(struct candidates *list, size_t heap, int sort)
{
    if (list->n > heap)
        qsort(list->items + heap, list->n - heap, sizeof *list->items, comparison_of(sort));
}

static void add_score(const struct evaluation *e, const struct segment *s, size_t term,
                      const struct doc_match *m, struct score *score)
{
    float weight = (float)(e->plan.terms[term].weight * e->idf[term]);
    score->sum += rank_term(weight, m->title, m->body, document_norms(&e->stats, s, m->doc));
    score->inside |= m->n_aligned == 0;
    score->typed |= m->spelling == 0;
}

/* Sets SCORES, room for all documents of a segment, term by term. */
static enum status score_all(const struct evaluation *e, const struct evaluated *ev,
                             struct hiku *db, struct score *scores)
{
    enum status st = ST_OK;
    memset(scores, 0, ev->segment->n_docs * sizeof *scores);
    for (size_t t = 0; t < e->plan.n_terms && st == ST_OK; t++) {
        const struct term_matches *matches = &ev->matches.terms[t];
        for (size_t i = 0; i < matches->n && !e->plan.terms[t].negative; i++)
            add_score(e, ev->segment, t, &matches->items[i], &scores[matches->items[i].doc]);
        if (matches->n > 0)
            st = session_check(db);
    }
    return st;
}

/* Documents that are scored one by one. */
struct walk {
    size_t *cursors; /* of each term, 0 before the first document; NULL: they come in any order */
    float *left;     /* what the terms behind each add to a score at most; NULL: not known */
    float least;     /* a score below this is of no use, and may be less than it is */
};

static struct score score_one(const struct evaluation *e, const struct evaluated *ev, uint32_t doc,
                              const struct walk *walk)
{
    struct score score = {0};
    for (size_t t = 0; t < e->plan.n_terms; t++) {
        const struct term_matches *matches = &ev->matches.terms[t];
        size_t first = 0, *at = walk->cursors != NULL ? &walk->cursors[t] : &first;
        if (e->plan.terms[t].negative)
            continue;
        /* Mostly it is the next one. */
        *at += *at < matches->n && matches->items[*at].doc < doc;
        bool is_here = *at < matches->n && matches->items[*at].doc == doc;
        const struct doc_match *m = is_here ? &matches->items[*at] : matches_next(matches, at, doc);
        if (m != NULL)
            add_score(e, ev->segment, t, m, &score);
        if (walk->left != NULL && (score.sum + walk->left[t]) * RANK_ROUNDING < walk->least)
            break;
    }
    return score;
}

/* Begins with the first document. WALK is released by walk_release, also when memory is out. */
static enum status walk_begin(const struct evaluation *e, struct walk *walk)
{
    size_t n = e->plan.n_terms;
    float left = 0;
    *walk = (struct walk){.cursors = calloc(n + 1, sizeof *walk->cursors),
                          .left = calloc(n + 1, sizeof *walk->left)};
    if (walk->cursors == NULL || walk->left == NULL)
        return ST_NOMEM;
    for (size_t t = n; t-- > 0;) {
        const struct term *term = &e->plan.terms[t];
        walk->left[t] = left;
        left += term->negative ? 0 : rank_term_most((float)(term->weight * e->idf[t]));
    }
    return ST_OK;
}

static void walk_release(struct walk *walk)
{
    free(walk->cursors);
    free(walk->left);
}

static struct candidate make_candidate(const struct evaluated *ev, const struct collect_options *o,
                                       uint32_t doc, const struct score *score)
{
    struct candidate c = {.score = (double)score->sum,
                          .id = ev->segment->base + doc,
                          .member = ev->member,
                          .match = o->partial                  ? HIKU_MATCH_PARTIAL
                                   : o->tiers && score->inside ? HIKU_MATCH_INSIDE
                                                               : HIKU_MATCH_ALL,
                          .respelled = o->tiers && !score->typed,
                          .date = DAY_NONE};
    if (o->sort != HIKU_SORT_RANK)
        c.date = ev->segment->dates[(size_t)doc * 2];
    return c;
}

bool evaluated_holds(const struct evaluated *ev, const struct candidate *c)
{
    return ev->member == c->member && c->id >= ev->segment->base &&
           c->id < ev->segment->base + ev->segment->n_docs;
}

static const struct evaluated *segment_of(const struct evaluation *e, const struct candidate *c)
{
    const struct evaluated *ev = e->segments;
    while (!evaluated_holds(ev, c))
        ev++;
    return ev;
}

void candidate_score(const struct evaluation *e, const struct collect_options *options,
                     struct candidate *c)
{
    const struct evaluated *ev = segment_of(e, c);
    uint32_t doc = (uint32_t)(c->id - ev->segment->base);
    struct score score = {0};
    bool presumed = false;
    for (size_t t = 0; t < e->plan.n_terms; t++)
        presumed |= ev->matches.terms[t].presumed;
    if (!presumed) /* it is right as it is */
        return;
    if (ev->matches.streamed) {
        const struct doc_match *looked = matches_find(&ev->matches.looked, doc);
        if (looked == NULL) /* the index is damaged */
            return;
        add_score(e, ev->segment, 0, looked, &score);
    } else {
        score = score_one(e, ev, doc, &(struct walk){.least = 0});
    }
    *c = make_candidate(ev, options, doc, &score);
}

enum status collect_document(struct collection *c, const struct evaluated *ev, uint32_t doc,
                             const struct score *score)
{
    const struct collect_options *o = c->options;
    if (score_is_below(worst_kept(c), score))
        return ST_OK;
    struct candidate candidate = make_candidate(ev, o, doc, score);
    if (o->before != NULL && candidate_order(&candidate, o->before, o->sort) > 0)
        return ST_OK;
    return candidates_add(c, &candidate) ? ST_OK : ST_NOMEM;
}

/* Scores the selected documents of EV but for EXCEPT, which may be NULL, in the order of their
 * numbers: those in SCORES, or NULL: one by one along the matches. */
static enum status collect_selected(struct collection *c, const struct evaluated *ev,
                                    const uint64_t *except, const struct score *scores)
{
    struct walk walk;
    enum status st = walk_begin(c->e, &walk);
    for (size_t w = 0; w < bitset_words(ev->segment->n_docs) && st == ST_OK; w++) {
        uint64_t word = ev->matches.selected[w] & ~(except != NULL ? except[w] : 0);
        if (word != 0 && scores == NULL)
            st = session_check(c->db);
        for (; word != 0 && st == ST_OK; word &= word - 1) {
            uint32_t doc = (uint32_t)(w * 64 + (unsigned)__builtin_ctzll(word));
            walk.least = score_least(c);
            struct score score = scores != NULL ? scores[doc] : score_one(c->e, ev, doc, &walk);
            c->n_total++;
            if (score.sum >= walk.least)
                st = collect_document(c, ev, doc, &score);
        }
    }
    walk_release(&walk);
    return st;
}

static bool is_one_term(const struct plan *plan)
{
    return plan->n_terms == 1 && plan->root != PLAN_NO_NODE &&
           plan->nodes[plan->root].op == QUERY_TERM;
}

/* Documents that are scored before it is asked whether the search is still wanted. */
#define CHECKED 64

/* The same where the plan is one term: its documents are what is selected. */
static enum status collect_term(struct collection *c, const struct evaluated *ev)
{
    const struct term_matches *matches = &ev->matches.terms[0];
    enum status st = ST_OK;
    for (size_t i = 0; i < matches->n && st == ST_OK; i++) {
        const struct doc_match *m = &matches->items[i];
        struct score score = {0};
        add_score(c->e, ev->segment, 0, m, &score);
        if (i % CHECKED == 0)
            st = session_check(c->db);
        if (st == ST_OK && score.sum >= score_least(c))
            st = collect_document(c, ev, m->doc, &score);
    }
    c->n_total += matches->n;
    return st;
}

/* So many terms are looked up document by document, whatever it holds of them. */
#define FEW_TERMS 4

/* ALL: room for the scores of all documents. */
static enum status collect_segment(struct collection *c, size_t number, struct score *all)
{
    const struct evaluation *e = c->e, *except = c->options->except;
    const struct evaluated *ev = &e->segments[number];
    enum status st = ST_OK;
    if (ev->matches.n_selected == 0)
        return ST_OK;
    if (ev->matches.streamed)
        return (e->plan.n_terms > 1 ? collect_together : collect_streamed)(c, ev);
    if (c->options->sort != HIKU_SORT_RANK)
        st = segment_load_dates(c->db->members[ev->member].store, ev->segment, &c->db->error);
    if (st == ST_OK && is_one_term(&e->plan) && except == NULL)
        return collect_term(c, ev);
    /* A few documents, or terms, are cheaper looked up one by one than cleared for all. */
    bool has_all = e->plan.n_terms > FEW_TERMS && ev->matches.n_selected > ev->segment->n_docs / 64;
    if (st == ST_OK && has_all)
        st = score_all(e, ev, c->db, all);
    if (st != ST_OK)
        return st;
    return collect_selected(c, ev,
                            except != NULL ? except->segments[number].matches.selected : NULL,
                            has_all ? all : NULL);
}

/* A score also depends on how close the terms stand (proximity.h), a partial match's on how much of
 * the query it holds: the terms' parts are given in the proportion in which they add up to it. */
static void share_score(struct candidate *c)
{
    double sum = 0;
    for (size_t i = 0; i < c->n_terms; i++)
        sum += c->terms[i].score;
    for (size_t i = 0; i < c->n_terms && sum > 0; i++)
        c->terms[i].score *= c->score / sum;
}

/* Notes how the candidate's score adds up. */
enum status candidate_explain(const struct evaluation *e, struct candidate *c)
{
    const struct evaluated *ev = segment_of(e, c);
    const struct segment *s = ev->segment;
    uint32_t doc = (uint32_t)(c->id - s->base);
    struct rank_norms norms = document_norms(&e->stats, s, doc);
    c->terms = calloc(e->plan.n_terms + 1, sizeof *c->terms);
    if (c->terms == NULL)
        return ST_NOMEM;
    for (size_t t = 0; t < e->plan.n_terms; t++) {
        const struct term *term = &e->plan.terms[t];
        const struct doc_match *m = matches_find(&ev->matches.terms[t], doc);
        if (m == NULL || term->negative)
            continue;
        c->terms[c->n_terms++] =
            (struct hiku_term_score){.term = term->spellings[0].text,
                                     .expansion = term->spellings[m->spelling].rule,
                                     .idf = e->idf[t],
                                     .title_tf = m->n_title,
                                     .body_tf = m->n_body,
                                     .aligned_tf = m->n_aligned,
                                     .weight = term->weight,
                                     .score = (double)rank_term((float)(term->weight * e->idf[t]),
                                                                m->title, m->body, norms)};
    }
    share_score(c);
    return ST_OK;
}

enum status collect_best(struct collection *c)
{
    /* Memory that was given back would come anew, page by page, for each segment. */
    struct score *all = malloc(evaluation_largest(c->e) * sizeof *all);
    enum status st = all != NULL ? ST_OK : ST_NOMEM;
    c->n_total = 0;
    for (size_t i = 0; i < c->e->n_segments && st == ST_OK; i++)
        st = collect_segment(c, i, all);
    candidates_sort(c->list, c->heap, c->options->sort);
    free(all);
    return st;
}

enum status collect(const struct evaluation *e, struct hiku *db,
                    const struct collect_options *options, struct candidates *list,
                    uint64_t *n_total)
{
    struct collection c = {e, db, options, list, list->n, 0};
    enum status st = e->presumed ? collect_presumed(&c) : collect_best(&c);
    *n_total = c.n_total;
    if (st == ST_OK && options->tiers && options->sort == HIKU_SORT_RANK && list->n > c.heap)
        st = proximity_rerank_all(e, db, list->items + c.heap, list->n - c.heap);
    for (size_t i = c.heap; i < list->n && st == ST_OK && options->explain; i++)
        st = candidate_explain(e, &list->items[i]);
    return st == ST_NOMEM ? error_set(&db->error, st, _("out of memory")) : st;
}
