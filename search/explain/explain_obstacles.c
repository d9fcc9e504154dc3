/* What keeps a record from having all words of a query. Interface: explain.h. */
#include "search/explain/explain.h"

#include "base/array.h"
#include "search/match/bitset.h"

#include <stdlib.h>
#include <string.h>

static enum status no_memory(struct explained *e)
{
    return error_set(&e->results->db->error, ST_NOMEM, _("out of memory"));
}

static bool date_overlaps(const struct hiku_record *record, struct date_range wanted)
{
    day_t first = date_from_iso(record->date);
    return first != DAY_NONE && first <= wanted.last &&
           date_from_iso(record->date_end) >= wanted.first;
}

static enum status has_column(struct explained *e, const struct plan_node *node, bool *has)
{
    struct hiku_results *r = e->results;
    const struct evaluated *ev = r->all.segments;
    struct matcher m;
    int64_t id = r->fetched.id;
    while (ev->member != e->member || id < ev->segment->base ||
           id >= ev->segment->base + ev->segment->n_docs)
        ev++;
    uint64_t *bits = calloc(bitset_words(ev->segment->n_docs), sizeof *bits);
    if (bits == NULL)
        return no_memory(e);
    evaluation_matcher(&r->all, r->db, (struct match_options){.words_only = r->options.words != 0},
                       &m);
    m.store = r->db->members[ev->member].store;
    enum status st = select_column(&m, ev->segment, node->column, node->value, bits);
    *has = bitset_has(bits, (uint32_t)(id - ev->segment->base));
    matcher_release(&m);
    free(bits);
    return st;
}

/* Whether the record fits a node of the plan's tree. */
static enum status fits(struct explained *e, size_t index, bool *fit)
{
    const struct plan_node *node = &e->results->all.plan.nodes[index];
    enum status st = ST_OK;
    if (node->op == QUERY_TERM)
        *fit = e->terms[node->term].n_places > 0;
    else if (node->op == QUERY_DATE)
        *fit = date_overlaps(&e->results->fetched.record, node->dates);
    else if (node->op == QUERY_COLUMN)
        st = has_column(e, node, fit);
    else
        *fit = node->op != QUERY_OR;
    for (size_t c = node->child; c != PLAN_NO_NODE && st == ST_OK;
         c = e->results->all.plan.nodes[c].next) {
        bool child = false;
        st = fits(e, c, &child);
        *fit = node->op == QUERY_OR    ? *fit || child
               : node->op == QUERY_NOT ? *fit && !child
                                       : *fit && child;
    }
    return st;
}

static enum status add(struct explained *e, int kind, size_t term, char *text)
{
    struct hiku_explanation *shown = &e->shown;
    for (size_t i = 0; i < shown->n_obstacles && text == NULL; i++) {
        if (e->obstacles[i].kind == kind && e->obstacles[i].term == term)
            return ST_OK; /* a word that was typed twice */
    }
    if (!array_reserve(&e->obstacles, &e->cap_obstacles, shown->n_obstacles + 1,
                       sizeof *e->obstacles)) {
        free(text);
        return no_memory(e);
    }
    e->obstacles[shown->n_obstacles++] = (struct hiku_obstacle){kind, term, text};
    return ST_OK;
}

static enum status add_text(struct explained *e, int kind, struct buf *text)
{
    char *copy = buf_detach(text);
    return copy != NULL ? add(e, kind, 0, copy) : no_memory(e);
}

static enum status add_date(struct explained *e, int kind, struct date_range range)
{
    struct buf text = BUF_INIT;
    char day[16];
    if (range.first != DAY_NONE) {
        date_format(range.first, day);
        buf_adds(&text, day);
    }
    buf_adds(&text, "..");
    if (range.last != INT32_MAX) {
        date_format(range.last, day);
        buf_adds(&text, day);
    }
    return add_text(e, kind, &text);
}

/* Lists the leaves below a node that is to have the value WANTED and has not. */
static enum status list(struct explained *e, size_t index, bool wanted)
{
    const struct plan *plan = &e->results->all.plan;
    const struct plan_node *node = &plan->nodes[index];
    bool fit = false;
    enum status st = fits(e, index, &fit);
    if (st != ST_OK || fit == wanted)
        return st;
    if (node->op == QUERY_TERM)
        return add(e, wanted ? HIKU_OBSTACLE_MISSING : HIKU_OBSTACLE_EXCLUDED, node->term, NULL);
    if (node->op == QUERY_DATE)
        return add_date(e, wanted ? HIKU_OBSTACLE_DATE : HIKU_OBSTACLE_EXCLUDED_DATE, node->dates);
    if (node->op == QUERY_COLUMN) {
        struct buf text = BUF_INIT;
        buf_addf(&text, "%s:%s", node->column, node->value);
        return add_text(e, wanted ? HIKU_OBSTACLE_COLUMN : HIKU_OBSTACLE_EXCLUDED_COLUMN, &text);
    }
    for (size_t c = node->child; c != PLAN_NO_NODE && st == ST_OK; c = plan->nodes[c].next)
        st = list(e, c, node->op == QUERY_NOT ? !wanted : wanted);
    return st;
}

enum status explain_obstacles(struct explained *e)
{
    size_t root = e->results->all.plan.root;
    enum status st = root != PLAN_NO_NODE ? list(e, root, true) : ST_OK;
    e->shown.obstacles = e->obstacles;
    return st;
}
