/* Terms and trees in one segment. Interface: match.h. */
#include "search/match/match.h"

#include "search/match/bitset.h"
#include "store/store_error.h"

#include <stdlib.h>
#include <string.h>

void segment_matches_release(struct segment_matches *s, size_t n_terms)
{
    for (size_t i = 0; s->terms != NULL && i < n_terms; i++) {
        free(s->terms[i].items);
        free(s->terms[i].left.docs);
    }
    free(s->looked.items);
    free(s->terms);
    free(s->selected);
    *s = (struct segment_matches){0};
}

static enum status no_memory(struct matcher *m)
{
    return error_set(m->error, ST_NOMEM, _("out of memory"));
}

enum status matcher_check(const struct matcher *m)
{
    if (m->is_cancelled == NULL || !m->is_cancelled(m->cancel_context))
        return ST_OK;
    return store_interrupted(m->error);
}

/* Sets BITS to all live documents. */
static void fill(const struct segment *s, uint64_t *bits)
{
    size_t n_words = bitset_words(s->n_docs);
    memset(bits, 0xFF, n_words * sizeof *bits);
    if (s->n_docs % 64 != 0)
        bits[n_words - 1] = (UINT64_C(1) << s->n_docs % 64) - 1;
    for (uint32_t doc = 0; s->dead != NULL && doc < s->n_docs; doc++) {
        if (segment_is_dead(s, doc))
            bits[doc / 64] &= ~(UINT64_C(1) << doc % 64);
    }
}

static enum status select_dates(struct matcher *m, struct segment *s, struct date_range range,
                                uint64_t *bits)
{
    enum status st = segment_load_dates(m->store, s, m->error);
    for (uint32_t doc = 0; doc < s->n_docs && st == ST_OK; doc++) {
        const int32_t *dates = s->dates + (size_t)doc * 2;
        bool overlaps = dates[0] != DAY_NONE && dates[0] <= range.last && dates[1] >= range.first;
        if (overlaps && !segment_is_dead(s, doc))
            bitset_add(bits, doc);
    }
    return st;
}

static enum status select_node(struct matcher *m, struct segment *s, size_t index,
                               const struct term_matches *terms, uint64_t *bits);

/* Whether one of the node's children, which must all be there, is a term that is nowhere. */
static bool lacks_term(const struct plan *plan, const struct plan_node *node,
                       const struct term_matches *terms)
{
    bool lacks = false;
    for (size_t c = node->child; c != PLAN_NO_NODE && node->op == QUERY_AND && !lacks;
         c = plan->nodes[c].next)
        lacks = plan->nodes[c].op == QUERY_TERM && terms[plan->nodes[c].term].n == 0;
    return lacks;
}

/* Joins the children's sets into BITS, which holds none (OR) or all (AND, NOT). */
static enum status select_children(struct matcher *m, struct segment *s,
                                   const struct plan_node *node, const struct term_matches *terms,
                                   uint64_t *bits)
{
    size_t n_words = bitset_words(s->n_docs);
    uint64_t *child = malloc(n_words * sizeof *child);
    if (child == NULL)
        return no_memory(m);
    enum status st = ST_OK;
    for (size_t c = node->child; c != PLAN_NO_NODE && st == ST_OK; c = m->plan->nodes[c].next) {
        const struct plan_node *n = &m->plan->nodes[c];
        if ((st = matcher_check(m)) != ST_OK)
            break;
        if (node->op == QUERY_OR && n->op == QUERY_TERM) {
            for (size_t i = 0; i < terms[n->term].n; i++)
                bitset_add(bits, terms[n->term].items[i].doc);
            continue;
        }
        st = select_node(m, s, c, terms, child);
        for (size_t i = 0; i < n_words && st == ST_OK; i++) {
            if (node->op == QUERY_OR)
                bits[i] |= child[i];
            else
                bits[i] &= node->op == QUERY_NOT ? ~child[i] : child[i];
        }
    }
    free(child);
    return st;
}

/* Sets BITS to the live documents that the node selects. */
static enum status select_node(struct matcher *m, struct segment *s, size_t index,
                               const struct term_matches *terms, uint64_t *bits)
{
    const struct plan_node *node = &m->plan->nodes[index];
    bool lacks = lacks_term(m->plan, node, terms);
    if ((node->op == QUERY_AND || node->op == QUERY_NOT) && !lacks)
        fill(s, bits);
    else
        memset(bits, 0, bitset_words(s->n_docs) * sizeof *bits);
    if (node->op == QUERY_DATE)
        return select_dates(m, s, node->dates, bits);
    if (node->op == QUERY_COLUMN)
        return select_column(m, s, node->column, node->value, bits);
    if (node->op != QUERY_TERM)
        return lacks ? ST_OK : select_children(m, s, node, terms, bits);
    for (size_t i = 0; i < terms[node->term].n; i++)
        bitset_add(bits, terms[node->term].items[i].doc);
    return ST_OK;
}

enum status match_segment(struct matcher *m, struct segment *segment, struct segment_matches *out)
{
    *out = (struct segment_matches){0};
    enum status st = segment_load(m->store, segment, m->error);
    if (st != ST_OK)
        return st;
    out->terms = calloc(m->plan->n_terms + 1, sizeof *out->terms);
    out->selected = calloc(bitset_words(segment->n_docs), sizeof *out->selected);
    if (out->terms == NULL || out->selected == NULL)
        return no_memory(m);
    st = match_terms(m, segment, out);
    if (st != ST_OK || out->streamed)
        return st;
    if (m->plan->root == PLAN_NO_NODE)
        fill(segment, out->selected);
    else
        st = select_node(m, segment, m->plan->root, out->terms, out->selected);
    for (size_t i = 0; i < bitset_words(segment->n_docs) && st == ST_OK; i++) {
        if (out->selected[i] != 0)
            out->n_selected += (uint32_t)__builtin_popcountll(out->selected[i]);
    }
    return st;
}
