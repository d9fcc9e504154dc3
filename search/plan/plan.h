/* From a parsed query to what is looked up: terms with their spellings. */
#ifndef HIKU_SEARCH_PLAN_PLAN_H
#define HIKU_SEARCH_PLAN_PLAN_H

#include "base/buf.h"
#include "base/error.h"
#include "dict/analyzer.h"
#include "search/hiku.h"
#include "search/query/query.h"
#include "store/words.h"

#include <stdbool.h>
#include <stdint.h>

/* One spelling of a term. */
struct spelling {
    char *text;      /* normalised, NUL-terminated */
    size_t len;      /* bytes */
    uint16_t *units; /* the same in UTF-16 */
    size_t n_units;
    char *rule;    /* "" as typed, else the names of the rules that made it, joined by + */
    double weight; /* of a match, 1 as typed */
    bool whole;    /* found as a whole word only */
    bool final;    /* no further spellings are made from it */
};

/* What may follow a word of one character that is a word by itself: 、 to the end of hiragana. */
enum { LONE_BEFORE_FIRST = 0x3001, LONE_BEFORE_LAST = 0x3096 };

/* What a term of this KIND is called, translated. */
const char *term_kind_name(int kind);

/* Whether a term of this KIND covers a part of the query. The words of a phrase do so already, and
 * a word of one character only lifts records that others have found. */
static inline bool term_kind_covers(int kind)
{
    return kind != HIKU_TERM_PHRASE && kind != HIKU_TERM_LONE;
}

struct term {
    int kind;                   /* enum hiku_term_kind */
    char *typed;                /* as typed, not normalised; NULL: cut out of a longer text */
    struct spelling *spellings; /* the first is the one typed */
    size_t n_spellings;
    unsigned fields; /* of enum query_field */
    bool prefix;     /* must start at a word */
    bool exact;      /* in quotes, or all is: no other spellings */
    bool negative;   /* below a NOT: neither ranked nor highlighted */
    bool ranked;     /* not in the tree: ranks partial matches */
    bool stem;       /* of a word that inflects: whole wherever a word begins with it */
    double inside;   /* weight of a match inside a longer word, of whole ones 1 */
    double weight;   /* of its score */
    size_t n_again;  /* how often the query says it beside the first time */
    /* Where rules of folding are left out: what the text must hold, as written, in a place of the
     * first spelling: the term as typed, folded in the ways of `foldings` alone. NULL: anything. */
    char *written;
    size_t n_written;  /* bytes */
    unsigned foldings; /* of enum folding */
};

/* Whether a place of the term may end inside a word and count as a whole word all the same. */
static inline bool term_has_open_end(const struct term *term)
{
    return term->prefix || term->stem;
}

#define PLAN_NO_NODE SIZE_MAX

/* A tree like the query's, its nodes in one array, its leaves terms. */
struct plan_node {
    enum query_op op;
    size_t child;            /* number of the first child, or PLAN_NO_NODE */
    size_t next;             /* number of the next sibling, or PLAN_NO_NODE */
    size_t term;             /* QUERY_TERM: number of the term */
    struct date_range dates; /* QUERY_DATE */
    char *column;            /* QUERY_COLUMN: its name and the text, NUL-terminated, normalised; */
    char *value;             /* owned */
};

struct plan {
    struct term *terms;
    size_t n_terms;
    size_t cap_terms;
    struct plan_node *nodes;
    size_t root; /* number of the root; PLAN_NO_NODE: nothing is asked for */
    size_t n_nodes;
    size_t cap_nodes;
    size_t n_expanded; /* spellings that rules have added */
    bool is_sentence;  /* reads like a sentence or a long title: partial matches follow */
};

/* Where the words of the indexes are looked up. */
struct word_source {
    /* Calls EACH for the most frequent words with a reading (store/words.h). */
    enum status (*find)(void *context, const char *key, size_t n_bytes, each_word *each,
                        void *each_context);
    void *context;
};

struct plan_options {
    unsigned fields;                 /* for terms that name none */
    bool exact;                      /* no expansions */
    const struct word_source *words; /* NULL: none */
    unsigned without;  /* rules that are left out, as expand_read_without gives them */
    unsigned unfolded; /* of enum folding: ways in which a text must not differ from the query */
    bool (*is_cancelled)(const void *context); /* asked for each term; may be NULL */
    const void *cancel_context;
};

/* Makes the plan of all of QUERY. T cuts the terms of texts that may be sentences. ST_OK, ST_NOMEM,
 * ST_INTERRUPTED. */
enum status plan_make(struct plan *plan, const struct query *query,
                      const struct plan_options *options, struct tokenizer *t);

/* Makes the plan of partial matches: the words and pairs of characters of the positive terms of
 * QUERY as ranked terms; the tree holds only the filters by date and the NOTs that stand at the
 * query's top (root PLAN_NO_NODE: none). ST_OK, ST_NOMEM, ST_INTERRUPTED. */
enum status plan_make_partial(struct plan *plan, const struct query *query,
                              const struct plan_options *options, struct tokenizer *t);

/* Lets only records whose dates overlap RANGE through; makes an empty plan ask for all of those.
 * ST_OK, ST_NOMEM. */
enum status plan_filter_dates(struct plan *plan, struct date_range range);

void plan_release(struct plan *plan);

/* --- for plan*.c and expand.c ---------------------------------------------------------------- */

/* Whether who gave OPTIONS no longer waits for the plan. */
bool plan_is_cancelled(const struct plan_options *options);

/* The part of TEXT that is cut into words: all of it, or the beginning of a text so long that the
 * rest would add nothing but the time that MeCab takes. */
struct span plan_cut_part(struct span text);

/* Whether TERM is spelled so too. */
bool term_has_spelling(const struct term *term, const char *text, size_t n_bytes);
/* Adds a spelling to TERM, unless it has it. TEXT is normalised. False when memory is out. */
bool term_add_spelling(struct term *term, const char *text, size_t n_bytes, const char *rule,
                       double weight);
/* Has the places of TERM's first spelling hold TYPED, part of the query as typed, but for the
 * foldings that OPTIONS allow. False when memory is out. */
bool term_demand_written(struct term *term, const struct plan_options *options, const char *typed,
                         size_t n_bytes);
/* Whether TEXT, a place of SPELLING (of TERM's) as stored, holds what must be written there. *IS.
 * False when memory is out. */
bool term_is_written(const struct term *term, const struct spelling *spelling, const char *text,
                     size_t n_bytes, bool *is);
void term_release(struct term *term);
/* Adds an empty term; NULL when memory is out. Pointers to other terms are no longer valid. */
struct term *plan_add_term(struct plan *plan);
/* Adds a node and gives its number in *INDEX. */
bool plan_add_node(struct plan *plan, enum query_op op, size_t *index);

/* Adds a node for the column that the word NODE may ask for (NAME:TEXT); *INDEX is PLAN_NO_NODE
 * when it asks for none. SCRATCH is overwritten. ST_OK, ST_NOMEM. */
enum status plan_add_column(struct plan *plan, const struct query_node *node,
                            struct normalized *scratch, size_t *index);

/* Whether NODE is label:TEXT, which partial matches too must fit. */
bool plan_is_label(const struct query_node *node);

/* The normal form of a term's text; blanks at the ends count only in quotes. TEXT borrows from OUT.
 */
enum status plan_normalize(const struct query_node *node, struct normalized *out,
                           struct span *text);

/* Adds the spellings that mean the same as the first one (hiku-query.7) to a term of PLAN. The
 * rules and their limits: expand.h. ST_OK, ST_NOMEM. */
enum status expand_term(struct plan *plan, struct term *term, const struct plan_options *options,
                        struct tokenizer *t);

/* Whether dates may be written otherwise than they were typed. */
bool expand_has_dates(const struct plan_options *options);

/* Reads a list of rules, separated by commas (NULL: none), into OPTIONS. ST_OK; ST_USAGE with a
 * message that names the rules there are. */
enum status expand_read_without(const char *list, struct plan_options *options,
                                struct error *error);

#endif
