/* Packed lists of documents with the number of places in each. */
#include "store/frequencies.h"
#include "tests/unit/random.h"
#include "tests/unit/suites.h"

#include <stdlib.h>
#include <string.h>

enum { MAX = 1000 };

struct sample {
    uint32_t docs[MAX];
    uint32_t counts[FREQUENCY_COLUMNS][MAX];
    size_t n;
};

/* Columns that are empty, small, and small with a large number now and then. */
static void fill(struct sample *s, uint64_t *state, size_t n)
{
    uint32_t doc = next_random(state) % 3;
    s->n = n;
    for (size_t i = 0; i < n; i++) {
        s->docs[i] = doc;
        doc += 1 + next_random(state) % 4;
    }
    for (size_t k = 0; k < FREQUENCY_COLUMNS; k++) {
        unsigned bits = next_random(state) % 6, wide = next_random(state) % 16;
        for (size_t i = 0; i < n; i++) {
            bool is_wide = next_random(state) % 50 == 0 && bits > 0;
            s->counts[k][i] = next_random(state) & ((1U << (is_wide ? wide : bits)) - 1);
        }
    }
}

/* In a block of exactly its size, so that the sanitizers see a byte read too many. */
static unsigned char *encode(struct sample *s, size_t *n_bytes)
{
    struct frequency_table table = {.docs = s->docs, .n = s->n};
    struct buf packed = BUF_INIT;
    for (size_t k = 0; k < FREQUENCY_COLUMNS; k++)
        table.counts[k] = s->counts[k];
    frequencies_encode(&packed, &table);
    unsigned char *data = malloc(packed.len);
    ck_assert_ptr_nonnull(data);
    memcpy(data, packed.data, packed.len);
    *n_bytes = packed.len;
    buf_release(&packed);
    return data;
}

/* Whether the chunk of N documents is what S holds from number AT on. */
static bool is_same(const struct frequencies *chunk, size_t n, const struct sample *s, size_t at)
{
    bool same = at + n <= s->n && memcmp(chunk->docs, s->docs + at, n * sizeof *s->docs) == 0;
    for (size_t k = 0; k < FREQUENCY_COLUMNS && same; k++)
        same = memcmp(chunk->counts[k], s->counts[k] + at, n * sizeof *s->docs) == 0;
    return same;
}

/* Reads from document FROM on: whether nothing that is asked for is left out and all is right. */
static bool reads_from(const struct sample *s, const unsigned char *data, size_t n_bytes,
                       uint32_t from)
{
    struct frequency_reader r;
    struct frequencies chunk;
    size_t at = 0, n;
    bool same = true;
    while (at + POSTINGS_CHUNK < s->n && s->docs[at + POSTINGS_CHUNK - 1] < from)
        at += POSTINGS_CHUNK;
    frequencies_open(&r, data, n_bytes);
    while (same && (n = frequencies_next(&r, from, &chunk)) > 0) {
        same = is_same(&chunk, n, s, at);
        at += n;
    }
    return same && !r.bad && at == s->n;
}

START_TEST(round_trip_and_skipping)
{
    static struct sample s;
    uint64_t state = 3;
    for (int i = 0; i < 500; i++) {
        size_t n_bytes;
        fill(&s, &state, 1 + next_random(&state) % MAX);
        unsigned char *data = encode(&s, &n_bytes);
        bool good = reads_from(&s, data, n_bytes, 0);
        for (int k = 0; k < 10 && good; k++)
            good = reads_from(&s, data, n_bytes, next_random(&state) % (s.docs[s.n - 1] + 2));
        ck_assert(good);
        free(data);
    }
}
END_TEST

START_TEST(an_empty_column_takes_a_byte)
{
    static struct sample s;
    size_t n_bytes, n_full;
    for (size_t i = 0; i < POSTINGS_CHUNK; i++)
        s.docs[i] = (uint32_t)i;
    s.n = POSTINGS_CHUNK;
    free(encode(&s, &n_bytes));
    s.counts[FREQUENCY_BODY_INSIDE][0] = 1;
    free(encode(&s, &n_full));
    ck_assert_uint_eq(n_bytes + POSTINGS_CHUNK / 8 + 3, n_full); /* with 4 widths and the one */
}
END_TEST

/* The columns that are asked for are as they were packed, the others 0. */
START_TEST(some_columns_are_read)
{
    static struct sample s;
    uint64_t state = 11;
    size_t n_bytes, n;
    fill(&s, &state, 300);
    unsigned char *data = encode(&s, &n_bytes);
    for (unsigned columns = 0; columns < 1U << FREQUENCY_COLUMNS; columns++) {
        struct frequency_reader r;
        struct frequencies chunk;
        size_t at = 0;
        frequencies_open(&r, data, n_bytes);
        r.columns = columns;
        for (; (n = frequencies_next(&r, 0, &chunk)) > 0; at += n) {
            for (size_t i = 0; i < n * FREQUENCY_COLUMNS; i++) {
                size_t k = i / n;
                uint32_t wanted = columns >> k & 1 ? s.counts[k][at + i % n] : 0;
                ck_assert_uint_eq(chunk.counts[k][i % n], wanted);
            }
        }
        ck_assert(!r.bad && at == s.n);
    }
    free(data);
}
END_TEST

/* No more than what is announced is read, and what does not fit is told of. */
START_TEST(damage_is_told_of)
{
    static struct sample s;
    uint64_t state = 7;
    size_t n_bytes, n_bad = 0;
    fill(&s, &state, 500);
    unsigned char *data = encode(&s, &n_bytes);
    for (int i = 0; i < 2000; i++) {
        size_t at = next_random(&state) % n_bytes, left = n_bytes;
        unsigned char was = data[at];
        if (i % 2 == 0)
            data[at] ^= (unsigned char)(1 + next_random(&state) % 255);
        else
            left = at;
        n_bad += !reads_from(&s, data, left, next_random(&state) % 2 * 300);
        data[at] = was;
    }
    ck_assert_uint_gt(n_bad, 1900); /* the others are in chunks that were passed over */
    free(data);
}
END_TEST

TCase *frequency_tests(void)
{
    TCase *t = tcase_create("frequencies");
    tcase_add_test(t, round_trip_and_skipping);
    tcase_add_test(t, an_empty_column_takes_a_byte);
    tcase_add_test(t, some_columns_are_read);
    tcase_add_test(t, damage_is_told_of);
    return t;
}
