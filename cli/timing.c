/* How long queries took. Interface: timing.h. */
#include "cli/timing.h"

#include "base/array.h"

#include <stdio.h>
#include <stdlib.h>

void timing_add(struct timing *timing, double ms)
{
    if (array_reserve(&timing->ms, &timing->cap, timing->n + 1, sizeof timing->ms[0]))
        timing->ms[timing->n++] = ms;
    else
        timing->failed = true;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double percentile(const struct timing *timing, size_t percent)
{
    size_t rank = (timing->n * percent + 99) / 100;
    return timing->n > 0 ? timing->ms[rank > 0 ? rank - 1 : 0] : 0;
}

void timing_print(struct timing *timing)
{
    double sum = 0;
    for (size_t i = 0; i < timing->n; i++)
        sum += timing->ms[i];
    if (timing->n > 0)
        qsort(timing->ms, timing->n, sizeof timing->ms[0], by_value);
    fprintf(stderr, "queries %zu mean %.3f ms p50 %.3f p95 %.3f p99 %.3f%s\n", timing->n,
            timing->n > 0 ? sum / (double)timing->n : 0, percentile(timing, 50),
            percentile(timing, 95), percentile(timing, 99), timing->failed ? " incomplete" : "");
    free(timing->ms);
    *timing = (struct timing){0};
}
