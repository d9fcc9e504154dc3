/* Finding a place in what is in order, near to where one is. */
#ifndef HIKU_BASE_GALLOP_H
#define HIKU_BASE_GALLOP_H

#include <stdbool.h>
#include <stddef.h>

/* The first of the numbers from I to N - 1 that IS_BELOW does not hold for; N: there is none. It
 * holds for none behind that. Steps grow twofold from I on, so what is near is found in few
 * (Bentley, Yao: An almost optimal algorithm for unbounded searching, 1976). */
static inline size_t gallop(size_t i, size_t n, bool (*is_below)(const void *context, size_t i),
                            const void *context)
{
    size_t step = 1;
    while (i + step < n && is_below(context, i + step)) {
        i += step;
        step *= 2;
    }
    size_t low = i, high = i + step < n ? i + step : n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_below(context, middle))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#endif
