/* Chunks of small numbers, unpacked eight at a time. Interface: rice_avx2.h, format: rice.h.
 *
 * Each eight low parts of a block begin at the same bit of a byte, so what brings them into a lane
 * each is the same for all of the block (after Lemire, Boytsov: Decoding billions of integers per
 * second through vectorization, 2015, whose format is made for it). How many unary parts end in a
 * byte cannot be foreseen, so no jump depends on it: they are looked up, eight at a time. */
#include "store/rice_avx2.h"

#include "store/rice.h"

#ifdef __x86_64__

#include "store/byte_table.h"

#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2,popcnt")))
#define AVX2_INLINE __attribute__((target("avx2,popcnt"), always_inline)) static inline

/* What the code reads behind a chunk at most. */
#define SLACK 32
/* So many low bits at most, and places that begin below that: nothing passes 32 bits. */
#define MAX_WIDTH 16
#define MAX_NEXT (UINT32_C(1) << 31)
_Static_assert(((uint64_t)RICE_CHUNK << (MAX_WIDTH + 8)) <= MAX_NEXT, "nor do a chunk's numbers");
/* Unary parts have 8 bits here: so much of one may stand in the bytes before. */
#define MAX_OPEN (UINT8_MAX - 8)

/* The lengths of the unary parts that end in each half of a byte, of which the first has OPEN 0s
 * before, and how many 0s stand behind the last. */
#define LENGTHS_0(open)
#define LENGTHS_1(open) (open),
#define LENGTHS_2(open) (open) + 1,
#define LENGTHS_3(open) (open), 0,
#define LENGTHS_4(open) (open) + 2,
#define LENGTHS_5(open) (open), 1,
#define LENGTHS_6(open) (open) + 1, 0,
#define LENGTHS_7(open) (open), 0, 0,
#define LENGTHS_8(open) (open) + 3,
#define LENGTHS_9(open) (open), 2,
#define LENGTHS_A(open) (open) + 1, 1,
#define LENGTHS_B(open) (open), 0, 1,
#define LENGTHS_C(open) (open) + 2, 0,
#define LENGTHS_D(open) (open), 1, 0,
#define LENGTHS_E(open) (open) + 1, 0, 0,
#define LENGTHS_F(open) (open), 0, 0, 0,

#define OPEN_0 4
#define OPEN_1 3
#define OPEN_2 2
#define OPEN_3 2
#define OPEN_4 1
#define OPEN_5 1
#define OPEN_6 1
#define OPEN_7 1
#define OPEN_8 0
#define OPEN_9 0
#define OPEN_A 0
#define OPEN_B 0
#define OPEN_C 0
#define OPEN_D 0
#define OPEN_E 0
#define OPEN_F 0

#define BYTE(high, low)                                                                            \
    {                                                                                              \
        LENGTHS_##low(0) LENGTHS_##high(OPEN_##low)                                                \
    }

static const unsigned char byte_lengths[256][8] = {ALL_BYTES};

/* How many 0s stand behind the last 1 of each byte. */
#define OPEN_4_TIMES(n) (n), (n), (n), (n)
#define OPEN_16_TIMES(n) OPEN_4_TIMES(n), OPEN_4_TIMES(n), OPEN_4_TIMES(n), OPEN_4_TIMES(n)
#define OPEN_64_TIMES(n) OPEN_16_TIMES(n), OPEN_16_TIMES(n), OPEN_16_TIMES(n), OPEN_16_TIMES(n)

static const unsigned char byte_open[256] = {8,
                                             7,
                                             6,
                                             6,
                                             OPEN_4_TIMES(5),
                                             OPEN_4_TIMES(4),
                                             OPEN_4_TIMES(4),
                                             OPEN_16_TIMES(3),
                                             OPEN_16_TIMES(2),
                                             OPEN_16_TIMES(2),
                                             OPEN_64_TIMES(1),
                                             OPEN_64_TIMES(0),
                                             OPEN_64_TIMES(0)};

/* Unary parts that are being read: their lengths, how many they are, and how many 0s of the next
 * were read. */
struct unary {
    unsigned char *lengths;
    size_t n;
    unsigned open;
};

/* Reads the bits of a byte. False when a part is too long. */
AVX2_INLINE bool add_byte(struct unary *u, unsigned byte)
{
    uint64_t ended;
    if (byte == 0) { /* seldom */
        u->open += 8;
        return u->open <= MAX_OPEN;
    }
    memcpy(&ended, byte_lengths[byte], 8);
    ended += u->open;
    memcpy(u->lengths + u->n, &ended, 8);
    u->n += (size_t)_mm_popcnt_u32(byte);
    u->open = byte_open[byte];
    return true;
}

/* Sets LENGTHS to those of the unary parts that begin at bit BIT, and returns how many they are; 0
 * when one is too long, or nothing but 0s is in the last byte. LENGTHS has room for 7 more than
 * there are bits. */
AVX2_INLINE size_t find_lengths(const unsigned char *data, size_t n_bytes, size_t bit,
                                unsigned char *lengths)
{
    struct unary u = {lengths, 0, 0};
    const unsigned char *at = data + bit / 8, *end = data + n_bytes;
    if (at < end) {
        add_byte(&u, (unsigned)*at++ >> bit % 8);
        u.open -= bit % 8;
    }
    while (at < end) {
        if (!add_byte(&u, *at++))
            return 0;
    }
    return u.open < 8 ? u.n : 0; /* else the data go on behind the last */
}

/* How eight numbers come into their lanes: the lower four lie in the 16 bytes from where the first
 * begins, the others in those from HALF bytes on. */
struct spread {
    __m256i bytes; /* which of them */
    __m256i shift;
    __m256i mask;
    size_t half;
    __m128i width;
};

AVX2_INLINE struct spread spread_of(unsigned first, unsigned width)
{
    unsigned fifth = first + 4 * width;
    __m256i w = _mm256_set1_epi32((int)width);
    __m256i begin =
        _mm256_setr_epi32((int)first, (int)first, (int)first, (int)first, (int)(fifth % 8),
                          (int)(fifth % 8), (int)(fifth % 8), (int)(fifth % 8));
    __m256i bit =
        _mm256_add_epi32(begin, _mm256_mullo_epi32(w, _mm256_setr_epi32(0, 1, 2, 3, 0, 1, 2, 3)));
    __m256i byte = _mm256_mullo_epi32(_mm256_srli_epi32(bit, 3), _mm256_set1_epi32(0x01010101));
    return (struct spread){
        .bytes = _mm256_add_epi32(byte, _mm256_set1_epi32(0x03020100)),
        .shift = _mm256_and_si256(bit, _mm256_set1_epi32(7)),
        .mask = _mm256_set1_epi32((int)((1U << width) - 1)),
        .half = fifth / 8,
        .width = _mm_cvtsi32_si128((int)width),
    };
}

/* The eight numbers whose low parts begin at AT and whose unary parts are LENGTHS. */
AVX2_INLINE __m256i unpack_eight(const struct spread *s, const unsigned char *at,
                                 const unsigned char *lengths)
{
    __m128i four = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i others = _mm_loadu_si128((const __m128i *)(const void *)(at + s->half));
    __m256i low = _mm256_shuffle_epi8(_mm256_set_m128i(others, four), s->bytes);
    low = _mm256_and_si256(_mm256_srlv_epi32(low, s->shift), s->mask);
    __m256i high = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)lengths));
    return _mm256_add_epi32(low, _mm256_sll_epi32(high, s->width));
}

/* Writes the first N of the lanes. */
AVX2_INLINE void store_some(uint32_t *out, __m256i x, size_t n)
{
    __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    __m256i mask = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)n), lanes);
    _mm256_maskstore_epi32((int *)(void *)out, mask, x);
}

/* Positions from gaps: the sum of 1 and each lane, and of those before it, behind *BEFORE. */
AVX2_INLINE __m256i add_up(__m256i x, __m256i *before)
{
    x = _mm256_add_epi32(x, _mm256_set1_epi32(1));
    x = _mm256_add_epi32(x, _mm256_slli_si256(x, 4));
    x = _mm256_add_epi32(x, _mm256_slli_si256(x, 8));
    __m256i sums = _mm256_shuffle_epi32(x, 0xFF); /* of either half */
    __m256i others = _mm256_permute2x128_si256(sums, sums, 0x01);
    __m256i lower = _mm256_blend_epi32(_mm256_setzero_si256(), others, 0xF0);
    x = _mm256_add_epi32(_mm256_add_epi32(x, lower), *before);
    *before = _mm256_add_epi32(*before, _mm256_add_epi32(sums, others));
    return x;
}

/* What is being unpacked. */
struct unpacking {
    __m256i before;            /* the place before the next, in each lane */
    const unsigned char *data; /* of the chunk, and SLACK bytes more */
    const unsigned char *lengths;
    uint32_t *out;
    bool as_positions;
};

/* Unpacks N (up to 8) numbers. */
AVX2_INLINE void put_eight(struct unpacking *u, const struct spread *s, const unsigned char *at,
                           size_t n)
{
    __m256i x = unpack_eight(s, at, u->lengths);
    if (u->as_positions)
        x = add_up(x, &u->before);
    if (n == 8)
        _mm256_storeu_si256((__m256i *)(void *)u->out, x);
    else
        store_some(u->out, x, n);
    u->lengths += n;
    u->out += n;
}

/* Unpacks N (up to 32) numbers of WIDTH low bits, which begin at bit BIT. */
AVX2_INLINE void put_block(struct unpacking *u, size_t bit, size_t width, size_t n)
{
    struct spread s = spread_of(bit % 8, (unsigned)width);
    const unsigned char *at = u->data + bit / 8;
    if (n == RICE_BLOCK) {
        put_eight(u, &s, at, 8);
        put_eight(u, &s, at + width, 8);
        put_eight(u, &s, at + 2 * width, 8);
        put_eight(u, &s, at + 3 * width, 8);
        return;
    }
    for (; n > 8; n -= 8, at += width)
        put_eight(u, &s, at, 8);
    put_eight(u, &s, at, n);
}

/* Both ways of unpacking: as positions, and as they are. */
AVX2_INLINE bool unpack(const unsigned char *data, size_t n_bytes, size_t n, bool as_positions,
                        uint64_t *next, uint32_t *out)
{
    unsigned char copy[RICE_CHUNK_BYTES + SLACK], lengths[RICE_CHUNK_BYTES * 8 + 7];
    size_t n_blocks = (n + RICE_BLOCK - 1) / RICE_BLOCK, bit = n_blocks * RICE_WIDTH_BITS,
           n_low = 0;
    uint32_t all_widths;
    if (n_bytes > RICE_CHUNK_BYTES)
        return false;
    memcpy(copy, data, n_bytes);
    memset(copy + n_bytes, 0, SLACK);
    memcpy(&all_widths, copy, sizeof all_widths);
    size_t widths[RICE_CHUNK / RICE_BLOCK];
    for (size_t b = 0; b < n_blocks; b++) {
        widths[b] = all_widths >> b * RICE_WIDTH_BITS & ((1U << RICE_WIDTH_BITS) - 1);
        n_low += widths[b] * (b + 1 < n_blocks ? RICE_BLOCK : n - b * RICE_BLOCK);
        if (widths[b] > MAX_WIDTH)
            return false;
    }
    if (bit + n_low > n_bytes * 8 || find_lengths(copy, n_bytes, bit + n_low, lengths) != n)
        return false;
    struct unpacking u = {_mm256_set1_epi32((int)(uint32_t)(*next - 1)), copy, lengths, out,
                          as_positions};
    for (size_t b = 0; b < n_blocks; bit += RICE_BLOCK * widths[b], b++)
        put_block(&u, bit, widths[b], b + 1 < n_blocks ? RICE_BLOCK : n - b * RICE_BLOCK);
    *next = (uint64_t)out[n - 1] + 1;
    return true;
}

AVX2 static bool unpack_numbers(const unsigned char *data, size_t n_bytes, size_t n, uint32_t *out)
{
    uint64_t next = 0;
    return unpack(data, n_bytes, n, false, &next, out);
}

AVX2 static bool unpack_positions(const unsigned char *data, size_t n_bytes, size_t n,
                                  uint64_t *next, uint32_t *out)
{
    return *next < MAX_NEXT && unpack(data, n_bytes, n, true, next, out);
}

static bool is_supported(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

bool rice_avx2_unpack(const unsigned char *data, size_t n_bytes, size_t n, uint32_t *out)
{
    return is_supported() && unpack_numbers(data, n_bytes, n, out);
}

bool rice_avx2_unpack_positions(const unsigned char *data, size_t n_bytes, size_t n, uint64_t *next,
                                uint32_t *out)
{
    return is_supported() && unpack_positions(data, n_bytes, n, next, out);
}

#else

bool rice_avx2_unpack(const unsigned char *data, size_t n_bytes, size_t n, uint32_t *out)
{
    (void)data, (void)n_bytes, (void)n, (void)out;
    return false;
}

bool rice_avx2_unpack_positions(const unsigned char *data, size_t n_bytes, size_t n, uint64_t *next,
                                uint32_t *out)
{
    (void)data, (void)n_bytes, (void)n, (void)next, (void)out;
    return false;
}

#endif
