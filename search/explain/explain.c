/* How a query is understood, and why a record does or does not match. Interface: hiku.h, explain.h.
 */
#include "search/explain/explain.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void hiku_explanation_free(struct hiku_explanation *explanation)
{
    struct explained *e = (struct explained *)(void *)explanation;
    if (e == NULL)
        return;
    for (size_t i = 0; e->parts != NULL && i < e->shown.n_terms; i++) {
        free(e->parts[i].spellings);
        places_release(&e->parts[i].places);
        free(e->parts[i].rule);
    }
    free(e->parts);
    free(e->terms);
    for (size_t i = 0; i < e->shown.n_obstacles; i++)
        free((void *)(uintptr_t)e->obstacles[i].text);
    free(e->obstacles);
    record_text_release(&e->text);
    buf_release(&e->tree);
    hiku_results_free(e->results);
    free(e);
}

const struct term *explained_term(const struct explained *e, size_t number)
{
    const struct plan *all = &e->results->all.plan;
    return number < all->n_terms ? &all->terms[number]
                                 : &e->results->partial.plan.terms[number - all->n_terms];
}

/* The evaluation that a term belongs to, and its number there. */
static const struct evaluation *evaluation_of(const struct explained *e, size_t number,
                                              size_t *term)
{
    const struct hiku_results *r = e->results;
    bool first = number < r->all.plan.n_terms;
    *term = first ? number : number - r->all.plan.n_terms;
    return first ? &r->all : &r->partial;
}

/* Plans the query, without looking anything up but words. */
static enum status plan_only(struct explained *e, const struct query *query)
{
    struct hiku_results *r = e->results;
    enum status st = plan_make(&r->all.plan, query, &r->plan_options, r->db->tokenizer);
    if (st == ST_OK)
        st = plan_make_partial(&r->partial.plan, query, &r->plan_options, r->db->tokenizer);
    return st;
}

/* PLAN: nothing was searched, which would have read the options and planned. */
static enum status explain_query(struct explained *e, const char *text, size_t n_bytes, bool plan)
{
    struct query query = {0};
    enum status st = plan ? results_read_plan_options(e->results) : ST_OK;
    if (st == ST_OK)
        st = results_parse(e->results, text, n_bytes, &query);
    if (st == ST_OK)
        st = query_print(&query, &e->tree);
    if (st == ST_OK && plan)
        st = plan_only(e, &query);
    query_release(&query);
    e->shown.tree = e->tree.data;
    e->shown.is_sentence = e->results->all.plan.is_sentence;
    return st;
}

/* Results without a search. */
static enum status begin_results(struct explained *e, hiku *db,
                                 const struct hiku_search_options *options)
{
    e->results = calloc(1, sizeof *e->results);
    if (e->results == NULL)
        return ST_NOMEM;
    results_init(e->results, db);
    e->results->options = *options;
    enum status st = session_begin(db);
    if (st == ST_OK) {
        db->n_results++;
        e->results->counted = true;
    }
    return st;
}

static int field_of(const struct term *term)
{
    return term->fields == QUERY_TITLE  ? HIKU_FIELD_TITLE
           : term->fields == QUERY_BODY ? HIKU_FIELD_BODY
                                        : HIKU_FIELD_ANY;
}

static bool add_spellings(struct explained_parts *parts, const struct term *term)
{
    parts->spellings = calloc(term->n_spellings, sizeof *parts->spellings);
    for (size_t i = 0; parts->spellings != NULL && i < term->n_spellings; i++) {
        const struct spelling *s = &term->spellings[i];
        parts->spellings[i] = (struct hiku_spelling){s->text, s->rule, s->weight, s->whole};
    }
    return parts->spellings != NULL;
}

static enum status explain_terms(struct explained *e)
{
    size_t n = e->results->all.plan.n_terms + e->results->partial.plan.n_terms;
    e->terms = calloc(n + 1, sizeof *e->terms);
    e->parts = calloc(n + 1, sizeof *e->parts);
    if (e->terms == NULL || e->parts == NULL)
        return ST_NOMEM;
    e->shown.terms = e->terms;
    e->shown.n_terms = n;
    for (size_t i = 0; i < n; i++) {
        const struct term *term = explained_term(e, i);
        size_t number;
        const struct evaluation *ev = evaluation_of(e, i, &number);
        if (!add_spellings(&e->parts[i], term))
            return ST_NOMEM;
        e->terms[i] = (struct hiku_explained_term){.kind = term->kind,
                                                   .field = field_of(term),
                                                   .prefix = term->prefix,
                                                   .exact = term->exact,
                                                   .excluded = term->negative,
                                                   .partial = i >= e->results->all.plan.n_terms,
                                                   .spellings = e->parts[i].spellings,
                                                   .n_spellings = term->n_spellings,
                                                   .idf = ev->idf != NULL ? ev->idf[number] : 0,
                                                   .weight = term->weight,
                                                   .nearest = {.rule = ""}};
    }
    return ST_OK;
}

/* UTF-16 units of a text, in which lengths are reckoned. */
static uint32_t count_units(const struct buf *text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text->len; n++) {
        uint32_t cp;
        i += utf8_decode(text->data + i, text->len - i, &cp);
        n += cp >= 0x10000;
    }
    return n;
}

/* What a term adds to the score of a record that has it in PLACES. */
static double score_of(const struct explained *e, size_t number)
{
    size_t term_number;
    const struct evaluation *ev = evaluation_of(e, number, &term_number);
    const struct term *term = explained_term(e, number);
    const struct places *places = &e->parts[number].places;
    struct doc_match match = {0};
    for (size_t i = 0; i < places->n; i++) {
        const struct hiku_place *p = &places->items[i];
        double weight = term->spellings[p->spelling].weight * (p->aligned ? 1 : term->inside);
        *(p->field == HIKU_FIELD_TITLE ? &match.title : &match.body) += (float)weight;
    }
    if (places->n == 0 || ev->idf == NULL)
        return 0;
    struct rank_norms norms = rank_norms(&ev->stats, count_units(&e->text.normalized[0].text),
                                         count_units(&e->text.normalized[1].text));
    return (double)rank_term((float)(term->weight * ev->idf[term_number]), match.title, match.body,
                             norms);
}

static enum status find_record(struct explained *e, const char *key)
{
    struct hiku_results *r = e->results;
    enum status st = record_find(r->db, key, &r->fetched, &e->member);
    return st == ST_OK ? record_text_set(&e->text, &r->fetched.record, r->db->tokenizer) : st;
}

static void find_rank(struct explained *e)
{
    struct hiku_results *r = e->results;
    struct hiku_explanation *shown = &e->shown;
    shown->total = r->n_total;
    shown->partial = r->n_partial;
    for (size_t i = 0; i < r->candidates.n && !shown->found; i++) {
        const struct candidate *c = &r->candidates.items[i];
        if (c->id != r->fetched.id || c->member != e->member)
            continue;
        shown->found = 1;
        shown->rank = i + 1;
        shown->match = c->match;
        shown->score = c->score;
    }
}

static enum status place_terms(struct explained *e)
{
    bool words_only = e->results->options.words != 0;
    enum status st = ST_OK;
    for (size_t i = 0; i < e->shown.n_terms && st == ST_OK; i++) {
        const struct term *term = explained_term(e, i);
        struct places *places = &e->parts[i].places;
        if (!places_find(&e->text, term, words_only, places))
            return ST_NOMEM;
        e->terms[i].places = places->items;
        e->terms[i].n_places = places->n;
        bool names_text = term->kind == HIKU_TERM_TEXT || term->kind == HIKU_TERM_WORD;
        if (places->n == 0 && names_text && !term->negative)
            st = explain_nearest(e, i);
    }
    return st;
}

/* Sets the terms' parts of the score. That also depends on how close they stand, of partial matches
 * on what is not covered, so the parts are given in the proportion in which they add up to it. */
static void share_score(struct explained *e)
{
    bool partial = e->shown.found && e->shown.match == HIKU_MATCH_PARTIAL;
    double sum = 0, covered = 0, total = 0;
    for (size_t i = 0; i < e->shown.n_terms; i++) {
        struct hiku_explained_term *term = &e->terms[i];
        double weight = term_kind_covers(term->kind) ? term->weight * term->idf : 0;
        if (term->excluded)
            continue;
        if (term->partial) {
            total += weight;
            covered += term->n_places > 0 ? weight : 0;
        }
        if (!e->shown.found || (term->partial != 0) == partial)
            term->score = score_of(e, i);
        sum += term->score;
    }
    e->shown.covered = total > 0 ? covered / total : 0;
    for (size_t i = 0; i < e->shown.n_terms && e->shown.found && sum > 0; i++)
        e->terms[i].score *= e->shown.score / sum;
}

static enum status explain_record(struct explained *e, const char *key)
{
    struct hiku_results *r = e->results;
    enum status st = find_record(e, key);
    if (st != ST_OK)
        return st;
    find_rank(e);
    r->highlighter.plans[0] = &r->all.plan;
    r->highlighter.plans[1] =
        e->shown.found && e->shown.match == HIKU_MATCH_PARTIAL ? &r->partial.plan : NULL;
    r->highlighter.words_only = r->options.words != 0;
    r->highlighter.tokenizer = r->db->tokenizer;
    st = fetched_highlight(&r->fetched, &r->highlighter);
    e->shown.record = r->fetched.record;
    if (st == ST_OK)
        st = place_terms(e);
    share_score(e);
    return st == ST_OK ? explain_obstacles(e) : st;
}

static enum status explain(struct explained *e, hiku *db, const char *key, const char *query,
                           size_t n_bytes, const struct hiku_search_options *options)
{
    struct hiku_search_options o = search_options_copy(options);
    o.limit = o.offset = 0;
    o.sort = HIKU_SORT_RANK;
    o.explain = 0;
    o.no_text = HIKU_NO_TEXT;
    enum status st = key != NULL ? (enum status)hiku_search(db, query, n_bytes, &o, &e->results)
                                 : begin_results(e, db, &o);
    if (st == ST_OK)
        st = explain_query(e, query, n_bytes, key == NULL);
    if (st == ST_OK)
        st = explain_terms(e);
    return st == ST_OK && key != NULL ? explain_record(e, key) : st;
}

int hiku_explain(hiku *db, const char *key, const char *query, size_t n_bytes,
                 const struct hiku_search_options *options, struct hiku_explanation **out)
{
    struct explained *e = calloc(1, sizeof *e);
    *out = NULL;
    db->error.message[0] = '\0';
    if (e == NULL)
        return session_fail(db, ST_NOMEM);
    buf_init(&e->tree);
    record_text_init(&e->text);
    enum status st = explain(e, db, key, query, n_bytes, options);
    if (st != ST_OK) {
        hiku_explanation_free(&e->shown);
        return session_fail(db, st);
    }
    *out = &e->shown;
    return HIKU_OK;
}
