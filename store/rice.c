/* Chunks of small numbers. Interface and format: rice.h. */
#include "store/rice.h"

#include "store/rice_avx2.h"
#include "store/rice_plain.h"

#include <string.h>

struct bits {
    unsigned char *bytes;
    uint64_t pending;
    unsigned n_pending; /* below 8 between calls */
};

_Static_assert((RICE_CHUNK * 33 + RICE_CHUNK / RICE_BLOCK * RICE_WIDTH_BITS) / 8 + 8 <=
                   RICE_CHUNK_BYTES,
               "the last bits of a chunk leave room for what add_bits writes");

/* Adds N (up to 32) low bits of VALUE. Eight bytes are written, whatever the number of bits. */
static inline void add_bits(struct bits *b, uint32_t value, unsigned n)
{
    b->pending |= (uint64_t)value << b->n_pending;
    b->n_pending += n;
    memcpy(b->bytes, &b->pending, sizeof b->pending);
    b->bytes += b->n_pending / 8;
    b->pending >>= b->n_pending / 8 * 8;
    b->n_pending %= 8;
}

static void add_unary(struct bits *b, uint32_t n_zeros)
{
    for (; n_zeros >= 32; n_zeros -= 32)
        add_bits(b, 0, 32);
    add_bits(b, UINT32_C(1) << n_zeros, n_zeros + 1);
}

static inline uint64_t sum_above(const uint32_t *numbers, size_t n, unsigned width)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += numbers[i] >> width;
    return sum;
}

static uint64_t cost(const uint32_t *numbers, size_t n, unsigned width)
{
    return n * (width + 1) +
           (n == RICE_BLOCK ? sum_above(numbers, RICE_BLOCK, width) : sum_above(numbers, n, width));
}

/* The width that makes the block smallest. Its cost falls up to there and rises from there on; the
 * mean's own width is not below it. */
static unsigned best_width(const uint32_t *numbers, size_t n)
{
    uint64_t sum = n;
    for (size_t i = 0; i < n; i++)
        sum += numbers[i];
    unsigned width = 63U - (unsigned)__builtin_clzll(sum / n);
    width = width < 31 ? width : 31;
    uint64_t lowest = cost(numbers, n, width);
    for (; width > 0; width--) {
        uint64_t narrower = cost(numbers, n, width - 1);
        if (narrower > lowest)
            break;
        lowest = narrower;
    }
    return width;
}

size_t rice_pack(unsigned char *out, const uint32_t *numbers, size_t n)
{
    struct bits b = {.bytes = out};
    unsigned widths[RICE_CHUNK / RICE_BLOCK];
    for (size_t i = 0; i < n; i += RICE_BLOCK) {
        widths[i / RICE_BLOCK] = best_width(numbers + i, n - i < RICE_BLOCK ? n - i : RICE_BLOCK);
        add_bits(&b, widths[i / RICE_BLOCK], RICE_WIDTH_BITS);
    }
    for (size_t i = 0; i < n; i++)
        add_bits(&b, numbers[i] & ((UINT32_C(1) << widths[i / RICE_BLOCK]) - 1),
                 widths[i / RICE_BLOCK]);
    for (size_t i = 0; i < n; i++)
        add_unary(&b, numbers[i] >> widths[i / RICE_BLOCK]);
    return (size_t)(b.bytes - out) + (b.n_pending > 0);
}

bool rice_unpack(const unsigned char *data, size_t n_bytes, size_t n, uint32_t *out)
{
    return rice_avx2_unpack(data, n_bytes, n, out) || rice_plain_unpack(data, n_bytes, n, out);
}

bool rice_unpack_positions(const unsigned char *data, size_t n_bytes, size_t n, uint64_t *next,
                           uint32_t *out)
{
    return rice_avx2_unpack_positions(data, n_bytes, n, next, out) ||
           rice_plain_unpack_positions(data, n_bytes, n, next, out);
}
