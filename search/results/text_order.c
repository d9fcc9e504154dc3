/* Of hits that are about as good, first those whose text has the query's words exactly as typed,
 * and early. Interface: results.h.
 *
 * The index holds normal forms, so which characters a record has is told from its text. To read
 * little, only the first hundred are put in order, by twenty; what is in one twenty depends on the
 * scores alone, and so a record has the same rank whatever page is asked for. */
#include "search/results/results.h"

#include "base/utf8.h"

#include <string.h>

#define BLOCK 20
#define N_ORDERED 100

size_t text_order_keep(size_t page)
{
    return page >= N_ORDERED ? page : (page + BLOCK - 1) / BLOCK * BLOCK;
}

/* Where the term stands as it was typed. */
struct typed_place {
    bool found;
    double lead; /* rank_lead of its first place, in the title or else in the body; 0: none */
};

static struct typed_place find_typed(sqlite3_stmt *row, const struct term *term)
{
    static const unsigned fields[] = {QUERY_TITLE, QUERY_BODY};
    struct typed_place place = {0};
    for (int i = 0; i < 2 && !place.found; i++) {
        const char *text = (const char *)sqlite3_column_text(row, i);
        size_t n_bytes = (size_t)sqlite3_column_bytes(row, i);
        const char *at = NULL;
        if ((term->fields & fields[i]) && text != NULL)
            at = memmem(text, n_bytes, term->typed, strlen(term->typed));
        place.found = at != NULL;
        if (at != NULL)
            place.lead = rank_lead((double)utf8_count(text, (size_t)(at - text)));
    }
    return place;
}

static bool is_typed(const struct term *term)
{
    return !term->negative && term->typed != NULL;
}

static bool has_typed_terms(const struct plan *plan)
{
    for (size_t t = 0; t < plan->n_terms; t++) {
        if (is_typed(&plan->terms[t]))
            return true;
    }
    return false;
}

/* What C counts in the order of its block. ROW: its texts. */
static double value_of(const struct evaluation *e, const struct candidate *c, sqlite3_stmt *row)
{
    double n_typed = 0, n_literal = 0, lead = 0;
    for (size_t t = 0; t < e->plan.n_terms; t++) {
        const struct term *term = &e->plan.terms[t];
        if (!is_typed(term))
            continue;
        struct typed_place place = find_typed(row, term);
        n_typed++;
        n_literal += place.found;
        lead += place.lead;
    }
    double literal = RANK_FOLDED + (1 - RANK_FOLDED) * n_literal / n_typed;
    return c->score * (literal + e->stats.lead * lead / n_typed);
}

static bool is_before(const struct candidate *a, double value_a, const struct candidate *b,
                      double value_b)
{
    return a->match == b->match && a->respelled == b->respelled && value_a > value_b;
}

/* Inserts each into those before it, whose order stays. */
static void sort_block(struct candidate *items, double *values, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct candidate moved = items[i];
        double value = values[i];
        size_t at = i;
        for (; at > 0 && is_before(&moved, value, &items[at - 1], values[at - 1]); at--) {
            items[at] = items[at - 1];
            values[at] = values[at - 1];
        }
        items[at] = moved;
        values[at] = value;
    }
}

static enum status order_block(struct hiku_results *r, struct candidate *items, size_t n)
{
    struct hiku *db = r->db;
    double values[BLOCK];
    enum status st = ST_OK;
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        struct store *store = db->members[items[i].member].store;
        sqlite3_stmt *row;
        st = session_check(db);
        if (st == ST_OK)
            st = store_find_texts(store, items[i].id, &row, &db->error);
        if (st == ST_OK) {
            values[i] = value_of(&r->all, &items[i], row);
            sqlite3_reset(row);
        }
    }
    if (st == ST_OK)
        sort_block(items, values, n);
    return st;
}

enum status text_order(struct hiku_results *r)
{
    struct candidates *list = &r->candidates;
    const struct hiku_search_options *o = &r->options;
    size_t n = list->n < N_ORDERED ? list->n : N_ORDERED;
    size_t end =
        o->limit > 0 && o->limit < n && o->offset < n - o->limit ? o->offset + o->limit : n;
    enum status st = ST_OK;
    if (!has_typed_terms(&r->all.plan)) /* dates, labels: no text need be read */
        return ST_OK;
    for (size_t at = o->offset / BLOCK * BLOCK; at < end && st == ST_OK; at += BLOCK) {
        size_t n_block = n - at < BLOCK ? n - at : BLOCK;
        if (n_block > 1)
            st = order_block(r, list->items + at, n_block);
    }
    return st;
}
