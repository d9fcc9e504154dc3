/* Finding a string of units through the lists of pairs. Interface: match.h.
 *
 * A string of n units is found by the pairs at its even places and the last one: what stands at all
 * of them is the string, so nothing needs to be checked against the text. The shortest list gives
 * the candidates, the others are walked with skips. One between those places may be much shorter,
 * as across two words: then it gives them. */
#include "search/match/match.h"

#include "base/array.h"
#include "base/gallop.h"
#include "search/match/sort_positions.h"
#include "store/postings.h"

#include <stdlib.h>
#include <string.h>

/* A string is looked up by at most this many pairs at once; longer ones in parts. */
#define MAX_PAIRS 64

void matcher_init(struct matcher *m)
{
    *m = (struct matcher){0};
}

void matcher_release(struct matcher *m)
{
    free(m->positions);
    free(m->whole);
    narrowing_release(&m->narrowing);
}

struct pair {
    uint32_t offset;  /* in the string, units */
    uint64_t n_bytes; /* of its list */
};

/* Makes room for N positions. */
static bool reserve(struct matcher *m, size_t n)
{
    return array_reserve(&m->positions, &m->cap_positions, n, sizeof *m->positions);
}

static enum status no_memory(struct matcher *m)
{
    return error_set(m->error, ST_NOMEM, _("out of memory"));
}

/* Subtracts OFFSET from N positions, of which those before it are left out. Returns how many are
 * left. */
static size_t subtract(uint32_t *positions, size_t n, uint32_t offset)
{
    size_t n_before = 0;
    if (offset == 0)
        return n;
    while (n_before < n && positions[n_before] < offset)
        n_before++;
    for (size_t i = n_before; i < n; i++)
        positions[i - n_before] = positions[i] - offset;
    return n - n_before;
}

/* Appends the list's positions less OFFSET. */
static enum status read_list(struct matcher *m, const struct segment *segment,
                             const unsigned char *data, size_t n_bytes, uint32_t offset)
{
    struct postings p;
    size_t n;
    postings_open(&p, data, n_bytes);
    if (p.bad || p.n > segment->n_units)
        return store_corrupt(m->store->path, m->error);
    if (!reserve(m, m->n_positions + p.n))
        return no_memory(m);
    while ((n = postings_next(&p, 0, m->positions + m->n_positions)) > 0)
        m->n_positions += subtract(m->positions + m->n_positions, n, offset);
    return p.bad || p.last >= segment->n_units ? store_corrupt(m->store->path, m->error) : ST_OK;
}

/* Documents, and a position. */
struct wanted {
    const struct segment *segment;
    const uint32_t *docs;
    uint32_t position;
};

/* Whether document number I ends before the position. */
static bool ends_before(const void *context, size_t i)
{
    const struct wanted *w = context;
    return w->segment->starts[w->docs[i] + 1] <= w->position;
}

/* The first of the documents m->only, from number I on, that ends behind POSITION. */
static size_t skip_documents(const struct matcher *m, const struct segment *segment, size_t i,
                             uint32_t position)
{
    const struct wanted wanted = {segment, m->only, position};
    return gallop(i, m->n_only, ends_before, &wanted);
}

/* Appends those of the N positions less OFFSET that lie in the documents m->only from number I on.
 * Returns the number of the document where the next chunk may go on. */
static size_t keep_wanted(struct matcher *m, const struct segment *segment, const uint32_t *chunk,
                          size_t n, uint32_t offset, size_t i)
{
    for (size_t at = 0; at < n;) {
        i = skip_documents(m, segment, i, chunk[at]);
        if (i == m->n_only)
            break;
        uint32_t from = segment->starts[m->only[i]] + offset;
        uint32_t to = segment->starts[m->only[i] + 1];
        for (; at < n && chunk[at] < from; at++)
            ;
        for (; at < n && chunk[at] < to; at++)
            m->positions[m->n_positions++] = chunk[at] - offset;
    }
    return i;
}

/* The same for the documents m->only, passing over what lies between them. */
static enum status read_list_of(struct matcher *m, const struct segment *segment,
                                const unsigned char *data, size_t n_bytes, uint32_t offset)
{
    struct postings p;
    uint32_t chunk[POSTINGS_CHUNK];
    size_t n, i = 0;
    postings_open(&p, data, n_bytes);
    if (p.bad || p.n > segment->n_units)
        return store_corrupt(m->store->path, m->error);
    if (!reserve(m, m->n_positions + p.n))
        return no_memory(m);
    while (i < m->n_only &&
           (n = postings_next(&p, segment->starts[m->only[i]] + offset, chunk)) > 0)
        i = keep_wanted(m, segment, chunk, n, offset, i);
    return p.bad ? store_corrupt(m->store->path, m->error) : ST_OK;
}

/* Where a list has more than this many places for each candidate, most of them are passed over. */
#define SPARSE 4

/* Candidates that are looked for in a chunk of a list. */
struct common {
    uint32_t *positions;
    size_t n;
    size_t at;   /* those before are looked for */
    size_t kept; /* of those, at the beginning of `positions` */
    uint32_t offset;
};

/* Looks for those that may be in CHUNK, of N places, which are many beside it. Which of the two
 * comes next could not be foreseen: no jump depends on it. */
static void find_dense(struct common *c, const uint32_t *chunk, size_t n)
{
    size_t i = c->at, kept = c->kept;
    for (size_t at = 0; i < c->n && at < n;) {
        uint32_t position = c->positions[i], wanted = position + c->offset, found = chunk[at];
        c->positions[kept] = position;
        kept += wanted == found;
        i += wanted <= found;
        at += found <= wanted;
    }
    c->at = i;
    c->kept = kept;
}

/* The same for few. */
static void find_sparse(struct common *c, const uint32_t *chunk, size_t n)
{
    for (size_t at = 0; c->at < c->n; c->at++) {
        uint32_t wanted = c->positions[c->at] + c->offset;
        if (wanted > chunk[n - 1])
            break;
        while (chunk[at] < wanted)
            at++;
        if (chunk[at] == wanted)
            c->positions[c->kept++] = c->positions[c->at];
    }
}

/* Keeps the candidates at whose place plus OFFSET LIST has a position too. */
static enum status keep_common(struct matcher *m, const struct packed_list *list, uint32_t offset)
{
    struct postings p;
    uint32_t chunk[POSTINGS_CHUNK];
    struct common c = {.positions = m->positions, .n = m->n_positions, .offset = offset};
    size_t n;
    postings_open(&p, list->data, list->n_bytes);
    bool is_sparse = p.n / SPARSE > c.n;
    while (c.at < c.n && (n = postings_next(&p, c.positions[c.at] + offset, chunk)) > 0)
        (is_sparse ? find_sparse : find_dense)(&c, chunk, n);
    m->n_positions = c.kept;
    return p.bad ? store_corrupt(m->store->path, m->error) : ST_OK;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return x->n_bytes < y->n_bytes ? -1 : x->n_bytes > y->n_bytes;
}

struct collect_one {
    struct matcher *matcher;
    const struct segment *segment;
};

static enum status collect_list(void *context, uint64_t number, const unsigned char *data,
                                size_t n_bytes)
{
    const struct collect_one *c = context;
    (void)number;
    return (c->matcher->only != NULL ? read_list_of : read_list)(c->matcher, c->segment, data,
                                                                 n_bytes, 0);
}

/* Where UNIT stands before one of FIRST to LAST. */
static enum status find_single(struct matcher *m, const struct segment *segment, uint16_t unit,
                               uint16_t first, uint16_t last)
{
    struct collect_one context = {m, segment};
    enum status st =
        segment_lists(m->store, segment, segment_pair_number(unit, first),
                      segment_pair_number(unit, last), collect_list, &context, m->error);
    if (st == ST_OK && !sort_positions(m->positions, &m->n_positions, segment->n_units))
        st = no_memory(m);
    return st;
}

enum status find_lone(struct matcher *m, const struct segment *segment, uint16_t unit)
{
    m->n_positions = 0;
    return find_single(m, segment, unit, LONE_BEFORE_FIRST, LONE_BEFORE_LAST);
}

static enum status count_list(void *context, uint64_t number, const unsigned char *data,
                              size_t n_bytes)
{
    size_t *n = context;
    struct postings p;
    (void)number;
    postings_open(&p, data, n_bytes);
    *n += p.bad ? 0 : p.n;
    return ST_OK;
}

enum status count_lone_at_most(struct matcher *m, const struct segment *segment, uint16_t unit,
                               size_t *n)
{
    *n = 0;
    return segment_lists(m->store, segment, segment_pair_number(unit, LONE_BEFORE_FIRST),
                         segment_pair_number(unit, LONE_BEFORE_LAST), count_list, n, m->error);
}

/* A string that is looked up part by part. */
struct string {
    const uint16_t *units;
    size_t n;
    size_t at; /* where the next part begins; near the end or behind it: there is none */
};

static bool string_has_more(const struct string *string)
{
    return string->at + 1 < string->n;
}

/* A list of fewer bytes is read as soon as a shorter one is looked for. */
#define SHORT_BYTES 256

/* Sets RAREST to the pair with the shortest list of those between the pairs of the string from FROM
 * on, every other one up to END, where that is not half as long as LEAST; else it has LEAST bytes.
 */
static enum status find_rarer(struct matcher *m, const struct segment *segment,
                              const struct string *string, size_t from, size_t end,
                              struct pair *rarest)
{
    const uint16_t *units = string->units;
    uint64_t least = rarest->n_bytes;
    for (size_t at = from + 1; at < end && rarest->n_bytes > SHORT_BYTES; at += 2) {
        uint64_t n_bytes;
        enum status st =
            segment_pair_bytes(m->store, segment, units[at], units[at + 1], &n_bytes, m->error);
        if (st != ST_OK)
            return st;
        if (n_bytes < rarest->n_bytes && n_bytes < least / 2)
            *rarest = (struct pair){(uint32_t)at, n_bytes};
    }
    return ST_OK;
}

/* Sets PAIRS to those that cover the next part of the string, the shortest list first, none where
 * one of them does not occur. */
static enum status choose_pairs(struct matcher *m, const struct segment *segment,
                                struct string *string, struct pair *pairs, size_t *n_pairs)
{
    const uint16_t *units = string->units;
    size_t from = string->at, last = from;
    *n_pairs = 0;
    while (string_has_more(string) && *n_pairs < MAX_PAIRS) {
        struct pair *pair = &pairs[(*n_pairs)++];
        size_t at = string->at;
        pair->offset = (uint32_t)at;
        enum status st = segment_pair_bytes(m->store, segment, units[at], units[at + 1],
                                            &pair->n_bytes, m->error);
        if (st != ST_OK || pair->n_bytes == 0) {
            *n_pairs = 0;
            string->at = string->n;
            return st;
        }
        last = at;
        string->at = at + 2 < string->n && at + 3 >= string->n ? string->n - 2 : at + 2;
    }
    qsort(pairs, *n_pairs, sizeof *pairs, compare_pairs);
    struct pair rarer = pairs[0];
    enum status st = find_rarer(m, segment, string, from, last, &rarer);
    if (rarer.n_bytes == 0) {
        *n_pairs = 0;
    } else if (rarer.n_bytes < pairs[0].n_bytes) {
        memmove(pairs + 1, pairs, *n_pairs * sizeof *pairs);
        pairs[0] = rarer;
        ++*n_pairs;
    }
    return st;
}

/* Looks up the pairs of the string's next part, and narrows the candidates (all, when FIRST) down
 * to those where they stand. */
static enum status find_part(struct matcher *m, const struct segment *segment,
                             struct string *string, bool first)
{
    struct pair pairs[MAX_PAIRS + 1];
    size_t n_pairs;
    list_cache_trim(&m->store->lists);
    enum status st = choose_pairs(m, segment, string, pairs, &n_pairs);
    if (n_pairs == 0)
        m->n_positions = 0;
    for (size_t i = 0; i < n_pairs && st == ST_OK && (first || m->n_positions > 0); i++) {
        struct packed_list list;
        const uint16_t *pair = string->units + pairs[i].offset;
        st = segment_pair(m->store, segment, pair[0], pair[1], &list, m->error);
        if (st == ST_OK && first)
            st = (m->only != NULL ? read_list_of : read_list)(m, segment, list.data, list.n_bytes,
                                                              pairs[i].offset);
        else if (st == ST_OK)
            st = keep_common(m, &list, pairs[i].offset);
        first = false;
    }
    return st;
}

enum status find_positions(struct matcher *m, const struct segment *segment, const uint16_t *units,
                           size_t n_units)
{
    struct string string = {units, n_units, 0};
    m->n_positions = 0;
    if (n_units == 0 || n_units > segment->n_units || (m->only != NULL && m->n_only == 0))
        return ST_OK;
    if (n_units == 1)
        return find_single(m, segment, units[0], 0, UINT16_MAX);
    enum status st = find_part(m, segment, &string, true);
    while (string_has_more(&string) && st == ST_OK && m->n_positions > 0)
        st = find_part(m, segment, &string, false);
    /* In damaged lists the string may go on behind the end, where nothing is known of words. */
    if (st == ST_OK && m->n_positions > 0 &&
        m->positions[m->n_positions - 1] > segment->n_units - n_units)
        return store_corrupt(m->store->path, m->error);
    return st;
}

/* About how many documents the positions of LIST are in: as in its first chunk. */
static size_t count_documents(const struct segment *segment, const struct packed_list *list)
{
    struct postings p;
    uint32_t chunk[POSTINGS_CHUNK];
    uint32_t doc = 0;
    size_t n_docs = 0;
    postings_open(&p, list->data, list->n_bytes);
    size_t n = postings_next(&p, 0, chunk);
    /* What a damaged list has behind the end is told of when its positions are read. */
    for (size_t i = 0; i < n && chunk[i] < segment->n_units; i++) {
        if (i > 0 && chunk[i] < segment->starts[doc + 1])
            continue;
        doc = segment_doc_at(segment, chunk[i], doc);
        n_docs++;
    }
    return n > 0 ? (size_t)((double)p.n * (double)n_docs / (double)n) : 0;
}

/* The rarest of the pairs of UNITS, by the length of its list, and at how many places it stands;
 * none and all places where there is but one unit. Only that list is read. */
static enum status rarest_pair(struct matcher *m, const struct segment *segment,
                               const uint16_t *units, size_t n_units, struct packed_list *rarest,
                               size_t *n_places)
{
    uint64_t least = UINT64_MAX;
    size_t at = 0;
    struct postings p;
    *n_places = segment->n_units;
    *rarest = (struct packed_list){0};
    list_cache_trim(&m->store->lists);
    for (size_t i = 0; i + 1 < n_units && i < MAX_PAIRS && least > 0; i++) {
        uint64_t n_bytes;
        enum status st =
            segment_pair_bytes(m->store, segment, units[i], units[i + 1], &n_bytes, m->error);
        if (st != ST_OK)
            return st;
        at = n_bytes < least ? i : at;
        least = n_bytes < least ? n_bytes : least;
    }
    if (least == UINT64_MAX)
        return ST_OK;
    enum status st = segment_pair(m->store, segment, units[at], units[at + 1], rarest, m->error);
    postings_open(&p, rarest->data, rarest->n_bytes);
    *n_places = st == ST_OK && rarest->n_bytes > 0 ? p.n : 0;
    return st;
}

enum status count_positions_at_most(struct matcher *m, const struct segment *segment,
                                    const uint16_t *units, size_t n_units, size_t *n)
{
    struct packed_list rarest;
    return rarest_pair(m, segment, units, n_units, &rarest, n);
}

enum status count_documents_near(struct matcher *m, const struct segment *segment,
                                 const uint16_t *units, size_t n_units, size_t *n)
{
    struct packed_list rarest;
    enum status st = rarest_pair(m, segment, units, n_units, &rarest, n);
    *n = st == ST_OK && rarest.n_bytes > 0 ? count_documents(segment, &rarest) : 0;
    return st;
}
