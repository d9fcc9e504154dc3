/* Lists of pairs that were read before, and the notes of an index. */
#include "store/list_cache.h"
#include "store/schema.h"
#include "store/store.h"
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

/* A reader of the index's own notes is told what is wrong, like one of its records. */
START_TEST(notes_that_cannot_be_read)
{
    sqlite3 *db;
    struct buf value = BUF_INIT;
    struct error error = {""};
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    ck_assert_int_eq(store_meta(db, "a.db", META_WRITER, &value, NULL), ST_IO);
    ck_assert_int_eq(store_meta(db, "a.db", META_WRITER, &value, &error), ST_IO);
    ck_assert_str_eq(error.message, "cannot use the index 'a.db': no such table: meta");
    ck_assert_int_eq(sqlite3_exec(db, "CREATE TABLE meta(name, value)", NULL, NULL, NULL), 0);
    ck_assert_int_eq(store_meta(db, "a.db", META_WRITER, &value, &error), ST_OK);
    ck_assert_uint_eq(value.len, 0);
    sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, NULL, 0, 0);
    sqlite3_int64 limit = sqlite3_hard_heap_limit64(1);
    enum status st = store_meta(db, "a.db", META_WRITER, &value, &error);
    sqlite3_hard_heap_limit64(limit);
    ck_assert_int_eq(st, ST_NOMEM);
    ck_assert_str_eq(error.message, "out of memory");
    buf_release(&value);
    sqlite3_close(db);
}
END_TEST

Suite *suite_list_cache(void)
{
    Suite *suite = suite_create("list cache");
    TCase *tests = tcase_create("list cache");
    tcase_add_test(tests, lists_are_found_by_their_row);
    tcase_add_test(tests, trimming_forgets_what_is_too_much);
    tcase_add_test(tests, notes_that_cannot_be_read);
    suite_add_tcase(suite, tests);
    return suite;
}
