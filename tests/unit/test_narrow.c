/* Narrowing down the documents of a segment, beside bits of them that are joined one by one. */
#include "search/match/match.h"
#include "search/match/narrow.h"
#include "tests/unit/random.h"
#include "tests/unit/suites.h"

#include <stdlib.h>
#include <string.h>

enum { MAX = 1500 };

/* Some of N documents, each with a chance of SHARE in 256; sets those of HELD. Returns how many. */
static size_t draw(uint64_t *state, uint32_t n, unsigned share, uint32_t *docs, bool *held)
{
    size_t n_drawn = 0;
    for (uint32_t doc = 0; doc < n; doc++) {
        if (next_random(state) % 256 >= share)
            continue;
        docs[n_drawn++] = doc;
        held[doc] = true;
    }
    return n_drawn;
}

/* Matches in N of the documents, in some of them twice in a row, as other spellings have them. */
static struct term_matches matches_in(uint64_t *state, const uint32_t *docs, size_t n, bool twice)
{
    struct term_matches t = {.items = calloc(2 * n + 1, sizeof *t.items)};
    ck_assert_ptr_nonnull(t.items);
    for (size_t i = 0; i < n; i++) {
        for (unsigned k = twice ? next_random(state) % 2 : 1; k < 2; k++)
            t.items[t.n++].doc = docs[i];
    }
    return t;
}

/* Narrows by a term of some of the documents, which are set in HELD. */
static void narrow_once(struct narrowing *w, uint64_t *state, unsigned share, bool *held)
{
    uint32_t docs[MAX], counts[FREQUENCY_COLUMNS][MAX] = {{0}};
    struct frequency_table table = {.docs = docs,
                                    .counts = {counts[0], counts[1], counts[2], counts[3]}};
    struct buf packed = BUF_INIT;
    struct term_matches others;
    table.n = draw(state, w->n_docs, share, docs, held);
    if (table.n == 0 || next_random(state) % 3 == 0) {
        others = matches_in(state, docs, table.n, false);
        narrow_to_matches(w, &others);
    } else {
        uint32_t more[MAX];
        frequencies_encode(&packed, &table);
        size_t n_more = draw(state, w->n_docs, next_random(state) % 16, more, held);
        others = matches_in(state, more, n_more, true);
        const struct packed_list list = {(const unsigned char *)packed.data, packed.len};
        ck_assert(narrow_to_list(w, &list, &others));
    }
    free(others.items);
    buf_release(&packed);
}

/* Whether what is left are those that are set in LEFT. */
static bool is_left(const struct narrowing *w, const bool *left)
{
    size_t n = 0;
    for (uint32_t doc = 0; doc < w->n_docs; doc++) {
        if (left[doc] && (n == w->n || w->docs[n++] != doc))
            return false;
    }
    return n == w->n;
}

START_TEST(what_is_left_has_all_terms)
{
    uint64_t state = 23;
    struct narrowing w = {0};
    for (int i = 0; i < 300; i++) {
        uint32_t n_docs = 1 + next_random(&state) % MAX;
        bool left[MAX];
        memset(left, true, sizeof left);
        ck_assert(narrowing_begin(&w, n_docs));
        /* More terms than a level counts now and then, which most documents have. */
        unsigned n_terms = i % 50 == 0 ? 600 : 1 + next_random(&state) % 5;
        unsigned share = n_terms == 600 ? 256 : next_random(&state) % 257;
        for (unsigned t = 0; t < n_terms; t++) {
            bool held[MAX] = {false};
            narrow_once(&w, &state, t % 100 == 99 ? 250 : share, held);
            for (uint32_t doc = 0; doc < n_docs; doc++)
                left[doc] &= held[doc];
        }
        ck_assert_msg(is_left(&w, left), "round %d", i);
    }
    narrowing_release(&w);
}
END_TEST

START_TEST(documents_behind_the_end_are_damage)
{
    uint32_t docs[] = {1, 5, 9}, counts[3] = {1, 1, 1};
    struct frequency_table table = {
        .docs = docs, .counts = {counts, counts, counts, counts}, .n = 3};
    struct term_matches none = {0};
    struct buf packed = BUF_INIT;
    struct narrowing w = {0};
    frequencies_encode(&packed, &table);
    const struct packed_list list = {(const unsigned char *)packed.data, packed.len};
    ck_assert(narrowing_begin(&w, 10));
    ck_assert(narrow_to_list(&w, &list, &none));
    ck_assert_uint_eq(w.n, 3);
    ck_assert(narrowing_begin(&w, 9));
    ck_assert(!narrow_to_list(&w, &list, &none));
    narrowing_release(&w);
    buf_release(&packed);
}
END_TEST

Suite *suite_narrow(void)
{
    Suite *suite = suite_create("narrowing");
    TCase *tests = tcase_create("narrowing");
    tcase_add_test(tests, what_is_left_has_all_terms);
    tcase_add_test(tests, documents_behind_the_end_are_damage);
    suite_add_tcase(suite, tests);
    return suite;
}
