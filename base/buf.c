/* A growable byte string. Interface: buf.h. */
#include "base/buf.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

char buf_empty[1];

void buf_init(struct buf *b)
{
    *b = (struct buf)BUF_INIT;
}

void buf_release(struct buf *b)
{
    if (b->cap > 0)
        free(b->data);
    buf_init(b);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->failed = false;
    if (b->cap > 0)
        b->data[0] = '\0';
}

void buf_trim(struct buf *b)
{
    if (b->cap > BUF_TRIM_BYTES)
        buf_release(b);
    else
        buf_clear(b);
}

bool buf_reserve(struct buf *b, size_t extra)
{
    if (b->failed)
        return false;
    if (extra < b->cap && b->len < b->cap - extra)
        return true;
    if (extra > SIZE_MAX / 2 - b->len - 64) {
        b->failed = true;
        return false;
    }
    size_t cap = b->len + extra + 1;
    if (cap < b->cap + b->cap / 2)
        cap = b->cap + b->cap / 2;
    if (cap < 64)
        cap = 64;
    char *data = realloc(b->cap > 0 ? b->data : NULL, cap);
    if (data == NULL) {
        b->failed = true;
        return false;
    }
    data[b->len] = '\0';
    b->data = data;
    b->cap = cap;
    return true;
}

void buf_append(struct buf *b, const void *data, size_t n_bytes)
{
    if (n_bytes == 0 || !buf_reserve(b, n_bytes))
        return;
    memcpy(b->data + b->len, data, n_bytes);
    b->len += n_bytes;
    b->data[b->len] = '\0';
}

void buf_adds(struct buf *b, const char *s)
{
    buf_append(b, s, strlen(s));
}

void buf_addc(struct buf *b, char c)
{
    buf_append(b, &c, 1);
}

void buf_addf(struct buf *b, const char *format, ...)
{
    enum { USUAL_BYTES = 64 };
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    size_t room = buf_reserve(b, USUAL_BYTES) ? b->cap - b->len : 0;
    int n = room > 0 ? vsnprintf(b->data + b->len, room, format, args) : -1;
    va_end(args);
    if (n < 0)
        b->failed = true;
    else if ((size_t)n >= room && buf_reserve(b, (size_t)n))
        vsnprintf(b->data + b->len, (size_t)n + 1, format, again);
    va_end(again);
    if (!b->failed)
        b->len += (size_t)n;
    else if (b->cap > 0)
        b->data[b->len] = '\0';
}

void buf_add_int(struct buf *b, long long number)
{
    char digits[24], *at = digits + sizeof digits;
    unsigned long long left =
        number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
    do
        *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0)
        *--at = '-';
    buf_append(b, at, (size_t)(digits + sizeof digits - at));
}

void buf_add_cp(struct buf *b, uint32_t cp)
{
    if (!buf_reserve(b, 4))
        return;
    b->len += utf8_encode(cp, b->data + b->len);
    b->data[b->len] = '\0';
}

void buf_add_valid(struct buf *b, const char *text, size_t n_bytes)
{
    size_t run = 0, len;
    uint32_t cp;
    for (size_t at = 0; at < n_bytes; at += len) {
        len = 1;
        if ((unsigned char)text[at] < 0x80) /* tables are full of digits */
            continue;
        len = utf8_decode(text + at, n_bytes - at, &cp);
        if (cp == UTF8_REPLACEMENT) {
            buf_append(b, text + run, at - run);
            buf_add_cp(b, cp);
            run = at + len;
        }
    }
    buf_append(b, text + run, n_bytes - run);
}

bool buf_read(struct buf *b, FILE *file)
{
    enum { READ_BYTES = 1 << 16 };
    size_t n = 1;
    while (n > 0 && buf_reserve(b, READ_BYTES)) {
        n = fread(b->data + b->len, 1, READ_BYTES, file);
        b->len += n;
        b->data[b->len] = '\0';
    }
    return !b->failed && ferror(file) == 0;
}

char *buf_detach(struct buf *b)
{
    if (b->cap == 0)
        buf_reserve(b, 1);
    if (b->failed) {
        buf_release(b);
        return NULL;
    }
    char *data = b->data;
    buf_init(b);
    return data;
}
