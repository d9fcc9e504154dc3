/* Arrays that grow. */
#ifndef HIKU_BASE_ARRAY_H
#define HIKU_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* For array_reserve: N is more than *CAP. */
bool array_grow(void *array, size_t *cap, size_t n, size_t n_bytes);

/* Makes room for N items in an array. ARRAY: address of the pointer to its first item, which may be
 * NULL and is replaced; CAP: the items that it has room for; N_BYTES: of one item. The room at
 * least doubles, so that adding one by one stays linear. False, and nothing changed, when memory is
 * out.
 */
static inline bool array_reserve(void *array, size_t *cap, size_t n, size_t n_bytes)
{
    return n <= *cap || array_grow(array, cap, n, n_bytes);
}

#endif
