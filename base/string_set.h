/* A set of texts: whether one is among many, in a time that does not grow with their number. */
#ifndef HIKU_BASE_STRING_SET_H
#define HIKU_BASE_STRING_SET_H

#include <stdbool.h>
#include <stddef.h>

/* A hash table with open addressing. {0}: empty. */
struct string_set {
    const char **slots; /* NULL: free */
    size_t cap;         /* a power of two, or 0 */
    size_t n;
};

/* Adds TEXT (ends in NUL), of which the set keeps the pointer alone: it must live as long as the
 * set. *ADDED: it was not there before. False when memory is out; the set is then as it was. */
bool string_set_add(struct string_set *set, const char *text, bool *added);

bool string_set_has(const struct string_set *set, const char *text);

/* Empties SET; the texts are not its own. */
void string_set_release(struct string_set *set);

#endif
