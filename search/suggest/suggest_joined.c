/* Words that a blank parts, joined: 要 対協 is 要対協. Interface: suggest.h.
 *
 * Where the joined text itself stands in a record, both its parts do, and the record was found.
 * What is gained are the other spellings of the whole: its synonyms, okurigana and readings. */
#include "search/suggest/suggest.h"

#include "base/utf8.h"

#include <stdlib.h>

/* Longer ones are sentences. */
#define MAX_JOINED_CHARS 32

static bool may_join(const struct term *term)
{
    return !term->negative && !term->prefix && !term->exact;
}

enum status suggest_stands(struct hiku_results *r, const struct term *term, bool *found)
{
    struct matcher m;
    enum status st = ST_OK;
    evaluation_matcher(&r->all, r->db, (struct match_options){.words_only = r->options.words != 0},
                       &m);
    for (size_t i = 0; i < r->all.n_segments && st == ST_OK && !*found; i++) {
        const struct evaluated *e = &r->all.segments[i];
        struct term_matches matches = {0};
        m.store = r->db->members[e->member].store;
        st = match_term(&m, e->segment, term, &matches);
        *found = matches.n > 0;
        free(matches.items);
    }
    matcher_release(&m);
    return st;
}

enum status suggest_joined(struct hiku_results *r, size_t number, struct buf *text, bool *found)
{
    const struct term *first = &r->all.plan.terms[number], *second = first + 1;
    struct plan plan = {.root = PLAN_NO_NODE};
    *found = false;
    if (number + 1 >= r->all.plan.n_terms || !may_join(first) || !may_join(second) ||
        first->fields != second->fields)
        return ST_OK;
    buf_adds(text, first->spellings[0].text);
    buf_adds(text, second->spellings[0].text);
    if (text->failed || utf8_count(text->data, text->len) > MAX_JOINED_CHARS)
        return text->failed ? ST_NOMEM : ST_OK;
    struct term *joined = plan_add_term(&plan);
    enum status st = ST_OK;
    if (joined == NULL || !term_add_spelling(joined, text->data, text->len, "", 1))
        st = ST_NOMEM;
    if (st == ST_OK) {
        joined->fields = first->fields;
        st = expand_term(&plan, joined, &r->plan_options, r->db->tokenizer);
    }
    if (st == ST_OK)
        st = suggest_stands(r, joined, found);
    plan_release(&plan);
    return st;
}
