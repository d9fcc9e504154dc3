/* Unpacking chunks on any processor. Interface: rice_plain.h, format: rice.h. */
#include "store/rice_plain.h"

#include "store/byte_table.h"
#include "store/rice.h"

#include <string.h>

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

/* Unpacks the numbers of a block, of WIDTH bits, of which the first begins FIRST (below 8) bits
 * behind AT. Eight of them take WIDTH bytes, so each eight begin at the same bit of a byte. */
static void unpack_block(const unsigned char *at, unsigned first, unsigned width, uint32_t *out)
{
    uint64_t mask = (UINT64_C(1) << width) - 1;
    unsigned fifth = first + 4 * width;
    const unsigned char *half = at + fifth / 8;
    for (size_t i = 0; i < RICE_BLOCK; i += 8, at += width, half += width) {
        uint64_t low, high;
        memcpy(&low, at, 8);
        memcpy(&high, half, 8);
        low >>= first;
        high >>= fifth % 8;
        out[i] = (uint32_t)(low & mask);
        out[i + 4] = (uint32_t)(high & mask);
        out[i + 1] = (uint32_t)((low >>= width) & mask);
        out[i + 5] = (uint32_t)((high >>= width) & mask);
        out[i + 2] = (uint32_t)((low >>= width) & mask);
        out[i + 6] = (uint32_t)((high >>= width) & mask);
        out[i + 3] = (uint32_t)(low >> width & mask);
        out[i + 7] = (uint32_t)(high >> width & mask);
    }
}

/* Unpacks N numbers of WIDTH bits. They are known to be there. */
static void unpack(struct packed *in, size_t n, unsigned width, uint32_t *out)
{
    uint64_t mask = (UINT64_C(1) << width) - 1, bit = in->bit;
    size_t n_bytes = (size_t)(in->end - in->data), i = 0;
    in->bit += n * width;
    if (width == 0) {
        memset(out, 0, n * sizeof *out);
        return;
    }
    if (n == RICE_BLOCK && width <= MAX_WIDTH_OF_FOUR && in->bit / 8 + 8 <= n_bytes) {
        unpack_block(in->data + bit / 8, bit % 8, width, out);
        return;
    }
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
    for (; i < n; i++, bit += width)
        out[i] = (uint32_t)(load64(in->data + bit / 8, in->end) >> bit % 8 & mask);
}

/* Reads the N widths and what is packed with them; false when the data end before. */
static bool unpack_low(struct packed *in, size_t n, uint32_t *widths, uint32_t *out)
{
    size_t n_blocks = (n + RICE_BLOCK - 1) / RICE_BLOCK;
    uint64_t n_low = 0;
    if (n_blocks * RICE_WIDTH_BITS > in->n_bits)
        return false;
    unpack(in, n_blocks, RICE_WIDTH_BITS, widths);
    for (size_t i = 0; i < n_blocks; i++)
        n_low += widths[i] * (i + 1 < n_blocks ? RICE_BLOCK : n - i * RICE_BLOCK);
    if (n_low > in->n_bits - in->bit)
        return false;
    for (size_t i = 0; i < n_blocks; i++)
        unpack(in, i + 1 < n_blocks ? RICE_BLOCK : n - i * RICE_BLOCK, widths[i],
               out + i * RICE_BLOCK);
    return true;
}

/* The bits that are set in each half of a byte, lowest first, where it begins at bit B. */
#define ENDS_0(b)
#define ENDS_1(b) (b),
#define ENDS_2(b) (b) + 1,
#define ENDS_3(b) (b), (b) + 1,
#define ENDS_4(b) (b) + 2,
#define ENDS_5(b) (b), (b) + 2,
#define ENDS_6(b) (b) + 1, (b) + 2,
#define ENDS_7(b) (b), (b) + 1, (b) + 2,
#define ENDS_8(b) (b) + 3,
#define ENDS_9(b) (b), (b) + 3,
#define ENDS_A(b) (b) + 1, (b) + 3,
#define ENDS_B(b) (b), (b) + 1, (b) + 3,
#define ENDS_C(b) (b) + 2, (b) + 3,
#define ENDS_D(b) (b), (b) + 2, (b) + 3,
#define ENDS_E(b) (b) + 1, (b) + 2, (b) + 3,
#define ENDS_F(b) (b), (b) + 1, (b) + 2, (b) + 3,

/* In a byte of these halves. */
#define BYTE(high, low)                                                                            \
    {                                                                                              \
        ENDS_##low(0) ENDS_##high(4)                                                               \
    }
static const uint16_t byte_ends[256][8] = {ALL_BYTES};

/* How many they are. */
#define COUNTS(n) (n), (n) + 1, (n) + 1, (n) + 2
#define COUNTS_16(n) COUNTS(n), COUNTS((n) + 1), COUNTS((n) + 1), COUNTS((n) + 2)
#define COUNTS_64(n) COUNTS_16(n), COUNTS_16((n) + 1), COUNTS_16((n) + 1), COUNTS_16((n) + 2)

static const unsigned char byte_counts[256] = {COUNTS_64(0), COUNTS_64(1), COUNTS_64(1),
                                               COUNTS_64(2)};

/* Sets ENDS, which has room for 7 more, to the bits that end the N unary parts; false when the data
 * end before or go on behind. How long a part is cannot be foreseen, so no jump depends on it:
 * which bits of a byte are set is looked up, and eight places are written however many there are.
 */
static bool find_ends(const struct packed *in, size_t n, uint16_t *restrict ends)
{
    const unsigned char *at = in->data + in->bit / 8;
    unsigned mask = 0xFFU << in->bit % 8 & 0xFFU;
    size_t k = 0;
    for (; at < in->end && k < n; at++, mask = 0xFF) {
        unsigned byte = *at & mask;
        uint16_t start = (uint16_t)((at - in->data) * 8);
        for (size_t i = 0; i < 8; i++)
            ends[k + i] = (uint16_t)(start + byte_ends[byte][i]);
        k += byte_counts[byte];
    }
    return k == n && at == in->end;
}

/* Numbers with no more low bits than this never pass 32: no unary part is longer than a chunk. */
#define MAX_SAFE_WIDTH 19
_Static_assert(RICE_CHUNK_BYTES * 8 < 1 << (32 - MAX_SAFE_WIDTH), "such a part fits above them");
_Static_assert(RICE_CHUNK_BYTES * 8 <= UINT16_MAX, "the ends of a chunk's parts have 16 bits");

/* Whether the N numbers of WIDTH low bits, whose unary parts end at ENDS, have 32 bits at most. */
static bool fit(const uint16_t *ends, size_t n, unsigned width)
{
    uint64_t high = 0;
    for (size_t i = 0; i < n && width > MAX_SAFE_WIDTH; i++)
        high |= (uint64_t)(uint16_t)(ends[i + 1] - ends[i] - 1) << width;
    return high <= UINT32_MAX;
}

/* Adds the unary parts that end at ENDS, each behind the one before, to the N low parts of WIDTH
 * bits in OUT. */
static inline void add_high(const uint16_t *restrict ends, size_t n, unsigned width,
                            uint32_t *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] += (uint32_t)(uint16_t)(ends[i + 1] - ends[i] - 1) << width;
}

bool rice_plain_unpack(const unsigned char *data, size_t n_bytes, size_t n, uint32_t *out)
{
    uint32_t widths[RICE_CHUNK / RICE_BLOCK] = {0};
    uint16_t ends[1 + RICE_CHUNK + 7];
    struct packed in = {data, data + n_bytes, (uint64_t)n_bytes * 8, 0};
    if (n_bytes > RICE_CHUNK_BYTES || !unpack_low(&in, n, widths, out) ||
        !find_ends(&in, n, ends + 1))
        return false;
    ends[0] = (uint16_t)(in.bit - 1);
    for (size_t i = 0; i < n; i += RICE_BLOCK) {
        unsigned width = widths[i / RICE_BLOCK];
        if (n - i >= RICE_BLOCK) /* as a rule: of a number of them that is known */
            add_high(ends + i, RICE_BLOCK, width, out + i);
        else
            add_high(ends + i, n - i, width, out + i);
        if (!fit(ends + i, n - i < RICE_BLOCK ? n - i : RICE_BLOCK, width))
            return false;
    }
    return true;
}

bool rice_plain_unpack_positions(const unsigned char *data, size_t n_bytes, size_t n,
                                 uint64_t *next, uint32_t *out)
{
    uint64_t sum = *next;
    if (!rice_plain_unpack(data, n_bytes, n, out))
        return false;
    size_t i = 0;
    for (; i + 4 <= n; i += 4) { /* each four wait but once for those before */
        uint64_t a = out[i], b = a + out[i + 1] + 1, c = b + out[i + 2] + 1, d = c + out[i + 3] + 1;
        out[i] = (uint32_t)(sum + a);
        out[i + 1] = (uint32_t)(sum + b);
        out[i + 2] = (uint32_t)(sum + c);
        out[i + 3] = (uint32_t)(sum + d);
        sum += d + 1;
    }
    for (; i < n; i++, sum++) {
        sum += out[i];
        out[i] = (uint32_t)sum;
    }
    *next = sum;
    return sum <= (uint64_t)UINT32_MAX + 1; /* so few numbers of 32 bits never pass 64 */
}
