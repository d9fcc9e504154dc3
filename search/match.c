/* Terms and trees in one segment. Interface: match.h. */
#include "search/match.h"

#include "search/rank.h"

#include <stdlib.h>
#include <string.h>

void matcher_init(struct matcher *m)
{
    *m = (struct matcher){0};
    for (size_t i = 0; i < sizeof m->lists / sizeof *m->lists; i++)
        buf_init(&m->lists[i]);
}

void matcher_release(struct matcher *m)
{
    for (size_t i = 0; i < sizeof m->lists / sizeof *m->lists; i++)
        buf_release(&m->lists[i]);
    free(m->positions);
}

void segment_matches_release(struct segment_matches *s, size_t n_terms)
{
    for (size_t i = 0; s->terms != NULL && i < n_terms; i++)
        free(s->terms[i].items);
    free(s->terms);
    free(s->selected);
    *s = (struct segment_matches){0};
}

static enum status no_memory(struct matcher *m)
{
    return error_set(m->error, ST_NOMEM, _("out of memory"));
}

static struct doc_match *add_doc(struct term_matches *t, uint32_t doc)
{
    if (t->n == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 16;
        struct doc_match *items = realloc(t->items, cap * sizeof *items);
        if (items == NULL)
            return NULL;
        t->items = items;
        t->cap = cap;
    }
    t->items[t->n] = (struct doc_match){.doc = doc};
    return &t->items[t->n++];
}

static void count(uint16_t *n)
{
    *n = (uint16_t)(*n + (*n < UINT16_MAX));
}

/* What one occurrence weighs; 0: it does not count. */
static float weigh(const struct matcher *m, const struct segment *s, const struct term *term,
                   const struct spelling *spelling, uint32_t position, bool *aligned)
{
    bool starts = segment_is_bound(s, position);
    bool ends = segment_is_bound(s, position + (uint32_t)spelling->n_units);
    *aligned = starts && (ends || term->prefix);
    if (!*aligned && (m->options.words_only || (term->prefix && !starts)))
        return 0;
    bool whole = *aligned || term->kind == TERM_PAIR;
    return (float)(spelling->weight * (whole ? 1 : RANK_INSIDE));
}

/* Turns the positions of one spelling into documents. */
static enum status count_positions(struct matcher *m, const struct segment *s,
                                   const struct term *term, const struct spelling *spelling,
                                   struct term_matches *out)
{
    struct doc_match *match = NULL;
    uint32_t doc = 0, doc_end = 0;
    for (size_t i = 0; i < m->n_positions; i++) {
        uint32_t position = m->positions[i];
        bool aligned;
        if (position >= doc_end) {
            doc = segment_doc_at(s, position, doc);
            doc_end = s->starts[doc + 1];
            match = NULL;
        }
        bool in_title = position < s->title_ends[doc];
        if (segment_is_dead(s, doc) || !(term->fields & (in_title ? QUERY_TITLE : QUERY_BODY)))
            continue;
        float weight = weigh(m, s, term, spelling, position, &aligned);
        if (weight <= 0)
            continue;
        if (match == NULL && (match = add_doc(out, doc)) == NULL)
            return no_memory(m);
        *(in_title ? &match->title : &match->body) += weight;
        count(in_title ? &match->n_title : &match->n_body);
        if (aligned)
            count(&match->n_aligned);
        match->typed |= spelling->rule[0] == '\0';
    }
    return ST_OK;
}

static struct doc_match sum(const struct doc_match *a, const struct doc_match *b)
{
    struct doc_match s = *a;
    s.title += b->title;
    s.body += b->body;
    s.n_title =
        (uint16_t)(UINT16_MAX - a->n_title < b->n_title ? UINT16_MAX : a->n_title + b->n_title);
    s.n_body = (uint16_t)(UINT16_MAX - a->n_body < b->n_body ? UINT16_MAX : a->n_body + b->n_body);
    s.n_aligned =
        (uint16_t)(UINT16_MAX - a->n_aligned < b->n_aligned ? UINT16_MAX
                                                            : a->n_aligned + b->n_aligned);
    s.typed |= b->typed;
    return s;
}

/* Adds the documents of MORE to those of INTO; frees MORE. */
static bool merge(struct term_matches *into, struct term_matches *more)
{
    struct term_matches both = {0};
    bool ok = true;
    if (into->n > 0 && more->n > 0) {
        both.cap = into->n + more->n;
        both.items = malloc(both.cap * sizeof *both.items);
        ok = both.items != NULL;
        for (size_t i = 0, k = 0; ok && (i < into->n || k < more->n);) {
            const struct doc_match *a = i < into->n ? &into->items[i] : NULL;
            const struct doc_match *b = k < more->n ? &more->items[k] : NULL;
            bool same = a != NULL && b != NULL && a->doc == b->doc;
            bool first = b == NULL || (a != NULL && a->doc < b->doc);
            both.items[both.n++] = same ? sum(a, b) : first ? *a : *b;
            i += same || first;
            k += same || !first;
        }
        free(into->items);
        free(more->items);
        *into = both;
    } else if (more->n > 0) {
        free(into->items);
        *into = *more;
    } else {
        free(more->items);
    }
    *more = (struct term_matches){0};
    return ok;
}

static enum status match_term(struct matcher *m, const struct segment *s, const struct term *term,
                              struct term_matches *out)
{
    for (size_t i = 0; i < term->n_spellings; i++) {
        const struct spelling *spelling = &term->spellings[i];
        struct term_matches found = {0};
        enum status st = find_positions(m, s, spelling->units, spelling->n_units);
        if (st == ST_OK)
            st = count_positions(m, s, term, spelling, &found);
        if (st == ST_OK && !merge(out, &found))
            st = no_memory(m);
        free(found.items);
        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

static size_t n_bytes_of(const struct segment *s)
{
    return ((size_t)s->n_docs + 7) / 8;
}

static void fill(const struct segment *s, unsigned char *bits)
{
    memset(bits, 0xFF, n_bytes_of(s));
    if (s->n_docs % 8 != 0)
        bits[n_bytes_of(s) - 1] = (unsigned char)((1U << s->n_docs % 8) - 1);
    for (size_t i = 0; s->dead != NULL && i < n_bytes_of(s); i++)
        bits[i] = (unsigned char)(bits[i] & ~s->dead[i]);
}

static enum status select_dates(struct matcher *m, struct segment *s, struct date_range range,
                                unsigned char *bits)
{
    enum status st = segment_load_dates(m->store, s, m->error);
    for (uint32_t doc = 0; doc < s->n_docs && st == ST_OK; doc++) {
        bool overlaps = s->dates[2 * doc] != DAY_NONE && s->dates[2 * doc] <= range.last &&
                        s->dates[2 * doc + 1] >= range.first;
        if (overlaps && !segment_is_dead(s, doc))
            bits[doc / 8] |= (unsigned char)(1U << doc % 8);
    }
    return st;
}

static void select_term(const struct term_matches *t, unsigned char *bits)
{
    for (size_t i = 0; i < t->n; i++)
        bits[t->items[i].doc / 8] |= (unsigned char)(1U << t->items[i].doc % 8);
}

static enum status select_node(struct matcher *m, struct segment *s, size_t index,
                               const struct term_matches *terms, unsigned char *bits);

/* Joins the children's sets into BITS, which holds none (OR) or all (AND). */
static enum status select_children(struct matcher *m, struct segment *s,
                                   const struct plan_node *node, const struct term_matches *terms,
                                   unsigned char *bits)
{
    size_t n = n_bytes_of(s);
    unsigned char *child = malloc(n);
    enum status st = child != NULL ? ST_OK : no_memory(m);
    for (size_t c = node->child; c != PLAN_NO_NODE && st == ST_OK; c = m->plan->nodes[c].next) {
        st = select_node(m, s, c, terms, child);
        for (size_t i = 0; i < n && st == ST_OK; i++)
            bits[i] =
                (unsigned char)(node->op == QUERY_OR ? bits[i] | child[i] : bits[i] & child[i]);
    }
    free(child);
    return st;
}

/* Sets BITS to the live documents that the node selects. */
static enum status select_node(struct matcher *m, struct segment *s, size_t index,
                               const struct term_matches *terms, unsigned char *bits)
{
    const struct plan_node *node = &m->plan->nodes[index];
    enum status st = ST_OK;
    if (node->op == QUERY_AND || node->op == QUERY_NOT)
        fill(s, bits);
    else
        memset(bits, 0, n_bytes_of(s));
    switch (node->op) {
    case QUERY_TERM:
        select_term(&terms[node->term], bits);
        break;
    case QUERY_DATE:
        st = select_dates(m, s, node->dates, bits);
        break;
    case QUERY_AND:
    case QUERY_OR:
        st = select_children(m, s, node, terms, bits);
        break;
    case QUERY_NOT: {
        unsigned char *child = malloc(n_bytes_of(s));
        st = child != NULL ? select_node(m, s, node->child, terms, child) : no_memory(m);
        for (size_t i = 0; i < n_bytes_of(s) && st == ST_OK; i++)
            bits[i] = (unsigned char)(bits[i] & ~child[i]);
        free(child);
        break;
    }
    }
    return st;
}

enum status match_segment(struct matcher *m, struct segment *segment, struct segment_matches *out)
{
    *out = (struct segment_matches){0};
    enum status st = segment_load(m->store, segment, m->error);
    if (st != ST_OK)
        return st;
    out->terms = calloc(m->plan->n_terms + 1, sizeof *out->terms);
    out->selected = calloc(1, n_bytes_of(segment));
    if (out->terms == NULL || out->selected == NULL)
        return no_memory(m);
    for (size_t i = 0; i < m->plan->n_terms && st == ST_OK; i++) {
        if (m->is_cancelled != NULL && m->is_cancelled(m->cancel_context))
            return error_set(m->error, ST_INTERRUPTED,
                             _("the search was cancelled or ran out of time"));
        st = match_term(m, segment, &m->plan->terms[i], &out->terms[i]);
    }
    if (st == ST_OK)
        st = select_node(m, segment, m->plan->root, out->terms, out->selected);
    for (size_t i = 0; i < n_bytes_of(segment) && st == ST_OK; i++)
        out->n_selected += (uint32_t)__builtin_popcount(out->selected[i]);
    return st;
}
