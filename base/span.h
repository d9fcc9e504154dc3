/* Parts of texts. */
#ifndef HIKU_BASE_SPAN_H
#define HIKU_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Bytes of a text, borrowed from whoever made it, not NUL-terminated. */
struct span {
    const char *data;
    size_t len; /* bytes */
};

/* Two empty ones are equal, wherever they are. */
static inline bool spans_are_equal(struct span a, struct span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline bool span_is(struct span span, const char *text)
{
    return span.len == strlen(text) && memcmp(span.data, text, span.len) == 0;
}

/* All of a string. */
static inline struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

#endif
