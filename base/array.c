/* Arrays that grow. Interface: array.h. */
#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ITEMS = 16 };

bool array_grow(void *array, size_t *cap, size_t n, size_t n_bytes)
{
    void *items;
    size_t wanted = *cap > FIRST_ITEMS / 2 ? *cap * 2 : FIRST_ITEMS;
    while (wanted < n) {
        if (wanted > SIZE_MAX / 2)
            return false;
        wanted *= 2;
    }
    memcpy(&items, array, sizeof items); /* whatever the type of pointer */
    void *larger = reallocarray(items, wanted, n_bytes);
    if (larger == NULL)
        return false;
    memcpy(array, &larger, sizeof larger);
    *cap = wanted;
    return true;
}
