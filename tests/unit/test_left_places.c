/* Places that are counted by document where they are scored, lists that tell of a spelling, and
 * what is reckoned of a segment's documents. */
#include "search/match/match.h"
#include "search/rank/norms.h"
#include "tests/unit/random.h"
#include "tests/unit/suites.h"

#include <stdlib.h>
#include <string.h>

enum { N_DOCS = 700, MAX_UNITS = 40 * N_DOCS };

/* A segment of documents of 2 to 20 units, and some of its places. */
struct sample {
    uint32_t starts[N_DOCS + 1];
    uint32_t title_ends[N_DOCS];
    uint16_t coarse[MAX_UNITS / SEGMENT_COARSE_STEP + 1];
    uint32_t positions[MAX_UNITS];
    unsigned char whole[MAX_UNITS];
    uint32_t counts[N_DOCS][FREQUENCY_COLUMNS];
    struct segment segment;
    struct matcher m;
};

static void add_place(struct sample *s, uint32_t doc, uint32_t position, bool whole)
{
    bool is_title = position < s->title_ends[doc];
    s->positions[s->m.n_positions] = position;
    s->whole[s->m.n_positions++] = whole;
    s->counts[doc][is_title ? whole ? FREQUENCY_TITLE_WHOLE : FREQUENCY_TITLE_INSIDE
                   : whole  ? FREQUENCY_BODY_WHOLE
                            : FREQUENCY_BODY_INSIDE]++;
}

/* SHARE in 256 of the places. */
static void fill(struct sample *s, uint64_t *state, unsigned share)
{
    uint32_t at = 0;
    memset(s, 0, sizeof *s);
    for (uint32_t doc = 0; doc < N_DOCS; doc++) {
        s->starts[doc] = at;
        s->title_ends[doc] = at + next_random(state) % 8;
        s->starts[doc + 1] = s->title_ends[doc] + 2 + next_random(state) % 30;
        for (; at < s->starts[doc + 1]; at++) {
            if (at % SEGMENT_COARSE_STEP == 0)
                s->coarse[at / SEGMENT_COARSE_STEP] = (uint16_t)doc;
            if (next_random(state) % 256 < share)
                add_place(s, doc, at, next_random(state) % 2 == 0);
        }
    }
    s->segment = (struct segment){.n_docs = N_DOCS,
                                  .n_units = at,
                                  .starts = s->starts,
                                  .title_ends = s->title_ends,
                                  .coarse = s->coarse};
    s->m.positions = s->positions;
    s->m.whole = s->whole;
}

static bool has_any(const uint32_t *counts)
{
    return counts[0] + counts[1] + counts[2] + counts[3] > 0;
}

/* Whether chunk by chunk LEFT gives what each document has. */
static bool gives_all(const struct left_places *left, const struct sample *s)
{
    struct frequencies f;
    uint32_t doc = 0;
    bool same = true;
    for (size_t at = 0, n; same && (n = left_places_next(left, &at, &f)) > 0;) {
        for (size_t i = 0; i < n && same; i++, doc++) {
            while (doc < f.docs[i] && !has_any(s->counts[doc]))
                doc++;
            same = doc == f.docs[i] && has_any(s->counts[doc]);
            for (size_t k = 0; same && k < FREQUENCY_COLUMNS; k++)
                same = f.counts[k][i] == s->counts[doc][k];
        }
    }
    while (doc < N_DOCS && !has_any(s->counts[doc]))
        doc++;
    return same && doc == N_DOCS;
}

START_TEST(places_are_counted_by_document)
{
    static const unsigned shares[] = {0, 1, 20, 120, 256};
    static struct sample s;
    uint64_t state = 11;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        struct left_places left = {0};
        struct term_matches others = {.items = calloc(2 * N_DOCS, sizeof *others.items)};
        size_t n, n_docs = 0, n_beside = 0;
        ck_assert_ptr_nonnull(others.items);
        fill(&s, &state, shares[i]);
        for (uint32_t doc = 0; doc < N_DOCS; doc++) {
            n_docs += has_any(s.counts[doc]);
            for (uint32_t k = next_random(&state) % 3; k > 0; k--)
                others.items[others.n++].doc = doc;
            bool is_other = others.n > 0 && others.items[others.n - 1].doc == doc;
            n_beside += is_other && !has_any(s.counts[doc]);
        }
        ck_assert_int_eq(leave_positions(&s.m, &s.segment, &left, &n), ST_OK);
        ck_assert_ptr_nonnull(left.docs);
        ck_assert_uint_eq(n, n_docs);
        ck_assert_msg(gives_all(&left, &s), "of %u in 256", shares[i]);
        ck_assert_uint_eq(count_beside(&left, &others), n_beside);
        free(left.docs);
        free(others.items);
    }
}
END_TEST

/* Whether a list of frequencies tells of FIRST beside SECOND. */
static bool is_told_beside(const char *first, const char *second)
{
    uint16_t units[2][8];
    char no_rule[] = "";
    struct spelling spellings[2] = {{.units = units[0], .rule = no_rule},
                                    {.units = units[1], .rule = no_rule}};
    const char *texts[] = {first, second};
    for (size_t i = 0; i < 2; i++) {
        for (; texts[i][spellings[i].n_units] != '\0'; spellings[i].n_units++)
            units[i][spellings[i].n_units] = (uint16_t)texts[i][spellings[i].n_units];
    }
    struct term term = {.spellings = spellings, .n_spellings = 2, .inside = 1};
    uint64_t list = FREQUENCY_LISTS + segment_pair_number(units[0][0], units[0][1]);
    struct segment segment = {.frequent = &list, .n_frequent = 1};
    return has_frequencies(&segment, &term, 0);
}

START_TEST(lists_tell_of_what_no_other_spelling_overlaps)
{
    ck_assert(is_told_beside("ab", "cd"));
    ck_assert(is_told_beside("ab", "cdb")); /* a character in common, but nowhere at one place */
    ck_assert(is_told_beside("ab", "ac"));
    ck_assert(!is_told_beside("ab", "bc"));
    ck_assert(!is_told_beside("ab", "ca"));
    ck_assert(!is_told_beside("ab", "cabd"));
    ck_assert(!is_told_beside("ab", "b"));
}
END_TEST

START_TEST(words_are_told_by_the_bits_of_both_ends)
{
    unsigned char bounds[24 + 8] = {0};
    struct segment s = {.bounds = bounds};
    uint64_t state = 3;
    for (size_t i = 0; i < 24; i++)
        bounds[i] = (unsigned char)next_random(&state);
    for (uint32_t n = 1; n < 80; n++) {
        for (uint32_t at = 0; at + n < 24 * 8; at++) {
            bool starts = segment_is_bound(&s, at), ends = segment_is_bound(&s, at + n);
            ck_assert_int_eq(segment_is_word(&s, at, n, false), starts && ends);
            ck_assert_int_eq(segment_is_word(&s, at, n, true), starts);
        }
    }
}
END_TEST

START_TEST(norms_are_the_same_one_by_one_and_all_at_once)
{
    static struct sample s;
    static float norms[2][2 * (N_DOCS + SEGMENT_LENGTHS)];
    const struct corpus_stats stats = {
        .n_docs = N_DOCS, .title_units = 4, .body_units = 16, .body_share = 1, .body_power = .8};
    uint64_t state = 5;
    fill(&s, &state, 0);
    s.starts[N_DOCS] += 2 * SEGMENT_LENGTHS; /* one is longer than those that are kept */
    for (size_t all = 0; all < 2; all++) {
        s.segment.norms = norms[all];
        s.segment.norms_for[0] = 0;
        norms_begin(&stats, &s.segment);
        if (all == 1)
            norms_reckon_all(&stats, &s.segment);
        for (uint32_t doc = 0; doc < N_DOCS; doc++)
            ck_assert(document_norms(&stats, &s.segment, doc).body > 0);
    }
    ck_assert_mem_eq(norms[0], norms[1], sizeof norms[0]);
}
END_TEST

Suite *suite_left_places(void)
{
    Suite *suite = suite_create("left places");
    TCase *tests = tcase_create("left places");
    tcase_add_test(tests, places_are_counted_by_document);
    tcase_add_test(tests, lists_tell_of_what_no_other_spelling_overlaps);
    tcase_add_test(tests, words_are_told_by_the_bits_of_both_ends);
    tcase_add_test(tests, norms_are_the_same_one_by_one_and_all_at_once);
    suite_add_tcase(suite, tests);
    return suite;
}
