/* Searching: query to ranked candidates. Interface: hiku.h. */
#include "search/results/results.h"

#include "base/clock.h"
#include "search/query/query.h"

#include <stdlib.h>
#include <string.h>

static enum status parse_day(struct hiku *db, const char *name, const char *text,
                             struct date_range *range)
{
    if (date_parse(text, strlen(text), range))
        return ST_OK;
    return error_set(
        &db->error, ST_USAGE,
        _("'%s' is no date for '%s'; write for example 2019-06-05, 令和元年6月 or R1.6.5"), text,
        name);
}

static enum status read_period(struct hiku *db, const struct hiku_search_options *o,
                               struct date_range *period)
{
    struct date_range r;
    enum status st = ST_OK;
    *period = (struct date_range){DAY_NONE, INT32_MAX};
    if (o->since != NULL && (st = parse_day(db, "since", o->since, &r)) == ST_OK)
        period->first = r.first;
    if (st == ST_OK && o->until != NULL && (st = parse_day(db, "until", o->until, &r)) == ST_OK)
        period->last = r.last;
    if (st == ST_OK && period->first > period->last)
        st = error_set(&db->error, ST_USAGE,
                       _("the period ends before it begins: since '%s' until '%s'; exchange them"),
                       o->since, o->until);
    return st;
}

static enum status filter_period(struct plan *plan, const struct hiku_search_options *o,
                                 struct date_range period)
{
    if (o->since == NULL && o->until == NULL)
        return ST_OK;
    return plan_filter_dates(plan, period);
}

static void set_collect_options(const struct hiku_results *r, struct collect_options *c)
{
    const struct hiku_search_options *o = &r->options;
    *c = (struct collect_options){.sort = o->sort, .explain = o->explain != 0};
    if (o->limit > 0)
        c->keep = o->limit > SIZE_MAX - o->offset ? 0 : o->limit + o->offset;
    c->tiers = o->mode != HIKU_MODE_ANY;
}

/* Drops what was kept beyond the PAGE; 0: all are wanted. */
static void keep_page(struct hiku_results *r, size_t page)
{
    while (page > 0 && r->candidates.n > page)
        free(r->candidates.items[--r->candidates.n].terms);
}

/* Whether the plan is terms that must all be there, and no partial matches follow, which ask what
 * it selects. */
static bool is_plain(const struct plan *plan)
{
    const struct plan_node *root = &plan->nodes[plan->root];
    size_t n = root->op == QUERY_TERM;
    for (size_t c = root->child; root->op == QUERY_AND && c != PLAN_NO_NODE;
         c = plan->nodes[c].next)
        n += plan->nodes[c].op == QUERY_TERM;
    return n == plan->n_terms && n == plan->n_nodes - (root->op == QUERY_AND) && !plan->is_sentence;
}

/* How many of the best hits with all words must be kept for the first PAGE of them (0: all), for
 * the order to be the same whatever the page. */
static size_t keep_for(const struct plan *plan, size_t page)
{
    size_t n = text_order_keep(page);
    return n > 0 && n < RANK_CLOSE_POOL && plan->n_terms > 1 ? RANK_CLOSE_POOL : n;
}

/* All words. */
static enum status search_all(struct hiku_results *r, const struct query *query,
                              struct date_range period)
{
    struct collect_options c;
    enum status st = plan_make(&r->all.plan, query, &r->plan_options, r->db->tokenizer);
    if (st == ST_OK)
        st = filter_period(&r->all.plan, &r->options, period);
    if (st != ST_OK || r->all.plan.root == PLAN_NO_NODE)
        return st;
    set_collect_options(r, &c);
    /* Who wants all hits may be told of each term (explain.c). */
    st = evaluate(&r->all, r->db,
                  (struct match_options){.words_only = r->options.words != 0,
                                         .presume = c.keep > 0,
                                         .counts = c.keep == 0,
                                         .stream = c.keep > 0 && c.sort == HIKU_SORT_RANK &&
                                                   !c.explain && is_plain(&r->all.plan)});
    size_t page = c.keep;
    bool orders = c.tiers && c.sort == HIKU_SORT_RANK;
    if (orders)
        c.keep = keep_for(&r->all.plan, page);
    if (st == ST_OK)
        st = collect(&r->all, r->db, &c, &r->candidates, &r->n_total);
    if (st == ST_OK && orders)
        st = text_order(r);
    keep_page(r, page);
    return st;
}

/* Some words: after a sentence, or where no record has all words. */
static enum status search_partial(struct hiku_results *r, const struct query *query,
                                  struct date_range period)
{
    struct collect_options c;
    enum status st = plan_make_partial(&r->partial.plan, query, &r->plan_options, r->db->tokenizer);
    if (st == ST_OK && r->partial.plan.n_terms > 0)
        st = filter_period(&r->partial.plan, &r->options, period);
    if (st != ST_OK || r->partial.plan.n_terms == 0)
        return st;
    set_collect_options(r, &c);
    c.partial = true;
    c.tiers = false;
    c.except = r->all.n_segments > 0 ? &r->all : NULL;
    size_t page = c.keep;
    if (page > 0)
        c.keep = page > RANK_POOL ? page : RANK_POOL;
    st = collect_partial(&r->partial, r->db,
                         (struct match_options){.words_only = r->options.words != 0}, &c,
                         &r->candidates, &r->n_partial);
    /* The pool is the same whatever the page, and so are the order and the count. */
    keep_page(r, page);
    return st;
}

enum status results_read_plan_options(struct hiku_results *r)
{
    const struct hiku_search_options *o = &r->options;
    struct plan_options *options = &r->plan_options;
    r->words = (struct word_source){session_find_words, r->db};
    *options = (struct plan_options){.words = &r->words,
                                     .exact = o->exact != 0,
                                     .fields = QUERY_ANY_FIELD,
                                     .is_cancelled = session_is_cancelled,
                                     .cancel_context = r->db};
    if (o->field != HIKU_FIELD_ANY)
        options->fields = o->field == HIKU_FIELD_TITLE ? QUERY_TITLE : QUERY_BODY;
    return expand_read_without(o->without, options, &r->db->error);
}

enum status results_parse(const struct hiku_results *r, const char *text, size_t n_bytes,
                          struct query *query)
{
    enum status st =
        query_parse(query, text, n_bytes,
                    r->options.mode == HIKU_MODE_ANY ? QUERY_DEFAULT_ANY : QUERY_DEFAULT_ALL);
    /* The date of a record is in neither of its fields. */
    bool dates = r->plan_options.fields == QUERY_ANY_FIELD && expand_has_dates(&r->plan_options);
    return st == ST_OK && dates ? query_add_dates(query) : st;
}

static enum status run(struct hiku_results *r, const char *text, size_t n_bytes)
{
    const struct hiku_search_options *o = &r->options;
    struct query query = {0};
    struct date_range period;
    enum status st = read_period(r->db, o, &period);
    if (st == ST_OK)
        st = results_read_plan_options(r);
    if (st == ST_OK)
        st = results_parse(r, text, n_bytes, &query);
    if (st == ST_OK)
        st = search_all(r, &query, period);
    bool wants_partial = o->mode == HIKU_MODE_AUTO && query.root != NULL &&
                         (r->n_total == 0 || r->all.plan.is_sentence);
    if (st == ST_OK && wants_partial)
        st = search_partial(r, &query, period);
    query_release(&query);
    /* They are the caller's, who may free them from now on. */
    r->options.since = r->options.until = r->options.without = NULL;
    if (st == ST_INTERRUPTED && r->db->error.message[0] == '\0')
        session_check(r->db);
    return st;
}

struct hiku_search_options search_options_copy(const struct hiku_search_options *options)
{
    struct hiku_search_options copy = HIKU_SEARCH_OPTIONS_INIT;
    if (options != NULL)
        memcpy(&copy, options, options->size < sizeof copy ? options->size : sizeof copy);
    return copy;
}

int hiku_search(hiku *db, const char *query, size_t n_bytes,
                const struct hiku_search_options *options, hiku_results **out)
{
    double start = clock_ms();
    *out = NULL;
    db->error.message[0] = '\0';
    struct hiku_results *r = calloc(1, sizeof *r);
    if (r == NULL)
        return session_fail(db, ST_NOMEM);
    results_init(r, db);
    r->options = search_options_copy(options);
    enum status st = session_begin(db);
    if (st != ST_OK) {
        hiku_results_free(r);
        return session_fail(db, st);
    }
    db->n_results++;
    r->counted = true;
    r->left_ns = r->options.timeout_ms > 0 ? r->options.timeout_ms * NS_PER_MS : 0;
    session_start_clock(db, &r->left_ns);
    st = run(r, query, n_bytes);
    if (st == ST_OK && r->options.explain)
        st = results_explain(r);
    session_stop_clock(db, &r->left_ns);
    if (st != ST_OK) {
        hiku_results_free(r);
        return session_fail(db, st);
    }
    r->elapsed_ms = clock_ms() - start;
    *out = r;
    return HIKU_OK;
}
