/* A growable byte string.
 *
 * Invariants: data is never NULL and always ends in a NUL that len does not count, so that it can
 * be given to functions that want a C string. Running out of memory is remembered in `failed`:
 * every later call does nothing, so a long build reads straight and is checked once at its end. */
#ifndef HIKU_BASE_BUF_H
#define HIKU_BASE_BUF_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct buf {
    char *data;
    size_t len; /* bytes */
    size_t cap; /* bytes allocated; 0 while data is the shared empty string */
    bool failed;
};

extern char buf_empty[];

#define BUF_INIT                                                                                   \
    {                                                                                              \
        .data = buf_empty                                                                          \
    }

/* What it holds now, borrowed until it changes. */
static inline struct span buf_span(const struct buf *b)
{
    return (struct span){b->data, b->len};
}

void buf_init(struct buf *b);
/* Frees the contents and leaves an empty buffer that can be used again. */
void buf_release(struct buf *b);
/* Forgets the contents and keeps the memory. */
void buf_clear(struct buf *b);
/* Forgets the contents, and keeps the memory unless it is more than BUF_TRIM_BYTES. */
#define BUF_TRIM_BYTES ((size_t)1 << 20)
void buf_trim(struct buf *b);
/* Makes room for EXTRA more bytes; returns false when memory is out. */
bool buf_reserve(struct buf *b, size_t extra);
void buf_append(struct buf *b, const void *data, size_t n_bytes);
void buf_adds(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As "%lld", in a tenth of the time. */
void buf_add_int(struct buf *b, long long number);
/* Appends the UTF-8 encoding of a code point (which must be a scalar value). */
void buf_add_cp(struct buf *b, uint32_t cp);
/* Appends TEXT, any bytes, with U+FFFD for each damaged sequence of UTF-8. */
void buf_add_valid(struct buf *b, const char *text, size_t n_bytes);
/* Appends what is left of FILE. False when memory is out, or it cannot be read (ferror, errno). */
bool buf_read(struct buf *b, FILE *file);
/* Hands the string over to the caller, who frees it with free(); NULL when memory ran out. */
char *buf_detach(struct buf *b);

#endif
