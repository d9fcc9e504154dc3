/* Where in a text the terms of a plan stand. Interface: highlight.h. */
#include "search/results/highlight.h"

#include "base/array.h"
#include "search/plan/numbers.h"

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
    bool found = false;
    for (; low < tokens->n && tokens->items[low].start <= at; low++) {
        const struct token *t = &tokens->items[low];
        if (t->start == at || t->end == at)
            found = t->start != at || !(t->flags & TOKEN_GOES_ON);
    }
    return found;
}

/* Whether the place counts: *IS. The text is cut when the first place depends on its words, which
 * is most of the cost of a hit. */
static enum status counts(struct highlighter *h, const struct term *term,
                          const struct spelling *spelling, struct hiku_range place, bool *is)
{
    enum status st = ST_OK;
    *is = false;
    if (spelling_is_in_number(spelling, &h->normalized.text, place.start, place.end))
        return ST_OK;
    *is = !h->words_only && !spelling->whole && !term->prefix;
    if (*is)
        return ST_OK;
    if (!h->is_cut)
        st = tokenizer_cut(h->tokenizer, h->normalized.text.data, h->normalized.text.len,
                           &h->tokens);
    h->is_cut = st == ST_OK;
    *is = st == ST_OK && tokens_have_bound(&h->tokens, place.start) &&
          (term_has_open_end(term) || tokens_have_bound(&h->tokens, place.end));
    return st;
}

/* Adds a place unless something else must be written there. ORIGINAL: the text as stored. */
static enum status add_place(const struct highlighter *h, const struct term *term,
                             const struct spelling *spelling, const char *original,
                             struct hiku_range place, struct ranges *out)
{
    size_t from, to;
    bool written;
    normalized_range(&h->normalized, place.start, place.end, &from, &to);
    if (!term_is_written(term, spelling, original + from, to - from, &written))
        return ST_NOMEM;
    return !written || add_range(out, from, to) ? ST_OK : ST_NOMEM;
}

static enum status find_spelling(struct highlighter *h, const struct term *term,
                                 const struct spelling *spelling, const char *original,
                                 struct ranges *out)
{
    const char *text = h->normalized.text.data;
    size_t n = h->normalized.text.len;
    enum status st = ST_OK;
    for (size_t at = 0; st == ST_OK && spelling->len > 0 && at + spelling->len <= n;) {
        const char *found = memmem(text + at, n - at, spelling->text, spelling->len);
        bool is;
        if (found == NULL)
            break;
        size_t start = (size_t)(found - text);
        struct hiku_range place = {start, start + spelling->len};
        st = counts(h, term, spelling, place, &is);
        if (st == ST_OK && is)
            st = add_place(h, term, spelling, original, place, out);
        at = is ? place.end : start + 1;
    }
    return st;
}

static enum status find_terms(struct highlighter *h, const struct plan *plan,
                              enum query_field field, const char *original, struct ranges *out)
{
    enum status st = ST_OK;
    for (size_t i = 0; plan != NULL && i < plan->n_terms && st == ST_OK; i++) {
        const struct term *term = &plan->terms[i];
        if (term->negative || !(term->fields & (unsigned)field))
            continue;
        if (h->is_cancelled != NULL && h->is_cancelled(h->cancel_context))
            return ST_INTERRUPTED;
        for (size_t k = 0; k < term->n_spellings && st == ST_OK; k++)
            st = find_spelling(h, term, &term->spellings[k], original, out);
    }
    return st;
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

enum status highlight(struct highlighter *h, const char *text, size_t n_bytes,
                      enum query_field field, struct hiku_range **ranges, size_t *n)
{
    struct ranges found = {0};
    *ranges = NULL;
    *n = 0;
    enum status st = normalize(&h->normalized, text, n_bytes);
    h->is_cut = false;
    for (int p = 0; p < 2 && st == ST_OK; p++)
        st = find_terms(h, h->plans[p], field, text, &found);
    if (st != ST_OK || found.n == 0) {
        free(found.items);
        return st;
    }
    join_overlaps(&found);
    *ranges = found.items;
    *n = found.n;
    return ST_OK;
}
