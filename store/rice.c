/* Chunks of small numbers. Interface and format: rice.h. */
#include "store/rice.h"

#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "packed numbers are read as little-endian words: this machine needs a byte swap in unpack()"
#endif

/* Numbers that share a width, and the bits that say it. */
#define BLOCK 32
#define WIDTH_BITS 5

struct bits {
    unsigned char *bytes;
    uint64_t pending;
    unsigned n_pending; /* below 8 between calls */
};

/* Adds N (up to 32) low bits of VALUE. */
static void add_bits(struct bits *b, uint32_t value, unsigned n)
{
    b->pending |= (uint64_t)value << b->n_pending;
    for (b->n_pending += n; b->n_pending >= 8; b->n_pending -= 8, b->pending >>= 8)
        *b->bytes++ = (unsigned char)b->pending;
}

static void add_unary(struct bits *b, uint32_t n_zeros)
{
    for (; n_zeros >= 32; n_zeros -= 32)
        add_bits(b, 0, 32);
    add_bits(b, UINT32_C(1) << n_zeros, n_zeros + 1);
}

static uint64_t cost(const uint32_t *numbers, size_t n, unsigned width)
{
    uint64_t bits = n * (width + 1);
    for (size_t i = 0; i < n; i++)
        bits += numbers[i] >> width;
    return bits;
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
    unsigned widths[RICE_CHUNK / BLOCK];
    for (size_t i = 0; i < n; i += BLOCK) {
        widths[i / BLOCK] = best_width(numbers + i, n - i < BLOCK ? n - i : BLOCK);
        add_bits(&b, widths[i / BLOCK], WIDTH_BITS);
    }
    for (size_t i = 0; i < n; i++)
        add_bits(&b, numbers[i] & ((UINT32_C(1) << widths[i / BLOCK]) - 1), widths[i / BLOCK]);
    for (size_t i = 0; i < n; i++)
        add_unary(&b, numbers[i] >> widths[i / BLOCK]);
    if (b.n_pending > 0)
        *b.bytes++ = (unsigned char)b.pending;
    return (size_t)(b.bytes - out);
}

/* What is being unpacked. */
struct packed {
    const unsigned char *data;
    const unsigned char *end;
    uint64_t n_bits;
    uint64_t bit; /* the next */
};

static uint64_t load64(const unsigned char *at, const unsigned char *end)
{
    uint64_t word = 0;
    size_t left = (size_t)(end - at);
    memcpy(&word, at, left < 8 ? left : 8);
    return word;
}

/* Four numbers of up to this many bits lie in one word, wherever in a byte they begin. */
#define MAX_WIDTH_OF_FOUR 14

/* Unpacks N numbers of WIDTH bits. They are known to be there. */
static void unpack(struct packed *in, size_t n, unsigned width, uint32_t *out)
{
    uint64_t mask = (UINT64_C(1) << width) - 1, bit = in->bit;
    size_t n_bytes = (size_t)(in->end - in->data), i = 0;
    in->bit += n * width;
    for (; width <= MAX_WIDTH_OF_FOUR && i + 4 <= n && bit / 8 + 8 <= n_bytes; i += 4) {
        uint64_t word;
        memcpy(&word, in->data + bit / 8, 8);
        word >>= bit % 8;
        bit += (uint64_t)width * 4;
        out[i] = (uint32_t)(word & mask);
        out[i + 1] = (uint32_t)(word >> width & mask);
        out[i + 2] = (uint32_t)(word >> width * 2 & mask);
        out[i + 3] = (uint32_t)(word >> width * 3 & mask);
    }
    for (; i < n && bit / 8 + 8 <= n_bytes; i++, bit += width) {
        uint64_t word;
        memcpy(&word, in->data + bit / 8, 8);
        out[i] = (uint32_t)(word >> bit % 8 & mask);
    }
    for (; i < n && width > 0; i++, bit += width)
        out[i] = (uint32_t)(load64(in->data + bit / 8, in->end) >> bit % 8 & mask);
    for (; i < n; i++)
        out[i] = 0;
}

/* Reads the N widths and what is packed with them; false when the data end before. */
static bool unpack_low(struct packed *in, size_t n, uint32_t *widths, uint32_t *out)
{
    size_t n_blocks = (n + BLOCK - 1) / BLOCK;
    uint64_t n_low = 0;
    if (n_blocks * WIDTH_BITS > in->n_bits)
        return false;
    unpack(in, n_blocks, WIDTH_BITS, widths);
    for (size_t i = 0; i < n_blocks; i++)
        n_low += widths[i] * (i + 1 < n_blocks ? BLOCK : n - i * BLOCK);
    if (n_low > in->n_bits - in->bit)
        return false;
    for (size_t i = 0; i < n_blocks; i++)
        unpack(in, i + 1 < n_blocks ? BLOCK : n - i * BLOCK, widths[i], out + i * BLOCK);
    return true;
}

/* Adds the unary parts to the low bits in OUT: each bit that is set ends one. False when the data
 * end before or go on behind. */
static bool add_high(const struct packed *in, size_t n, const uint32_t *widths, uint32_t *out)
{
    const unsigned char *at = in->data + in->bit / 64 * 8;
    if (at >= in->end)
        return false;
    uint64_t word = load64(at, in->end) & UINT64_MAX << in->bit % 64;
    uint64_t base = in->bit / 64 * 64, before = in->bit, too_large = 0;
    for (size_t i = 0; i < n;) {
        unsigned width = widths[i / BLOCK];
        for (size_t end = i + BLOCK < n ? i + BLOCK : n; i < end; i++) {
            while (word == 0) {
                at += 8;
                base += 64;
                if (at >= in->end)
                    return false;
                word = load64(at, in->end);
            }
            uint64_t bit = base + (unsigned)__builtin_ctzll(word);
            uint64_t number = ((bit - before) << width) + out[i];
            before = bit + 1;
            word &= word - 1;
            too_large |= number >> 32;
            out[i] = (uint32_t)number;
        }
    }
    return too_large == 0 && (before + 7) / 8 * 8 == in->n_bits &&
           (before % 8 == 0 || in->end[-1] >> before % 8 == 0);
}

bool rice_unpack(const unsigned char *data, size_t n_bytes, size_t n, uint32_t *out)
{
    uint32_t widths[RICE_CHUNK / BLOCK] = {0};
    struct packed in = {data, data + n_bytes, (uint64_t)n_bytes * 8, 0};
    return unpack_low(&in, n, widths, out) && add_high(&in, n, widths, out);
}

bool rice_unpack_positions(const unsigned char *data, size_t n_bytes, size_t n, uint64_t *next,
                           uint32_t *out)
{
    uint64_t sum = *next;
    if (!rice_unpack(data, n_bytes, n, out))
        return false;
    for (size_t i = 0; i < n; i++) {
        sum += (uint64_t)out[i] + 1;
        out[i] = (uint32_t)(sum - 1);
    }
    *next = sum;
    return sum <= (uint64_t)UINT32_MAX + 1; /* so few numbers of 32 bits never pass 64 */
}
