/* Lists of ascending positions, packed. Interface and format: postings.h. */
#include "store/postings.h"

#include "store/varint.h"

#include <string.h>

static unsigned bit_width(uint32_t value)
{
    return value == 0 ? 0 : 32U - (unsigned)__builtin_clz(value);
}

/* The width that makes the chunk smallest, exceptions reckoned at 2 bytes each. */
static unsigned best_width(const uint32_t *gaps, size_t n)
{
    size_t wider[34] = {0};
    for (size_t i = 0; i < n; i++)
        wider[bit_width(gaps[i])]++;
    size_t n_wider = 0, best_cost = SIZE_MAX;
    unsigned best = 32;
    for (unsigned width = 32;; width--) {
        size_t cost = (n * width + 7) / 8 + n_wider * 2;
        if (cost < best_cost) {
            best_cost = cost;
            best = width;
        }
        if (width == 0)
            return best;
        n_wider += wider[width];
    }
}

static void pack(struct buf *out, const uint32_t *gaps, size_t n, unsigned width)
{
    uint64_t pending = 0;
    unsigned n_bits = 0;
    uint32_t mask = width == 32 ? UINT32_MAX : (1U << width) - 1;
    for (size_t i = 0; i < n; i++) {
        pending |= (uint64_t)(gaps[i] & mask) << n_bits;
        for (n_bits += width; n_bits >= 8; n_bits -= 8, pending >>= 8)
            buf_addc(out, (char)(pending & 0xFF));
    }
    if (n_bits > 0)
        buf_addc(out, (char)(pending & 0xFF));
}

static void encode_chunk(struct buf *out, const uint32_t *gaps, size_t n, uint64_t span)
{
    unsigned char exceptions[POSTINGS_CHUNK * 6];
    size_t n_exceptions = 0;
    unsigned width = best_width(gaps, n);
    for (size_t i = 0; i < n; i++) {
        if (bit_width(gaps[i]) <= width)
            continue;
        exceptions[n_exceptions++] = (unsigned char)i;
        n_exceptions += varint_write(exceptions + n_exceptions, gaps[i] >> width);
    }
    varint_add(out, span);
    buf_addc(out, (char)width);
    varint_add(out, n_exceptions);
    pack(out, gaps, n, width);
    buf_append(out, exceptions, n_exceptions);
}

void postings_encode(struct buf *out, const uint32_t *positions, size_t n)
{
    uint32_t gaps[POSTINGS_CHUNK];
    uint32_t before = 0;
    varint_add(out, n);
    for (size_t start = 0; start < n; start += POSTINGS_CHUNK) {
        size_t count = n - start < POSTINGS_CHUNK ? n - start : POSTINGS_CHUNK;
        uint32_t chunk_before = before;
        for (size_t i = 0; i < count; i++) {
            uint32_t position = positions[start + i];
            gaps[i] = start + i == 0 ? position : position - before - 1;
            before = position;
        }
        if (n == 1)
            varint_add(out, gaps[0]); /* half of all lists: no chunk around one gap */
        else
            encode_chunk(out, gaps, count, before - chunk_before);
    }
}

void postings_open(struct postings *p, const unsigned char *data, size_t n_bytes)
{
    struct reader r = {data, data + n_bytes, false};
    *p = (struct postings){0};
    p->n = p->left = (size_t)varint_read(&r);
    /* The lowest cost of a position is nothing at all (a run of gaps of 0), but a chunk takes
     * bytes. */
    p->bad = r.bad || p->n == 0 || p->n / POSTINGS_CHUNK > n_bytes;
    p->at = r.at;
    p->end = r.end;
}

static uint64_t load64(const unsigned char *at, const unsigned char *end)
{
    uint64_t word = 0;
    size_t left = (size_t)(end - at);
    memcpy(&word, at, left < 8 ? left : 8);
    return word;
}

static void unpack(const unsigned char *data, const unsigned char *end, size_t n, unsigned width,
                   uint32_t *out)
{
    uint64_t mask = (UINT64_C(1) << width) - 1;
    size_t bit = 0, i = 0;
    size_t fast = (size_t)(end - data) >= 8 ? (size_t)(end - data) - 8 : 0;
    for (; i < n && bit / 8 < fast; i++, bit += width) {
        uint64_t word;
        memcpy(&word, data + bit / 8, 8);
        out[i] = (uint32_t)(word >> bit % 8 & mask);
    }
    for (; i < n; i++, bit += width)
        out[i] = width == 0 ? 0 : (uint32_t)(load64(data + bit / 8, end) >> bit % 8 & mask);
}

static bool add_exceptions(struct reader *r, size_t n, unsigned width, uint32_t *gaps)
{
    while (r->at < r->end) {
        unsigned char index = byte_read(r);
        uint64_t high = varint_read(r);
        if (r->bad || index >= n || width >= 32 || high >> (32 - width) != 0)
            return false;
        gaps[index] |= (uint32_t)(high << width);
    }
    return true;
}

static size_t fail(struct postings *p)
{
    p->bad = true;
    p->left = 0;
    return 0;
}

/* Sums the gaps; false when a position passes 32 bits or the chunk's end is not where it said. */
static bool sum_gaps(struct postings *p, size_t n, uint64_t span, uint32_t *out)
{
    uint64_t position = p->last;
    for (size_t i = 0; i < n; i++) {
        position += (uint64_t)out[i] + (p->started || i > 0);
        out[i] = (uint32_t)position;
    }
    if (position > UINT32_MAX || position != p->last + span)
        return false;
    p->last = (uint32_t)position;
    p->started = true;
    return true;
}

static size_t next_single(struct postings *p, uint32_t *out)
{
    struct reader r = {p->at, p->end, false};
    uint64_t position = varint_read(&r);
    if (r.bad || position > UINT32_MAX)
        return fail(p);
    p->left = 0;
    out[0] = p->last = (uint32_t)position;
    return 1;
}

size_t postings_next(struct postings *p, uint32_t from, uint32_t *out)
{
    if (p->left == 0 || p->bad)
        return 0;
    if (p->n == 1)
        return next_single(p, out);
    while (p->left > 0) {
        struct reader r = {p->at, p->end, false};
        size_t n = p->left < POSTINGS_CHUNK ? p->left : POSTINGS_CHUNK;
        uint64_t span = varint_read(&r);
        unsigned width = byte_read(&r);
        size_t n_exceptions = (size_t)varint_read(&r);
        size_t n_packed = (n * width + 7) / 8;
        if (r.bad || width > 32 || n_packed > (size_t)(r.end - r.at) ||
            n_exceptions > (size_t)(r.end - r.at) - n_packed)
            return fail(p);
        const unsigned char *packed = r.at, *end = r.at + n_packed + n_exceptions;
        p->at = end;
        p->left -= n;
        if (p->last + span < from) {
            p->last += (uint32_t)span;
            p->started = true;
            continue;
        }
        unpack(packed, p->end, n, width, out);
        struct reader exceptions = {packed + n_packed, end, false};
        if (!add_exceptions(&exceptions, n, width, out) || !sum_gaps(p, n, span, out))
            return fail(p);
        return n;
    }
    return 0;
}
