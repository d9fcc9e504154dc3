/* Lists of pairs that were read before. */
#include "store/list_cache.h"
#include "tests/unit/suites.h"

#include <string.h>

static struct cached_list *add(struct list_cache *c, int64_t row, const char *text, size_t n_bytes)
{
    struct buf bytes = BUF_INIT;
    struct cached_list *list = list_cache_add(c, row, (struct list_place){7, n_bytes});
    ck_assert_ptr_nonnull(list);
    ck_assert(cached_list_is_read(list) == (n_bytes == 0));
    buf_append(&bytes, text, n_bytes);
    list_cache_fill(c, list, &bytes);
    ck_assert(cached_list_is_read(list));
    ck_assert_uint_eq(bytes.len, 0); /* its contents were taken */
    buf_release(&bytes);
    return list;
}

START_TEST(lists_are_found_by_their_row)
{
    struct list_cache c = {0};
    ck_assert_ptr_null(list_cache_find(&c, 0));
    struct packed_list first = cached_list_bytes(add(&c, 0, "first", 5));
    for (int64_t row = 1; row < 5000; row++) {
        ck_assert_ptr_null(list_cache_find(&c, row << 20));
        add(&c, row << 20, (const char *)&row, row % 3 == 0 ? 0 : sizeof row);
    }
    for (int64_t row = 1; row < 5000; row++) {
        const struct cached_list *list = list_cache_find(&c, row << 20);
        ck_assert_ptr_nonnull(list);
        ck_assert_uint_eq(list->place.offset, 7);
        ck_assert_uint_eq(list->place.n_bytes, row % 3 == 0 ? 0 : sizeof row);
        struct packed_list found = cached_list_bytes(list);
        ck_assert_uint_eq(found.n_bytes, list->place.n_bytes);
        ck_assert(found.n_bytes == 0 || memcmp(found.data, &row, sizeof row) == 0);
    }
    /* They stay where they are when it grows. */
    ck_assert_ptr_eq(cached_list_bytes(list_cache_find(&c, 0)).data, first.data);
    list_cache_clear(&c);
    ck_assert_ptr_null(list_cache_find(&c, 0));
}
END_TEST

START_TEST(trimming_forgets_what_is_too_much)
{
    static char text[1 << 20];
    struct list_cache c = {0};
    for (int64_t row = 0; row < 30; row++)
        add(&c, row, text, sizeof text);
    list_cache_trim(&c);
    ck_assert_ptr_nonnull(list_cache_find(&c, 0));
    for (int64_t row = 30; row < 40; row++)
        add(&c, row, text, sizeof text);
    ck_assert_ptr_nonnull(list_cache_find(&c, 0)); /* nothing goes before it is asked to */
    list_cache_trim(&c);
    ck_assert_ptr_null(list_cache_find(&c, 0));
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
