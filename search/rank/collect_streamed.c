/* Scoring one very common term where its list of frequencies is unpacked: what would be kept of
 * each document is as large as all that is read, and most come nowhere near the page. Interface:
 * collect.h. */
#include "search/rank/collect.h"

#include "search/rank/norms.h"
#include "store/frequencies.h"

struct stream {
    struct collection *c;
    const struct evaluated *ev;
    struct spelling_weights weights;
    float weight;                      /* of the term, times its idf */
    const struct term_matches *others; /* what other spellings have */
    size_t at;                         /* the others before are behind us */
};

/* Scores a document of which all is known. */
static enum status add_match_of(struct stream *s, const struct doc_match *m)
{
    struct rank_norms norms = document_norms(&s->c->e->stats, s->ev->segment, m->doc);
    struct score score = {.sum = rank_term(s->weight, m->title, m->body, norms),
                          .inside = m->n_aligned == 0,
                          .typed = m->spelling == 0};
    return collect_document(s->c, s->ev, m->doc, &score);
}

/* Adds what other spellings have in the document of MATCH, and goes behind it. */
static void add_same(struct stream *s, struct doc_match *match)
{
    for (; s->at < s->others->n && s->others->items[s->at].doc == match->doc; s->at++)
        add_match(match, &s->others->items[s->at]);
}

/* Scores the other spellings' documents before DOC. */
static enum status add_others(struct stream *s, uint32_t doc)
{
    enum status st = ST_OK;
    while (st == ST_OK && s->at < s->others->n && s->others->items[s->at].doc < doc) {
        struct doc_match m = s->others->items[s->at++];
        add_same(s, &m);
        st = add_match_of(s, &m);
    }
    return st;
}

/* The scores of the N documents of a chunk, as rank_term gives them. */
static void score_chunk(const struct stream *s, const struct frequencies *f, size_t n, float *sums)
{
    const uint32_t *title = f->counts[FREQUENCY_TITLE_WHOLE];
    const uint32_t *title_inside = f->counts[FREQUENCY_TITLE_INSIDE];
    const uint32_t *body = f->counts[FREQUENCY_BODY_WHOLE];
    const uint32_t *body_inside = f->counts[FREQUENCY_BODY_INSIDE];
    for (size_t i = 0; i < n; i++) {
        struct rank_norms norms = document_norms(&s->c->e->stats, s->ev->segment, f->docs[i]);
        float in_title =
            (float)title[i] * s->weights.whole + (float)title_inside[i] * s->weights.inside;
        float in_body =
            (float)body[i] * s->weights.whole + (float)body_inside[i] * s->weights.inside;
        sums[i] = rank_term(s->weight, in_title, in_body, norms);
    }
}

/* Adds the best of the N documents of a chunk, among which there are others. */
static enum status add_mixed(struct stream *s, const struct frequencies *f, size_t n)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        struct doc_match m;
        frequency_match(f, i, &s->weights, 0, &m);
        st = add_others(s, m.doc);
        add_same(s, &m);
        if (st == ST_OK)
            st = add_match_of(s, &m);
    }
    return st;
}

static enum status add_chunk(struct stream *s, const struct frequencies *f, size_t n)
{
    float sums[POSTINGS_CHUNK];
    enum status st = ST_OK;
    if (s->at < s->others->n && s->others->items[s->at].doc <= f->docs[n - 1])
        return add_mixed(s, f, n);
    score_chunk(s, f, n, sums);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        if (sums[i] < score_least(s->c))
            continue;
        struct score score = {.sum = sums[i], .typed = true};
        score.inside =
            f->counts[FREQUENCY_TITLE_WHOLE][i] + f->counts[FREQUENCY_BODY_WHOLE][i] == 0;
        st = collect_document(s->c, s->ev, f->docs[i], &score);
    }
    return st;
}

enum status collect_streamed(struct collection *c, const struct evaluated *ev)
{
    struct matcher m;
    struct packed_list packed;
    struct frequency_reader r;
    struct frequencies chunk;
    const struct term *term = &c->e->plan.terms[0];
    size_t n;
    evaluation_matcher(c->e, c->db, (struct match_options){.words_only = false}, &m);
    m.store = c->db->members[ev->member].store;
    struct stream s = {.c = c,
                       .ev = ev,
                       .weights = weights_of(&m, term, term->spellings),
                       .weight = (float)(term->weight * c->e->idf[0]),
                       .others = &ev->matches.terms[0]};
    enum status st = find_frequencies(&m, ev->segment, term, 0, &packed);
    if (st != ST_OK)
        return st;
    frequencies_open(&r, packed.data, packed.n_bytes);
    while (st == ST_OK && (n = frequencies_next(&r, 0, &chunk)) > 0) {
        if (chunk.docs[n - 1] >= ev->segment->n_docs)
            r.bad = true;
        else if ((st = session_check(c->db)) == ST_OK)
            st = add_chunk(&s, &chunk, n);
        if (r.bad)
            break;
    }
    if (st == ST_OK && r.bad)
        return store_corrupt(m.store->path, m.error);
    c->n_total += ev->matches.n_selected;
    return st == ST_OK ? add_others(&s, UINT32_MAX) : st;
}
