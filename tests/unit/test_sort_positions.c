/* Positions in order: few, many and dense, as all spread over segments of many sizes. */
#include "search/match/sort_positions.h"
#include "tests/unit/random.h"
#include "tests/unit/suites.h"

#include <stdlib.h>

/* N different positions less than N_UNITS, equally far apart and the last among them, shuffled. */
static uint32_t *draw(uint64_t *state, size_t n, uint32_t n_units)
{
    uint32_t *positions = malloc((n + 1) * sizeof *positions), step = n_units / (uint32_t)(n + 1);
    ck_assert_ptr_nonnull(positions);
    for (size_t i = 0; i < n; i++)
        positions[i] = n_units - 1 - (uint32_t)i * (step > 0 ? step : 1);
    for (size_t i = n; i > 1; i--) {
        size_t other = next_random(state) % i;
        uint32_t moved = positions[i - 1];
        positions[i - 1] = positions[other];
        positions[other] = moved;
    }
    return positions;
}

static void check(uint64_t *state, size_t n, uint32_t n_units)
{
    size_t n_sorted = n;
    uint32_t step = n_units / (uint32_t)(n + 1), *positions = draw(state, n, n_units);
    ck_assert(sort_positions(positions, &n_sorted, n_units));
    ck_assert_uint_eq(n_sorted, n);
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(positions[i],
                          n_units - 1 - (uint32_t)(n - 1 - i) * (step > 0 ? step : 1));
    free(positions);
}

START_TEST(positions_come_in_order)
{
    static const size_t numbers[] = {0, 1, 2, 3, 63, 64, 65, 200, 3000};
    static const uint32_t sizes[] = {3000, 4096, 65536, 100000, 1U << 24, UINT32_MAX};
    uint64_t state = 7;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
            check(&state, numbers[i], sizes[k]);
    }
    check(&state, 1, 1);
}
END_TEST

START_TEST(damage_does_not_disturb_the_order)
{
    for (size_t n = 2; n <= 3000; n *= 5) {
        for (uint32_t n_units = 64; n_units <= 1U << 20; n_units *= 128) {
            size_t left = n;
            uint32_t *positions = malloc(n * sizeof *positions);
            ck_assert_ptr_nonnull(positions);
            for (size_t i = 0; i < n; i++)
                positions[i] = i % 2 == 0 ? n_units - 1 : (uint32_t)i / 8 % n_units;
            ck_assert(sort_positions(positions, &left, n_units));
            ck_assert_uint_le(left, n);
            for (size_t i = 1; i < left; i++)
                ck_assert_uint_le(positions[i - 1], positions[i]);
            free(positions);
        }
    }
}
END_TEST

Suite *suite_sort_positions(void)
{
    Suite *suite = suite_create("sorted positions");
    TCase *tests = tcase_create("sorted positions");
    tcase_add_test(tests, positions_come_in_order);
    tcase_add_test(tests, damage_does_not_disturb_the_order);
    suite_add_tcase(suite, tests);
    return suite;
}
