/* Matching a plan in all segments of all indexes. Interface: collect.h. */
#include "search/collect.h"

#include <stdlib.h>

void evaluation_release(struct evaluation *e)
{
    for (size_t i = 0; i < e->n_segments; i++)
        segment_matches_release(&e->segments[i].matches, e->plan.n_terms);
    free(e->segments);
    free(e->idf);
    plan_release(&e->plan);
    *e = (struct evaluation){0};
}

static size_t count_segments(const struct hiku *db)
{
    size_t n = 0;
    for (size_t i = 0; i < db->n_members; i++)
        n += db->members[i].store->n_segments;
    return n;
}

static bool is_cancelled(const void *context)
{
    return session_is_cancelled(context);
}

static enum status match_member(struct evaluation *e, struct hiku *db, size_t member,
                                struct matcher *m)
{
    struct store *store = db->members[member].store;
    enum status st = ST_OK;
    m->store = store;
    for (size_t i = 0; i < store->n_segments && st == ST_OK; i++) {
        struct evaluated *out = &e->segments[e->n_segments++];
        *out = (struct evaluated){.member = member, .segment = &store->segments[i]};
        st = match_segment(m, out->segment, &out->matches);
        e->n_selected += out->matches.n_selected;
    }
    return st;
}

static void reckon_stats(struct evaluation *e)
{
    double n_docs = 0, title = 0, body = 0;
    for (size_t i = 0; i < e->n_segments; i++) {
        n_docs += e->segments[i].segment->n_live;
        title += (double)e->segments[i].segment->title_units;
        body += (double)e->segments[i].segment->body_units;
    }
    /* A field that is empty everywhere still needs a length to divide by. */
    e->stats.n_docs = n_docs;
    e->stats.title_units = title > 0 ? title / n_docs : 1;
    e->stats.body_units = body > 0 ? body / n_docs : 1;
    for (size_t t = 0; t < e->plan.n_terms; t++) {
        double n_matching = 0;
        for (size_t i = 0; i < e->n_segments; i++)
            n_matching += (double)e->segments[i].matches.terms[t].n;
        e->idf[t] = rank_idf(n_docs, n_matching);
    }
}

enum status evaluate(struct evaluation *e, struct hiku *db, bool words_only)
{
    struct matcher m;
    enum status st = ST_OK;
    e->segments = calloc(count_segments(db) + 1, sizeof *e->segments);
    e->idf = calloc(e->plan.n_terms + 1, sizeof *e->idf);
    if (e->segments == NULL || e->idf == NULL)
        return error_set(&db->error, ST_NOMEM, _("out of memory"));
    matcher_init(&m);
    m.plan = &e->plan;
    m.options.words_only = words_only;
    m.is_cancelled = is_cancelled;
    m.cancel_context = db;
    m.error = &db->error;
    for (size_t i = 0; i < db->n_members && st == ST_OK; i++)
        st = match_member(e, db, i, &m);
    matcher_release(&m);
    if (st == ST_OK)
        reckon_stats(e);
    return st;
}
