/* Terms and trees in one segment. Interface: match.h. */
#include "search/match.h"

#include "base/array.h"
#include "search/bitset.h"
#include "search/rank.h"

#include <stdlib.h>
#include <string.h>

void segment_matches_release(struct segment_matches *s, size_t n_terms)
{
    for (size_t i = 0; s->terms != NULL && i < n_terms; i++)
        free(s->terms[i].items);
    free(s->terms);
    free(s->selected);
    *s = (struct segment_matches){0};
}

static enum status no_memory(struct matcher *m)
{
    return error_set(m->error, ST_NOMEM, _("out of memory"));
}

static bool add_doc(struct term_matches *t, const struct doc_match *match)
{
    if (!array_reserve(&t->items, &t->cap, t->n + 1, sizeof *t->items))
        return false;
    t->items[t->n++] = *match;
    return true;
}

/* Loads the word bounds where something of N_UNITS was found. */
static enum status load_bounds(struct matcher *m, const struct segment *s, uint32_t n_units)
{
    uint64_t loaded = 0;
    enum status st = ST_OK;
    for (size_t i = 0; i < m->n_positions && st == ST_OK; i++) {
        uint64_t end = (uint64_t)m->positions[i] + n_units;
        if (end < loaded)
            continue;
        st = segment_load_bounds(m->store, s, m->positions[i], m->error);
        if (st == ST_OK)
            st = segment_load_bounds(m->store, s, end, m->error);
        loaded = (end / BOUNDS_ROW_BITS + 1) * BOUNDS_ROW_BITS;
    }
    return st;
}

/* What occurrences of a spelling weigh; 0: they do not count. */
struct weights {
    uint32_t n_units;
    bool prefix;  /* the end may lie inside a word */
    float whole;  /* of a whole word */
    float inside; /* of one inside a longer word */
};

static struct weights weights_of(const struct matcher *m, const struct term *term,
                                 const struct spelling *spelling)
{
    bool only_whole = m->options.words_only || spelling->whole || term->prefix;
    return (struct weights){.n_units = (uint32_t)spelling->n_units,
                            .prefix = term->prefix,
                            .whole = (float)spelling->weight,
                            .inside = only_whole ? 0 : (float)(spelling->weight * term->inside)};
}

static inline bool is_aligned(const struct segment *s, const struct weights *w, uint32_t position)
{
    unsigned start = segment_is_bound(s, position);
    unsigned end = segment_is_bound(s, position + w->n_units);
    return (start & (end | w->prefix)) != 0;
}

/* Where the spellings of a term were found so far: ascending, disjoint but for one spelling's own.
 */
struct found {
    struct found_range {
        uint32_t start, end;
    } * items;
    size_t n;
};

static inline uint16_t capped_sum(uint16_t a, size_t b)
{
    return (uint16_t)(b > (size_t)(UINT16_MAX - a) ? UINT16_MAX : a + b);
}

/* Adds up the occurrences of one field, from number I up to position END. Returns the number of the
 * first one behind. Nothing foretells whether a place is a word's: the sums do without jumps. */
static inline size_t count_field(const struct matcher *m, const struct segment *s,
                                 const struct weights *w, size_t i, uint32_t end, float *sum,
                                 uint16_t *n, uint16_t *n_aligned)
{
    const float weights[2] = {w->inside, w->whole};
    const size_t first = i;
    size_t n_whole = 0;
    float total = 0;
    for (; i < m->n_positions && m->positions[i] < end; i++) {
        bool aligned = is_aligned(s, w, m->positions[i]);
        total += weights[aligned];
        n_whole += aligned;
    }
    *sum = total;
    *n = capped_sum(0, w->inside > 0 ? i - first : n_whole);
    *n_aligned = capped_sum(*n_aligned, n_whole);
    return i;
}

static inline size_t skip_field(const struct matcher *m, size_t i, uint32_t end)
{
    while (i < m->n_positions && m->positions[i] < end)
        i++;
    return i;
}

/* Turns the positions of one spelling into documents. */
static enum status count_positions(struct matcher *m, const struct segment *s,
                                   const struct term *term, const struct spelling *spelling,
                                   uint16_t number, struct term_matches *out)
{
    const struct weights w = weights_of(m, term, spelling);
    uint32_t doc = 0;
    for (size_t i = 0; i < m->n_positions;) {
        doc = segment_doc_at(s, m->positions[i], doc);
        bool is_dead = segment_is_dead(s, doc);
        struct doc_match match = {.doc = doc, .spelling = number};
        if (is_dead || !(term->fields & QUERY_TITLE))
            i = skip_field(m, i, s->title_ends[doc]);
        else
            i = count_field(m, s, &w, i, s->title_ends[doc], &match.title, &match.n_title,
                            &match.n_aligned);
        if (is_dead || !(term->fields & QUERY_BODY))
            i = skip_field(m, i, s->starts[doc + 1]);
        else
            i = count_field(m, s, &w, i, s->starts[doc + 1], &match.body, &match.n_body,
                            &match.n_aligned);
        if (match.n_title + match.n_body > 0 && !add_doc(out, &match))
            return no_memory(m);
    }
    return ST_OK;
}

static struct doc_match sum(const struct doc_match *a, const struct doc_match *b)
{
    struct doc_match s = *a;
    s.title += b->title;
    s.body += b->body;
    s.n_title = capped_sum(a->n_title, b->n_title);
    s.n_body = capped_sum(a->n_body, b->n_body);
    s.n_aligned = capped_sum(a->n_aligned, b->n_aligned);
    s.spelling = a->spelling < b->spelling ? a->spelling : b->spelling;
    return s;
}

/* Adds the documents of MORE to those of INTO; frees MORE. */
static bool merge(struct term_matches *into, struct term_matches *more)
{
    struct term_matches both = {0};
    bool ok = true;
    if (into->n > 0 && more->n > 0) {
        both.cap = into->n + more->n;
        both.items = malloc(both.cap * sizeof *both.items);
        ok = both.items != NULL;
        size_t i = 0, k = 0;
        while (ok && i < into->n && k < more->n) {
            const struct doc_match *a = &into->items[i], *b = &more->items[k];
            both.items[both.n++] = a->doc == b->doc ? sum(a, b) : a->doc < b->doc ? *a : *b;
            i += a->doc <= b->doc;
            k += b->doc <= a->doc;
        }
        while (ok && i < into->n)
            both.items[both.n++] = into->items[i++];
        while (ok && k < more->n)
            both.items[both.n++] = more->items[k++];
        free(into->items);
        free(more->items);
        *into = both;
    } else if (more->n > 0) {
        free(into->items);
        *into = *more;
    } else {
        free(more->items);
    }
    *more = (struct term_matches){0};
    return ok;
}

/* Drops the positions that do not count or that overlap what a spelling before this one has found
 * (コンピュータ stands in コンピューター), and adds the others to what is found. */
static bool drop_overlaps(struct matcher *m, const struct segment *s, const struct term *term,
                          const struct spelling *spelling, struct found *found)
{
    const struct weights w = weights_of(m, term, spelling);
    struct found both = {0};
    size_t kept = 0, k = 0;
    if (m->n_positions == 0)
        return true;
    both.items = malloc((found->n + m->n_positions) * sizeof *both.items);
    if (both.items == NULL)
        return false;
    for (size_t i = 0; i < m->n_positions; i++) {
        uint32_t start = m->positions[i];
        float weight = is_aligned(s, &w, start) ? w.whole : w.inside;
        while (k < found->n && found->items[k].end <= start)
            both.items[both.n++] = found->items[k++];
        if (weight <= 0 || (k < found->n && found->items[k].start < start + w.n_units))
            continue;
        both.items[both.n++] = (struct found_range){start, start + w.n_units};
        m->positions[kept++] = start;
    }
    while (k < found->n)
        both.items[both.n++] = found->items[k++];
    m->n_positions = kept;
    free(found->items);
    *found = both;
    return true;
}

enum status match_term(struct matcher *m, const struct segment *s, const struct term *term,
                       struct term_matches *out)
{
    struct found found = {0};
    enum status st = ST_OK;
    for (size_t i = 0; i < term->n_spellings && st == ST_OK; i++) {
        const struct spelling *spelling = &term->spellings[i];
        struct term_matches more = {0};
        st = term->kind == HIKU_TERM_LONE
                 ? find_lone(m, s, spelling->units[0])
                 : find_positions(m, s, spelling->units, spelling->n_units);
        if (st == ST_OK && i == 0 && term->written != NULL)
            st = drop_unwritten(m, s, term);
        if (st == ST_OK)
            st = load_bounds(m, s, (uint32_t)spelling->n_units);
        if (st == ST_OK && term->n_spellings > 1 && !drop_overlaps(m, s, term, spelling, &found))
            st = no_memory(m);
        if (st == ST_OK)
            st = count_positions(m, s, term, spelling, (uint16_t)i, &more);
        if (st == ST_OK && !merge(out, &more))
            st = no_memory(m);
        free(more.items);
    }
    free(found.items);
    return st;
}

enum status matcher_check(const struct matcher *m)
{
    if (m->is_cancelled == NULL || !m->is_cancelled(m->cancel_context))
        return ST_OK;
    return error_set(m->error, ST_INTERRUPTED, _("the search was cancelled or ran out of time"));
}

/* Sets BITS to all live documents. */
static void fill(const struct segment *s, uint64_t *bits)
{
    size_t n_words = bitset_words(s->n_docs);
    memset(bits, 0xFF, n_words * sizeof *bits);
    if (s->n_docs % 64 != 0)
        bits[n_words - 1] = (UINT64_C(1) << s->n_docs % 64) - 1;
    for (uint32_t doc = 0; s->dead != NULL && doc < s->n_docs; doc++) {
        if (segment_is_dead(s, doc))
            bits[doc / 64] &= ~(UINT64_C(1) << doc % 64);
    }
}

static enum status select_dates(struct matcher *m, struct segment *s, struct date_range range,
                                uint64_t *bits)
{
    enum status st = segment_load_dates(m->store, s, m->error);
    for (uint32_t doc = 0; doc < s->n_docs && st == ST_OK; doc++) {
        const int32_t *dates = s->dates + (size_t)doc * 2;
        bool overlaps = dates[0] != DAY_NONE && dates[0] <= range.last && dates[1] >= range.first;
        if (overlaps && !segment_is_dead(s, doc))
            bitset_add(bits, doc);
    }
    return st;
}

static enum status select_node(struct matcher *m, struct segment *s, size_t index,
                               const struct term_matches *terms, uint64_t *bits);

/* Joins the children's sets into BITS, which holds none (OR) or all (AND, NOT). */
static enum status select_children(struct matcher *m, struct segment *s,
                                   const struct plan_node *node, const struct term_matches *terms,
                                   uint64_t *bits)
{
    size_t n_words = bitset_words(s->n_docs);
    uint64_t *child = malloc(n_words * sizeof *child);
    if (child == NULL)
        return no_memory(m);
    enum status st = ST_OK;
    for (size_t c = node->child; c != PLAN_NO_NODE && st == ST_OK; c = m->plan->nodes[c].next) {
        const struct plan_node *n = &m->plan->nodes[c];
        if ((st = matcher_check(m)) != ST_OK)
            break;
        if (node->op == QUERY_OR && n->op == QUERY_TERM) {
            for (size_t i = 0; i < terms[n->term].n; i++)
                bitset_add(bits, terms[n->term].items[i].doc);
            continue;
        }
        st = select_node(m, s, c, terms, child);
        for (size_t i = 0; i < n_words && st == ST_OK; i++) {
            if (node->op == QUERY_OR)
                bits[i] |= child[i];
            else
                bits[i] &= node->op == QUERY_NOT ? ~child[i] : child[i];
        }
    }
    free(child);
    return st;
}

/* Sets BITS to the live documents that the node selects. */
static enum status select_node(struct matcher *m, struct segment *s, size_t index,
                               const struct term_matches *terms, uint64_t *bits)
{
    const struct plan_node *node = &m->plan->nodes[index];
    if (node->op == QUERY_AND || node->op == QUERY_NOT)
        fill(s, bits);
    else
        memset(bits, 0, bitset_words(s->n_docs) * sizeof *bits);
    if (node->op == QUERY_DATE)
        return select_dates(m, s, node->dates, bits);
    if (node->op == QUERY_COLUMN)
        return select_column(m, s, node->column, node->value, bits);
    if (node->op != QUERY_TERM)
        return select_children(m, s, node, terms, bits);
    for (size_t i = 0; i < terms[node->term].n; i++)
        bitset_add(bits, terms[node->term].items[i].doc);
    return ST_OK;
}

enum status match_segment(struct matcher *m, struct segment *segment, struct segment_matches *out)
{
    *out = (struct segment_matches){0};
    enum status st = segment_load(m->store, segment, m->error);
    if (st != ST_OK)
        return st;
    out->terms = calloc(m->plan->n_terms + 1, sizeof *out->terms);
    out->selected = calloc(bitset_words(segment->n_docs), sizeof *out->selected);
    if (out->terms == NULL || out->selected == NULL)
        return no_memory(m);
    st = match_terms(m, segment, out->terms);
    if (st == ST_OK && m->plan->root == PLAN_NO_NODE)
        fill(segment, out->selected);
    else if (st == ST_OK)
        st = select_node(m, segment, m->plan->root, out->terms, out->selected);
    for (size_t i = 0; i < bitset_words(segment->n_docs) && st == ST_OK; i++)
        out->n_selected += (uint32_t)__builtin_popcountll(out->selected[i]);
    return st;
}
