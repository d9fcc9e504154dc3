/* Comparing the ends of texts that need not end in NUL. */
#ifndef HIKU_BASE_TEXT_H
#define HIKU_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Whether the N_BYTES of TEXT begin with START, a string. */
static inline bool text_starts_with(const char *text, size_t n_bytes, const char *start)
{
    size_t n = strlen(start);
    return n_bytes >= n && memcmp(text, start, n) == 0;
}

/* Whether the N_BYTES of TEXT end in END, a string. */
static inline bool text_ends_with(const char *text, size_t n_bytes, const char *end)
{
    size_t n = strlen(end);
    return n_bytes >= n && memcmp(text + n_bytes - n, end, n) == 0;
}

#endif
