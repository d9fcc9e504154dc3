/* What texts that need not end in NUL begin and end with, and whether they say anything. */
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

/* Whether they begin with one of the N_STARTS of STARTS. */
static inline bool text_starts_with_any(const char *text, size_t n_bytes, const char *const *starts,
                                        size_t n_starts)
{
    for (size_t i = 0; i < n_starts; i++) {
        if (text_starts_with(text, n_bytes, starts[i]))
            return true;
    }
    return false;
}

/* Whether the N_BYTES of TEXT end in END, a string. */
static inline bool text_ends_with(const char *text, size_t n_bytes, const char *end)
{
    size_t n = strlen(end);
    return n_bytes >= n && memcmp(text + n_bytes - n, end, n) == 0;
}

/* Whether all of the N_BYTES of TEXT are spaces, tabs and line ends, which the grammars of JSON and
 * HTML pass over; those of Japanese are no such (utf8_is_space). */
static inline bool text_is_blank(const char *text, size_t n_bytes)
{
    while (n_bytes > 0 && (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n'))
        text++, n_bytes--;
    return n_bytes == 0;
}

#endif
