/* Looking at word bounds only where they tell which documents are the best. Interface: collect.h.
 *
 * A match that is a whole word weighs more and comes first. Where each is taken for one, scores are
 * upper bounds. Those of the documents with the best bounds are put right; what then comes before
 * the worst of the page by its bound is, too, and the page is what it would be had all been looked
 * at (Turtle, Flood: Query evaluation: strategies and optimizations, 1995). The bounds of a common
 * word's places are more memory than all the rest of a query reads. */
#include "search/rank/collect.h"

#include "search/match/bitset.h"

#include <stdlib.h>

/* So many documents are put right at first, beside twice the page. */
#define MORE 32

static int compare_docs(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Matches the presumed terms anew in the documents m->only. */
static enum status match_again(struct matcher *m, const struct evaluated *ev)
{
    enum status st = ST_OK;
    for (size_t t = 0; t < m->plan->n_terms && st == ST_OK; t++) {
        const struct term_matches *presumed = &ev->matches.terms[t];
        struct term_matches found = {0};
        size_t at = 0;
        if (!presumed->presumed)
            continue;
        st = matcher_check(m);
        if (st == ST_OK)
            st = match_term(m, ev->segment, &m->plan->terms[t], &found);
        for (size_t i = 0; i < found.n && st == ST_OK; i++) {
            struct doc_match *match = matches_next(presumed, &at, found.items[i].doc);
            if (match != NULL)
                *match = found.items[i];
        }
        free(found.items);
    }
    return st;
}

/* Matches the one term, which is streamed, in the documents m->only, where it is presumed. */
static enum status match_streamed(struct matcher *m, struct segment_matches *matches,
                                  const struct segment *s)
{
    struct term_matches found = {0};
    if (!matches->terms[0].presumed)
        return ST_OK;
    enum status st = match_term(m, s, &m->plan->terms[0], &found);
    free(matches->looked.items);
    matches->looked = found;
    return st;
}

/* Matches the plan's one term anew with nothing presumed. */
static enum status match_wholly(struct matcher *m, struct evaluated *ev)
{
    struct segment_matches *matches = &ev->matches;
    if (!matches->terms[0].presumed)
        return ST_OK;
    segment_matches_release(matches, 1);
    return match_segment(m, ev->segment, matches);
}

/* The numbers of those of the N candidates at C, or where C is NULL of all that are selected, that
 * are documents of EV, ascending. Returns how many. */
static size_t docs_of(const struct evaluated *ev, const struct candidate *c, size_t n,
                      uint32_t *docs)
{
    size_t n_docs = 0;
    for (size_t i = 0; c != NULL && i < n; i++) {
        if (evaluated_holds(ev, &c[i]))
            docs[n_docs++] = (uint32_t)(c[i].id - ev->segment->base);
    }
    if (n_docs > 1)
        qsort(docs, n_docs, sizeof *docs, compare_docs);
    for (uint32_t doc = 0; c == NULL && doc < ev->segment->n_docs; doc++) {
        if (bitset_has(ev->matches.selected, doc))
            docs[n_docs++] = doc;
    }
    return n_docs;
}

/* Puts right what is presumed of the N candidates at C, or where C is NULL of all. */
static enum status look_at(const struct evaluation *e, struct hiku *db, const struct candidate *c,
                           size_t n)
{
    struct matcher m;
    uint32_t *docs = malloc(((c != NULL ? n : evaluation_largest(e)) + 1) * sizeof *docs);
    enum status st = docs != NULL ? ST_OK : ST_NOMEM;
    evaluation_matcher(e, db, (struct match_options){.words_only = false, .stream = true}, &m);
    for (size_t s = 0; s < e->n_segments && st == ST_OK; s++) {
        struct evaluated *ev = &e->segments[s];
        m.store = db->members[ev->member].store;
        m.only = NULL;
        if (c == NULL && ev->matches.streamed) {
            st = match_wholly(&m, ev);
            continue;
        }
        m.only = docs;
        m.n_only = docs_of(ev, c, n, docs);
        if (m.n_only > 0)
            st = ev->matches.streamed ? match_streamed(&m, &ev->matches, ev->segment)
                                      : match_again(&m, ev);
    }
    matcher_release(&m);
    free(docs);
    return st;
}

/* Collects by upper bounds, puts what was collected right, and orders it. *BEST_LEFT: nothing that
 * was left comes before it. */
static enum status collect_bounds(struct collection *c, struct candidate *best_left)
{
    struct candidates *list = c->list;
    list->n = c->heap;
    enum status st = collect_best(c);
    if (st != ST_OK || list->n == c->heap)
        return st;
    *best_left = list->items[list->n - 1];
    st = look_at(c->e, c->db, list->items + c->heap, list->n - c->heap);
    for (size_t i = c->heap; i < list->n && st == ST_OK; i++)
        candidate_score(c->e, c->options, &list->items[i]);
    candidates_sort(list, c->heap, c->options->sort);
    return st;
}

/* Puts all right first. */
static enum status collect_all(struct collection *c)
{
    enum status st = look_at(c->e, c->db, NULL, 0);
    c->list->n = c->heap;
    return st == ST_OK ? collect_best(c) : st;
}

enum status collect_presumed(struct collection *c)
{
    const struct collect_options *options = c->options;
    struct collect_options wide = *options;
    struct candidate worst = {0}, best_left;
    size_t keep = options->keep;
    wide.keep = keep < c->e->n_selected / 4 ? 2 * keep + MORE : 0;
    c->options = &wide;
    enum status st = collect_bounds(c, &best_left);
    bool is_open = false;
    if (st == ST_OK && wide.keep > 0 && c->list->n - c->heap == wide.keep) {
        worst = c->list->items[c->heap + keep - 1];
        is_open = candidate_order(&worst, &best_left, wide.sort) > 0;
    }
    wide.keep = 0;
    wide.before = &worst;
    /* Where even the page has no whole words, as good as all that is left would be looked at. */
    bool has_none = is_open && worst.match == HIKU_MATCH_INSIDE;
    if (is_open && !has_none)
        st = collect_bounds(c, &best_left);
    c->options = options;
    if (has_none)
        return collect_all(c);
    if (keep > 0 && c->list->n > c->heap + keep)
        c->list->n = c->heap + keep;
    return st;
}
