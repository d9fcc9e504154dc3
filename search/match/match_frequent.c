/* Terms that stand at very many places: their documents are read from lists of frequencies, and no
 * places are unpacked. Interface: match.h. */
#include "search/match/match.h"

#include "base/array.h"
#include "search/plan/numbers.h"
#include "store/frequencies.h"

#include <string.h>

/* Whether B may begin within A: what both would cover is the same in one and the other. */
static bool begins_within(const struct spelling *a, const struct spelling *b)
{
    for (size_t from = 0; from < a->n_units; from++) {
        size_t n = a->n_units - from < b->n_units ? a->n_units - from : b->n_units;
        if (memcmp(a->units + from, b->units, n * sizeof *b->units) == 0)
            return true;
    }
    return false;
}

/* Whether no place of spelling NUMBER can overlap one of another spelling. */
static bool stands_apart(const struct term *term, size_t number)
{
    const struct spelling *spelling = &term->spellings[number];
    for (size_t i = 0; i < term->n_spellings; i++) {
        const struct spelling *other = &term->spellings[i];
        if (i != number && (begins_within(spelling, other) || begins_within(other, spelling)))
            return false;
    }
    return true;
}

bool has_frequencies(const struct segment *segment, const struct term *term, size_t number)
{
    const struct spelling *spelling = &term->spellings[number];
    if (spelling->n_units < 1 || spelling->n_units > 2 ||
        !segment_has_frequencies(segment, spelling->units, spelling->n_units))
        return false;
    /* It tells nothing of what stands around, nor how the text is written. */
    return !term_has_open_end(term) && !spelling_has_number(spelling) &&
           term->kind != HIKU_TERM_LONE && (number > 0 || term->written == NULL) &&
           stands_apart(term, number);
}

enum status find_more_frequencies(struct matcher *m, const struct segment *segment,
                                  const struct term *term, size_t number, struct packed_list *list)
{
    const struct spelling *spelling = &term->spellings[number];
    *list = (struct packed_list){0};
    if (!has_frequencies(segment, term, number))
        return ST_OK;
    return segment_frequencies(m->store, segment, spelling->units, spelling->n_units, list,
                               m->error);
}

enum status find_frequencies(struct matcher *m, const struct segment *segment,
                             const struct term *term, size_t number, struct packed_list *list)
{
    list_cache_trim(&m->store->lists);
    return find_more_frequencies(m, segment, term, number, list);
}

/* The documents in which matches are wanted, ascending. */
struct wanted {
    const uint32_t *docs; /* NULL: all */
    size_t n;
    size_t at; /* those before are behind us */
};

static inline bool is_wanted(struct wanted *w, uint32_t doc)
{
    if (w->docs == NULL)
        return true;
    while (w->at < w->n && w->docs[w->at] < doc)
        w->at++;
    return w->at < w->n && w->docs[w->at] == doc;
}

#define ALL_COLUMNS ((1U << FREQUENCY_COLUMNS) - 1)

/* The columns that tell what occurrences count. */
static unsigned columns_of(const struct sought *sought)
{
    unsigned fields = sought->term->fields;
    unsigned title = 1U << FREQUENCY_TITLE_WHOLE, body = 1U << FREQUENCY_BODY_WHOLE;
    if (sought->weights.inside > 0) {
        title |= 1U << FREQUENCY_TITLE_INSIDE;
        body |= 1U << FREQUENCY_BODY_INSIDE;
    }
    return (fields & QUERY_TITLE ? title : 0) | (fields & QUERY_BODY ? body : 0);
}

/* Adds to OUT, which has room, the documents that are wanted of the N of a chunk. */
static void add_wanted(const struct segment *segment, struct wanted *wanted, const uint32_t *docs,
                       size_t n, struct term_matches *out)
{
    for (size_t i = 0; i < n; i++) {
        if (is_wanted(wanted, docs[i]) && !segment_is_dead(segment, docs[i]))
            out->items[out->n++] = (struct doc_match){.doc = docs[i]};
    }
}

enum status match_frequencies(struct matcher *m, const struct sought *sought,
                              const struct packed_list *list, struct term_matches *out)
{
    const struct segment *segment = sought->segment;
    struct frequency_reader r;
    struct frequencies chunk;
    struct wanted wanted = {m->only, m->n_only, 0};
    bool takes_all = m->only == NULL && segment->dead == NULL;
    size_t n;
    frequencies_open(&r, list->data, list->n_bytes);
    r.columns = columns_of(sought);
    bool docs_only = m->docs_only && r.columns == ALL_COLUMNS;
    if (r.bad || r.docs.n > segment->n_docs)
        return store_corrupt(m->store->path, m->error);
    size_t n_at_most = wanted.docs != NULL && wanted.n < r.docs.n ? wanted.n : r.docs.n;
    if (!array_reserve(&out->items, &out->cap, n_at_most, sizeof *out->items))
        return error_set(m->error, ST_NOMEM, _("out of memory"));
    while (wanted.docs == NULL || wanted.at < wanted.n) {
        uint32_t from = wanted.docs != NULL ? wanted.docs[wanted.at] : 0;
        n = docs_only ? postings_next(&r.docs, from, chunk.docs)
                      : frequencies_next(&r, from, &chunk);
        if (n == 0)
            break;
        if (chunk.docs[n - 1] >= segment->n_docs)
            return store_corrupt(m->store->path, m->error);
        if (docs_only)
            add_wanted(segment, &wanted, chunk.docs, n, out);
        for (size_t i = 0; i < n && !docs_only; i++) {
            if (!takes_all &&
                (!is_wanted(&wanted, chunk.docs[i]) || segment_is_dead(segment, chunk.docs[i])))
                continue;
            struct doc_match *match = &out->items[out->n];
            frequency_match(&chunk, i, &sought->weights, sought->number, match);
            out->n += match->n_title + match->n_body > 0;
        }
    }
    return r.bad || r.docs.bad ? store_corrupt(m->store->path, m->error) : ST_OK;
}

enum status count_frequencies(struct matcher *m, const struct segment *segment,
                              const struct packed_list *list, const struct term_matches *others,
                              size_t *n)
{
    struct frequency_reader r;
    uint32_t docs[POSTINGS_CHUNK];
    size_t i = 0;
    frequencies_open(&r, list->data, list->n_bytes);
    if (r.bad || r.docs.n > segment->n_docs)
        return store_corrupt(m->store->path, m->error);
    size_t n_others = others != NULL ? others->n : 0;
    *n = r.docs.n;
    for (size_t k = 0, n_chunk = 0; i < n_others; i++) {
        uint32_t doc = others->items[i].doc;
        if (i > 0 && others->items[i - 1].doc == doc)
            continue;
        if (k == n_chunk || docs[n_chunk - 1] < doc) {
            size_t n_more = postings_next(&r.docs, doc, docs);
            k = 0;
            n_chunk = n_more;
        }
        while (k < n_chunk && docs[k] < doc)
            k++;
        *n += k == n_chunk || docs[k] != doc;
    }
    return r.docs.bad ? store_corrupt(m->store->path, m->error) : ST_OK;
}
