/* Variable-length integers: 7 bits a byte, low ones first, the top bit set on all but the last
 * (LEB128, as in DWARF 5, 7.6). */
#ifndef HIKU_STORE_VARINT_H
#define HIKU_STORE_VARINT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline size_t varint_write(unsigned char *out, uint64_t value)
{
    size_t n = 0;
    for (; value >= 0x80; value >>= 7)
        out[n++] = (unsigned char)(value | 0x80);
    out[n++] = (unsigned char)value;
    return n;
}

static inline void varint_add(struct buf *b, uint64_t value)
{
    unsigned char bytes[10] = {0};
    size_t n = varint_write(bytes, value);
    buf_append(b, bytes, n);
}

/* Bytes that are being read; `bad` is set, and stays, when they end too early or make no sense. */
struct byte_reader {
    const unsigned char *at;
    const unsigned char *end;
    bool bad;
};

static inline uint64_t varint_read(struct byte_reader *r)
{
    uint64_t value = 0;
    if (r->end - r->at >= 2 && r->at[0] < 0x80) /* most are that short */
        return *r->at++;
    if (r->end - r->at >= 2 && r->at[1] < 0x80) {
        value = (uint64_t)(r->at[0] & 0x7F) | (uint64_t)r->at[1] << 7;
        r->at += 2;
        return value;
    }
    for (unsigned shift = 0; shift < 64 && r->at < r->end; shift += 7) {
        unsigned char byte = *r->at++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return value;
    }
    r->bad = true;
    return 0;
}

/* Reads two numbers, both of which have one or two bytes as a rule: which of the two could not be
 * foreseen, so no jump depends on it. */
static inline void varint_read_two(struct byte_reader *r, uint64_t *first, uint64_t *second)
{
    uint64_t word = UINT64_MAX;
    if (r->end - r->at >= 8)
        memcpy(&word, r->at, sizeof word);
    uint64_t more = word >> 7 & 1, rest = word >> (8 << more), more_again = rest >> 7 & 1;
    if (((more & word >> 15) | (more_again & rest >> 15)) != 0) {
        *first = varint_read(r);
        *second = varint_read(r);
        return;
    }
    *first = (word & 0x7F) | (word >> 1 & ((more << 14) - (more << 7)));
    *second = (rest & 0x7F) | (rest >> 1 & ((more_again << 14) - (more_again << 7)));
    r->at += 2 + more + more_again;
}

/* Signed numbers with the sign in the lowest bit, so that small ones stay short. */
static inline uint64_t zigzag(int64_t value)
{
    return (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
}

static inline int64_t unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1 ^ ((value & 1) ? UINT64_MAX : 0));
}

#endif
