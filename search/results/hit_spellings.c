/* Which spellings of its terms a hit has. Interface: results.h. */
#include "base/array.h"
#include "search/results/places.h"
#include "search/results/results.h"

#include <stdlib.h>
#include <string.h>

static const struct term *find_term(const struct plan *plan, const struct hiku_term_score *score)
{
    for (size_t i = 0; i < plan->n_terms; i++) {
        if (plan->terms[i].spellings[0].text == score->term)
            return &plan->terms[i];
    }
    return NULL;
}

/* The one among those from FIRST on. */
static struct hiku_found_spelling *find_spelling(const struct hit_spellings *list, size_t first,
                                                 const char *text, const char *rule)
{
    for (size_t i = first; i < list->n; i++) {
        if (strcmp(list->items[i].text, text) == 0 && strcmp(list->items[i].rule, rule) == 0)
            return &list->items[i];
    }
    return NULL;
}

/* Adds the spellings in PLACES, in their order. */
static bool add_spellings(struct hit_spellings *list, const struct term *term,
                          const struct places *places)
{
    size_t first = list->n;
    for (size_t i = 0; i < places->n; i++) {
        const struct hiku_place *p = &places->items[i];
        const char *rule = p->rule;
        const char *text = term->spellings[p->spelling].text;
        struct hiku_found_spelling *found = find_spelling(list, first, text, rule);
        if (found == NULL) {
            if (!array_reserve(&list->items, &list->cap, list->n + 1, sizeof *list->items))
                return false;
            found = &list->items[list->n++];
            *found = (struct hiku_found_spelling){.text = text, .rule = rule};
        }
        ++*(p->field == HIKU_FIELD_TITLE ? &found->title_tf : &found->body_tf);
        found->aligned_tf += p->aligned != 0;
    }
    return true;
}

enum status hit_spellings_find(struct hiku_results *r, struct candidate *c)
{
    struct hit_spellings *list = &r->spellings;
    const struct plan *plan = c->match == HIKU_MATCH_PARTIAL ? &r->partial.plan : &r->all.plan;
    struct record_text text;
    struct places places = {0};
    record_text_init(&text);
    enum status st = record_text_set(&text, &r->fetched.record, r->db->tokenizer);
    list->n = 0;
    for (size_t i = 0; i < c->n_terms && st == ST_OK; i++) {
        const struct term *term = find_term(plan, &c->terms[i]);
        size_t before = list->n;
        places.n = 0;
        if (term == NULL)
            continue;
        st = session_check(r->db);
        if (st != ST_OK)
            break;
        if (!places_find(&text, term, r->options.words != 0, &places) ||
            !add_spellings(list, term, &places))
            st = ST_NOMEM;
        c->terms[i].n_spellings = list->n - before;
    }
    /* The list has its place only now that it is whole. */
    size_t at = 0;
    for (size_t i = 0; i < c->n_terms && st == ST_OK; i++) {
        c->terms[i].spellings = list->items + at;
        at += c->terms[i].n_spellings;
    }
    places_release(&places);
    record_text_release(&text);
    return st;
}
