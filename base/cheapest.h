/* Keeping the cheapest of many, in an array of structs whose first member is their cost, a double.
 */
#ifndef HIKU_BASE_CHEAPEST_H
#define HIKU_BASE_CHEAPEST_H

#include <stddef.h>
#include <string.h>

/* Where one of COST belongs among N items of N_BYTES each, which are in the order of their costs:
 * behind those as cheap. */
static inline size_t cheapest_place(const void *items, size_t n, size_t n_bytes, double cost)
{
    double last;
    for (; n > 0; n--) {
        memcpy(&last, (const char *)items + (n - 1) * n_bytes, sizeof last);
        if (last <= cost)
            break;
    }
    return n;
}

/* Inserts ITEM at place AT (cheapest_place), below CAP. Where *N is CAP the last item falls out;
 * what it owns was freed by the caller. */
static inline void cheapest_insert(void *items, size_t *n, size_t cap, size_t n_bytes, size_t at,
                                   const void *item)
{
    char *to = (char *)items + at * n_bytes;
    if (*n == cap)
        --*n;
    memmove(to + n_bytes, to, (*n - at) * n_bytes);
    memcpy(to, item, n_bytes);
    ++*n;
}

#endif
