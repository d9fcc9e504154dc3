/* The figures of hiku eval against values reckoned by hand. */
#include "cli/relevance.h"
#include "tests/unit/suites.h"

#include <math.h>

#define N(list) (sizeof(list) / sizeof *(list))

static void check_near(double actual, double wanted)
{
    ck_assert_double_le(fabs(actual - wanted), 1e-9);
}

START_TEST(the_best_ranking_is_one)
{
    int judged[] = {1, 3, 0, 2};
    const int ranked[] = {3, 2, 1, 0};
    struct relevance r = relevance_reckon(ranked, N(ranked), judged, N(judged));
    check_near(r.ndcg_10, 1);
    check_near(r.mrr_10, 1);
    check_near(r.recall_10, 1);
    check_near(r.recall_100, 1);
}
END_TEST

/* DCG: 1/log2(3) + 2/log2(5); ideal: 2/log2(2) + 1/log2(3). */
START_TEST(graded_by_hand)
{
    int judged[] = {1, 2};
    const int ranked[] = {0, 1, 0, 2};
    struct relevance r = relevance_reckon(ranked, N(ranked), judged, N(judged));
    check_near(r.ndcg_10, (0.6309297535714575 + 2 * 0.43067655807339306) / 2.6309297535714575);
    check_near(r.mrr_10, 0.5);
    check_near(r.recall_10, 1);
}
END_TEST

START_TEST(only_ten_count_for_the_first_three)
{
    int judged[] = {1, 1, 1, 1};
    int ranked[102] = {0};
    ranked[9] = ranked[10] = ranked[99] = ranked[100] = 1;
    struct relevance r = relevance_reckon(ranked, N(ranked), judged, N(judged));
    /* 1/log2(11), of 1 + 1/log2(3) + 1/2 + 1/log2(5) */
    check_near(r.ndcg_10, 0.2890648263178879 / 2.5616063116448506);
    check_near(r.mrr_10, 0.1);
    check_near(r.recall_10, 0.25);
    check_near(r.recall_100, 0.75);
}
END_TEST

START_TEST(more_than_ten_are_relevant)
{
    int judged[20];
    int ranked[10];
    for (size_t i = 0; i < N(judged); i++)
        judged[i] = 1;
    for (size_t i = 0; i < N(ranked); i++)
        ranked[i] = 1;
    struct relevance r = relevance_reckon(ranked, N(ranked), judged, N(judged));
    check_near(r.ndcg_10, 1);
    check_near(r.recall_10, 0.5);
    check_near(r.recall_100, 0.5);
}
END_TEST

START_TEST(nothing_relevant)
{
    int judged[] = {0, -2};
    const int ranked[] = {0, -2, 0};
    struct relevance r = relevance_reckon(ranked, N(ranked), judged, N(judged));
    check_near(r.ndcg_10 + r.mrr_10 + r.recall_10 + r.recall_100, 0);
    r = relevance_reckon(NULL, 0, judged, 1);
    check_near(r.ndcg_10, 0);
}
END_TEST

START_TEST(a_grade_below_zero_is_no_gain)
{
    int judged[] = {-2, 1};
    const int ranked[] = {-2, 1};
    struct relevance r = relevance_reckon(ranked, N(ranked), judged, N(judged));
    check_near(r.ndcg_10, 0.6309297535714575);
    check_near(r.mrr_10, 0.5);
    check_near(r.recall_10, 1);
}
END_TEST

START_TEST(means)
{
    struct relevance sum = {0};
    relevance_add(&sum, &(struct relevance){1, 0.5, 0.25, 0});
    relevance_add(&sum, &(struct relevance){0, 0.5, 0.75, 1});
    relevance_divide(&sum, 2);
    check_near(sum.ndcg_10, 0.5);
    check_near(sum.mrr_10, 0.5);
    check_near(sum.recall_10, 0.5);
    check_near(sum.recall_100, 0.5);
}
END_TEST

Suite *suite_relevance(void)
{
    Suite *suite = suite_create("relevance");
    TCase *tests = tcase_create("relevance");
    tcase_add_test(tests, the_best_ranking_is_one);
    tcase_add_test(tests, graded_by_hand);
    tcase_add_test(tests, only_ten_count_for_the_first_three);
    tcase_add_test(tests, more_than_ten_are_relevant);
    tcase_add_test(tests, nothing_relevant);
    tcase_add_test(tests, a_grade_below_zero_is_no_gain);
    tcase_add_test(tests, means);
    suite_add_tcase(suite, tests);
    return suite;
}
