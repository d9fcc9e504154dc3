/* Where in a text the terms of a plan stand. */
#ifndef HIKU_SEARCH_RESULTS_HIGHLIGHT_H
#define HIKU_SEARCH_RESULTS_HIGHLIGHT_H

#include "search/hiku.h"
#include "search/plan/plan.h"

struct highlighter {
    const struct plan *plans[2]; /* NULL: none */
    bool words_only;             /* mark only whole words */
    struct tokenizer *tokenizer;
    bool (*is_cancelled)(const void *context); /* asked for each term; may be NULL */
    const void *cancel_context;
    struct normalized normalized;
    struct tokens tokens; /* of the text, once a place depends on them */
    bool is_cut;
};

/* Whether a token starts or ends at byte AT of the text that TOKENS cut. */
bool tokens_have_bound(const struct tokens *tokens, size_t at);

void highlighter_release(struct highlighter *h);

/* Finds the matches of the plans' positive terms in TEXT. *RANGES: bytes of TEXT, sorted; matches
 * that overlap are one range, those that only touch are two; owned by the caller, NULL when *N is
 * 0. FIELD tells which terms look there. ST_OK, ST_NOMEM, ST_INTERRUPTED. */
enum status highlight(struct highlighter *h, const char *text, size_t n_bytes,
                      enum query_field field, struct hiku_range **ranges, size_t *n);

#endif
