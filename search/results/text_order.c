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
            place.lead = rank_lead((double)utf8_count_valid(text, (size_t)(at - text)));
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

/* The least and the most that value_of gives, whatever the texts are; but for rounding. */
static double least_value(const struct candidate *c)
{
    return c->score * RANK_FOLDED / (double)RANK_ROUNDING;
}

static double most_value(const struct evaluation *e, const struct candidate *c)
{
    return c->score * (1 + e->stats.lead) * (double)RANK_ROUNDING;
}

/* Whether A comes before B, which stood before it. */
static bool is_before(const struct candidate *a, double value_a, const struct candidate *b,
                      double value_b)
{
    return a->match == b->match && a->respelled == b->respelled && value_a > value_b;
}

/* Inserts the last of N into those before it, whose order stays. */
static void insert_last(struct candidate *items, double *values, size_t n)
{
    struct candidate moved = items[n - 1];
    double value = values[n - 1];
    size_t at = n - 1;
    for (; at > 0 && is_before(&moved, value, &items[at - 1], values[at - 1]); at--) {
        items[at] = items[at - 1];
        values[at] = values[at - 1];
    }
    items[at] = moved;
    values[at] = value;
}

static enum status read_value(struct hiku_results *r, const struct candidate *c, double *value)
{
    struct hiku *db = r->db;
    sqlite3_stmt *row;
    enum status st = session_check(db);
    if (st == ST_OK)
        st = store_find_texts(db->members[c->member].store, c->id, &row, &db->error);
    if (st != ST_OK)
        return st;
    *value = value_of(&r->all, c, row);
    return ST_OK;
}

/* How many of the N candidates, which are sorted by rank, may exchange places with the first or
 * with one another. */
static size_t count_close(const struct evaluation *e, const struct candidate *items, size_t n)
{
    size_t end = 1;
    while (end < n && is_before(&items[end], most_value(e, &items[end]), &items[end - 1],
                                least_value(&items[end - 1])))
        end++;
    return end;
}

/* Puts the first N_SHOWN of N in order. */
static enum status order_close(struct hiku_results *r, struct candidate *items, size_t n,
                               size_t n_shown)
{
    double values[BLOCK] = {0};
    enum status st = ST_OK;
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        /* Those behind it have lower scores. */
        if (i >= n_shown && !is_before(&items[i], most_value(&r->all, &items[i]),
                                       &items[n_shown - 1], values[n_shown - 1]))
            break;
        st = read_value(r, &items[i], &values[i]);
        if (st == ST_OK)
            insert_last(items, values, i + 1);
    }
    return st;
}

static enum status order_block(struct hiku_results *r, struct candidate *items, size_t n,
                               size_t n_shown)
{
    enum status st = ST_OK;
    for (size_t at = 0, n_close; at < n_shown && st == ST_OK; at += n_close) {
        n_close = count_close(&r->all, items + at, n - at);
        if (n_close > 1)
            st = order_close(r, items + at, n_close,
                             n_shown - at < n_close ? n_shown - at : n_close);
    }
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
        st = order_block(r, list->items + at, n_block, end - at < n_block ? end - at : n_block);
    }
    return st;
}
