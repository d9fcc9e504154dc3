/* Where in a text the terms of a plan stand. Interface: highlight.h. */
#include "search/highlight.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

struct ranges {
    struct hiku_range *items;
    size_t n;
    size_t cap;
};

void highlighter_release(struct highlighter *h)
{
    normalized_release(&h->normalized);
    tokens_release(&h->tokens);
}

static bool add_range(struct ranges *r, size_t start, size_t end)
{
    if (!array_reserve(&r->items, &r->cap, r->n + 1, sizeof *r->items))
        return false;
    r->items[r->n++] = (struct hiku_range){start, end};
    return true;
}

bool tokens_have_bound(const struct tokens *tokens, size_t at)
{
    size_t low = 0, high = tokens->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tokens->items[middle].end < at)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < tokens->n && tokens->items[low].start <= at; low++) {
        if (tokens->items[low].start == at || tokens->items[low].end == at)
            return true;
    }
    return false;
}

static bool counts(const struct highlighter *h, const struct term *term,
                   const struct spelling *spelling, size_t start, size_t end)
{
    if (!h->words_only && !spelling->whole && !term->prefix)
        return true;
    if (!tokens_have_bound(&h->tokens, start))
        return false;
    return term->prefix || tokens_have_bound(&h->tokens, end);
}

/* Adds a place unless something else must be written there. ORIGINAL: the text as stored. */
static bool add_place(const struct term *term, const struct spelling *spelling,
                      const char *original, size_t from, size_t to, struct ranges *out)
{
    bool written;
    if (!term_is_written(term, spelling, original + from, to - from, &written))
        return false;
    return !written || add_range(out, from, to);
}

static bool find_spelling(const struct highlighter *h, const struct term *term,
                          const struct spelling *spelling, const char *original, struct ranges *out)
{
    const char *text = h->normalized.text.data;
    size_t n = h->normalized.text.len;
    if (spelling->len == 0)
        return true;
    for (size_t at = 0; at + spelling->len <= n;) {
        const char *found = memmem(text + at, n - at, spelling->text, spelling->len);
        if (found == NULL)
            break;
        size_t start = (size_t)(found - text), end = start + spelling->len, from, to;
        if (counts(h, term, spelling, start, end)) {
            normalized_range(&h->normalized, start, end, &from, &to);
            if (!add_place(term, spelling, original, from, to, out))
                return false;
            at = end;
        } else {
            at = start + 1;
        }
    }
    return true;
}

static bool find_terms(const struct highlighter *h, const struct plan *plan, enum query_field field,
                       const char *original, struct ranges *out)
{
    for (size_t i = 0; plan != NULL && i < plan->n_terms; i++) {
        const struct term *term = &plan->terms[i];
        if (term->negative || !(term->fields & (unsigned)field))
            continue;
        for (size_t k = 0; k < term->n_spellings; k++) {
            if (!find_spelling(h, term, &term->spellings[k], original, out))
                return false;
        }
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct hiku_range *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

static void join_overlaps(struct ranges *r)
{
    size_t kept = 0;
    if (r->n > 1)
        qsort(r->items, r->n, sizeof *r->items, compare);
    for (size_t i = 0; i < r->n; i++) {
        if (kept > 0 && r->items[i].start < r->items[kept - 1].end) {
            if (r->items[i].end > r->items[kept - 1].end)
                r->items[kept - 1].end = r->items[i].end;
        } else {
            r->items[kept++] = r->items[i];
        }
    }
    r->n = kept;
}

/* Whether a match of the plan depends on where words begin and end. */
static bool wants_bounds(const struct plan *plan)
{
    for (size_t i = 0; plan != NULL && i < plan->n_terms; i++) {
        const struct term *term = &plan->terms[i];
        if (term->prefix)
            return true;
        for (size_t k = 0; k < term->n_spellings; k++) {
            if (term->spellings[k].whole)
                return true;
        }
    }
    return false;
}

static bool needs_tokens(const struct highlighter *h)
{
    return h->words_only || wants_bounds(h->plans[0]) || wants_bounds(h->plans[1]);
}

enum status highlight(struct highlighter *h, const char *text, size_t n_bytes,
                      enum query_field field, struct hiku_range **ranges, size_t *n)
{
    struct ranges found = {0};
    *ranges = NULL;
    *n = 0;
    enum status st = normalize(&h->normalized, text, n_bytes);
    if (st == ST_OK && needs_tokens(h))
        st = tokenizer_cut(h->tokenizer, h->normalized.text.data, h->normalized.text.len,
                           &h->tokens);
    for (int p = 0; p < 2 && st == ST_OK; p++)
        st = find_terms(h, h->plans[p], field, text, &found) ? ST_OK : ST_NOMEM;
    if (st != ST_OK || found.n == 0) {
        free(found.items);
        return st;
    }
    join_overlaps(&found);
    *ranges = found.items;
    *n = found.n;
    return ST_OK;
}
