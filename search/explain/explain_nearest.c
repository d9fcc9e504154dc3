/* What a record has instead of a term that it lacks. Interface: explain.h. */
#include "search/explain/explain.h"

#include "search/suggest/similar_text.h"

#include <stdlib.h>
#include <string.h>

/* Notes the first of PLACES, if there is one. */
static bool take_place(struct hiku_nearest *nearest, int how, const struct places *places)
{
    if (places->n == 0)
        return false;
    const struct hiku_place *p = &places->items[0];
    *nearest = (struct hiku_nearest){
        .how = how, .field = p->field, .start = p->start, .end = p->end, .rule = ""};
    return true;
}

/* Looks with the term's own spellings in both fields, and then inside words too. */
static enum status look_elsewhere(struct explained *e, const struct term *term,
                                  struct hiku_nearest *nearest)
{
    struct term anywhere = *term;
    struct places places = {0};
    bool words_only = e->results->options.words != 0;
    anywhere.fields = QUERY_ANY_FIELD;
    bool ok = places_find(&e->text, &anywhere, words_only, &places);
    if (ok && !take_place(nearest, HIKU_NEAR_FIELD, &places)) {
        anywhere.prefix = false;
        ok = places_find(&e->text, &anywhere, false, &places);
        take_place(nearest, HIKU_NEAR_INSIDE, &places);
    }
    places_release(&places);
    return ok ? ST_OK : ST_NOMEM;
}

/* Looks with the spellings of all rules. */
static enum status look_respelled(struct explained *e, const struct term *term, size_t number)
{
    struct plan plan = {.root = PLAN_NO_NODE};
    struct plan_options options = {.words = &e->results->words, .fields = QUERY_ANY_FIELD};
    struct places places = {0};
    struct hiku_nearest *nearest = &e->terms[number].nearest;
    struct term *all = plan_add_term(&plan);
    const struct spelling *typed = &term->spellings[0];
    enum status st = ST_NOMEM;
    const char *written = term->typed != NULL ? term->typed : term->written;
    bool copied = all != NULL;
    if (all != NULL && written != NULL) {
        all->typed = strdup(written);
        copied = all->typed != NULL;
    }
    if (copied && term_add_spelling(all, typed->text, typed->len, "", 1))
        st = expand_term(&plan, all, &options, e->results->db->tokenizer);
    if (st == ST_OK && !places_find(&e->text, all, false, &places))
        st = ST_NOMEM;
    if (st == ST_OK && take_place(nearest, HIKU_NEAR_SPELLING, &places)) {
        e->parts[number].rule = strdup(places.items[0].rule);
        if (e->parts[number].rule == NULL)
            st = ST_NOMEM;
        else
            nearest->rule = e->parts[number].rule;
    }
    places_release(&places);
    plan_release(&plan);
    return st;
}

static void look_similar(const struct explained *e, const struct term *term,
                         struct hiku_nearest *nearest)
{
    size_t least = SIZE_MAX;
    for (int i = 0; i < 2; i++) {
        const struct normalized *n = &e->text.normalized[i];
        struct similar s = similar_find(n->text.data, n->text.len, term->spellings[0].text,
                                        term->spellings[0].len);
        if (s.distance >= least)
            continue;
        least = s.distance;
        *nearest = (struct hiku_nearest){.how = HIKU_NEAR_SIMILAR,
                                         .field = i == 0 ? HIKU_FIELD_TITLE : HIKU_FIELD_BODY,
                                         .rule = "",
                                         .distance = (unsigned)s.distance};
        normalized_range(n, s.start, s.end, &nearest->start, &nearest->end);
    }
}

enum status explain_nearest(struct explained *e, size_t number)
{
    const struct term *term = explained_term(e, number);
    struct hiku_nearest *nearest = &e->terms[number].nearest;
    enum status st = look_elsewhere(e, term, nearest);
    if (st == ST_OK && nearest->how == HIKU_NEAR_NONE)
        st = look_respelled(e, term, number);
    if (st == ST_OK && nearest->how == HIKU_NEAR_NONE)
        look_similar(e, term, nearest);
    return st;
}
