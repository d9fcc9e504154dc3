/* Packed lists of positions. */
#include "store/postings.h"
#include "store/rice.h"
#include "store/varint.h"
#include "tests/unit/random.h"
#include "tests/unit/suites.h"

#include <stdlib.h>
#include <string.h>

/* A copy in a block of exactly its size, so that the sanitizers see a byte read too many. */
static unsigned char *exact_copy(const struct buf *b, size_t n_bytes)
{
    unsigned char *copy = malloc(n_bytes > 0 ? n_bytes : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, b->data, n_bytes);
    return copy;
}

static void check_round_trip(const uint32_t *positions, size_t n)
{
    struct buf packed = BUF_INIT;
    postings_encode(&packed, positions, n);
    unsigned char *data = exact_copy(&packed, packed.len);
    struct postings p;
    uint32_t chunk[POSTINGS_CHUNK];
    size_t seen = 0, got;
    postings_open(&p, data, packed.len);
    ck_assert_uint_eq(p.n, n);
    while ((got = postings_next(&p, 0, chunk)) > 0) {
        ck_assert_uint_le(got, POSTINGS_CHUNK);
        ck_assert_uint_le(seen + got, n);
        ck_assert_mem_eq(chunk, positions + seen, got * sizeof *chunk);
        seen += got;
    }
    ck_assert(!p.bad);
    ck_assert_uint_eq(seen, n);
    ck_assert_uint_eq(postings_next(&p, 0, chunk), 0);
    free(data);
    buf_release(&packed);
}

START_TEST(extreme_lists)
{
    static const uint32_t lists[][5] = {{0},
                                        {UINT32_MAX},
                                        {0, UINT32_MAX},
                                        {UINT32_MAX - 1, UINT32_MAX},
                                        {0, 1, 2, 3, 4},
                                        {0, 1, 1U << 31, (1U << 31) + 1, UINT32_MAX}};
    static const size_t sizes[] = {1, 1, 2, 2, 5, 5};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        check_round_trip(lists[i], sizes[i]);
}
END_TEST

START_TEST(dense_lists_of_every_size)
{
    uint32_t positions[3 * POSTINGS_CHUNK + 2];
    size_t max = sizeof positions / sizeof *positions;
    for (size_t step = 1; step <= 1000; step = step * 3 + 1) {
        for (size_t i = 0; i < max; i++)
            positions[i] = (uint32_t)(i * step);
        for (size_t n = 1; n <= max; n++)
            check_round_trip(positions, n);
    }
}
END_TEST

/* Gaps of which some are much wider than the others; returns the length, which may be cut where
 * the positions would pass 32 bits. */
static size_t random_list(uint64_t *state, uint32_t *positions, size_t n)
{
    unsigned narrow = next_random(state) % 20, wide = next_random(state) % 28;
    uint64_t position = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned bits = next_random(state) % 10 == 0 ? wide : narrow;
        position += (next_random(state) & ((1U << bits) - 1)) + (i > 0);
        if (position > UINT32_MAX)
            return i;
        positions[i] = (uint32_t)position;
    }
    return n;
}

START_TEST(random_lists)
{
    enum { MAX = 2000 };
    uint32_t *positions = malloc(MAX * sizeof *positions);
    ck_assert_ptr_nonnull(positions);
    uint64_t state = 11;
    for (int i = 0; i < 2000; i++) {
        size_t n = random_list(&state, positions, 1 + next_random(&state) % MAX);
        if (n > 0)
            check_round_trip(positions, n);
    }
    free(positions);
}
END_TEST

START_TEST(packing_saves_room)
{
    uint32_t positions[1024];
    struct buf packed = BUF_INIT;
    for (uint32_t i = 0; i < 1024; i++)
        positions[i] = i * 100 + i % 7;
    postings_encode(&packed, positions, 1024);
    ck_assert_uint_le(packed.len, 1024 + 64); /* 7 bits a gap */
    buf_clear(&packed);
    for (uint32_t i = 0; i < 1024; i++)
        positions[i] = i;
    postings_encode(&packed, positions, 1024);
    ck_assert_uint_le(packed.len, 1024 / 8 + 8 * 6 + 2); /* a bit a gap */
    buf_release(&packed);
}
END_TEST

/* From FROM on nothing is missed, and no chunk that ends below it is given, but for the last. */
static void check_skip(const unsigned char *data, size_t n_bytes, const uint32_t *positions,
                       size_t n, uint32_t from)
{
    struct postings p;
    uint32_t chunk[POSTINGS_CHUNK];
    size_t wanted = 0, got;
    while (wanted < n && positions[wanted] < from)
        wanted++;
    postings_open(&p, data, n_bytes);
    got = postings_next(&p, from, chunk);
    ck_assert(!p.bad);
    ck_assert_uint_gt(got, 0);
    if (wanted == n) {
        ck_assert_uint_eq(got, (n - 1) % POSTINGS_CHUNK + 1);
        ck_assert_uint_eq(postings_next(&p, from, chunk), 0);
        return;
    }
    ck_assert_uint_ge(chunk[got - 1], from);
    size_t first = wanted / POSTINGS_CHUNK * POSTINGS_CHUNK;
    for (; got > 0; got = postings_next(&p, from, chunk)) {
        ck_assert_uint_le(first + got, n);
        ck_assert_mem_eq(chunk, positions + first, got * sizeof *chunk);
        first += got;
    }
    ck_assert(!p.bad);
    ck_assert_uint_eq(first, n);
}

START_TEST(skipping)
{
    enum { MAX = 1500 };
    uint32_t positions[MAX];
    uint64_t state = 13;
    for (int i = 0; i < 300; i++) {
        size_t n = random_list(&state, positions, 1 + next_random(&state) % MAX);
        if (n == 0)
            continue;
        struct buf packed = BUF_INIT;
        postings_encode(&packed, positions, n);
        unsigned char *data = exact_copy(&packed, packed.len);
        check_skip(data, packed.len, positions, n, 0);
        check_skip(data, packed.len, positions, n, UINT32_MAX);
        for (int k = 0; k < 20; k++) {
            uint32_t at = positions[next_random(&state) % n];
            check_skip(data, packed.len, positions, n, at);
            check_skip(data, packed.len, positions, n, at == UINT32_MAX ? at : at + 1);
        }
        free(data);
        buf_release(&packed);
    }
}
END_TEST

/* Reads damaged data to their end: whether positions ascend, and are no more than announced. (No
 * ck_assert in here: each of them tells the parent process, which costs more than the reading.) */
static bool read_damaged(const unsigned char *data, size_t n_bytes, uint32_t from)
{
    struct postings p;
    uint32_t chunk[POSTINGS_CHUNK];
    size_t seen = 0, got;
    int64_t before = -1;
    bool ok = true;
    postings_open(&p, data, n_bytes);
    while ((got = postings_next(&p, from, chunk)) > 0) {
        ok = ok && got <= POSTINGS_CHUNK;
        for (size_t i = 0; i < got && ok; i++) {
            ok = (int64_t)chunk[i] > before;
            before = chunk[i];
        }
        seen += got;
        ok = ok && seen <= p.n;
    }
    return ok;
}

START_TEST(damage_never_crashes)
{
    uint32_t positions[600];
    uint64_t state = 17;
    for (int i = 0; i < 6; i++) {
        static const size_t sizes[] = {1, 2, 100, 128, 129, 600};
        size_t n = random_list(&state, positions, sizes[i]);
        struct buf packed = BUF_INIT;
        postings_encode(&packed, positions, n > 0 ? n : 1);
        for (size_t len = 0; len <= packed.len; len++) {
            unsigned char *data = exact_copy(&packed, len);
            ck_assert(read_damaged(data, len, 0));
            ck_assert(read_damaged(data, len, positions[n / 2]));
            free(data);
        }
        unsigned char *data = exact_copy(&packed, packed.len);
        for (size_t at = 0; at < packed.len; at++) {
            bool ok = true;
            for (unsigned flip = 1; flip < 256; flip++) {
                data[at] ^= (unsigned char)flip;
                ok = ok && read_damaged(data, packed.len, flip % 2 == 0 ? 0 : positions[n / 2]);
                data[at] ^= (unsigned char)flip;
            }
            ck_assert_msg(ok, "list %d, byte %zu", i, at);
        }
        free(data);
        buf_release(&packed);
    }
}
END_TEST

START_TEST(truncation_is_seen)
{
    uint32_t positions[300];
    uint32_t chunk[POSTINGS_CHUNK];
    struct buf packed = BUF_INIT;
    for (uint32_t i = 0; i < 300; i++)
        positions[i] = i * i;
    postings_encode(&packed, positions, 300);
    for (size_t len = 0; len < packed.len; len++) {
        unsigned char *data = exact_copy(&packed, len);
        struct postings p;
        postings_open(&p, data, len);
        while (postings_next(&p, 0, chunk) > 0)
            ;
        ck_assert_msg(p.bad, "cut at %zu of %zu", len, packed.len);
        free(data);
    }
    buf_release(&packed);
}
END_TEST

START_TEST(garbage_never_crashes)
{
    uint64_t state = 19;
    for (int i = 0; i < 50000; i++) {
        size_t n = next_random(&state) % 64;
        unsigned char *data = malloc(n + 1);
        ck_assert_ptr_nonnull(data);
        for (size_t k = 0; k < n; k++)
            data[k] = (unsigned char)next_random(&state);
        unsigned char *exact = realloc(data, n > 0 ? n : 1);
        ck_assert(read_damaged(exact, n, 0));
        free(exact);
    }
}
END_TEST

/* Two numbers at once are the same as one after the other, however long they are and however near
 * the end. */
START_TEST(two_numbers_are_read_as_one_by_one)
{
    static const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX};
    enum { N = sizeof numbers / sizeof *numbers };
    for (size_t i = 0; i < (size_t)N * N * 2; i++) {
        struct buf b = BUF_INIT;
        uint64_t wanted[2] = {numbers[i / 2 % N], numbers[i / 2 / N]}, first, second;
        varint_add(&b, wanted[0]);
        varint_add(&b, wanted[1]);
        size_t n_bytes = b.len;
        buf_append(&b, "12345678", i % 2 * 8);
        const unsigned char *data = (const unsigned char *)b.data;
        struct byte_reader r = {data, data + b.len, false}, cut = {data, data + n_bytes - 1, false};
        varint_read_two(&r, &first, &second);
        ck_assert(!r.bad && r.at == data + n_bytes);
        ck_assert(first == wanted[0] && second == wanted[1]);
        varint_read_two(&cut, &first, &second);
        ck_assert(cut.bad);
        buf_release(&b);
    }
}
END_TEST

Suite *suite_postings(void)
{
    Suite *suite = suite_create("postings");
    TCase *tests = tcase_create("postings");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, extreme_lists);
    tcase_add_test(tests, dense_lists_of_every_size);
    tcase_add_test(tests, random_lists);
    tcase_add_test(tests, packing_saves_room);
    tcase_add_test(tests, skipping);
    tcase_add_test(tests, damage_never_crashes);
    tcase_add_test(tests, truncation_is_seen);
    tcase_add_test(tests, garbage_never_crashes);
    suite_add_tcase(suite, tests);
    tcase_add_test(tests, two_numbers_are_read_as_one_by_one);
    suite_add_tcase(suite, frequency_tests());
    return suite;
}
