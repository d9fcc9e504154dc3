/* The known name that is nearest to a mistyped one. Interface to nearest.c. */
#ifndef HIKU_CLI_NEAREST_H
#define HIKU_CLI_NEAREST_H

#include <stddef.h>

struct nearest {
    const char *name; /* as typed */
    size_t len;
    const char *best; /* NULL: none is near enough to be meant */
    size_t distance;  /* of the best: letters changed, left out, added or swapped */
};

void nearest_begin(struct nearest *n, const char *name, size_t len);
void nearest_try(struct nearest *n, const char *candidate);

#endif
