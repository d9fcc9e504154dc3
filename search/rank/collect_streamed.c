/* Scoring one term where its list of frequencies is unpacked, or its places are counted: what would
 * be kept of each document is as large as all that is read, and most come nowhere near the page.
 * Interface: collect.h. */
#include "search/rank/collect.h"

#include "search/rank/norms.h"
#include "store/frequencies.h"

/* What keeps most documents of a list from being among the best. */
struct bar {
    float tf;    /* a frequency below this is not enough */
    bool inside; /* but where there is a whole word */
};

struct stream {
    struct collection *c;
    const struct evaluated *ev;
    struct spelling_weights weights;
    float weight;                      /* of the term, times its idf */
    struct frequency_reader reader;    /* of its list */
    const struct left_places *left;    /* NULL: it has one */
    size_t at_left;                    /* the places before are behind us */
    const struct term_matches *others; /* what other spellings have */
    size_t at;                         /* the others before are behind us */
    struct bar bar;
};

static struct bar bar_of(const struct stream *s)
{
    const struct candidate *worst = worst_kept(s->c);
    if (worst == NULL || worst->respelled)
        return (struct bar){0};
    return (struct bar){rank_least_tf(s->weight, (float)worst->score),
                        worst->match == HIKU_MATCH_INSIDE};
}

/* Scores a document of which all is known. */
static enum status add_match_of(struct stream *s, const struct doc_match *m)
{
    struct rank_norms norms = document_norms(&s->c->e->stats, s->ev->segment, m->doc);
    struct score score = {.sum = rank_term(s->weight, m->title, m->body, norms),
                          .inside = m->n_aligned == 0,
                          .typed = m->spelling == 0};
    if (score_is_below(worst_kept(s->c), &score))
        return ST_OK;
    enum status st = collect_document(s->c, s->ev, m->doc, &score);
    s->bar = bar_of(s);
    return st;
}

/* Adds what other spellings have in the document of MATCH, and goes behind it. */
static void add_same(struct stream *s, struct doc_match *match)
{
    for (; s->at < s->others->n && s->others->items[s->at].doc == match->doc; s->at++)
        add_match(match, &s->others->items[s->at]);
}

/* Goes behind what other spellings have in DOC, where with that and a frequency of TF beside it
 * does not come among the best. */
static bool pass_over(struct stream *s, uint32_t doc, float tf)
{
    const struct doc_match *others = s->others->items;
    struct rank_norms norms = document_norms(&s->c->e->stats, s->ev->segment, doc);
    size_t at = s->at;
    for (; at < s->others->n && others[at].doc == doc; at++)
        tf += others[at].title * norms.title + others[at].body * norms.body;
    if (s->bar.inside || tf * RANK_ROUNDING >= s->bar.tf)
        return false;
    s->at = at;
    return true;
}

/* Scores the other spellings' documents before DOC. */
static enum status add_others(struct stream *s, uint32_t doc)
{
    enum status st = ST_OK;
    while (st == ST_OK && s->at < s->others->n && s->others->items[s->at].doc < doc) {
        if (pass_over(s, s->others->items[s->at].doc, 0))
            continue;
        struct doc_match m = s->others->items[s->at++];
        add_same(s, &m);
        st = add_match_of(s, &m);
    }
    return st;
}

/* Counts that are weighed together, several at once. */
#define WEIGHED 32
_Static_assert(POSTINGS_CHUNK % WEIGHED == 0, "what stands behind the last is there, but not used");

static inline void weigh(const uint32_t *restrict whole, const uint32_t *restrict inside,
                         const struct spelling_weights *w, float *restrict out)
{
    float weight = w->whole, weight_inside = w->inside;
    for (size_t i = 0; i < WEIGHED; i++) /* no segment has more places than an int32_t counts */
        out[i] = (float)(int32_t)whole[i] * weight + (float)(int32_t)inside[i] * weight_inside;
}

/* The frequencies in the N documents of a chunk, as rank_term reckons them. */
static void weigh_chunk(const struct stream *s, const struct frequencies *f, size_t n, float *tfs)
{
    float titles[POSTINGS_CHUNK], bodies[POSTINGS_CHUNK];
    for (size_t i = 0; i < n; i += WEIGHED) {
        weigh(f->counts[FREQUENCY_TITLE_WHOLE] + i, f->counts[FREQUENCY_TITLE_INSIDE] + i,
              &s->weights, titles + i);
        weigh(f->counts[FREQUENCY_BODY_WHOLE] + i, f->counts[FREQUENCY_BODY_INSIDE] + i,
              &s->weights, bodies + i);
    }
    for (size_t i = 0; i < n; i++) {
        struct rank_norms norms = document_norms(&s->c->e->stats, s->ev->segment, f->docs[i]);
        tfs[i] = titles[i] * norms.title + bodies[i] * norms.body;
    }
}

/* Adds those of the N documents of the chunk F that other spellings have too, and those between
 * them that these alone have. The frequencies of the former, in TFS, become -1. */
static enum status add_mixed(struct stream *s, const struct frequencies *f, size_t n, float *tfs)
{
    const struct term_matches *others = s->others;
    enum status st = ST_OK;
    for (size_t i = 0; st == ST_OK && s->at < others->n; i++) {
        uint32_t doc = others->items[s->at].doc;
        while (i < n && f->docs[i] < doc)
            i++;
        if (i == n)
            break;
        if ((st = add_others(s, f->docs[i])) != ST_OK || s->at == others->n ||
            others->items[s->at].doc != f->docs[i])
            continue;
        struct doc_match m;
        float tf = tfs[i];
        tfs[i] = -1;
        if (pass_over(s, f->docs[i], tf))
            continue;
        frequency_match(f, i, &s->weights, 0, &m);
        add_same(s, &m);
        st = add_match_of(s, &m);
    }
    return st;
}

static enum status add_chunk(struct stream *s, const struct frequencies *f, size_t n)
{
    float tfs[POSTINGS_CHUNK];
    s->bar = bar_of(s);
    weigh_chunk(s, f, n, tfs);
    enum status st = add_mixed(s, f, n, tfs);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        while (!s->bar.inside && i < n && tfs[i] < s->bar.tf)
            i++;
        if (i == n)
            break;
        struct score score = {.sum = rank_saturated(s->weight, tfs[i]), .typed = true};
        score.inside =
            f->counts[FREQUENCY_TITLE_WHOLE][i] + f->counts[FREQUENCY_BODY_WHOLE][i] == 0;
        if (tfs[i] < 0 || (tfs[i] < s->bar.tf && score.inside)) /* the former are added */
            continue;
        st = collect_document(s->c, s->ev, f->docs[i], &score);
        s->bar = bar_of(s);
    }
    return st;
}

/* The next chunk of documents; 0 at the end, or where the list is damaged. */
static size_t next_chunk(struct stream *s, struct frequencies *f)
{
    if (s->left != NULL)
        return left_places_next(s->left, &s->at_left, f);
    size_t n = frequencies_next(&s->reader, 0, f);
    s->reader.bad |= n > 0 && f->docs[n - 1] >= s->ev->segment->n_docs;
    return s->reader.bad ? 0 : n;
}

/* Opens the list of the term where its documents are left in one. */
static enum status open_stream(struct stream *s, struct matcher *m, const struct term *term)
{
    struct packed_list packed;
    if (s->left->docs != NULL)
        return ST_OK;
    s->left = NULL;
    enum status st = find_frequencies(m, s->ev->segment, term, 0, &packed);
    if (st == ST_OK)
        frequencies_open(&s->reader, packed.data, packed.n_bytes);
    return st;
}

enum status collect_streamed(struct collection *c, const struct evaluated *ev)
{
    struct matcher m;
    struct frequencies chunk;
    const struct term *term = &c->e->plan.terms[0];
    size_t n;
    evaluation_matcher(c->e, c->db, (struct match_options){.words_only = false}, &m);
    m.store = c->db->members[ev->member].store;
    struct stream s = {.c = c,
                       .ev = ev,
                       .weights = weights_of(&m, term, term->spellings),
                       .weight = (float)(term->weight * c->e->idf[0]),
                       .left = &ev->matches.terms[0].left,
                       .others = &ev->matches.terms[0]};
    enum status st = open_stream(&s, &m, term);
    if (ev->matches.n_selected > ev->segment->n_docs / 2)
        norms_reckon_all(&c->e->stats, ev->segment);
    while (st == ST_OK && (n = next_chunk(&s, &chunk)) > 0) {
        st = session_check(c->db);
        if (st == ST_OK)
            st = add_chunk(&s, &chunk, n);
    }
    if (st == ST_OK && s.reader.bad)
        return store_corrupt(m.store->path, m.error);
    c->n_total += ev->matches.n_selected;
    return st == ST_OK ? add_others(&s, UINT32_MAX) : st;
}
