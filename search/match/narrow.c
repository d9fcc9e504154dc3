/* Narrowing down the documents of a segment. Interface: narrow.h.
 *
 * Each document has a level, which grows with each term that it has while it has all: so whether a
 * document is left is one look, and costs no jump, which nothing could foresee. */
#include "search/match/narrow.h"

#include "base/gallop.h"
#include "search/match/match.h"

#include <stdlib.h>
#include <string.h>

bool narrowing_begin(struct narrowing *w, uint32_t n_docs)
{
    if (w->cap <= n_docs) { /* one more is written to than is kept */
        narrowing_release(w);
        w->docs = malloc(((size_t)n_docs + 1) * sizeof *w->docs);
        w->spare = malloc(((size_t)n_docs + 1) * sizeof *w->spare);
        w->levels = malloc(((size_t)n_docs + 1) * sizeof *w->levels);
        if (w->docs == NULL || w->spare == NULL || w->levels == NULL)
            return false;
        w->cap = (size_t)n_docs + 1;
    }
    memset(w->levels, 0, n_docs);
    w->level = 0;
    w->n = n_docs;
    w->n_docs = n_docs;
    return true;
}

void narrowing_release(struct narrowing *w)
{
    free(w->docs);
    free(w->spare);
    free(w->levels);
    *w = (struct narrowing){0};
}

/* Appends DOC to the N of w->spare where it is left so far. Returns how many they are then. */
static inline size_t keep(struct narrowing *w, uint32_t doc, size_t n)
{
    unsigned char is_left = w->levels[doc] == w->level;
    w->levels[doc] = (unsigned char)(w->levels[doc] + is_left);
    w->spare[n] = doc;
    return n + is_left;
}

/* Goes on with the N of w->spare. */
static void step(struct narrowing *w, size_t n)
{
    uint32_t *docs = w->docs;
    w->docs = w->spare;
    w->spare = docs;
    w->n = n;
    if (++w->level < UINT8_MAX)
        return;
    memset(w->levels, 0, w->n_docs);
    w->level = 1;
    for (size_t i = 0; i < n; i++)
        w->levels[w->docs[i]] = w->level;
}

void narrow_to_matches(struct narrowing *w, const struct term_matches *matches)
{
    size_t n = 0;
    for (size_t i = 0; i < matches->n; i++)
        n = keep(w, matches->items[i].doc, n);
    step(w, n);
}

/* Documents that are left, and one that was met. */
struct passed {
    const uint32_t *docs;
    uint32_t last;
};

static bool is_passed(const void *context, size_t i)
{
    const struct passed *p = context;
    return p->docs[i] <= p->last;
}

/* Puts those of OTHERS that are left between the N of w->spare. Returns how many they are then. */
static size_t keep_others(struct narrowing *w, const struct term_matches *others, size_t n)
{
    size_t n_more = 0;
    for (size_t i = 0; i < others->n; i++) { /* what was left before is not asked for any more */
        uint32_t doc = others->items[i].doc;
        if (w->levels[doc] != w->level)
            continue;
        w->levels[doc]++;
        w->docs[n_more++] = doc;
    }
    size_t i = n, to = n += n_more;
    while (n_more > 0) { /* from the end on: each goes where nothing is any more */
        bool take = i == 0 || w->spare[i - 1] < w->docs[n_more - 1];
        w->spare[--to] = take ? w->docs[--n_more] : w->spare[--i];
    }
    return n;
}

bool narrow_to_list(struct narrowing *w, const struct packed_list *list,
                    const struct term_matches *others)
{
    struct frequency_reader r;
    uint32_t chunk[POSTINGS_CHUNK];
    bool all = w->level == 0;
    size_t n = 0, i = 0, n_chunk;
    frequencies_open(&r, list->data, list->n_bytes);
    if (r.bad || r.docs.n > w->n_docs)
        return false;
    while ((all || i < w->n) &&
           (n_chunk = postings_next(&r.docs, all ? 0 : w->docs[i], chunk)) > 0) {
        const struct passed passed = {w->docs, chunk[n_chunk - 1]};
        if (passed.last >= w->n_docs)
            return false;
        for (size_t k = 0; k < n_chunk; k++)
            n = keep(w, chunk[k], n);
        if (!all)
            i = gallop(i, w->n, is_passed, &passed);
    }
    step(w, keep_others(w, others, n));
    return !r.docs.bad;
}
