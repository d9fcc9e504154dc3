/* Scores of a segment's documents: the worst of the best, and who can no longer reach it. */
#include "search/rank/accumulators.h"
#include "search/rank/norms.h"
#include "search/rank/rank.h"
#include "tests/unit/random.h"
#include "tests/unit/suites.h"

#include <stdlib.h>

#define N_DOCS 1000

static int descending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x < y) - (x > y);
}

/* Whether the document is met, and not dropped. */
static bool is_left(const struct accumulators *a, uint32_t doc)
{
    size_t i = 0;
    while (a->is_narrowed && i < a->n_kept && a->kept[i] < doc)
        i++;
    bool is_kept = !a->is_narrowed || (i < a->n_kept && a->kept[i] == doc);
    return is_kept && a->scores[doc] > 0;
}

static float value(const struct accumulators *a, uint32_t doc)
{
    if (!is_left(a, doc))
        return 0;
    return (float)accumulators_value(a, (double)a->scores[doc], (double)a->covered[doc]);
}

/* The N-th best value by sorting all; 0 when fewer documents have one. */
static float sorted_least(const struct accumulators *a, size_t n)
{
    float values[N_DOCS];
    for (uint32_t doc = 0; doc < N_DOCS; doc++)
        values[doc] = value(a, doc);
    qsort(values, N_DOCS, sizeof *values, descending);
    return values[n - 1];
}

static void add_random_term(struct accumulators *a, uint64_t *state)
{
    uint32_t one_in = 1 + next_random(state) % 20;
    for (uint32_t doc = 0; doc < N_DOCS; doc++) {
        bool dropped = a->is_narrowed && !is_left(a, doc);
        if (!dropped && next_random(state) % one_in == 0)
            accumulators_add(a, doc, (float)(1 + next_random(state) % 1000) / 500, 0.25F);
    }
}

START_TEST(least_is_that_of_a_sort)
{
    uint64_t state = 1;
    struct accumulators a;
    ck_assert(accumulators_init(&a, N_DOCS, 2));
    for (int round = 0; round < 200; round++) {
        size_t n = 1 + next_random(&state) % 150;
        accumulators_begin(&a, N_DOCS);
        for (int term = 0; term < 8; term++) {
            add_random_term(&a, &state);
            float expected = sorted_least(&a, n);
            float above = next_random(&state) % 2 ? 0 : expected * 0.9F;
            ck_assert(accumulators_least(&a, n, expected * 1.1F + 1) == 0);
            ck_assert(accumulators_least(&a, n, above) == expected);
            if (term % 3 == 2 && expected > 0)
                accumulators_narrow(&a, 0.5, 0.25, (double)expected);
        }
    }
    accumulators_release(&a);
}
END_TEST

START_TEST(each_segment_begins_at_nothing)
{
    uint64_t state = 4;
    struct accumulators a;
    ck_assert(accumulators_init(&a, N_DOCS, 2));
    for (int segment = 0; segment < 2; segment++) {
        accumulators_begin(&a, N_DOCS);
        accumulators_add(&a, 7, 1.0F, 0.25F);
        ck_assert(a.scores[7] == 1.0F && a.covered[7] == 0.25F);
        accumulators_add(&a, 7, 1.0F, 0.5F);
        ck_assert(a.scores[7] == 2.0F && a.covered[7] == 0.75F);
    }
    for (uint32_t round = 0; round < 40; round++) {
        accumulators_begin(&a, round % 4 == 0 ? N_DOCS - 1 - round : N_DOCS);
        for (uint32_t doc = 0; doc < N_DOCS; doc++)
            ck_assert(a.scores[doc] == 0);
        ck_assert_uint_eq(accumulators_count(&a, 0), 0);
        if (round % 4 == 0)
            accumulators_add(&a, next_random(&state) % (N_DOCS - 1 - round), 1.0F, 0.25F);
        else
            add_random_term(&a, &state);
        if (round % 2 == 1)
            accumulators_narrow(&a, 0.5, 0.25, 1.5);
    }
    accumulators_release(&a);
}
END_TEST

START_TEST(narrowing_keeps_who_can_reach_the_least)
{
    uint64_t state = 2;
    struct accumulators a;
    ck_assert(accumulators_init(&a, N_DOCS, 2));
    for (int round = 0; round < 50; round++) {
        float before[N_DOCS];
        accumulators_begin(&a, N_DOCS);
        add_random_term(&a, &state);
        for (uint32_t doc = 0; doc < N_DOCS; doc++)
            before[doc] = a.scores[doc];
        accumulators_narrow(&a, 0.5, 0.25, 1.5);
        size_t at = 0;
        uint32_t doc;
        for (uint32_t all = 0; all < N_DOCS; all++) {
            double lifted =
                accumulators_value(&a, (double)before[all] + 0.5, (double)a.covered[all] + 0.25);
            if (before[all] <= 0 || lifted < 1.5) {
                ck_assert(!is_left(&a, all));
                continue;
            }
            ck_assert(accumulators_next(&a, &at, 0, &doc));
            ck_assert_uint_eq(doc, all);
            ck_assert(a.scores[doc] == before[doc]);
        }
        ck_assert(!accumulators_next(&a, &at, 0, &doc));
    }
    accumulators_release(&a);
}
END_TEST

START_TEST(next_passes_over_documents_not_met)
{
    struct accumulators a;
    size_t at = 0;
    uint32_t doc;
    ck_assert(accumulators_init(&a, N_DOCS, 1));
    accumulators_begin(&a, N_DOCS);
    ck_assert(!accumulators_next(&a, &at, 0, &doc));
    static const uint32_t met[] = {0, 63, 64, 500, N_DOCS - 1};
    for (size_t i = 0; i < sizeof met / sizeof *met; i++)
        accumulators_add(&a, met[i], 1, 1);
    at = 0;
    for (size_t i = 0; i < sizeof met / sizeof *met; i++) {
        ck_assert(accumulators_next(&a, &at, 0, &doc));
        ck_assert_uint_eq(doc, met[i]);
    }
    ck_assert(!accumulators_next(&a, &at, 0, &doc));
    accumulators_release(&a);
}
END_TEST

/* Those that cover enough are counted, and those that may score enough are given, of all and of
 * those that are kept. */
START_TEST(enough_is_told_from_less)
{
    uint64_t state = 3;
    struct accumulators a;
    ck_assert(accumulators_init(&a, N_DOCS, 2));
    for (int round = 0; round < 50; round++) {
        double least = 0.25 * (1 + next_random(&state) % 4) + 1e-9 * (round % 2);
        size_t n_met = 0, n_counted = 0, at = 0;
        uint32_t given = 0;
        accumulators_begin(&a, N_DOCS);
        for (int term = 0; term < 5; term++)
            add_random_term(&a, &state);
        float worst = sorted_least(&a, 100);
        if (round % 3 == 0)
            accumulators_narrow(&a, 0.5, 0.25, (double)worst);
        bool more = accumulators_next(&a, &at, (double)worst, &given);
        for (uint32_t doc = 0; doc < N_DOCS; doc++) {
            n_met += is_left(&a, doc);
            n_counted += is_left(&a, doc) && (double)a.covered[doc] >= least;
            bool is_given = more && given == doc;
            ck_assert(is_given || value(&a, doc) < worst);
            ck_assert(!is_given || a.scores[doc] >= worst * 0.99F);
            if (is_given)
                more = accumulators_next(&a, &at, (double)worst, &given);
        }
        ck_assert(!more);
        ck_assert_uint_eq(accumulators_count(&a, least), n_counted);
        ck_assert_uint_eq(accumulators_count(&a, 0), n_met);
    }
    accumulators_release(&a);
}
END_TEST

/* The longer bodies are on average, the less their lengths count. */
START_TEST(power_falls_with_the_mean_length)
{
    static const double units[] = {1, RANK_BODY_SHORT_UNITS, 800, 1600, 1e9};
    double least = RANK_BODY_POWER_LEAST, most = RANK_BODY_POWER_MOST;
    const double powers[] = {most, most, most - RANK_BODY_POWER_FALL,
                             most - 2 * RANK_BODY_POWER_FALL, least};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        ck_assert_double_eq_tol(rank_body_power(units[i]), powers[i], 1e-9);
    ck_assert_double_eq_tol(rank_body_norm(4, 0.5), 0.5, 1e-9);
}
END_TEST

/* The further behind a word stands, the less it counts, and not at all where texts are long. */
START_TEST(early_places_count_more)
{
    ck_assert_double_eq_tol(rank_lead(0), 1, 1e-9);
    ck_assert_double_eq_tol(rank_lead(2 * RANK_LEAD_UNITS), 0.25, 1e-9);
    ck_assert_double_eq_tol(rank_lead_weight(1), RANK_LEAD, 1e-9);
    ck_assert_double_eq_tol(rank_lead_weight(RANK_LEAD_SHORT_UNITS), RANK_LEAD, 1e-9);
    ck_assert_double_eq_tol(rank_lead_weight(2 * RANK_LEAD_SHORT_UNITS),
                            RANK_LEAD * (1 - RANK_LEAD_FALL), 1e-9);
    ck_assert_double_eq_tol(rank_lead_weight(1e9), 0, 1e-9);
}
END_TEST

/* A title weighs more beside a body; where there is none it is a text like any other. */
START_TEST(titles_weigh_by_what_stands_beside_them)
{
    ck_assert_double_eq_tol(rank_body_share(10, 0), 0, 1e-9);
    ck_assert_double_eq_tol(rank_body_share(10, 10 * RANK_BODY_FULL), 1, 1e-9);
    ck_assert_double_eq_tol(rank_body_share(10, 1000), 1, 1e-9);
    ck_assert_double_eq_tol(rank_title_weight(1), RANK_TITLE, 1e-9);
    ck_assert_double_eq_tol(rank_title_weight(0), 1, 1e-9);
    ck_assert_double_eq_tol(rank_title_norm(2, 1), 1 / (1 + RANK_B_TITLE), 1e-9);
    ck_assert_double_eq_tol(rank_title_norm(2, 0), 1 / (1 + RANK_B_TITLE_ALONE), 1e-9);
}
END_TEST

/* What is kept of a length is what is reckoned of it, for short fields and long ones, the first
 * time and again, and for no other mean lengths. */
START_TEST(norms_are_those_of_the_lengths)
{
    enum { N_FIELDS = 6 };
    static const uint32_t titles[N_FIELDS] = {0, 1, 9, 9, 2047, 5000};
    static const uint32_t bodies[N_FIELDS] = {2047, 0, 300, 2048, 9, 100000};
    uint32_t starts[N_FIELDS + 1] = {0}, title_ends[N_FIELDS];
    struct segment s = {.n_docs = N_FIELDS, .starts = starts, .title_ends = title_ends};
    s.norms = calloc((N_FIELDS + SEGMENT_LENGTHS) * 2, sizeof *s.norms);
    ck_assert_ptr_nonnull(s.norms);
    for (uint32_t i = 0; i < N_FIELDS; i++) {
        title_ends[i] = starts[i] + titles[i];
        starts[i + 1] = title_ends[i] + bodies[i] + 2;
    }
    for (int mean = 1; mean <= 2; mean++) {
        struct corpus_stats stats = {
            .title_units = 20 * mean, .body_units = 300, .body_share = 1, .body_power = 0.85};
        norms_begin(&stats, &s);
        for (uint32_t i = 0; i < 2 * N_FIELDS; i++) {
            struct rank_norms n = document_norms(&stats, &s, i % N_FIELDS);
            struct rank_norms wanted =
                rank_norms(&stats, titles[i % N_FIELDS], bodies[i % N_FIELDS]);
            ck_assert(n.title == wanted.title && n.body == wanted.body);
        }
    }
    free(s.norms);
}
END_TEST

Suite *suite_accumulators(void)
{
    Suite *suite = suite_create("accumulators");
    TCase *tests = tcase_create("accumulators");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, least_is_that_of_a_sort);
    tcase_add_test(tests, each_segment_begins_at_nothing);
    tcase_add_test(tests, narrowing_keeps_who_can_reach_the_least);
    tcase_add_test(tests, next_passes_over_documents_not_met);
    tcase_add_test(tests, enough_is_told_from_less);
    tcase_add_test(tests, power_falls_with_the_mean_length);
    tcase_add_test(tests, early_places_count_more);
    tcase_add_test(tests, titles_weigh_by_what_stands_beside_them);
    tcase_add_test(tests, norms_are_those_of_the_lengths);
    suite_add_tcase(suite, tests);
    return suite;
}
