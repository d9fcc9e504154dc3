/* The known name that is nearest to a mistyped one. Interface: nearest.h. */
#include "cli/nearest.h"

#include <string.h>

enum { LONGEST = 32 }; /* no name is longer */

void nearest_begin(struct nearest *n, const char *name, size_t len)
{
    *n = (struct nearest){.name = name, .len = len, .distance = len / 3 + 2};
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance with swaps of neighbours; both at most LONGEST bytes. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t d[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= a_len; i++)
        d[i][0] = i;
    for (size_t j = 0; j <= b_len; j++)
        d[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        for (size_t j = 1; j <= b_len; j++) {
            size_t same = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = smaller(d[i - 1][j - 1] + same, smaller(d[i - 1][j], d[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = smaller(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a_len][b_len];
}

void nearest_try(struct nearest *n, const char *candidate)
{
    size_t len = strlen(candidate);
    if (n->len > LONGEST || len > LONGEST)
        return;
    size_t found = distance(n->name, n->len, candidate, len);
    /* A name of which nothing is left is no likely mistake. */
    if (found < n->distance && found < len && found < n->len) {
        n->best = candidate;
        n->distance = found;
    }
}
