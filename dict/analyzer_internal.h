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

#endif
