/* What analyzer_open.c and analyzer.c share. */
#ifndef HIKU_DICT_ANALYZER_INTERNAL_H
#define HIKU_DICT_ANALYZER_INTERNAL_H

#include "dict/analyzer.h"

#include <mecab.h>

struct analyzer {
    mecab_model_t *model;
    char *dicdir;
    char *userdic;      /* "": none */
    bool userdic_named; /* by the caller */
    char *fingerprint;
    unsigned base_column; /* of the feature line, from 0 */
    unsigned reading_column;
    struct lexicon *lexicons[ANALYZER_LEXICONS];
};

/* Interface to token_numbers.c. */

/* Whether a word is written with numerals alone, or is an uncertain one as in 数百 and 十何. */
bool token_is_numeral(const char *feature, struct span surface);

/* Marks the tokens from FIRST on, which are those of the piece of NORM that ends at END, with
 * TOKEN_GOES_ON. */
void tokens_mark_numbers(struct tokens *tokens, size_t first, const char *norm, size_t end);

#endif
