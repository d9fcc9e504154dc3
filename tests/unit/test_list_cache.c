/* Lists of pairs that were read before, where they are, the notes and the words of an index. */
#include "store/directory.h"
#include "store/list_cache.h"
#include "store/lists.h"
#include "store/schema.h"
#include "store/store.h"
#include "store/words.h"
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

static enum status add_surface(void *context, const char *surface, size_t len, int64_t n)
{
    struct buf *out = context;
    buf_append(out, surface, len);
    buf_addf(out, "%lld ", (long long)n);
    return n == 999 ? ST_INPUT : ST_OK;
}

static void expect_words(struct store *store, const char *key, enum status wanted,
                         const char *words)
{
    struct buf found = BUF_INIT;
    struct error error = {""};
    ck_assert_int_eq(store_words_by_reading(store, key, strlen(key), add_surface, &found, &error),
                     wanted);
    ck_assert_str_eq(found.data, words);
    buf_release(&found);
}

START_TEST(the_most_frequent_words_of_a_reading)
{
    static const char rows[] =
        "CREATE TABLE vocabulary(reading TEXT, surface TEXT, n INTEGER,"
        " PRIMARY KEY(reading, surface)) WITHOUT ROWID;"
        "INSERT INTO vocabulary "
        "VALUES('コー','甲',3),('コー','香',9),('コー','高',3),('コー','港',1),"
        "('コー','公',2),('コー','校',7),('コー','工',9),('コー','項',5),('コー','孝',1),('コー','"
        "光',8),"
        "('コ','子',4),('コーイ','行為',6),('トマル','止まる',999),('トマル','泊まる',1)";
    struct store store = {.path = (char *)"a.db"};
    ck_assert_int_eq(sqlite3_open(":memory:", &store.db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(store.db, rows, NULL, NULL, NULL), SQLITE_OK);
    /* Where two are as frequent, in the order of their bytes. */
    expect_words(&store, "コー", ST_OK, "工9 香9 光8 校7 項5 甲3 高3 公2 ");
    expect_words(&store, "コ", ST_OK, "子4 ");
    expect_words(&store, "コーイズ", ST_OK, "");
    expect_words(&store, "トマル", ST_INPUT, "止まる999 "); /* who looks may end it */
    sqlite3_finalize(store.find_words);
    sqlite3_close(store.db);
}
END_TEST

/* A row of N lists from FIRST on, the further apart and the longer, the further they are in it. */
static void write_row(struct buf *row, uint64_t n)
{
    buf_clear(row);
    varint_add(row, 5);
    for (uint64_t i = 0; i < n; i++) {
        varint_add(row, i == 0 ? 0 : 1 + i * i);
        varint_add(row, 1 + i * i / 3);
    }
}

/* Each list of the row, and what is between them, found with D and without. */
static void expect_row(const struct directory_cache *c, int64_t first, const struct buf *row)
{
    const unsigned char *data = (const unsigned char *)row->data;
    struct directory walk = directory_open(first, data, row->len), found, sought;
    while (directory_next(&walk)) {
        int64_t id = first - (int64_t)((uint64_t)first & LIST_NUMBER_MAX) + (int64_t)walk.number;
        ck_assert(directory_cache_find(c, id, &found));
        directory_seek(&found, walk.number);
        sought = directory_open(first, data, row->len);
        directory_seek(&sought, walk.number);
        ck_assert_uint_eq(found.number, walk.number);
        ck_assert_uint_eq(found.offset, walk.offset);
        ck_assert_uint_eq(found.n_bytes, walk.n_bytes);
        ck_assert_uint_eq(sought.number, walk.number);
        ck_assert_uint_eq(sought.offset, walk.offset);
        ck_assert_uint_eq(sought.n_bytes, walk.n_bytes);
        struct directory next = walk;
        if (!directory_next(&next)) {
            ck_assert(!directory_cache_find(c, id + 1, &found)); /* it may be in another row */
        } else if (next.number > walk.number + 1) {
            ck_assert(directory_cache_find(c, id + 1, &found));
            directory_seek(&found, walk.number + 1);
            ck_assert_uint_eq(found.number, next.number);
        }
    }
}

START_TEST(places_of_lists)
{
    struct directory_cache c = {0};
    struct directory d;
    struct buf row = BUF_INIT;
    const int64_t segment = postings_row(3, 0), step = 1 << 26;
    static const unsigned sizes[] = {300, 1, 64, 65, 128, 2, 63, 129};
    enum { N = sizeof sizes / sizeof *sizes };
    ck_assert(!directory_cache_find(&c, segment, &d));
    for (int i = 0; i < N; i++) {
        int64_t first = segment + (i * 5 % N) * step; /* in any order */
        write_row(&row, sizes[i]);
        directory_cache_add(&c, first, (const unsigned char *)row.data, row.len);
        directory_cache_add(&c, first, (const unsigned char *)row.data, row.len);
        ck_assert_uint_eq(c.n, (size_t)i + 1);
    }
    for (int i = 0; i < N; i++) {
        write_row(&row, sizes[i]);
        expect_row(&c, segment + (i * 5 % N) * step, &row);
    }
    ck_assert(!directory_cache_find(&c, segment - 1, &d));
    directory_cache_add(&c, segment + N * step, NULL, 0); /* SQLite's empty blob */
    ck_assert_uint_eq(c.n, N);
    buf_addc(&row, '\x80'); /* a number that does not end */
    directory_cache_add(&c, segment + N * step, (const unsigned char *)row.data, row.len);
    ck_assert_uint_eq(c.n, N);
    write_row(&row, 300);
    for (int i = 0; i < 20000; i++) { /* more than are kept */
        directory_cache_add(&c, postings_row(4 + i, 0), (const unsigned char *)row.data, row.len);
        ck_assert(directory_cache_find(&c, postings_row(4 + i, 1), &d));
    }
    ck_assert(c.n > 1000 && c.n < 20000);
    ck_assert(!directory_cache_find(&c, segment, &d));
    directory_cache_clear(&c);
    buf_release(&row);
}
END_TEST

Suite *suite_list_cache(void)
{
    Suite *suite = suite_create("list cache");
    TCase *tests = tcase_create("list cache");
    tcase_add_test(tests, lists_are_found_by_their_row);
    tcase_add_test(tests, trimming_forgets_what_is_too_much);
    tcase_add_test(tests, places_of_lists);
    tcase_add_test(tests, notes_that_cannot_be_read);
    tcase_add_test(tests, the_most_frequent_words_of_a_reading);
    suite_add_tcase(suite, tests);
    return suite;
}
