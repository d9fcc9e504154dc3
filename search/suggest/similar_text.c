/* The part of a text that is most like a word. Interface: similar_text.h. */
#include "search/suggest/similar_text.h"

#include "base/utf8.h"

#include <stdint.h>

#define MAX_WANTED 64

/* The best way to make the first characters of what is wanted from a part of the text that ends
 * here. */
struct way {
    size_t distance;
    size_t start; /* byte of the text where the part begins */
};

static struct way better(struct way a, struct way b)
{
    return b.distance < a.distance ? b : a;
}

static struct way costs(struct way way, size_t more)
{
    return (struct way){way.distance + more, way.start};
}

/* Moves WAYS on by the character CP of the text, which begins at byte AT and ends at NEXT. */
static void step(struct way *ways, const uint32_t *wanted, size_t n, uint32_t cp, size_t at,
                 size_t next)
{
    struct way diagonal = {0, at};
    ways[0] = (struct way){0, next};
    for (size_t i = 1; i <= n; i++) {
        struct way above = ways[i];
        ways[i] = better(costs(diagonal, wanted[i - 1] != cp),
                         better(costs(above, 1), costs(ways[i - 1], 1)));
        diagonal = above;
    }
}

struct similar similar_find(const char *text, size_t n_bytes, const char *wanted, size_t n_wanted)
{
    uint32_t letters[MAX_WANTED];
    struct way ways[MAX_WANTED + 1];
    size_t n = 0;
    struct similar best = {0, 0, SIZE_MAX};
    for (size_t i = 0; i < n_wanted && n < MAX_WANTED; n++)
        i += utf8_decode(wanted + i, n_wanted - i, &letters[n]);
    for (size_t i = 0; i <= n; i++)
        ways[i] = (struct way){i, 0};
    for (size_t at = 0; at < n_bytes;) {
        uint32_t cp;
        size_t next = at + utf8_decode(text + at, n_bytes - at, &cp);
        step(ways, letters, n, cp, at, next);
        if (ways[n].distance < best.distance)
            best = (struct similar){ways[n].start, next, ways[n].distance};
        at = next;
    }
    if (best.distance != SIZE_MAX && (best.distance * 2 > n || best.distance + 2 > n))
        best = (struct similar){0, 0, SIZE_MAX};
    return best;
}
