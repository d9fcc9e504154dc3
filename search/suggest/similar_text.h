/* The part of a text that is most like a word that it does not hold. Interface to similar_text.c.
 */
#ifndef HIKU_SEARCH_SUGGEST_SIMILAR_TEXT_H
#define HIKU_SEARCH_SUGGEST_SIMILAR_TEXT_H

#include <stddef.h>

struct similar {
    size_t start; /* bytes of the text */
    size_t end;
    size_t distance; /* characters to insert, delete or replace; SIZE_MAX: nothing is near */
};

/* Finds the first part of TEXT that is nearest to WANTED, both normalised and valid UTF-8, by edit
 * distance on characters (Sellers: The theory and computation of evolutionary distances, 1980).
 * Near is what keeps two characters of WANTED and half of them. Of WANTED the first 64 characters
 * count. Time: characters of TEXT times those of WANTED. */
struct similar similar_find(const char *text, size_t n_bytes, const char *wanted, size_t n_wanted);

#endif
