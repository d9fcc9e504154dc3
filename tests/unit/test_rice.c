/* Packed chunks of numbers, and the ways of unpacking them. */
#include "store/rice.h"
#include "store/rice_avx2.h"
#include "store/rice_plain.h"
#include "tests/unit/random.h"
#include "tests/unit/suites.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of WIDTH bits, of which one in ten has up to 6 more. */
static void make_numbers(uint64_t *state, unsigned width, uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned bits = width + (next_random(state) % 10 == 0 ? next_random(state) % 7 : 0);
        numbers[i] = bits >= 32 ? next_random(state) : next_random(state) & ((1U << bits) - 1);
    }
}

/* What one way made of a chunk. */
struct unpacked {
    bool ok;
    uint64_t next;
    uint32_t *out; /* of exactly N numbers, so that the sanitizers see one too many */
};

typedef bool unpack_positions(const unsigned char *, size_t, size_t, uint64_t *, uint32_t *);

static struct unpacked unpack(unpack_positions *way, const unsigned char *data, size_t n_bytes,
                              size_t n, uint64_t next)
{
    struct unpacked u = {.next = next, .out = malloc(n * sizeof *u.out)};
    u.ok = u.out != NULL && way(data, n_bytes, n, &u.next, u.out);
    return u;
}

/* What the vectors make of a chunk is what the plain way makes; they may leave it to that. */
static bool agree_on_positions(const unsigned char *data, size_t n_bytes, size_t n, uint64_t next)
{
    struct unpacked a = unpack(rice_avx2_unpack_positions, data, n_bytes, n, next);
    struct unpacked b = unpack(rice_plain_unpack_positions, data, n_bytes, n, next);
    bool same = a.ok ? b.ok && a.next == b.next && memcmp(a.out, b.out, n * sizeof *a.out) == 0
                     : a.next == next;
    free(a.out);
    free(b.out);
    return same;
}

static bool agree_on_numbers(const unsigned char *data, size_t n_bytes, size_t n)
{
    uint32_t a[RICE_CHUNK], b[RICE_CHUNK];
    return !rice_avx2_unpack(data, n_bytes, n, a) ||
           (rice_plain_unpack(data, n_bytes, n, b) && memcmp(a, b, n * sizeof *a) == 0);
}

static bool agree(const unsigned char *data, size_t n_bytes, size_t n)
{
    static const uint64_t next[] = {0, 1000000, (UINT64_C(1) << 31) - 1, UINT32_MAX};
    bool ok = agree_on_numbers(data, n_bytes, n);
    for (size_t i = 0; i < sizeof next / sizeof *next; i++)
        ok = ok && agree_on_positions(data, n_bytes, n, next[i]);
    return ok;
}

/* Packs the numbers into a block of exactly their size. */
static unsigned char *pack(const uint32_t *numbers, size_t n, size_t *n_bytes)
{
    unsigned char packed[RICE_CHUNK_BYTES];
    *n_bytes = rice_pack(packed, numbers, n);
    unsigned char *data = malloc(*n_bytes);
    ck_assert_ptr_nonnull(data);
    memcpy(data, packed, *n_bytes);
    return data;
}

START_TEST(both_ways_unpack_what_was_packed)
{
    uint64_t state = 23;
    for (size_t n = 1; n <= RICE_CHUNK; n++) {
        for (unsigned width = 0; width <= 32; width++) {
            uint32_t numbers[RICE_CHUNK], out[RICE_CHUNK];
            size_t n_bytes;
            make_numbers(&state, width, numbers, n);
            unsigned char *data = pack(numbers, n, &n_bytes);
            bool ok = rice_plain_unpack(data, n_bytes, n, out) &&
                      memcmp(out, numbers, n * sizeof *out) == 0;
            ok = ok && rice_unpack(data, n_bytes, n, out) &&
                 memcmp(out, numbers, n * sizeof *out) == 0 && agree(data, n_bytes, n);
            free(data);
            ck_assert_msg(ok, "%zu numbers of %u bits", n, width);
        }
    }
}
END_TEST

/* Else no test of the vectors would say anything. */
START_TEST(vectors_take_what_lists_are_made_of)
{
#ifdef __x86_64__
    uint32_t numbers[RICE_CHUNK], out[RICE_CHUNK];
    uint64_t state = 29;
    for (unsigned width = 0; width <= 12 && __builtin_cpu_supports("avx2"); width++) {
        uint64_t next = 5;
        size_t n_bytes;
        make_numbers(&state, width, numbers, RICE_CHUNK);
        unsigned char *data = pack(numbers, RICE_CHUNK, &n_bytes);
        ck_assert(rice_avx2_unpack(data, n_bytes, RICE_CHUNK, out));
        ck_assert_mem_eq(out, numbers, sizeof out);
        ck_assert(rice_avx2_unpack_positions(data, n_bytes, RICE_CHUNK, &next, out));
        ck_assert_uint_eq(out[0], 5 + numbers[0]);
        ck_assert_uint_eq(next, out[RICE_CHUNK - 1] + UINT64_C(1));
        free(data);
    }
#endif
}
END_TEST

/* Long runs of 0 stand in the unary parts of a block in which one number is much larger. */
START_TEST(both_ways_read_long_unary_parts)
{
    for (uint32_t large = 1; large < 600; large++) {
        for (size_t at = 0; at < 40; at += 13) {
            uint32_t numbers[40] = {0}, out[40];
            size_t n_bytes;
            numbers[at] = large;
            unsigned char *data = pack(numbers, 40, &n_bytes);
            bool ok = rice_unpack(data, n_bytes, 40, out) && memcmp(out, numbers, sizeof out) == 0;
            ok = ok && agree(data, n_bytes, 40);
            free(data);
            ck_assert_msg(ok, "%u at %zu", large, at);
        }
    }
}
END_TEST

START_TEST(both_ways_see_the_same_damage)
{
    uint64_t state = 31;
    for (int i = 0; i < 3000; i++) {
        size_t n = 1 + next_random(&state) % RICE_CHUNK, n_bytes;
        uint32_t numbers[RICE_CHUNK], longer_out[RICE_CHUNK];
        make_numbers(&state, next_random(&state) % 18, numbers, n);
        unsigned char *data = pack(numbers, n, &n_bytes);
        bool ok = true;
        for (int k = 0; k < 20; k++) {
            size_t at = next_random(&state) % n_bytes;
            unsigned char flip = (unsigned char)(1U << next_random(&state) % 8);
            data[at] ^= flip;
            ok = ok && agree(data, n_bytes, n);
            data[at] ^= flip;
        }
        unsigned char longer[RICE_CHUNK_BYTES + 3] = {0};
        memcpy(longer, data, n_bytes);
        for (size_t k = 1; k <= 3; k++)
            ok = ok && agree(longer, n_bytes + k, n) &&
                 !rice_unpack(longer, n_bytes + k, n, longer_out);
        size_t cut = next_random(&state) % n_bytes;
        unsigned char *start = realloc(data, cut > 0 ? cut : 1);
        ck_assert_ptr_nonnull(start);
        ok = ok && agree(start, cut, n);
        free(start);
        ck_assert_msg(ok, "chunk %d", i);
    }
}
END_TEST

/* A number of 31 low bits, all set, behind N_ZEROS unary ones: 32 bits hold but one of them. */
START_TEST(numbers_of_33_bits_are_damage)
{
    for (unsigned n_zeros = 0; n_zeros < 4; n_zeros++) {
        uint64_t bits = 31 | UINT64_C(0x7FFFFFFF) << 5 | UINT64_C(1) << (36 + n_zeros);
        unsigned char data[5];
        uint32_t number = 0;
        memcpy(data, &bits, sizeof data);
        ck_assert_int_eq(rice_unpack(data, sizeof data, 1, &number), n_zeros < 2);
        if (n_zeros < 2)
            ck_assert_uint_eq(number, (UINT32_C(0x7FFFFFFF) | (uint32_t)n_zeros << 31));
    }
}
END_TEST

/* A part of a number that goes on for longer than any chunk is. */
START_TEST(chunks_longer_than_any_are_damage)
{
    unsigned char data[RICE_CHUNK_BYTES + 1] = {0};
    uint32_t number;
    data[RICE_CHUNK_BYTES - 1] = 1;
    ck_assert(rice_unpack(data, RICE_CHUNK_BYTES, 1, &number));
    ck_assert_uint_eq(number, (RICE_CHUNK_BYTES - 1) * 8 - 5);
    data[RICE_CHUNK_BYTES - 1] = 0;
    data[RICE_CHUNK_BYTES] = 1;
    ck_assert(!rice_unpack(data, RICE_CHUNK_BYTES + 1, 1, &number));
}
END_TEST

Suite *suite_rice(void)
{
    Suite *suite = suite_create("rice");
    TCase *tests = tcase_create("rice");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, both_ways_unpack_what_was_packed);
    tcase_add_test(tests, vectors_take_what_lists_are_made_of);
    tcase_add_test(tests, both_ways_read_long_unary_parts);
    tcase_add_test(tests, both_ways_see_the_same_damage);
    tcase_add_test(tests, numbers_of_33_bits_are_damage);
    tcase_add_test(tests, chunks_longer_than_any_are_damage);
    suite_add_tcase(suite, tests);
    return suite;
}
