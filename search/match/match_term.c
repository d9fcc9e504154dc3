/* One term in one segment: its places, by document and field. Interface: match.h. */
#include "search/match/match.h"

#include "base/array.h"
#include "base/gallop.h"

#include <stdlib.h>
#include <string.h>

static enum status no_memory(struct matcher *m)
{
    return error_set(m->error, ST_NOMEM, _("out of memory"));
}

struct spelling_weights weights_of(const struct matcher *m, const struct term *term,
                                   const struct spelling *spelling)
{
    bool only_whole = m->options.words_only || spelling->whole || term->prefix;
    struct spelling_weights w = {.n_units = (uint32_t)spelling->n_units,
                                 .open_end = term_has_open_end(term),
                                 .whole = (float)spelling->weight,
                                 .inside =
                                     only_whole ? 0 : (float)(spelling->weight * term->inside)};
    /* The many lists of a single unit are not read twice. */
    w.presumed = m->options.presume && w.inside > 0 && w.n_units > 1;
    return w;
}

/* To read all rows of word bounds takes this part of the time that it takes to read each by itself.
 */
#define ALL_ROWS_RATIO 3

/* How many rows of word bounds are not there yet where something was found. */
static size_t count_missing_rows(const struct matcher *m, const struct segment *s)
{
    size_t n = 0;
    uint64_t counted = 0;
    if (segment_has_all_bounds(s))
        return 0;
    for (size_t i = 0; i < m->n_positions; i++) {
        if (m->positions[i] < counted)
            continue;
        n += !segment_has_bounds(s, m->positions[i]);
        counted = (m->positions[i] / BOUNDS_ROW_BITS + 1) * BOUNDS_ROW_BITS;
    }
    return n;
}

/* Loads the word bounds where something of N_UNITS was found. */
static enum status load_bounds(struct matcher *m, const struct segment *s, uint32_t n_units)
{
    uint64_t loaded = 0;
    enum status st = ST_OK;
    if (segment_has_all_bounds(s))
        return ST_OK;
    if (count_missing_rows(m, s) * ALL_ROWS_RATIO > s->n_units / BOUNDS_ROW_BITS)
        return segment_load_all_bounds(m->store, s, m->error);
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

/* Sets m->whole: which of the positions are whole words. A loop of its own, without jumps: the
 * processor fetches the bounds of many places at once, which lie far apart. */
static enum status note_whole(struct matcher *m, const struct segment *s,
                              const struct spelling_weights *w)
{
    enum status st = w->presumed ? ST_OK : load_bounds(m, s, w->n_units);
    if (st != ST_OK || m->n_positions == 0)
        return st;
    if (!array_reserve(&m->whole, &m->cap_whole, m->n_positions, sizeof *m->whole))
        return no_memory(m);
    if (w->presumed) {
        memset(m->whole, 1, m->n_positions);
        return ST_OK;
    }
    const uint32_t *positions = m->positions;
    const unsigned char *bounds = s->bounds;
    unsigned char *whole = m->whole;
    uint32_t n_units = w->n_units;
    bool open_end = w->open_end;
    for (size_t i = 0, n = m->n_positions; i < n; i++)
        whole[i] = bounds_hold_word(bounds, positions[i], n_units, open_end);
    return ST_OK;
}

/* Places that are looked at before it is presumed that all are whole words, where there are many.
 */
#define N_TRIED 128
#define MANY_PLACES ((size_t)8 * N_TRIED)
/* The bounds of fewer places are looked at where no more rows of them must be read for it. */
#define FEW_PLACES ((size_t)4 * MANY_PLACES)
#define FEW_ROWS 16

/* Presumes nothing of a spelling where that saves nothing: of few places, whose bounds are at hand,
 * and where none of the first of many is a whole word. A page of such matches would have all places
 * looked at in the end (presumed.c), after they were found again. */
static enum status try_first(struct matcher *m, const struct segment *s, struct spelling_weights *w)
{
    size_t n = m->n_positions;
    if (w->presumed && n < FEW_PLACES)
        w->presumed = count_missing_rows(m, s) > FEW_ROWS;
    if (!w->presumed || n < MANY_PLACES)
        return ST_OK;
    w->presumed = false;
    m->n_positions = N_TRIED;
    enum status st = note_whole(m, s, w);
    for (size_t i = 0; i < N_TRIED && st == ST_OK; i++)
        w->presumed |= m->whole[i] != 0;
    m->n_positions = n;
    return st;
}

static void drop_inside(struct matcher *m)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->n_positions; i++) {
        m->positions[kept] = m->positions[i];
        kept += m->whole[i];
    }
    m->n_positions = kept;
    for (size_t i = 0; i < kept; i++)
        m->whole[i] = 1;
}

/* Where a spelling was found: what overlaps it counts for no later one (コンピュータ stands in
 * コンピューター). */
struct claim {
    uint32_t *starts; /* ascending */
    size_t n;
    uint32_t n_units;
};

/* Those of a term. */
struct claims {
    struct claim *items; /* room for one of each spelling */
    size_t n;
};

static bool claims_init(struct claims *claims, const struct term *term)
{
    claims->n = 0;
    claims->items = calloc(term->n_spellings + 1, sizeof *claims->items);
    return claims->items != NULL;
}

static void claims_release(struct claims *claims)
{
    for (size_t i = 0; i < claims->n; i++)
        free(claims->items[i].starts);
    free(claims->items);
}

/* A place, and what is claimed. */
struct claimed {
    const struct claim *claim;
    uint32_t position;
};

static bool is_claimed_before(const void *context, size_t i)
{
    const struct claimed *c = context;
    return c->claim->starts[i] + c->claim->n_units <= c->position;
}

static void drop_claimed(struct matcher *m, const struct spelling_weights *w,
                         const struct claim *claim)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < m->n_positions; i++) {
        const struct claimed place = {claim, m->positions[i]};
        at = gallop(at, claim->n, is_claimed_before, &place);
        if (at < claim->n && claim->starts[at] < m->positions[i] + w->n_units)
            continue;
        m->positions[kept] = m->positions[i];
        m->whole[kept++] = m->whole[i];
    }
    m->n_positions = kept;
}

/* Takes the positions over from M. */
static struct claim claim_positions(struct matcher *m, const struct spelling_weights *w)
{
    struct claim claim = {m->positions, m->n_positions, w->n_units};
    m->positions = NULL;
    m->n_positions = m->cap_positions = 0;
    return claim;
}

void add_match(struct doc_match *to, const struct doc_match *more)
{
    to->title += more->title;
    to->body += more->body;
    to->n_title = capped_sum(to->n_title, more->n_title);
    to->n_body = capped_sum(to->n_body, more->n_body);
    to->n_aligned = capped_sum(to->n_aligned, more->n_aligned);
    to->spelling = to->spelling < more->spelling ? to->spelling : more->spelling;
}

/* A document, and the matches it is looked for in. */
struct wanted {
    const struct term_matches *matches;
    uint32_t doc;
};

static bool is_match_before(const void *context, size_t i)
{
    const struct wanted *w = context;
    return w->matches->items[i].doc < w->doc;
}

static size_t skip_matches(const struct term_matches *t, size_t i, uint32_t doc)
{
    const struct wanted wanted = {t, doc};
    return gallop(i, t->n, is_match_before, &wanted);
}

struct doc_match *matches_next(const struct term_matches *matches, size_t *at, uint32_t doc)
{
    size_t i = *at = skip_matches(matches, *at, doc);
    return i < matches->n && matches->items[i].doc == doc ? &matches->items[i] : NULL;
}

struct doc_match *matches_find(const struct term_matches *matches, uint32_t doc)
{
    size_t at = 0;
    return matches_next(matches, &at, doc);
}

/* Adds the documents of FEW to those of MANY. FEW is of no use afterwards. */
static bool insert(struct term_matches *many, struct term_matches *few)
{
    size_t n_new = 0, at = 0;
    for (size_t k = 0; k < few->n; k++) {
        at = skip_matches(many, at, few->items[k].doc);
        if (at < many->n && many->items[at].doc == few->items[k].doc)
            add_match(&many->items[at], &few->items[k]);
        else
            few->items[n_new++] = few->items[k];
    }
    if (!array_reserve(&many->items, &many->cap, many->n + n_new, sizeof *many->items))
        return false;
    size_t i = many->n, to = many->n + n_new;
    many->n = to;
    while (n_new > 0) { /* from the end on: each goes where nothing is any more */
        bool take = i == 0 || many->items[i - 1].doc < few->items[n_new - 1].doc;
        many->items[--to] = take ? few->items[--n_new] : many->items[--i];
    }
    return true;
}

static bool merge(struct term_matches *into, struct term_matches *more)
{
    into->presumed |= more->presumed && more->n > 0;
    more->presumed = into->presumed;
    if (into->n < more->n) {
        struct term_matches larger = *more;
        *more = *into;
        *into = larger;
    }
    return insert(into, more);
}

/* Sets m->positions and m->whole to what counts of a spelling beside the claims before it. What is
 * presumed of it is left out of its weights where that is of no use. */
static enum status find_sought(struct matcher *m, struct sought *sought,
                               const struct claims *claims)
{
    const struct segment *s = sought->segment;
    const struct term *term = sought->term;
    const struct spelling *spelling = &term->spellings[sought->number];
    struct spelling_weights *w = &sought->weights;
    enum status st = term->kind == HIKU_TERM_LONE ? find_lone(m, s, spelling->units[0])
                                                  : find_spelling_positions(m, s, spelling);
    if (st == ST_OK && sought->number == 0 && term->written != NULL)
        st = drop_unwritten(m, s, term);
    if (m->docs_only && w->inside > 0) /* each place counts, whatever it is */
        w->presumed = true;
    else if (st == ST_OK)
        st = try_first(m, s, w);
    if (st == ST_OK)
        st = note_whole(m, s, w);
    if (st == ST_OK && w->inside <= 0)
        drop_inside(m);
    for (size_t i = 0; i < claims->n && st == ST_OK && m->n_positions > 0; i++)
        drop_claimed(m, w, &claims->items[i]);
    return st;
}

/* Sets MORE, which is empty, to the documents of a spelling, and claims its places. Where they are
 * read from a list of frequencies there are none to claim: what stands there overlaps no other
 * spelling. */
static enum status match_sought(struct matcher *m, struct sought *sought, struct claims *claims,
                                struct term_matches *more)
{
    struct packed_list list;
    enum status st = find_frequencies(m, sought->segment, sought->term, sought->number, &list);
    if (st == ST_OK && list.n_bytes > 0)
        return match_frequencies(m, sought, &list, more);
    if (st == ST_OK)
        st = find_sought(m, sought, claims);
    more->presumed = sought->weights.presumed;
    if (st == ST_OK)
        st = count_positions(m, sought, more);
    if (st == ST_OK && m->n_positions > 0 && sought->number + 1U < sought->term->n_spellings)
        claims->items[claims->n++] = claim_positions(m, &sought->weights);
    return st;
}

/* The same for spelling NUMBER of TERM. */
static enum status match_spelling(struct matcher *m, const struct segment *s,
                                  const struct term *term, size_t number, struct claims *claims,
                                  struct term_matches *more)
{
    struct sought sought = {s, term, (uint16_t)number,
                            weights_of(m, term, &term->spellings[number])};
    return match_sought(m, &sought, claims, more);
}

/* What is found place by place costs this many times as much as a document in a list. */
#define PLACE_COST 8

/* Whether to find the places of the spellings but the first surely costs little beside its N
 * documents. In lists of frequencies, and of one unit, they cost no more than otherwise. */
static enum status are_others_few(struct matcher *m, const struct segment *s,
                                  const struct term *term, size_t n, bool *are)
{
    size_t n_places = 0;
    enum status st = ST_OK;
    *are = true;
    for (size_t i = 1; i < term->n_spellings && st == ST_OK && *are; i++) {
        const struct spelling *spelling = &term->spellings[i];
        struct packed_list list;
        size_t n_more = 0;
        st = find_frequencies(m, s, term, i, &list);
        if (st == ST_OK && list.n_bytes == 0 && spelling->n_units > 1)
            st = count_positions_at_most(m, s, spelling->units, spelling->n_units, &n_more);
        n_places += n_more;
        *are = n_places <= n / PLACE_COST;
    }
    return st;
}

/* Adds MORE to OTHERS: what they have of one document stands side by side, in the order in which it
 * came. Adding it up here, before what the first spelling has, would be rounded otherwise. MORE is
 * of no use afterwards. */
static bool interleave(struct term_matches *others, struct term_matches *more)
{
    if (others->n == 0) {
        struct doc_match *none = others->items;
        others->items = more->items;
        others->n = more->n;
        others->cap = more->cap;
        more->items = none;
        return true;
    }
    size_t i = others->n, n_new = more->n, to = i + n_new;
    if (!array_reserve(&others->items, &others->cap, to, sizeof *others->items))
        return false;
    others->n = to;
    while (n_new > 0) { /* from the end on: each goes where nothing is any more */
        bool take = i == 0 || others->items[i - 1].doc <= more->items[n_new - 1].doc;
        others->items[--to] = take ? more->items[--n_new] : others->items[--i];
    }
    return true;
}

/* Sets OTHERS to what the spellings but the first have beside the claims of that. */
static enum status match_others(struct matcher *m, const struct segment *s, const struct term *term,
                                struct claims *claims, struct term_matches *others)
{
    enum status st = ST_OK;
    for (size_t i = 1; i < term->n_spellings && st == ST_OK; i++) {
        struct term_matches more = {0};
        st = match_spelling(m, s, term, i, claims, &more);
        others->presumed |= more.presumed && more.n > 0;
        if (st == ST_OK && !interleave(others, &more))
            st = no_memory(m);
        free(more.items);
    }
    return st;
}

/* The same with nothing presumed, where the first claims nothing. */
static enum status match_few_others(struct matcher *m, const struct segment *s,
                                    const struct term *term, struct term_matches *others)
{
    struct claims claims;
    bool presume = m->options.presume;
    enum status st = claims_init(&claims, term) ? ST_OK : no_memory(m);
    m->options.presume = false;
    if (st == ST_OK)
        st = match_others(m, s, term, &claims, others);
    m->options.presume = presume;
    claims_release(&claims);
    return st;
}

enum status leave_in_list(struct matcher *m, const struct segment *s, const struct term *term,
                          struct term_matches *out, size_t *n)
{
    struct packed_list list = {0};
    enum status st = ST_OK;
    bool streamed = false;
    if (s->dead == NULL && term->fields == QUERY_ANY_FIELD &&
        weights_of(m, term, term->spellings).inside > 0)
        st = find_frequencies(m, s, term, 0, &list);
    if (st != ST_OK || list.n_bytes == 0)
        return st;
    st = count_frequencies(m, s, &list, NULL, n);
    if (st == ST_OK)
        st = are_others_few(m, s, term, *n, &streamed);
    if (st == ST_OK && streamed)
        st = match_few_others(m, s, term, out);
    /* The list may have been forgotten meanwhile. */
    if (st == ST_OK && streamed && out->n > 0)
        st = find_frequencies(m, s, term, 0, &list);
    if (st == ST_OK && streamed && out->n > 0 && m->only == NULL)
        st = count_frequencies(m, s, &list, out, n);
    out->n = streamed ? out->n : 0;
    out->streamed = streamed;
    return st;
}

/* Sets OUT, which is empty, to the places of TERM's first spelling, and claims them. */
static enum status leave_places(struct matcher *m, const struct segment *s, const struct term *term,
                                struct claims *claims, struct term_matches *out, size_t *n)
{
    struct sought sought = {s, term, 0, weights_of(m, term, term->spellings)};
    enum status st = find_sought(m, &sought, claims);
    out->presumed = sought.weights.presumed && m->n_positions > 0;
    if (st == ST_OK)
        st = leave_positions(m, s, &out->left, n);
    if (st == ST_OK && m->n_positions > 0 && term->n_spellings > 1)
        claims->items[claims->n++] = claim_positions(m, &sought.weights);
    return st;
}

enum status leave_single(struct matcher *m, const struct segment *s, const struct term *term,
                         struct term_matches *out, size_t *n)
{
    struct claims claims;
    struct packed_list list = {0};
    enum status st = ST_OK;
    if (s->dead != NULL || term->fields != QUERY_ANY_FIELD)
        return ST_OK;
    if (weights_of(m, term, term->spellings).inside > 0)
        st = find_frequencies(m, s, term, 0, &list);
    bool has_list = list.n_bytes > 0;
    if (st == ST_OK && !claims_init(&claims, term))
        st = no_memory(m);
    if (st != ST_OK)
        return st;
    if (!has_list)
        st = leave_places(m, s, term, &claims, out, n);
    if (st == ST_OK)
        st = match_others(m, s, term, &claims, out);
    /* The list may have been forgotten meanwhile. */
    if (st == ST_OK && has_list)
        st = find_frequencies(m, s, term, 0, &list);
    if (st == ST_OK && has_list)
        st = count_frequencies(m, s, &list, out, n);
    else if (st == ST_OK)
        *n += count_beside(&out->left, out);
    out->streamed = st == ST_OK;
    claims_release(&claims);
    return st;
}

enum status match_term(struct matcher *m, const struct segment *s, const struct term *term,
                       struct term_matches *out)
{
    struct claims claims;
    enum status st = ST_OK;
    if (!claims_init(&claims, term))
        return no_memory(m);
    for (size_t i = 0; i < term->n_spellings && st == ST_OK; i++) {
        struct term_matches more = {0};
        st = match_spelling(m, s, term, i, &claims, &more);
        if (st == ST_OK && !merge(out, &more))
            st = no_memory(m);
        free(more.items);
    }
    claims_release(&claims);
    return st;
}
