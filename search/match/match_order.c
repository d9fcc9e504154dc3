/* The order in which the terms of a plan are matched in a segment. Interface: match.h.
 *
 * What must be there narrows where the rest is looked for: the rarest of the terms that every
 * record must hold comes first, and the long lists of the common ones are read only in the
 * documents that are left (Moffat, Zobel: Self-indexing inverted files for fast text retrieval,
 * 1996); where none are, nothing more is read. What has a list of frequencies narrows by the
 * numbers of its documents alone: how often it stands there is read for those that are left. How
 * many documents hold such a common term, which ranking wants to know, is reckoned from a sample
 * once it is known that some record has all. */
#include "search/match/match.h"

#include "search/match/bitset.h"
#include "search/match/narrow.h"

#include <stdlib.h>

/* A term that stands at no more places than this is read wholly: it costs little, and its number of
 * documents is exact. */
#define FEW_POSITIONS 8192
/* A segment of fewer documents is no base for a sample. */
#define MIN_DOCS 8192
/* The sample: runs of so many documents, of which lists can be read without the rest, and the
 * distance from one to the next. */
#define RUN 32
#define STRIDE 1024

struct ordered {
    size_t term;
    size_t n_positions; /* at most */
    size_t cost;        /* of looking for it where others are: about as of so many positions */
    bool required;      /* by every record */
};

static void mark_required(const struct plan *plan, size_t index, struct ordered *terms)
{
    const struct plan_node *node = &plan->nodes[index];
    if (node->op == QUERY_TERM)
        terms[node->term].required = true;
    if (node->op != QUERY_AND)
        return;
    for (size_t c = node->child; c != PLAN_NO_NODE; c = plan->nodes[c].next)
        mark_required(plan, c, terms);
}

static enum status count_at_most(struct matcher *m, const struct segment *s,
                                 const struct term *term, size_t *sum)
{
    enum status st = ST_OK;
    *sum = 0;
    for (size_t i = 0; i < term->n_spellings && st == ST_OK; i++) {
        const struct spelling *spelling = &term->spellings[i];
        size_t n = 0;
        st = count_positions_at_most(m, s, spelling->units, spelling->n_units, &n);
        *sum += n;
    }
    return st;
}

/* Required terms first, the rarest of them at the head. */
static int compare(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    if (x->required != y->required)
        return x->required ? -1 : 1;
    if (x->required && x->n_positions != y->n_positions)
        return x->n_positions < y->n_positions ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term;
}

/* Required terms first, those at the head that cost the least. */
static int compare_cost(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    if (x->required != y->required || !x->required || x->cost == y->cost)
        return compare(a, b);
    return x->cost < y->cost ? -1 : 1;
}

/* A document of a list of frequencies costs about this part of what a position does. */
#define LISTED_RATIO 4

/* Puts the N terms in order: the rarest, whose documents are counted, then what costs the least. */
static void put_in_order(const struct plan *plan, const struct segment *s, struct ordered *terms)
{
    size_t n = plan->n_terms;
    for (size_t i = 0; i < n; i++) {
        struct ordered *o = &terms[i];
        o->cost = o->n_positions;
        if (has_frequencies(s, &plan->terms[o->term], 0))
            o->cost = (o->cost < s->n_docs ? o->cost : s->n_docs) / LISTED_RATIO;
    }
    qsort(terms, n, sizeof *terms, compare);
    if (n > 2)
        qsort(terms + 1, n - 1, sizeof *terms, compare_cost);
}

/* Reckons how many documents of the segment hold TERM from those of a sample. */
static enum status sample_documents(struct matcher *m, const struct segment *s,
                                    const struct term *term, double *n_docs)
{
    size_t n = 0;
    struct term_matches found = {0};
    uint32_t *sample = malloc(((size_t)s->n_docs / STRIDE + 1) * RUN * sizeof *sample);
    if (sample == NULL)
        return error_set(m->error, ST_NOMEM, _("out of memory"));
    for (uint32_t run = 0; run < s->n_docs; run += STRIDE) {
        for (uint32_t doc = run; doc < run + RUN && doc < s->n_docs; doc++)
            sample[n++] = doc;
    }
    m->only = sample;
    m->n_only = n;
    m->docs_only = true;
    enum status st = match_term(m, s, term, &found);
    *n_docs = (double)found.n * s->n_docs / (double)n;
    m->docs_only = false;
    m->only = NULL;
    free(found.items);
    free(sample);
    return st;
}

static enum status count_documents(struct matcher *m, const struct segment *s,
                                   const struct term *term, double *n_docs)
{
    struct term_matches found = {0};
    m->docs_only = true;
    enum status st = match_term(m, s, term, &found);
    m->docs_only = false;
    *n_docs = (double)found.n;
    free(found.items);
    return st;
}

enum status count_terms(struct matcher *m, const struct segment *segment,
                        struct term_matches *terms)
{
    enum status st = ST_OK;
    for (size_t t = 0; t < m->plan->n_terms && st == ST_OK; t++) {
        const struct term *term = &m->plan->terms[t];
        bool wanted = !term->negative || m->options.counts; /* what is excluded does not score */
        if (terms[t].uncounted == UNCOUNTED_NONE || !wanted)
            continue;
        st = matcher_check(m);
        if (st == ST_OK)
            st = (terms[t].uncounted == UNCOUNTED_MANY ? sample_documents : count_documents)(
                m, segment, term, &terms[t].n_docs);
        terms[t].uncounted = UNCOUNTED_NONE;
    }
    return st;
}

/* Of more terms than this that must be there only the documents are looked for at first: mostly no
 * document has all of them, and what those that have them all hold of each is then read where they
 * stand. */
#define FEW_TERMS 3

static bool defers(const struct matcher *m, const struct ordered *o)
{
    return o->required && m->plan->n_terms > FEW_TERMS && !m->options.counts;
}

/* Whether the term is looked for in the documents that are left alone. What is read wholly is
 * counted; but where few documents are left, most of a list is passed over, and mostly the count is
 * asked by nobody. */
static bool is_restricted(const struct matcher *m, const struct segment *s, const struct ordered *o)
{
    bool skips = defers(m, o) && m->n_only * 2 * POSTINGS_CHUNK < o->n_positions;
    return m->only != NULL && s->n_docs >= MIN_DOCS && (o->n_positions > FEW_POSITIONS || skips);
}

static enum status match_one(struct matcher *m, const struct segment *s, const struct ordered *o,
                             struct term_matches *out)
{
    const struct term *term = &m->plan->terms[o->term];
    const uint32_t *only = m->only;
    bool restricted = is_restricted(m, s, o);
    bool is_over = only != NULL && m->n_only == 0;
    bool leaves = o->required && (m->plan->n_terms > 1 || m->options.stream);
    enum status st = ST_OK;
    size_t n_listed = 0;
    m->only = restricted ? only : NULL;
    if (!is_over && leaves)
        st = (m->plan->n_terms > 1 ? leave_in_list : leave_single)(m, s, term, out, &n_listed);
    bool is_deferred = !is_over && !out->streamed && defers(m, o);
    m->docs_only = is_deferred;
    if (!is_over && st == ST_OK && !out->streamed)
        st = match_term(m, s, term, out);
    m->docs_only = false;
    m->only = only;
    out->deferred = is_deferred;
    out->n_docs = (double)(out->streamed ? n_listed : out->n);
    if (restricted || is_over)
        out->uncounted =
            restricted && o->n_positions > FEW_POSITIONS ? UNCOUNTED_MANY : UNCOUNTED_FEW;
    return st;
}

/* Lets the terms to come be looked for only where TERM, matched in T, stands too. */
static enum status restrict_to(struct matcher *m, const struct segment *s, const struct term *term,
                               const struct term_matches *t)
{
    struct narrowing *w = &m->narrowing;
    struct packed_list list;
    enum status st = ST_OK;
    if (!t->streamed)
        narrow_to_matches(w, t);
    else if ((st = find_frequencies(m, s, term, 0, &list)) == ST_OK && !narrow_to_list(w, &list, t))
        st = store_corrupt(m->store->path, m->error);
    m->only = w->docs;
    m->n_only = w->n;
    return st;
}

/* Whether the terms are to be scored in their lists, where the documents that are left are noted.
 */
static bool stays_in_lists(const struct matcher *m, struct segment_matches *out)
{
    const struct narrowing *w = &m->narrowing;
    out->streamed = m->options.stream && w->n > 0;
    for (size_t t = 0; t < m->plan->n_terms; t++)
        out->streamed &= out->terms[t].streamed;
    for (size_t i = 0; i < w->n && out->streamed; i++)
        bitset_add(out->selected, w->docs[i]);
    out->n_selected = out->streamed ? (uint32_t)w->n : 0;
    return out->streamed;
}

/* Looks up what a term that was left in its list, or deferred, has in the documents that are left.
 */
static enum status match_left(struct matcher *m, const struct segment *s, const struct term *term,
                              struct term_matches *out)
{
    struct term_matches found = {0};
    enum status st = matcher_check(m);
    if (st == ST_OK && m->n_only > 0)
        st = match_term(m, s, term, &found);
    free(out->items);
    out->items = found.items;
    out->n = found.n;
    out->cap = found.cap;
    out->presumed = found.presumed;
    out->streamed = out->deferred = false;
    return st;
}

/* The plan's one term. */
static enum status match_single(struct matcher *m, const struct segment *s,
                                const struct ordered *term, struct segment_matches *out)
{
    struct term_matches *matches = &out->terms[0];
    enum status st = matcher_check(m);
    if (st == ST_OK && !m->plan->terms[0].ranked)
        st = match_one(m, s, term, matches);
    out->streamed = matches->streamed;
    out->n_selected = out->streamed ? (uint32_t)matches->n_docs : 0;
    return st;
}

static enum status match_ordered(struct matcher *m, const struct segment *s,
                                 const struct ordered *terms, struct segment_matches *out)
{
    if (!narrowing_begin(&m->narrowing, s->n_docs))
        return error_set(m->error, ST_NOMEM, _("out of memory"));
    enum status st = ST_OK;
    for (size_t i = 0; i < m->plan->n_terms && st == ST_OK; i++) {
        const struct ordered *o = &terms[i];
        const struct term *term = &m->plan->terms[o->term];
        st = matcher_check(m);
        if (st == ST_OK && !term->ranked)
            st = match_one(m, s, o, &out->terms[o->term]);
        if (st == ST_OK && o->required && (m->only == NULL || m->n_only > 0))
            st = restrict_to(m, s, term, &out->terms[o->term]);
    }
    bool stays = st == ST_OK && m->only != NULL && stays_in_lists(m, out);
    for (size_t t = 0; t < m->plan->n_terms && st == ST_OK && !stays; t++) {
        if (out->terms[t].streamed || out->terms[t].deferred)
            st = match_left(m, s, &m->plan->terms[t], &out->terms[t]);
    }
    m->only = NULL;
    return st;
}

/* Whether all terms of the plan rank partial matches, so that there is none to match. */
static bool has_none(const struct plan *plan)
{
    size_t t = 0;
    while (t < plan->n_terms && plan->terms[t].ranked)
        t++;
    return t == plan->n_terms;
}

enum status match_terms(struct matcher *m, const struct segment *segment,
                        struct segment_matches *out)
{
    const struct plan *plan = m->plan;
    if (has_none(plan))
        return ST_OK;
    struct ordered *terms = calloc(plan->n_terms + 1, sizeof *terms);
    if (terms == NULL)
        return error_set(m->error, ST_NOMEM, _("out of memory"));
    enum status st = ST_OK;
    for (size_t i = 0; i < plan->n_terms; i++)
        terms[i].term = i;
    if (plan->root != PLAN_NO_NODE)
        mark_required(plan, plan->root, terms);
    for (size_t i = 0; i < plan->n_terms && st == ST_OK && plan->n_terms > 1; i++) {
        st = matcher_check(m);
        if (st == ST_OK && !plan->terms[i].ranked)
            st = count_at_most(m, segment, &plan->terms[i], &terms[i].n_positions);
    }
    if (st == ST_OK && plan->n_terms > 1) {
        put_in_order(plan, segment, terms);
        st = match_ordered(m, segment, terms, out);
    } else if (st == ST_OK && plan->n_terms == 1) {
        st = match_single(m, segment, terms, out);
    }
    free(terms);
    return st;
}
