/* Scoring several very common terms in their lists of frequencies. Interface: collect.h.
 *
 * What a term adds to a score has a bound however often it stands somewhere, and the best documents
 * of common words come near it in each. So documents are scored term by term, the most telling
 * first, and left where even the bounds of the terms to come do not lift them on the page; how
 * often the others stand in a chunk is unpacked only where some document of it is left (Turtle,
 * Flood: Query evaluation: strategies and optimizations, 1995). */
#include "search/rank/collect.h"

#include "search/match/bitset.h"
#include "search/rank/norms.h"

#include <stdlib.h>

/* So many documents are scored before the page's worst is looked at again. */
#define BLOCK 128

/* One of the terms. */
struct common {
    size_t term;
    struct spelling_weights weights;
    float weight; /* of the term, times its idf */
    float most;   /* it adds to any score */
    float left;   /* the sum of `most` of those behind it */
    struct frequency_reader reader;
    struct frequencies chunk;
    size_t n;                          /* documents in it */
    size_t at;                         /* those before are behind us */
    const struct term_matches *others; /* what other spellings have */
    size_t at_other;
};

/* Documents that are scored together. */
struct block {
    uint32_t docs[BLOCK];
    struct rank_norms norms[BLOCK];
    struct score scores[BLOCK];
    unsigned char left[BLOCK]; /* numbers of those that are left, ascending */
    size_t n_left;
};

struct together {
    struct collection *c;
    const struct evaluated *ev;
    struct matcher m;
    struct common *terms; /* the most telling first */
    size_t n_terms;
    float (*parts)[BLOCK]; /* what each, by its number in the plan, adds to the block's scores */
    struct block block;
};

static int compare_most(const void *a, const void *b)
{
    const struct common *x = a, *y = b;
    if (x->most != y->most)
        return x->most > y->most ? -1 : 1;
    return x->term < y->term ? -1 : x->term > y->term;
}

static enum status damaged(const struct together *t)
{
    return store_corrupt(t->m.store->path, t->m.error);
}

/* Opens the list of term number I. */
static enum status open_term(struct together *t, size_t i)
{
    const struct evaluation *e = t->c->e;
    const struct term *term = &e->plan.terms[i];
    struct common *common = &t->terms[i];
    struct packed_list list;
    enum status st = find_more_frequencies(&t->m, t->ev->segment, term, 0, &list);
    if (st != ST_OK)
        return st;
    common->term = i;
    common->weights = weights_of(&t->m, term, term->spellings);
    common->weight = (float)(term->weight * e->idf[i]);
    common->most = rank_term_most(common->weight);
    common->others = &t->ev->matches.terms[i];
    frequencies_open(&common->reader, list.data, list.n_bytes);
    return common->reader.bad ? damaged(t) : ST_OK;
}

static enum status open_terms(struct together *t)
{
    enum status st = ST_OK;
    float left = 0;
    list_cache_trim(&t->m.store->lists);
    for (size_t i = 0; i < t->n_terms && st == ST_OK; i++)
        st = open_term(t, i);
    if (st != ST_OK)
        return st;
    qsort(t->terms, t->n_terms, sizeof *t->terms, compare_most);
    for (size_t i = t->n_terms; i-- > 0;) {
        t->terms[i].left = left;
        left += t->terms[i].most;
    }
    return ST_OK;
}

/* Sets MATCH to what the term has in DOC; false where the list is damaged. */
static inline bool next_match(struct common *c, uint32_t doc, struct doc_match *match)
{
    if (c->n == 0 || c->chunk.docs[c->n - 1] < doc) {
        c->n = frequencies_next(&c->reader, doc, &c->chunk);
        c->at = 0;
        if (c->reader.bad)
            return false;
    }
    while (c->at < c->n && c->chunk.docs[c->at] < doc)
        c->at++;
    bool is_listed = c->at < c->n && c->chunk.docs[c->at] == doc;
    if (is_listed)
        frequency_match(&c->chunk, c->at, &c->weights, 0, match);
    const struct doc_match *others = c->others->items;
    for (; c->at_other < c->others->n && others[c->at_other].doc <= doc; c->at_other++) {
        if (others[c->at_other].doc < doc)
            continue;
        if (is_listed)
            add_match(match, &others[c->at_other]);
        else
            *match = others[c->at_other];
        is_listed = true;
    }
    return is_listed;
}

/* Adds what the term has to the scores that are left of the block, and leaves those that may come
 * to LEAST. */
static enum status score_term(struct together *t, struct common *c, float least)
{
    struct block *b = &t->block;
    size_t n_left = 0;
    for (size_t i = 0; i < b->n_left; i++) {
        unsigned char k = b->left[i];
        struct doc_match m;
        if (!next_match(c, b->docs[k], &m))
            return damaged(t);
        float part = rank_term(c->weight, m.title, m.body, b->norms[k]);
        struct score *score = &b->scores[k];
        t->parts[c->term][k] = part;
        score->sum += part;
        score->inside |= m.n_aligned == 0;
        score->typed |= m.spelling == 0;
        b->left[n_left] = k;
        n_left += (score->sum + c->left) * RANK_ROUNDING >= least;
    }
    b->n_left = n_left;
    return ST_OK;
}

/* Scores the N documents of the block. */
static enum status score_block(struct together *t, size_t n)
{
    struct block *b = &t->block;
    const struct evaluated *ev = t->ev;
    float least = score_least(t->c);
    enum status st = session_check(t->c->db);
    b->n_left = n;
    for (size_t i = 0; i < n; i++) {
        b->left[i] = (unsigned char)i;
        b->norms[i] = document_norms(&t->c->e->stats, ev->segment, b->docs[i]);
        b->scores[i] = (struct score){0};
    }
    for (size_t i = 0; i < t->n_terms && st == ST_OK && b->n_left > 0; i++)
        st = score_term(t, &t->terms[i], least);
    for (size_t i = 0; i < b->n_left && st == ST_OK; i++) {
        struct score *score = &b->scores[b->left[i]];
        score->sum = 0; /* it is rounded as in the order of the query */
        for (size_t k = 0; k < t->n_terms; k++)
            score->sum += t->parts[k][b->left[i]];
        st = collect_document(t->c, ev, b->docs[b->left[i]], score);
    }
    return st;
}

/* Scores what is selected. */
static enum status score_selected(struct together *t)
{
    const struct segment_matches *matches = &t->ev->matches;
    enum status st = ST_OK;
    size_t n = 0;
    for (size_t w = 0; w < bitset_words(t->ev->segment->n_docs) && st == ST_OK; w++) {
        for (uint64_t word = matches->selected[w]; word != 0 && st == ST_OK; word &= word - 1) {
            t->block.docs[n++] = (uint32_t)(w * 64 + (unsigned)__builtin_ctzll(word));
            if (n < BLOCK)
                continue;
            st = score_block(t, n);
            n = 0;
        }
    }
    return st == ST_OK && n > 0 ? score_block(t, n) : st;
}

enum status collect_together(struct collection *c, const struct evaluated *ev)
{
    size_t n_terms = c->e->plan.n_terms;
    struct together *t = calloc(1, sizeof *t);
    struct common *terms = calloc(n_terms, sizeof *terms);
    float(*parts)[BLOCK] = malloc(n_terms * sizeof *parts);
    enum status st = ST_NOMEM;
    if (t != NULL && terms != NULL && parts != NULL) {
        *t =
            (struct together){.c = c, .ev = ev, .terms = terms, .n_terms = n_terms, .parts = parts};
        evaluation_matcher(c->e, c->db, (struct match_options){.words_only = false}, &t->m);
        t->m.store = c->db->members[ev->member].store;
        st = open_terms(t);
    }
    if (st == ST_OK)
        st = score_selected(t);
    c->n_total += ev->matches.n_selected;
    free(parts);
    free(terms);
    free(t);
    return st;
}
