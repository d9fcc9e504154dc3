/* Where the terms of a plan stand in one segment, and which documents the plan's tree selects. */
#ifndef HIKU_SEARCH_MATCH_MATCH_H
#define HIKU_SEARCH_MATCH_MATCH_H

#include "search/match/narrow.h"
#include "search/plan/plan.h"
#include "store/frequencies.h"
#include "store/store.h"

/* How many documents hold a term, where that is not known yet (count_terms). */
enum uncounted {
    UNCOUNTED_NONE, /* it is known */
    UNCOUNTED_FEW,  /* all are to be matched */
    UNCOUNTED_MANY  /* a sample tells */
};

/* One term in one document. */
struct doc_match {
    uint32_t doc; /* number in the segment */
    float title;  /* matches, each weighed by how it matches */
    float body;
    uint16_t n_title; /* matches, capped at 65535 */
    uint16_t n_body;
    uint16_t n_aligned; /* those that are whole words */
    uint16_t spelling;  /* number of the term's first spelling that is found; 0: as typed */
};

/* The places of a term's first spelling, which are counted by document where they are scored. */
struct left_places {
    uint16_t *docs; /* of each, ascending: its number in the segment; owned, with `columns` behind
                       it; NULL: there is a list of frequencies */
    unsigned char *columns; /* of each: which of its document's counts it adds to (frequencies.h) */
    size_t n;
};

struct term_matches {
    struct doc_match *items; /* ascending by doc, live documents only */
    size_t n;
    size_t cap;
    double n_docs; /* of the segment that hold the term: n, or reckoned from a sample */
    enum uncounted uncounted;
    bool presumed; /* each place is taken for a whole word where it may be one (presumed.c) */
    bool streamed; /* `items` are those of other spellings than the first, whose documents are left
                      in its list of frequencies, or in `left`, to be scored there
                      (collect_streamed.c) */
    struct left_places left;
    bool deferred; /* `items` are documents alone, until it is known which are selected */
};

struct segment_matches {
    struct term_matches *terms; /* one for each term of the plan; not everywhere, but in all
                                   documents that may be selected */
    uint64_t *selected;         /* n_docs bits (bitset.h): what the tree selects; where its one term
                                   is streamed, not set */
    uint32_t n_selected;
    bool streamed;              /* all terms are */
    struct term_matches looked; /* of one streamed term: what documents have of which more was
                                   presumed (presumed.c) */
};

struct match_options {
    bool words_only; /* only matches aligned to words */
    bool presume;    /* look at no word bounds but where they decide what is found */
    bool counts;     /* count the documents of each term even where none is selected */
    bool stream; /* the plan is terms that must all be there: leave their documents in lists that
                    can be scored */
};

/* Scratch memory of a search, used again for each segment. */
struct matcher {
    struct store *store;
    const struct plan *plan;
    struct match_options options;
    bool (*is_cancelled)(const void *context); /* asked now and then; may be NULL */
    const void *cancel_context;
    const uint32_t *only; /* find nothing outside these documents, ascending; NULL: all. Scores of
                             others would stay for the next segment (rank/partial.c) */
    size_t n_only;
    bool docs_only; /* in which documents a term is found is all that is asked */
    struct error *error;
    uint32_t *positions;
    size_t n_positions;
    size_t cap_positions;
    unsigned char *whole; /* of each position: 1 for a whole word, else 0. In the rules of C a byte
                             may be part of any object: loops that write here keep what they read
                             in variables of their own */
    size_t cap_whole;
    struct narrowing narrowing;
};

void matcher_init(struct matcher *m);
void matcher_release(struct matcher *m);
/* ST_INTERRUPTED, with a message, when the search is no longer wanted. */
enum status matcher_check(const struct matcher *m);

/* Matches the plan in SEGMENT (loaded here). ST_OK, ST_NOMEM, ST_CORRUPT, ST_BUSY, ST_IO,
 * ST_INTERRUPTED. */
enum status match_segment(struct matcher *m, struct segment *segment, struct segment_matches *out);

/* Matches one term of the plan in a loaded SEGMENT; adds to OUT. Statuses as match_segment. */
enum status match_term(struct matcher *m, const struct segment *segment, const struct term *term,
                       struct term_matches *out);

/* What the term has in the document; NULL: nothing. */
struct doc_match *matches_find(const struct term_matches *matches, uint32_t doc);
/* The same for documents that ascend from call to call. AT: 0 before the first. */
struct doc_match *matches_next(const struct term_matches *matches, size_t *at, uint32_t doc);

/* Matches all terms of the plan but the ranked ones in a loaded SEGMENT, each at least in the
 * documents that the plan's tree can select. OUT: with room for terms, empty, and for `selected`;
 * where it is streamed, that and n_selected are set. Statuses as match_segment. */
enum status match_terms(struct matcher *m, const struct segment *segment,
                        struct segment_matches *out);

/* Sets n_docs of those of TERMS, which match_terms has set, that are not counted: ranking wants to
 * know it where anything is found at all. Statuses as match_segment. */
enum status count_terms(struct matcher *m, const struct segment *segment,
                        struct term_matches *terms);

void segment_matches_release(struct segment_matches *s, size_t n_terms);

/* --- between match.c and match_columns.c */

/* Adds to BITS the live documents of SEGMENT that have a column of the NAME whose text holds VALUE,
 * both normalised. The name "label" (ラベル) stands for the label of their source. Reads all of the
 * segment's columns: what is rarely asked for has no index. Statuses as match_segment. */
enum status select_column(struct matcher *m, const struct segment *segment, const char *name,
                          const char *value, uint64_t *bits);

/* *HAS: whether such a document has a column of the NAME at all, whatever its text. Reads up to the
 * first. Statuses as match_segment. */
enum status any_has_column(struct matcher *m, const struct segment *segment, const char *name,
                           bool *has);

/* --- between match_order.c, match_term.c, match_places.c, match_frequent.c and collect_streamed.c
 */

/* What occurrences of a spelling weigh; 0: they do not count. */
struct spelling_weights {
    uint32_t n_units;
    bool open_end; /* it may lie inside a word */
    float whole;   /* of a whole word */
    float inside;  /* of one inside a longer word */
    bool presumed; /* all are taken for whole words */
};

/* A spelling that is looked for in a segment. */
struct sought {
    const struct segment *segment;
    const struct term *term;
    uint16_t number; /* of the spelling */
    struct spelling_weights weights;
};

/* A and B more, at most what a count holds. */
static inline uint16_t capped_sum(uint16_t a, size_t b)
{
    return (uint16_t)(b > (size_t)(UINT16_MAX - a) ? UINT16_MAX : a + b);
}

/* The list of frequencies that tells where spelling NUMBER of TERM is found; none when there is
 * none, or when it does not tell all that is asked. Statuses as match_segment. */
enum status find_frequencies(struct matcher *m, const struct segment *segment,
                             const struct term *term, size_t number, struct packed_list *list);

/* Whether find_frequencies finds one; nothing is read for that. */
bool has_frequencies(const struct segment *segment, const struct term *term, size_t number);

/* find_frequencies while lists that were found before are in use. */
enum status find_more_frequencies(struct matcher *m, const struct segment *segment,
                                  const struct term *term, size_t number, struct packed_list *list);

/* Leaves the documents of TERM's first spelling in its list of frequencies, where it has one and
 * all documents there count. OUT, which is empty: what the other spellings have, when it is
 * streamed. *N: where m->only is NULL, how many documents hold the term then. Statuses as
 * match_segment. */
enum status leave_in_list(struct matcher *m, const struct segment *segment, const struct term *term,
                          struct term_matches *out, size_t *n);

/* Leaves the documents of TERM, the plan's only one, in the list of its first spelling, or at the
 * places of that where it has none, whatever the other spellings have; where some documents do not
 * count it does nothing. Parameters as leave_in_list. Statuses as match_segment. */
enum status leave_single(struct matcher *m, const struct segment *segment, const struct term *term,
                         struct term_matches *out, size_t *n);

/* Sets LEFT to m->positions, with m->whole, none of which is in a dead document. *N: how many
 * documents they are in. Statuses as match_segment. */
enum status leave_positions(struct matcher *m, const struct segment *segment,
                            struct left_places *left, size_t *n);

/* How many of OTHERS, where the same may come several times, are in no document of LEFT. */
size_t count_beside(const struct left_places *left, const struct term_matches *others);

/* Sets F to the documents from place *AT of LEFT on, up to POSTINGS_CHUNK of them, and returns how
 * many; 0 at the end. *AT becomes the place behind the last. */
size_t left_places_next(const struct left_places *left, size_t *at, struct frequencies *f);

/* Adds to OUT, which is empty, the documents in LIST as those of SOUGHT. Statuses as match_segment.
 */
enum status match_frequencies(struct matcher *m, const struct sought *sought,
                              const struct packed_list *list, struct term_matches *out);

/* The same for the documents of m->positions and m->whole. */
enum status count_positions(struct matcher *m, const struct sought *sought,
                            struct term_matches *out);

/* Adds up what a document has of two spellings. */
void add_match(struct doc_match *to, const struct doc_match *more);

/* Sets MATCH to what document number I of the chunk F, of which the columns that count were read,
 * has of spelling NUMBER; where both counts are 0 it has nothing. */
static inline void frequency_match(const struct frequencies *f, size_t i,
                                   const struct spelling_weights *w, uint16_t number,
                                   struct doc_match *match)
{
    uint32_t title = f->counts[FREQUENCY_TITLE_WHOLE][i];
    uint32_t title_inside = f->counts[FREQUENCY_TITLE_INSIDE][i];
    uint32_t body = f->counts[FREQUENCY_BODY_WHOLE][i];
    uint32_t body_inside = f->counts[FREQUENCY_BODY_INSIDE][i];
    match->doc = f->docs[i];
    match->title = (float)title * w->whole + (float)title_inside * w->inside;
    match->body = (float)body * w->whole + (float)body_inside * w->inside;
    match->n_title = capped_sum(0, title + title_inside);
    match->n_body = capped_sum(0, body + body_inside);
    match->n_aligned = capped_sum(0, title + body);
    match->spelling = number;
}

/* What occurrences of SPELLING weigh. */
struct spelling_weights weights_of(const struct matcher *m, const struct term *term,
                                   const struct spelling *spelling);

/* How many documents are in LIST or among OTHERS, which may be NULL. Statuses as match_segment. */
enum status count_frequencies(struct matcher *m, const struct segment *segment,
                              const struct packed_list *list, const struct term_matches *others,
                              size_t *n);

/* --- between match.c and match_written.c */

/* Drops those of m->positions, where TERM's first spelling stands, whose text as stored does not
 * hold what the term demands. Reads those texts. Statuses as match_segment. */
enum status drop_unwritten(struct matcher *m, const struct segment *segment,
                           const struct term *term);

/* --- between match.c and positions.c -----------------------------------------------------------
 */

/* Sets m->positions to where UNITS stand in the segment, ascending. */
enum status find_positions(struct matcher *m, const struct segment *segment, const uint16_t *units,
                           size_t n_units);

/* The same for SPELLING, without the places where it is a part of a number that a rule has made of
 * another (plan/numbers.h). */
enum status find_spelling_positions(struct matcher *m, const struct segment *segment,
                                    const struct spelling *spelling);

/* The same for the one UNIT where hiragana or a mark of Japanese punctuation stands behind it: as a
 * word by itself (妻は), not as part of a longer one. What its many other pairs hold is not read.
 */
enum status find_lone(struct matcher *m, const struct segment *segment, uint16_t unit);

/* An upper bound of how often find_lone finds UNIT in the segment. */
enum status count_lone_at_most(struct matcher *m, const struct segment *segment, uint16_t unit,
                               size_t *n);

/* An upper bound of how often UNITS stand in the segment: the rarest of their pairs. */
enum status count_positions_at_most(struct matcher *m, const struct segment *segment,
                                    const uint16_t *units, size_t n_units, size_t *n);

/* About how many documents of the loaded SEGMENT hold UNITS (two or more): those that hold the
 * rarest of its pairs, reckoned from how many documents the first positions of the pair are in. */
enum status count_documents_near(struct matcher *m, const struct segment *segment,
                                 const uint16_t *units, size_t n_units, size_t *n);

#endif
