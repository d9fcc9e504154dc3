/* Matching a plan in all segments of all indexes. Interface: collect.h. */
#include "search/rank/collect.h"

#include "search/rank/norms.h"

#include <math.h>
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

enum status evaluation_load(struct evaluation *e, struct hiku *db)
{
    double n_docs = 0, title = 0, body = 0;
    e->segments = calloc(count_segments(db) + 1, sizeof *e->segments);
    e->idf = calloc(e->plan.n_terms + 1, sizeof *e->idf);
    if (e->segments == NULL || e->idf == NULL)
        return error_set(&db->error, ST_NOMEM, _("out of memory"));
    for (size_t i = 0; i < db->n_members; i++) {
        struct store *store = db->members[i].store;
        for (size_t k = 0; k < store->n_segments; k++) {
            struct segment *s = &store->segments[k];
            enum status st = segment_load(store, s, &db->error);
            if (st != ST_OK)
                return st;
            e->segments[e->n_segments++] = (struct evaluated){.member = i, .segment = s};
            n_docs += s->n_live;
            title += (double)s->title_units;
            body += (double)s->body_units;
        }
    }
    /* A field that is empty everywhere still needs a length to divide by. */
    e->stats.n_docs = n_docs;
    e->stats.title_units = title > 0 ? title / n_docs : 1;
    e->stats.body_units = body > 0 ? body / n_docs : 1;
    e->stats.body_share = rank_body_share(e->stats.title_units, body / fmax(n_docs, 1));
    e->stats.body_power = rank_body_power(e->stats.body_units);
    e->stats.lead = rank_lead_weight(e->stats.body_units);
    for (size_t i = 0; i < e->n_segments; i++)
        norms_begin(&e->stats, e->segments[i].segment);
    return ST_OK;
}

uint32_t evaluation_largest(const struct evaluation *e)
{
    uint32_t n = 1;
    for (size_t i = 0; i < e->n_segments; i++)
        n = e->segments[i].segment->n_docs > n ? e->segments[i].segment->n_docs : n;
    return n;
}

void evaluation_matcher(const struct evaluation *e, struct hiku *db, struct match_options options,
                        struct matcher *m)
{
    matcher_init(m);
    m->plan = &e->plan;
    m->options = options;
    m->is_cancelled = session_is_cancelled;
    m->cancel_context = db;
    m->error = &db->error;
}

enum status evaluate(struct evaluation *e, struct hiku *db, struct match_options options)
{
    struct matcher m;
    enum status st = evaluation_load(e, db);
    evaluation_matcher(e, db, options, &m);
    for (size_t i = 0; i < e->n_segments && st == ST_OK; i++) {
        m.store = db->members[e->segments[i].member].store;
        st = match_segment(&m, e->segments[i].segment, &e->segments[i].matches);
        e->n_selected += e->segments[i].matches.n_selected;
    }
    for (size_t i = 0; i < e->n_segments && st == ST_OK && (e->n_selected > 0 || options.counts);
         i++) {
        m.store = db->members[e->segments[i].member].store;
        st = count_terms(&m, e->segments[i].segment, e->segments[i].matches.terms);
    }
    for (size_t t = 0; t < e->plan.n_terms && st == ST_OK; t++) {
        double n_matching = 0;
        for (size_t i = 0; i < e->n_segments; i++) {
            n_matching += e->segments[i].matches.terms[t].n_docs;
            e->presumed |= e->segments[i].matches.terms[t].presumed;
        }
        e->idf[t] = rank_idf(e->stats.n_docs, n_matching);
    }
    matcher_release(&m);
    return st;
}
