/* Ranking partial matches: any of many terms. Interface: collect.h.
 *
 * Terms are taken one by one, the most telling first, and add to an array of scores with one place
 * for each document of the segment. A partial match must hold RANK_COVERAGE of the query's weight,
 * so once the terms that are left do not reach that together, they only add to documents already
 * met: the common words, which have the longest lists, open no new ones. Before a long list is
 * read, the documents that can no longer come among the best are dropped, and the list is read only
 * where the others stand (after Turtle, Flood: Query evaluation: strategies and optimizations,
 * 1995, with RANK_GAIN in the place of a strict bound). */
#include "search/rank/collect.h"

#include "search/rank/accumulators.h"
#include "search/rank/norms.h"
#include "search/match/bitset.h"
#include "search/rank/proximity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* To look at a document that is kept takes about this part of adding one more to its score: before
 * shorter lists than that, dropping documents costs more than it saves. */
#define PRUNE_RATIO 16

/* One term, with what it weighs. */
struct ranked {
    size_t term;
    double weight; /* of the term, times its idf */
    double covers; /* the same, but 0 for what opens no new documents (term_kind_covers) */
    double part;   /* about this part of all documents hold it */
    bool last;     /* looked up when the fewest documents are left */
};

struct scorer {
    struct evaluation *e;
    struct collection c;
    const struct ranked *ranked; /* the terms, in the order in which they are taken */
    size_t n_ranked;
    struct matcher m;
    const struct segment *segment;
    const uint64_t *allowed; /* documents that may be matches */
    struct accumulators sums;
    bool open;    /* documents not yet met may be */
    double total; /* weight of what covers the query */
    double least; /* of that a partial match holds at least */
};

static int compare(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->last != y->last)
        return x->last ? 1 : -1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term;
}

/* How rare the ranked terms are. The rarest pair of a term bounds how many documents hold it, which
 * is near enough to rank by, and costs no walk through its lists. A single character is as common
 * as it gets. */
static enum status reckon_idf(struct evaluation *e, struct hiku *db, struct matcher *m)
{
    enum status st = ST_OK;
    for (size_t t = 0; t < e->plan.n_terms && st == ST_OK; t++) {
        const struct term *term = &e->plan.terms[t];
        bool single = term->spellings[0].n_units < 2 && term->kind != HIKU_TERM_LONE;
        double n_matching = single ? e->stats.n_docs / 8 : 0;
        for (size_t i = 0; i < e->n_segments && st == ST_OK && term->ranked; i++) {
            m->store = db->members[e->segments[i].member].store;
            for (size_t k = 0; k < term->n_spellings && st == ST_OK; k++) {
                const struct spelling *s = &term->spellings[k];
                size_t n = 0;
                if (term->kind == HIKU_TERM_LONE)
                    st = count_lone_at_most(m, e->segments[i].segment, s->units[0], &n);
                else if (s->n_units >= 2)
                    st = count_documents_near(m, e->segments[i].segment, s->units, s->n_units, &n);
                n_matching += (double)n;
            }
        }
        if (n_matching > e->stats.n_docs / 2)
            n_matching = e->stats.n_docs / 2;
        e->idf[t] = rank_idf(e->stats.n_docs, n_matching);
    }
    return st;
}

static bool is_wanted(const struct scorer *s, uint32_t doc)
{
    if (s->m.only != NULL) /* nothing else is found */
        return true;
    return s->open ? bitset_has(s->allowed, doc) : s->sums.scores[doc] > 0;
}

static inline void add(const struct scorer *s, uint32_t doc, float title, float body,
                       const struct ranked *ranked)
{
    struct rank_norms norms = document_norms(&s->e->stats, s->segment, doc);
    float score = rank_term((float)ranked->weight, title, body, norms);
    accumulators_add(&s->sums, doc, score, (float)ranked->covers);
}

/* Positions that are looked at before what their documents have is added. */
#define BATCH 128

/* Those of a term with one spelling. */
struct places {
    const uint32_t *at; /* those before are behind us */
    const uint32_t *end;
    uint32_t n_units;
    bool open_end;    /* they may lie inside a word */
    bool asks_bounds; /* a whole word counts otherwise than what is none */
    struct found {
        float title;
        float body;
    } parts[4]; /* what a place counts, by what it is */
};
enum { PLACE_WHOLE = 1, PLACE_TITLE = 2 };

/* What a term has in documents: its places in title and body, each weighed by how it matches. */
struct gathered {
    uint32_t docs[BATCH + 1];
    struct found found[BATCH + 1];
    size_t n;
};

/* How many positions come next behind the first N. */
static size_t next_batch(const struct places *p, size_t n)
{
    size_t left = (size_t)(p->end - p->at) - n;
    return left < BATCH ? left : BATCH;
}

/* Has the processor fetch what is asked of the next N positions. */
static void fetch_places(const struct segment *g, const uint32_t *at, size_t n, bool asks_bounds)
{
    const unsigned char *bounds = g->bounds;
    for (size_t i = 0; i < n; i++)
        segment_fetch_doc(g, at[i]);
    for (size_t i = 0; i < n && asks_bounds; i++)
        __builtin_prefetch(&bounds[at[i] / 8]);
}

/* Sets DOCS and KINDS to the documents of the next N positions, and which of p->parts each counts.
 */
static void find_kinds(const struct segment *g, const struct places *p, size_t n, uint32_t *docs,
                       unsigned char *kinds)
{
    const uint32_t *at = p->at, *title_ends = g->title_ends;
    uint32_t doc = 0;
    for (size_t i = 0; i < n; i++) {
        doc = segment_doc_at(g, at[i], doc);
        docs[i] = doc;
        kinds[i] = at[i] < title_ends[doc] ? PLACE_TITLE : 0;
    }
    for (size_t i = 0; i < n && p->asks_bounds; i++)
        kinds[i] |= segment_is_word(g, at[i], p->n_units, p->open_end) ? PLACE_WHOLE : 0;
}

/* Makes the last document the first. */
static void carry_last(struct gathered *g)
{
    g->docs[0] = g->docs[g->n];
    g->found[0] = g->found[g->n];
}

/* Sets G, of which the last document may go on, to that and what the next N positions give. How
 * many places a document has cannot be foreseen, so no jump depends on it; and memory far apart is
 * fetched ahead. */
static void gather(const struct scorer *s, const struct places *p, size_t n, struct gathered *g)
{
    const float *scores = s->sums.scores, *covered = s->sums.covered, *norms = s->segment->norms;
    uint32_t docs[BATCH];
    unsigned char kinds[BATCH];
    size_t k = 0;
    find_kinds(s->segment, p, n, docs, kinds);
    carry_last(g);
    memset(g->found + 1, 0, n * sizeof *g->found);
    for (size_t i = 0; i < n; i++) {
        uint32_t doc = docs[i];
        const struct found *part = &p->parts[kinds[i]];
        k += doc != g->docs[k];
        g->docs[k] = doc;
        g->found[k].title += part->title;
        g->found[k].body += part->body;
        __builtin_prefetch(&scores[doc]);
        __builtin_prefetch(&covered[doc]);
        __builtin_prefetch(&norms[(size_t)doc * 2]);
    }
    g->n = k;
}

/* Adds the first N documents of G. */
static void add_gathered(struct scorer *s, const struct gathered *g, size_t n,
                         const struct ranked *ranked)
{
    for (size_t i = 0; i < n; i++) {
        struct found found = g->found[i];
        if (found.title + found.body > 0 && is_wanted(s, g->docs[i]))
            add(s, g->docs[i], found.title, found.body, ranked);
    }
}

/* Whether a whole word of the term counts otherwise than what is none. */
static bool asks_bounds(const struct scorer *s, const struct term *term)
{
    return s->m.options.words_only || term->inside < 1;
}

/* Adds the positions of a term with one spelling, document by document. */
static void add_positions(struct scorer *s, const struct term *term, const struct ranked *ranked)
{
    if (s->m.n_positions == 0)
        return;
    float inside = s->m.options.words_only ? 0 : (float)term->inside;
    inside = inside < 1 ? inside : 1;
    float title = term->fields & QUERY_TITLE ? 1.0F : 0,
          body = term->fields & QUERY_BODY ? 1.0F : 0;
    struct places places = {
        .at = s->m.positions,
        .end = s->m.positions + s->m.n_positions,
        .n_units = (uint32_t)term->spellings[0].n_units,
        .open_end = term->stem,
        .asks_bounds = asks_bounds(s, term),
        .parts = {{0, inside * body}, {0, body}, {inside * title, 0}, {title, 0}},
    };
    struct gathered g;
    g.n = 0;
    g.docs[0] = UINT32_MAX;
    g.found[0] = (struct found){0, 0};
    fetch_places(s->segment, places.at, next_batch(&places, 0), places.asks_bounds);
    while (places.at < places.end) {
        size_t n = next_batch(&places, 0);
        fetch_places(s->segment, places.at + n, next_batch(&places, n), places.asks_bounds);
        gather(s, &places, n, &g);
        add_gathered(s, &g, g.n, ranked);
        places.at += n;
    }
    carry_last(&g);
    add_gathered(s, &g, 1, ranked);
}

/* Adds the places of a term with one spelling, which stand in no list of frequencies. */
static enum status add_simple_term(struct scorer *s, const struct term *term,
                                   const struct ranked *ranked)
{
    const struct spelling *spelling = &term->spellings[0];
    enum status st = find_positions(&s->m, s->segment, spelling->units, spelling->n_units);
    /* Its words stand nearly everywhere. */
    if (st == ST_OK && asks_bounds(s, term))
        st = segment_load_all_bounds(s->m.store, s->segment, s->m.error);
    if (st == ST_OK)
        add_positions(s, term, ranked);
    return st;
}

static enum status add_term(struct scorer *s, const struct ranked *ranked)
{
    const struct term *term = &s->e->plan.terms[ranked->term];
    bool is_simple = term->n_spellings == 1 && !term->prefix && term->kind != HIKU_TERM_LONE &&
                     term->written == NULL;
    struct packed_list list = {0};
    struct term_matches matches = {0};
    enum status st = is_simple ? find_frequencies(&s->m, s->segment, term, 0, &list) : ST_OK;
    if (st == ST_OK && is_simple && list.n_bytes == 0)
        return add_simple_term(s, term, ranked);
    if (st == ST_OK)
        st = match_term(&s->m, s->segment, term, &matches);
    for (size_t i = 0; i < matches.n && st == ST_OK; i++) {
        const struct doc_match *d = &matches.items[i];
        if (is_wanted(s, d->doc))
            add(s, d->doc, d->title, d->body, ranked);
    }
    free(matches.items);
    return st;
}

/* The score of the worst of the best, when as many are there as are kept; else 0. */
static double least_kept(const struct scorer *s)
{
    const struct collect_options *o = s->c.options;
    bool is_full = o->keep > 0 && s->c.list->n - s->c.heap >= o->keep;
    return is_full && o->sort == HIKU_SORT_RANK ? s->c.list->items[s->c.heap].score : 0;
}

/* Drops the documents that the terms LEFT (their sums) do not lift to the worst of the best: of the
 * segments before, or else of what the terms so far give here. */
static void prune(struct scorer *s, const struct ranked *left)
{
    double gain = RANK_GAIN * left->weight;
    /* What a document that is not met can come to. */
    double unmet = s->open ? accumulators_value(&s->sums, gain, left->covers) : 0;
    double least = least_kept(s);
    if (least <= 0)
        least = (double)accumulators_least(&s->sums, s->c.options->keep, (float)unmet);
    if (least <= 0 || (s->open && unmet >= least))
        return;
    s->open = false;
    accumulators_narrow(&s->sums, gain, left->covers, least);
    s->m.only = s->sums.kept;
    s->m.n_only = s->sums.n_kept;
}

static enum status collect_scores(struct scorer *s, const struct evaluated *ev)
{
    const struct accumulators *a = &s->sums;
    size_t at = 0;
    uint32_t doc;
    s->c.n_total += accumulators_count(a, s->least);
    while (accumulators_next(a, &at, least_kept(s), &doc)) {
        double score = (double)a->scores[doc], covered = (double)a->covered[doc];
        if (covered < s->least)
            continue;
        struct candidate c = {.score = accumulators_value(a, score, covered),
                              .id = s->segment->base + doc,
                              .member = ev->member,
                              .match = HIKU_MATCH_PARTIAL,
                              .date = DAY_NONE};
        if (s->c.options->sort != HIKU_SORT_RANK)
            c.date = s->segment->dates[(size_t)doc * 2];
        if (!candidates_add(&s->c, &c))
            return ST_NOMEM;
    }
    return ST_OK;
}

/* The terms that are left: RANKED from AT on, and of those that are looked up last from LAST on. */
struct queue {
    const struct ranked *ranked;
    size_t n;
    size_t at;
    size_t last;
    struct ranked left; /* their sums */
};

static struct queue queue_of(const struct ranked *ranked, size_t n)
{
    struct queue q = {.ranked = ranked, .n = n};
    for (size_t i = 0; i < n; i++) {
        q.last += !ranked[i].last;
        q.left.weight += ranked[i].weight;
        q.left.covers += ranked[i].covers;
    }
    return q;
}

/* The term that comes next; NULL: none. Once few documents are left, NARROWED, those that are
 * looked up last need not wait: what they may still give keeps more documents than need be. */
static const struct ranked *queue_next(struct queue *q, bool narrowed)
{
    bool has_first = q->at < q->n && !q->ranked[q->at].last;
    bool has_last = q->last < q->n;
    bool prefers_last =
        has_last && narrowed && q->ranked[q->last].weight >= q->ranked[q->at].weight;
    if (has_first && !prefers_last)
        return &q->ranked[q->at++];
    return has_last ? &q->ranked[q->last++] : NULL;
}

/* Adds all terms, the most telling first. */
static enum status add_terms(struct scorer *s)
{
    const struct collect_options *o = s->c.options;
    struct queue queue = queue_of(s->ranked, s->n_ranked);
    bool prunes = o->keep > 0 && o->sort == HIKU_SORT_RANK, is_first = true;
    const struct ranked *r;
    enum status st = ST_OK;
    s->open = true;
    s->m.only = NULL;
    while (st == ST_OK && (r = queue_next(&queue, s->m.only != NULL)) != NULL) {
        s->open = s->open && queue.left.covers >= s->least;
        bool is_long = r->part * PRUNE_RATIO * s->segment->n_docs > (double)s->sums.n_kept;
        if (prunes && !is_first && is_long && queue.left.covers < s->total / 2)
            prune(s, &queue.left);
        queue.left.weight -= r->weight;
        queue.left.covers -= r->covers;
        is_first = false;
        st = session_check(s->c.db);
        if (st == ST_OK)
            st = add_term(s, r);
    }
    s->m.only = NULL;
    return st;
}

static enum status score_segment(struct scorer *s, size_t number)
{
    const struct collect_options *o = s->c.options;
    struct evaluated *ev = &s->e->segments[number];
    s->m.store = s->c.db->members[ev->member].store;
    s->segment = ev->segment;
    enum status st = match_segment(&s->m, ev->segment, &ev->matches);
    if (st == ST_OK && o->sort != HIKU_SORT_RANK)
        st = segment_load_dates(s->m.store, ev->segment, &s->c.db->error);
    if (st != ST_OK)
        return st;
    for (size_t w = 0; o->except != NULL && w < bitset_words(s->segment->n_docs); w++)
        ev->matches.selected[w] &= ~o->except->segments[number].matches.selected[w];
    s->allowed = ev->matches.selected;
    accumulators_begin(&s->sums, s->segment->n_docs);
    st = add_terms(s);
    return st == ST_OK ? collect_scores(s, ev) : st;
}

static size_t rank_terms(const struct evaluation *e, struct ranked *ranked)
{
    size_t n = 0;
    for (size_t t = 0; t < e->plan.n_terms; t++) {
        const struct term *term = &e->plan.terms[t];
        double weight = term->weight * e->idf[t];
        double covers = term_kind_covers(term->kind) ? weight : 0;
        if (term->ranked)
            ranked[n++] = (struct ranked){.term = t,
                                          .weight = weight,
                                          .covers = covers,
                                          .part = exp(-e->idf[t]),
                                          .last = term->kind == HIKU_TERM_LONE};
    }
    qsort(ranked, n, sizeof *ranked, compare);
    return n;
}

/* The matches in detail, for the explanation of the few that are shown. */
static enum status match_for_explanation(struct scorer *s, struct hiku *db)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < s->e->n_segments && st == ST_OK; i++) {
        struct evaluated *ev = &s->e->segments[i];
        s->m.store = db->members[ev->member].store;
        for (size_t t = 0; t < s->e->plan.n_terms && st == ST_OK; t++) {
            if (s->e->plan.terms[t].ranked)
                st = match_term(&s->m, ev->segment, &s->e->plan.terms[t], &ev->matches.terms[t]);
        }
    }
    return st;
}

/* Reckons what the terms weigh, and orders them. RANKED: room for all. */
static enum status prepare(struct scorer *s, struct ranked *ranked)
{
    enum status st = evaluation_load(s->e, s->c.db);
    if (st == ST_OK)
        st = reckon_idf(s->e, s->c.db, &s->m);
    if (st != ST_OK)
        return st;
    s->ranked = ranked;
    s->n_ranked = rank_terms(s->e, ranked);
    for (size_t i = 0; i < s->n_ranked; i++)
        s->total += ranked[i].covers;
    s->least = s->total * RANK_COVERAGE * (1 - 1e-6); /* the sums' rounding */
    return accumulators_init(&s->sums, evaluation_largest(s->e), s->total) ? ST_OK : ST_NOMEM;
}

enum status collect_partial(struct evaluation *e, struct hiku *db, struct match_options match,
                            const struct collect_options *options, struct candidates *list,
                            uint64_t *n_total)
{
    struct scorer s = {.e = e, .c = {e, db, options, list, list->n, 0}};
    struct ranked *ranked = malloc((e->plan.n_terms + 1) * sizeof *ranked);
    size_t heap = list->n;
    evaluation_matcher(e, db, match, &s.m);
    enum status st = ranked != NULL ? prepare(&s, ranked) : ST_NOMEM;
    for (size_t i = 0; i < e->n_segments && st == ST_OK && s.n_ranked > 0; i++)
        st = score_segment(&s, i);
    *n_total = s.c.n_total;
    candidates_sort(list, heap, options->sort);
    if (st == ST_OK && options->sort == HIKU_SORT_RANK && list->n > heap)
        st = proximity_rerank(e, db, &s.m, list->items + heap, list->n - heap);
    if (st == ST_OK && options->explain)
        st = match_for_explanation(&s, db);
    for (size_t i = heap; i < list->n && st == ST_OK && options->explain; i++)
        st = candidate_explain(e, &list->items[i]);
    matcher_release(&s.m);
    accumulators_release(&s.sums);
    free(ranked);
    return st == ST_NOMEM ? error_set(&db->error, st, _("out of memory")) : st;
}
