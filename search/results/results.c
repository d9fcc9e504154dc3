/* Fetching hits one by one. Interface: hiku.h, results.h. */
#include "search/results/results.h"

#include "base/array.h"
#include "dict/dates/dates.h"
#include "search/results/snippet.h"

#include <stdlib.h>
#include <string.h>

void results_init(struct hiku_results *r, struct hiku *db)
{
    *r = (struct hiku_results){.db = db, .explanation = BUF_INIT};
    r->fetched = (struct fetched)FETCHED_INIT;
    r->highlighter.normalized = (struct normalized)NORMALIZED_INIT;
}

enum status text_list_add(struct text_list *list, char *text)
{
    bool failed =
        text == NULL || !array_reserve(&list->items, &list->cap, list->n + 1, sizeof *list->items);
    bool is_there = false;
    for (size_t i = 0; i < list->n && !failed && !is_there; i++)
        is_there = strcmp(list->items[i], text) == 0;
    if (failed || is_there) {
        free(text);
        return failed ? ST_NOMEM : ST_OK;
    }
    list->items[list->n++] = text;
    return ST_OK;
}

void text_list_release(struct text_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free((void *)(uintptr_t)list->items[i]);
    free(list->items);
    *list = (struct text_list){0};
}

void hiku_results_free(hiku_results *r)
{
    if (r == NULL)
        return;
    if (r->counted) {
        r->db->n_results--;
        session_end(r->db);
    }
    evaluation_release(&r->all);
    evaluation_release(&r->partial);
    candidates_release(&r->candidates);
    fetched_release(&r->fetched);
    highlighter_release(&r->highlighter);
    buf_release(&r->explanation);
    free(r->spellings.items);
    text_list_release(&r->suggestions);
    text_list_release(&r->unknown_columns);
    text_list_release(&r->columns);
    free(r);
}

uint64_t hiku_results_total(const hiku_results *r)
{
    return r->n_total;
}

uint64_t hiku_results_partial(const hiku_results *r)
{
    return r->n_partial;
}

double hiku_results_elapsed_ms(const hiku_results *r)
{
    return r->elapsed_ms;
}

enum status fetched_highlight(struct fetched *f, struct highlighter *h)
{
    struct hiku_text *title = &f->record.title, *body = &f->record.body;
    free(f->title_ranges);
    free(f->body_ranges);
    f->title_ranges = f->body_ranges = NULL;
    enum status st =
        highlight(h, title->data, title->len, QUERY_TITLE, &f->title_ranges, &title->n_highlights);
    if (st == ST_OK)
        st = highlight(h, body->data, body->len, QUERY_BODY, &f->body_ranges, &body->n_highlights);
    title->highlights = f->title_ranges;
    body->highlights = f->body_ranges;
    return st;
}

static enum status set_texts(struct hiku_results *r)
{
    struct fetched *f = &r->fetched;
    r->highlighter.plans[0] = &r->all.plan;
    r->highlighter.plans[1] =
        r->candidates.items[r->next].match == HIKU_MATCH_PARTIAL ? &r->partial.plan : NULL;
    r->highlighter.words_only = r->options.words != 0;
    r->highlighter.tokenizer = r->db->tokenizer;
    r->highlighter.is_cancelled = session_is_cancelled;
    r->highlighter.cancel_context = r->db;
    enum status st = fetched_highlight(f, &r->highlighter);
    if (st != ST_OK)
        return st;
    free(f->snippet_ranges);
    st = snippet_make(&f->record.body, SNIPPET_CHARS, &f->snippet, &f->snippet_ranges,
                      &f->snippet_text.n_highlights);
    f->snippet_text.data = f->snippet.data;
    f->snippet_text.len = f->snippet.len;
    f->snippet_text.highlights = f->snippet_ranges;
    return st;
}

/* Reads the record of C and what is shown of it. */
static enum status fetch(struct hiku_results *r, struct candidate *c)
{
    static const struct hiku_text none = {.data = ""};
    struct hiku *db = r->db;
    struct member *member = &db->members[c->member];
    bool texts = r->options.no_text == HIKU_WHOLE;
    enum status st = session_check(db);
    if (st == ST_OK && r->options.no_text == HIKU_IDS_ONLY)
        st = record_fetch_names(db, member, c->id, &r->fetched);
    else if (st == ST_OK)
        st = record_fetch(db, member, c->id, texts, &r->fetched);
    if (st == ST_OK && texts)
        st = set_texts(r);
    else
        r->fetched.snippet_text = none;
    if (st == ST_OK && texts && r->options.explain)
        st = hit_spellings_find(r, c);
    return st;
}

int hiku_results_next(hiku_results *r, const struct hiku_hit **hit)
{
    struct hiku *db = r->db;
    *hit = NULL;
    db->error.message[0] = '\0';
    if (r->next < r->options.offset)
        r->next = r->options.offset;
    if (r->next >= r->candidates.n)
        return HIKU_OK;
    struct candidate *c = &r->candidates.items[r->next];
    session_start_clock(db, &r->left_ns);
    enum status st = fetch(r, c);
    if (st == ST_INTERRUPTED && db->error.message[0] == '\0')
        session_check(db);
    session_stop_clock(db, &r->left_ns);
    if (st != ST_OK)
        return session_fail(db, st);
    r->hit = (struct hiku_hit){.record = r->fetched.record,
                               .rank = r->next + 1,
                               .score = c->score,
                               .match = c->match,
                               .snippet = r->fetched.snippet_text,
                               .terms = c->terms,
                               .n_terms = c->n_terms};
    r->next++;
    *hit = &r->hit;
    return HIKU_OK;
}

static void explain_plan(struct buf *out, const char *heading, const struct plan *plan)
{
    for (size_t i = 0; i < plan->n_terms; i++) {
        const struct term *t = &plan->terms[i];
        buf_addf(out, "%s: %s '%s'", heading, term_kind_name(t->kind), t->spellings[0].text);
        for (size_t k = 1; k < t->n_spellings; k++)
            buf_addf(out, "%s '%s' (%s)", k == 1 ? " =" : ",", t->spellings[k].text,
                     t->spellings[k].rule);
        buf_addf(out, "%s\n", t->negative ? _(" (without)") : "");
    }
}

/* The dates that the node, or one below it, asks for. The depth is that of the query's brackets. */
static void explain_dates(struct buf *out, const struct plan *plan, size_t node, bool negative)
{
    if (node == PLAN_NO_NODE)
        return;
    const struct plan_node *n = &plan->nodes[node];
    if (n->op == QUERY_DATE) {
        char first[16], last[16];
        date_format(n->dates.first, first);
        date_format(n->dates.last, last);
        buf_addf(out, _("date: %s to %s"), first, last);
        buf_addf(out, "%s\n", negative ? _(" (without)") : "");
    }
    for (size_t child = n->child; child != PLAN_NO_NODE; child = plan->nodes[child].next)
        explain_dates(out, plan, child, negative != (n->op == QUERY_NOT));
}

enum status results_explain(struct hiku_results *r)
{
    explain_plan(&r->explanation, _("all words"), &r->all.plan);
    explain_dates(&r->explanation, &r->all.plan, r->all.plan.root, false);
    explain_plan(&r->explanation, _("some words"), &r->partial.plan);
    return r->explanation.failed ? ST_NOMEM : ST_OK;
}

const char *hiku_results_explanation(const hiku_results *r)
{
    return r->explanation.data;
}
