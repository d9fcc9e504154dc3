/* Places of a spelling, counted by document and field. Interface: match.h. */
#include "search/match/match.h"

#include "base/array.h"
#include "base/gallop.h"

#include <stdlib.h>
#include <string.h>

/* The places of a spelling in one document. */
struct tally {
    uint32_t doc;
    uint64_t title; /* how many in the title, plus WHOLE for each that is a whole word */
    uint64_t body;
};
#define WHOLE (UINT64_C(1) << 32)

/* Places that are looked at before what their documents have is weighed. */
#define BATCH 128

/* Sets FOUND, of which the first is a document that may go on, to what N of the positions from
 * number FROM on give, and returns the number of the last, which may go on too. Where a document or
 * its title ends cannot be foreseen, so no jump depends on it: each place writes what its document
 * has so far. */
static size_t tally_positions(const struct matcher *m, const struct sought *sought, size_t from,
                              size_t n, struct tally *found)
{
    const struct segment *s = sought->segment;
    unsigned fields = sought->term->fields;
    const uint64_t in_title = fields & QUERY_TITLE ? UINT64_MAX : 0;
    const uint64_t in_body = fields & QUERY_BODY ? UINT64_MAX : 0;
    struct tally t = found[0];
    uint32_t doc = 0;
    size_t k = 0;
    for (size_t i = from; i < from + n; i++) {
        uint32_t position = m->positions[i];
        if (i + SEGMENT_AHEAD < m->n_positions)
            segment_fetch_doc(s, m->positions[i + SEGMENT_AHEAD]);
        doc = segment_doc_at(s, position, doc);
        uint64_t same = doc == t.doc ? UINT64_MAX : 0, live = !segment_is_dead(s, doc);
        uint64_t is_title = position < s->title_ends[doc] ? UINT64_MAX : 0;
        uint64_t place = live * (1 + WHOLE * m->whole[i]);
        t = (struct tally){doc, (t.title & same) + (place & is_title & in_title),
                           (t.body & same) + (place & ~is_title & in_body)};
        k += same == 0;
        found[k] = t;
    }
    return k;
}

/* Adds N documents to OUT, which has room, but for those that have nothing. */
static void add_tallies(const struct tally *found, size_t n, const struct sought *sought,
                        struct term_matches *out)
{
    const struct spelling_weights *w = &sought->weights;
    for (size_t i = 0; i < n; i++) {
        const struct tally *t = &found[i];
        uint32_t n_title = (uint32_t)t->title, title_whole = (uint32_t)(t->title / WHOLE);
        uint32_t n_body = (uint32_t)t->body, body_whole = (uint32_t)(t->body / WHOLE);
        if (n_title + n_body == 0)
            continue;
        float title = (float)title_whole * w->whole, body = (float)body_whole * w->whole;
        out->items[out->n++] = (struct doc_match){
            .doc = t->doc,
            .title = title + (float)(n_title - title_whole) * w->inside,
            .body = body + (float)(n_body - body_whole) * w->inside,
            .n_title = capped_sum(0, n_title),
            .n_body = capped_sum(0, n_body),
            .n_aligned = capped_sum(0, (size_t)title_whole + body_whole),
            .spelling = sought->number,
        };
    }
}

/* Adds the documents of the positions, at least one, to OUT, which has room. */
static void add_documents(const struct matcher *m, const struct segment *s,
                          struct term_matches *out)
{
    uint32_t doc = 0, last = segment_doc_at(s, m->positions[0], 0);
    size_t k = out->n;
    for (size_t i = 0; i < m->n_positions; i++) {
        if (i + SEGMENT_AHEAD < m->n_positions)
            segment_fetch_doc(s, m->positions[i + SEGMENT_AHEAD]);
        doc = segment_doc_at(s, m->positions[i], doc);
        k += doc != last;
        out->items[k] = (struct doc_match){.doc = doc};
        last = doc;
    }
    out->n = k + 1;
}

enum status count_positions(struct matcher *m, const struct sought *sought,
                            struct term_matches *out)
{
    uint32_t n_docs = sought->segment->n_docs;
    size_t n_at_most = m->n_positions < n_docs ? m->n_positions : n_docs;
    struct tally found[BATCH + 1] = {{.doc = UINT32_MAX}};
    if (n_at_most == 0)
        return ST_OK;
    if (!array_reserve(&out->items, &out->cap, n_at_most, sizeof *out->items) || out->items == NULL)
        return error_set(m->error, ST_NOMEM, _("out of memory"));
    if (m->docs_only && sought->term->fields == QUERY_ANY_FIELD && sought->segment->dead == NULL) {
        add_documents(m, sought->segment, out);
        return ST_OK;
    }
    for (size_t from = 0; from < m->n_positions; from += BATCH) {
        size_t left = m->n_positions - from, n = left < BATCH ? left : BATCH;
        size_t n_found = tally_positions(m, sought, from, n, found);
        add_tallies(found, n_found, sought, out);
        found[0] = found[n_found];
    }
    add_tallies(found, 1, sought, out);
    return ST_OK;
}

enum status leave_positions(struct matcher *m, const struct segment *s, struct left_places *left,
                            size_t *n)
{
    uint32_t doc = 0, last = UINT32_MAX;
    left->docs = malloc(m->n_positions * (sizeof *left->docs + sizeof *left->columns) + 1);
    if (left->docs == NULL)
        return error_set(m->error, ST_NOMEM, _("out of memory"));
    left->columns = (unsigned char *)(left->docs + m->n_positions);
    left->n = m->n_positions;
    const uint32_t *positions = m->positions, *title_ends = s->title_ends;
    const unsigned char *whole = m->whole;
    uint16_t *docs = left->docs;
    unsigned char *columns = left->columns;
    size_t n_places = left->n, n_docs = 0;
    for (size_t i = 0; i < n_places; i++) {
        if (i + SEGMENT_AHEAD < n_places)
            segment_fetch_doc(s, positions[i + SEGMENT_AHEAD]);
        doc = segment_doc_at(s, positions[i], doc);
        unsigned is_body = positions[i] >= title_ends[doc], is_inside = whole[i] == 0;
        docs[i] = (uint16_t)doc;
        columns[i] = (unsigned char)(FREQUENCY_BODY_WHOLE * is_body + is_inside);
        n_docs += doc != last;
        last = doc;
    }
    *n = n_docs;
    return ST_OK;
}

/* Places that are left, and a document. */
struct left_before {
    const struct left_places *left;
    uint32_t doc;
};

static bool is_left_before(const void *context, size_t i)
{
    const struct left_before *b = context;
    return b->left->docs[i] < b->doc;
}

size_t count_beside(const struct left_places *left, const struct term_matches *others)
{
    size_t n = 0, at = 0;
    for (size_t i = 0; i < others->n; i++) {
        const struct left_before before = {left, others->items[i].doc};
        if (i > 0 && others->items[i - 1].doc == before.doc)
            continue;
        at = gallop(at, left->n, is_left_before, &before);
        n += at == left->n || left->docs[at] != before.doc;
    }
    return n;
}

size_t left_places_next(const struct left_places *left, size_t *at, struct frequencies *f)
{
    size_t i = *at, end = left->n - i < POSTINGS_CHUNK ? left->n : i + POSTINGS_CHUNK, k = 0;
    if (i == end)
        return 0;
    while (end < left->n && left->docs[end] == left->docs[end - 1])
        end++;
    memset(f->counts, 0, sizeof f->counts);
    f->docs[0] = left->docs[i];
    for (; i < end; i++) { /* where a document ends cannot be foreseen: no jump depends on it */
        k += left->docs[i] != f->docs[k];
        f->docs[k] = left->docs[i];
        f->counts[left->columns[i]][k]++;
    }
    *at = end;
    return k + 1;
}
