/* Compounds of the corpus and their neighbours by one edit: what lint.c and lint_compounds.c share.
 */
#ifndef HIKU_INDEXER_CHECK_LINT_COMPOUNDS_H
#define HIKU_INDEXER_CHECK_LINT_COMPOUNDS_H

#include "indexer/segments/vocabulary.h"

/* Compounds that are rare, each with a more frequent one. Zeroed it is empty. */
struct rare_compounds {
    struct rare_compound {
        struct span rare; /* both borrowed from the vocabulary that was looked through */
        struct span frequent;
    } * items; /* sorted by rare */
    size_t n;
};

/* A run of nouns: bytes of the normalised text, and its words. */
struct compound {
    uint32_t start, end;
    uint32_t n_words;
};

/* The first compound at or behind token *AT, which moves behind it; false when there is none. */
bool compound_next(const struct analyzer *a, const struct tokens *tokens, size_t *at,
                   struct compound *out);

/* Counts a compound of TEXT; its number of words goes with it. ST_OK, ST_NOMEM. */
enum status compound_count(struct vocabulary *v, const struct buf *text, const struct compound *c);

/* Finds the rare ones that have neighbours. ST_OK, ST_NOMEM. */
enum status rare_compounds_find(struct rare_compounds *out, const struct vocabulary *v);

/* What is more frequent than WORD; NULL when WORD is not rare. */
const struct span *rare_compounds_look_up(const struct rare_compounds *r, struct span word);

void rare_compounds_release(struct rare_compounds *r);

#endif
