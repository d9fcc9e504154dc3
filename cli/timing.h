/* How long queries took. Interface to timing.c. */
#ifndef HIKU_CLI_TIMING_H
#define HIKU_CLI_TIMING_H

#include <stdbool.h>
#include <stddef.h>

struct timing {
    double *ms; /* one for each query */
    size_t n;
    size_t cap;
    bool failed; /* out of memory: some are left out */
};

void timing_add(struct timing *timing, double ms);

/* Prints number, mean and percentiles (nearest rank) to stderr, and releases. */
void timing_print(struct timing *timing);

#endif
