/* The order in which the terms of a plan are matched in a segment. Interface: match.h.
 *
 * What must be there narrows where the rest is looked for: the rarest of the terms that every
 * record must hold comes first, and the long lists of the common ones are read only in the
 * documents that are left (Moffat, Zobel: Self-indexing inverted files for fast text retrieval,
 * 1996); where none are, nothing more is read. How many documents hold such a common term, which
 * ranking wants to know, is reckoned from a sample once it is known that some record has all. */
#include "search/match/match.h"

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
    enum status st = match_term(m, s, term, &found);
    *n_docs = (double)found.n * s->n_docs / (double)n;
    m->only = NULL;
    free(found.items);
    free(sample);
    return st;
}

static enum status count_documents(struct matcher *m, const struct segment *s,
                                   const struct term *term, double *n_docs)
{
    struct term_matches found = {0};
    enum status st = match_term(m, s, term, &found);
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

static enum status match_one(struct matcher *m, const struct segment *s, const struct ordered *o,
                             struct term_matches *out)
{
    const struct term *term = &m->plan->terms[o->term];
    const uint32_t *only = m->only;
    bool restricted = only != NULL && o->n_positions > FEW_POSITIONS && s->n_docs >= MIN_DOCS;
    bool is_over = only != NULL && m->n_only == 0;
    enum status st = ST_OK;
    m->only = restricted ? only : NULL;
    if (!is_over)
        st = match_term(m, s, term, out);
    m->only = only;
    out->n_docs = (double)(out->streamed ? out->n_streamed : out->n);
    if (restricted || is_over)
        out->uncounted = restricted ? UNCOUNTED_MANY : UNCOUNTED_FEW;
    return st;
}

/* Lets the terms to come be looked for only where T stands too. ONLY has room for all documents. */
static void restrict_to(struct matcher *m, const struct term_matches *t, uint32_t *only)
{
    size_t n = 0;
    for (size_t i = 0, k = 0; k < t->n && (m->only == NULL || i < m->n_only);) {
        uint32_t doc = t->items[k].doc;
        uint32_t wanted = m->only != NULL ? m->only[i] : doc;
        if (wanted == doc)
            only[n++] = doc;
        if (wanted < doc)
            i++;
        else
            k++;
    }
    m->only = only;
    m->n_only = n;
}

static enum status match_ordered(struct matcher *m, const struct segment *s,
                                 const struct ordered *terms, struct term_matches *out)
{
    uint32_t *only = malloc((size_t)s->n_docs * sizeof *only);
    if (only == NULL)
        return error_set(m->error, ST_NOMEM, _("out of memory"));
    enum status st = ST_OK;
    m->only = NULL;
    for (size_t i = 0; i < m->plan->n_terms && st == ST_OK; i++) {
        const struct ordered *o = &terms[i];
        st = matcher_check(m);
        if (st == ST_OK && !m->plan->terms[o->term].ranked)
            st = match_one(m, s, o, &out[o->term]);
        if (st == ST_OK && o->required && i + 1 < m->plan->n_terms)
            restrict_to(m, &out[o->term], only);
    }
    m->only = NULL;
    free(only);
    return st;
}

enum status match_terms(struct matcher *m, const struct segment *segment, struct term_matches *out)
{
    const struct plan *plan = m->plan;
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
    if (st == ST_OK) {
        qsort(terms, plan->n_terms, sizeof *terms, compare);
        st = match_ordered(m, segment, terms, out);
    }
    free(terms);
    return st;
}
