/* How far what was typed is from what may have been meant, as costs against the logarithm of how
 * often that stands in the index. */
#ifndef HIKU_SEARCH_SUGGEST_SUGGEST_COST_H
#define HIKU_SEARCH_SUGGEST_SUGGEST_COST_H

#include "dict/analyzer.h"

#define SUGGEST_MAX_CHARS 24
#define SUGGEST_MAX_SOUNDS ((size_t)SUGGEST_MAX_CHARS * 3)
/* Of a word that is parted in two. */
#define SUGGEST_COST_PARTED 20.0

/* Neighbouring words as they were typed. */
struct span_of_words {
    struct span text;
    uint32_t chars[SUGGEST_MAX_CHARS];
    size_t n_chars;
    uint32_t sounds[SUGGEST_MAX_SOUNDS]; /* the kana that they are read as (reading_key) */
    size_t n_sounds;
};

/* Whether the characters A and B differ by exactly one edit (Damerau 1964). */
bool suggest_one_edit(const uint32_t *a, size_t n_a, const uint32_t *b, size_t n_b);

/* What putting a word with these CHARS and SOUNDS in the place of SPAN costs; negative: they have
 * nothing in common. */
double suggest_cost(const struct span_of_words *span, const uint32_t *chars, size_t n_chars,
                    const uint32_t *sounds, size_t n_sounds);

/* What another character costs in a text of N_CHARS, which is read as before or not. */
double suggest_character_cost(bool same_sound, size_t n_chars);

#endif
