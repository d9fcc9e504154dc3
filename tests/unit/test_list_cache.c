/* Lists of pairs that were read before. */
#include "store/list_cache.h"
#include "tests/unit/suites.h"

#include <string.h>

static void add(struct list_cache *c, int64_t row, const char *text, size_t n_bytes)
{
    struct buf list = BUF_INIT;
    struct packed_list found;
    buf_append(&list, text, n_bytes);
    ck_assert(list_cache_add(c, row, &list, &found));
    ck_assert_uint_eq(list.len, 0); /* its contents were taken */
    ck_assert_uint_eq(found.n_bytes, n_bytes);
    buf_release(&list);
}

START_TEST(lists_are_found_by_their_row)
{
    struct list_cache c = {0};
    struct packed_list first, found;
    ck_assert(!list_cache_find(&c, 0, &found));
    add(&c, 0, "first", 5);
    ck_assert(list_cache_find(&c, 0, &first));
    for (int64_t row = 1; row < 5000; row++) {
        ck_assert(!list_cache_find(&c, row << 20, &found));
        add(&c, row << 20, (const char *)&row, row % 3 == 0 ? 0 : sizeof row);
    }
    for (int64_t row = 1; row < 5000; row++) {
        ck_assert(list_cache_find(&c, row << 20, &found));
        ck_assert_uint_eq(found.n_bytes, row % 3 == 0 ? 0 : sizeof row);
        ck_assert(found.n_bytes == 0 || memcmp(found.data, &row, sizeof row) == 0);
    }
    ck_assert(list_cache_find(&c, 0, &found));
    ck_assert_ptr_eq(found.data, first.data); /* they stay where they are when it grows */
    list_cache_clear(&c);
    ck_assert(!list_cache_find(&c, 0, &found));
}
END_TEST

START_TEST(trimming_forgets_what_is_too_much)
{
    static char text[1 << 20];
    struct list_cache c = {0};
    struct packed_list found;
    for (int64_t row = 0; row < 30; row++)
        add(&c, row, text, sizeof text);
    list_cache_trim(&c);
    ck_assert(list_cache_find(&c, 0, &found));
    for (int64_t row = 30; row < 40; row++)
        add(&c, row, text, sizeof text);
    ck_assert(list_cache_find(&c, 0, &found)); /* nothing goes before it is asked to */
    list_cache_trim(&c);
    ck_assert(!list_cache_find(&c, 0, &found));
    list_cache_clear(&c);
}
END_TEST

Suite *suite_list_cache(void)
{
    Suite *suite = suite_create("list cache");
    TCase *tests = tcase_create("list cache");
    tcase_add_test(tests, lists_are_found_by_their_row);
    tcase_add_test(tests, trimming_forgets_what_is_too_much);
    suite_add_tcase(suite, tests);
    return suite;
}
