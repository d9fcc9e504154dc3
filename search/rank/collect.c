/* From matches to a ranked page of hits. Interface: collect.h. */
#include "search/rank/collect.h"

#include "base/array.h"
#include "search/match/bitset.h"
#include "search/rank/norms.h"

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

/* The candidates from HEAP on are a heap whose top is the worst of them. */
bool candidates_add(struct candidates *list, size_t heap, const struct collect_options *options,
                    const struct candidate *c)
{
    size_t n_keep = options->keep;
    comparison *compare = comparison_of(options->sort);
    if (n_keep > 0 && list->n - heap >= n_keep) {
        if (compare(c, &list->items[heap]) < 0) {
            list->items[heap] = *c;
            sift_down(list->items + heap, n_keep, compare);
        }
        return true;
    }
    if (!array_reserve(&list->items, &list->cap, list->n + 1, sizeof *list->items))
        return false;
    list->items[list->n++] = *c;
    if (n_keep > 0)
        sift_up(list->items + heap, list->n - 1 - heap, compare);
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
    score->found = true;
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

/* CURSORS: one for each term, 0 before the first of documents that ascend from call to call. NULL:
 * documents come in any order. */
static struct score score_one(const struct evaluation *e, const struct evaluated *ev, uint32_t doc,
                              size_t *cursors)
{
    struct score score = {0};
    for (size_t t = 0; t < e->plan.n_terms; t++) {
        const struct term_matches *matches = &ev->matches.terms[t];
        size_t first = 0, *at = cursors != NULL ? &cursors[t] : &first;
        if (e->plan.terms[t].negative)
            continue;
        /* Mostly it is the next one. */
        *at += *at < matches->n && matches->items[*at].doc < doc;
        bool is_here = *at < matches->n && matches->items[*at].doc == doc;
        const struct doc_match *m = is_here ? &matches->items[*at] : matches_next(matches, at, doc);
        if (m != NULL)
            add_score(e, ev->segment, t, m, &score);
    }
    return score;
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
                          .respelled = o->tiers && score->found && !score->typed,
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
    score = score_one(e, ev, doc, NULL);
    *c = make_candidate(ev, options, doc, &score);
}

float score_least(const struct candidates *list, size_t heap, const struct collect_options *o)
{
    if (o->sort != HIKU_SORT_RANK || o->keep == 0 || list->n - heap < o->keep)
        return 0;
    const struct candidate *worst = &list->items[heap];
    return worst->match != HIKU_MATCH_INSIDE && !worst->respelled ? (float)worst->score : 0;
}

enum status collect_document(const struct evaluated *ev, const struct collect_options *o,
                             uint32_t doc, const struct score *score, struct candidates *list,
                             size_t heap)
{
    if (score->sum < score_least(list, heap, o))
        return ST_OK;
    struct candidate c = make_candidate(ev, o, doc, score);
    if (o->before != NULL && candidate_order(&c, o->before, o->sort) > 0)
        return ST_OK;
    return candidates_add(list, heap, o, &c) ? ST_OK : ST_NOMEM;
}

/* So many terms are looked up document by document, whatever it holds of them. */
#define FEW_TERMS 4

/* ALL: room for the scores of all documents. */
static enum status collect_segment(const struct evaluation *e, size_t number, struct hiku *db,
                                   const struct collect_options *o, struct score *all,
                                   struct candidates *list, size_t heap, uint64_t *n_total)
{
    const struct evaluated *ev = &e->segments[number];
    const uint64_t *except =
        o->except != NULL ? o->except->segments[number].matches.selected : NULL;
    const struct score *scores = NULL;
    enum status st = ST_OK;
    if (ev->matches.n_selected == 0)
        return ST_OK;
    if (ev->matches.terms[0].streamed)
        return collect_streamed(e, ev, db, o, list, heap, n_total);
    if (o->sort != HIKU_SORT_RANK)
        st = segment_load_dates(db->members[ev->member].store, ev->segment, &db->error);
    size_t *cursors = calloc(e->plan.n_terms + 1, sizeof *cursors);
    if (cursors == NULL)
        return ST_NOMEM;
    /* A few documents, or terms, are cheaper looked up one by one than cleared for all. */
    if (st == ST_OK && e->plan.n_terms > FEW_TERMS &&
        ev->matches.n_selected > ev->segment->n_docs / 64) {
        st = score_all(e, ev, db, all);
        scores = all;
    }
    for (size_t w = 0; w < bitset_words(ev->segment->n_docs) && st == ST_OK; w++) {
        uint64_t word = ev->matches.selected[w] & ~(except != NULL ? except[w] : 0);
        if (word != 0 && scores == NULL)
            st = session_check(db);
        for (; word != 0 && st == ST_OK; word &= word - 1) {
            uint32_t doc = (uint32_t)(w * 64 + (unsigned)__builtin_ctzll(word));
            struct score score = scores != NULL ? scores[doc] : score_one(e, ev, doc, cursors);
            ++*n_total;
            st = collect_document(ev, o, doc, &score, list, heap);
        }
    }
    free(cursors);
    return st;
}

/* A partial match's score also depends on how much of the query it holds: the terms' parts are
 * given in the proportion in which they add up to it. */
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

enum status collect_best(const struct evaluation *e, struct hiku *db,
                         const struct collect_options *options, struct candidates *list,
                         size_t heap, uint64_t *n_total)
{
    /* Memory that was given back would come anew, page by page, for each segment. */
    struct score *all = malloc(evaluation_largest(e) * sizeof *all);
    enum status st = all != NULL ? ST_OK : ST_NOMEM;
    *n_total = 0;
    for (size_t i = 0; i < e->n_segments && st == ST_OK; i++)
        st = collect_segment(e, i, db, options, all, list, heap, n_total);
    candidates_sort(list, heap, options->sort);
    free(all);
    return st;
}

enum status collect(const struct evaluation *e, struct hiku *db,
                    const struct collect_options *options, struct candidates *list,
                    uint64_t *n_total)
{
    size_t first = list->n;
    enum status st = e->presumed ? collect_presumed(e, db, options, list, first, n_total)
                                 : collect_best(e, db, options, list, first, n_total);
    for (size_t i = first; i < list->n && st == ST_OK && options->explain; i++)
        st = candidate_explain(e, &list->items[i]);
    return st == ST_NOMEM ? error_set(&db->error, st, _("out of memory")) : st;
}
