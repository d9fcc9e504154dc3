/* Arrays that grow. */
#ifndef HIKU_BASE_ARRAY_H
#define HIKU_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for N items in an array. ARRAY: address of the pointer to its first item, which may be
 * NULL and is replaced; CAP: the items that it has room for; N_BYTES: of one item. The room at
 * least doubles, so that adding one by one stays linear. False, and nothing changed, when memory is
 * out.
 */
bool array_reserve(void *array, size_t *cap, size_t n, size_t n_bytes);

#endif
