/* Byte strings, UTF-8, JSON strings, hashes. */
#include "base/array.h"
#include "base/buf.h"
#include "base/cheapest.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/shell.h"
#include "base/string_set.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tests/unit/suites.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

START_TEST(buf_starts_empty)
{
    struct buf b = BUF_INIT;
    ck_assert_str_eq(b.data, "");
    ck_assert_uint_eq(b.len, 0);
    buf_append(&b, "x", 0);
    ck_assert_uint_eq(b.cap, 0);
    buf_clear(&b);
    buf_release(&b);
    ck_assert_str_eq(b.data, "");
}
END_TEST

START_TEST(buf_grows_and_ends_in_nul)
{
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < 100000; i++) {
        buf_addc(&b, (char)('a' + i % 26));
        ck_assert_uint_eq(b.len, i + 1);
        ck_assert_int_eq(b.data[b.len], '\0');
    }
    for (size_t i = 0; i < 100000; i++)
        ck_assert_int_eq(b.data[i], (char)('a' + i % 26));
    ck_assert_uint_lt(b.cap, 200000);
    buf_clear(&b);
    ck_assert_str_eq(b.data, "");
    ck_assert_uint_ge(b.cap, 100001);
    buf_append(&b, "a\0b", 3);
    ck_assert_mem_eq(b.data, "a\0b", 4);
    buf_release(&b);
}
END_TEST

START_TEST(buf_formats)
{
    struct buf b = BUF_INIT;
    buf_adds(&b, "札幌");
    buf_addf(&b, "#%d %s", 4, "夜間");
    ck_assert_str_eq(b.data, "札幌#4 夜間");
    for (int i = 0; i < 1000; i++)
        buf_addf(&b, "%03d", i);
    ck_assert_uint_eq(b.len, strlen("札幌#4 夜間") + 3000);
    ck_assert_str_eq(b.data + b.len - 6, "998999");
    buf_clear(&b);
    buf_addf(&b, "%s|%0200d", "x", 7);
    ck_assert_uint_eq(b.len, 202);
    ck_assert_str_eq(b.data + 200, "07");
    buf_clear(&b);
    buf_add_int(&b, 0);
    buf_add_int(&b, -70);
    buf_add_int(&b, LLONG_MAX);
    buf_add_int(&b, LLONG_MIN);
    ck_assert_str_eq(b.data, "0-709223372036854775807-9223372036854775808");
    buf_clear(&b);
    buf_add_cp(&b, 0x41);
    buf_add_cp(&b, 0x3A9);
    buf_add_cp(&b, 0x591C);
    buf_add_cp(&b, 0x20BB7);
    ck_assert_str_eq(b.data, "AΩ夜𠮷");
    buf_clear(&b);
    buf_add_valid(&b, "夜\xE5\xA4間\xFF\xFE\0\xEF\xBF\xBD", 14);
    ck_assert_uint_eq(b.len, 19);
    ck_assert_mem_eq(b.data, "夜\uFFFD間\uFFFD\uFFFD\0\uFFFD", 20);
    buf_release(&b);
}
END_TEST

START_TEST(buf_reads_files)
{
    struct buf b = BUF_INIT;
    FILE *file = tmpfile();
    ck_assert(buf_read(&b, file));
    ck_assert_str_eq(b.data, "");
    for (int i = 0; i < 100000; i++)
        putc('a' + i % 26, file);
    rewind(file);
    buf_adds(&b, "夜");
    ck_assert(buf_read(&b, file));
    ck_assert_uint_eq(b.len, strlen("夜") + 100000);
    ck_assert_uint_eq(strlen(b.data), b.len);
    ck_assert_int_eq(b.data[b.len - 1], 'a' + 99999 % 26);
    fclose(file);
    file = fopen("/", "r"); /* can be opened, but not read */
    ck_assert(!buf_read(&b, file));
    ck_assert(!b.failed);
    fclose(file);
    buf_release(&b);
}
END_TEST

START_TEST(buf_remembers_failure)
{
    struct buf b = BUF_INIT;
    buf_adds(&b, "abc");
    ck_assert(!buf_reserve(&b, SIZE_MAX - 2));
    ck_assert(b.failed);
    buf_adds(&b, "def");
    buf_addc(&b, 'g');
    buf_addf(&b, "%d", 1);
    ck_assert_str_eq(b.data, "abc");
    ck_assert_ptr_null(buf_detach(&b));
    ck_assert(!b.failed);
    buf_adds(&b, "xyz");
    ck_assert_str_eq(b.data, "xyz");
    buf_release(&b);
}
END_TEST

START_TEST(buf_gives_its_string_away)
{
    struct buf b = BUF_INIT;
    char *nothing = buf_detach(&b);
    ck_assert_str_eq(nothing, "");
    free(nothing);
    buf_adds(&b, "夜間");
    char *text = buf_detach(&b);
    ck_assert_str_eq(text, "夜間");
    ck_assert_uint_eq(b.len, 0);
    ck_assert_uint_eq(b.cap, 0);
    free(text);
    buf_release(&b);
}
END_TEST

START_TEST(the_cheapest_are_kept)
{
    struct priced {
        double cost;
        char name;
    } items[3];
    static const struct priced all[] = {{5, 'a'}, {2, 'b'}, {2, 'c'}, {9, 'd'}, {1, 'e'}, {5, 'f'}};
    size_t n = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        size_t at = cheapest_place(items, n, sizeof items[0], all[i].cost);
        if (at < 3)
            cheapest_insert(items, &n, 3, sizeof items[0], at, &all[i]);
    }
    ck_assert_uint_eq(n, 3);
    ck_assert_int_eq(items[0].name, 'e');
    ck_assert_int_eq(items[1].name, 'b'); /* the first of those as cheap */
    ck_assert_int_eq(items[2].name, 'c');
}
END_TEST

START_TEST(ends_of_text)
{
    static const char text[] = "市道舗装XX"; /* of which only 12 bytes are looked at */
    ck_assert(text_starts_with(text, 12, "市道"));
    ck_assert(text_starts_with(text, 12, ""));
    ck_assert(!text_starts_with(text, 12, "舗装"));
    ck_assert(!text_starts_with(text, 12, "市道舗装X"));
    ck_assert(text_ends_with(text, 12, "舗装"));
    ck_assert(!text_ends_with(text, 12, text));
    ck_assert(!text_ends_with(text, 12, "X"));
    ck_assert(text_is_blank(" \t\r\n", 4));
    ck_assert(text_is_blank("", 0));
    ck_assert(text_is_blank("  x", 2));
    ck_assert(!text_is_blank("\0", 1));
    ck_assert(!text_is_blank("\xE3\x80\x80", 3)); /* U+3000 */
}
END_TEST

START_TEST(utf8_white_space)
{
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)cp);
        bool separates = category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
                         category == UTF8PROC_CATEGORY_ZP;
        bool control = (cp >= 0x09 && cp <= 0x0D) || cp == 0x85;
        ck_assert_msg(utf8_is_space(cp) == (separates || control), "U+%04X", cp);
    }
}
END_TEST

START_TEST(utf8_kana)
{
    ck_assert_uint_eq(utf8_to_katakana(U'ぁ'), U'ァ');
    ck_assert_uint_eq(utf8_to_katakana(U'ゖ'), U'ヶ');
    ck_assert_uint_eq(utf8_to_hiragana(U'ヶ'), U'ゖ');
    static const char32_t others[] = U"aー゛ヷ・市ア";
    for (const char32_t *c = others; *c != 0; c++)
        ck_assert_uint_eq(utf8_to_katakana(*c), *c);
    ck_assert_uint_eq(utf8_to_hiragana(UTF8_LONG_MARK), UTF8_LONG_MARK);
    ck_assert_uint_eq(utf8_to_hiragana(U'ヷ'), U'ヷ'); /* no hiragana has its sound */
}
END_TEST

START_TEST(utf8_round_trip)
{
    for (uint32_t cp = 0; cp < 0x110000; cp += cp >= 0x3000 && cp < 0x10FF00 ? 7 : 1) {
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        char bytes[4];
        uint32_t back = 0;
        size_t n = utf8_encode(cp, bytes);
        ck_assert_uint_eq(n, cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4);
        ck_assert_uint_eq(utf8_decode(bytes, n, &back), n);
        ck_assert_uint_eq(back, cp);
    }
}
END_TEST

/* Lengths of what is read one after the other; all are U+FFFD (Unicode 15, tables 3-8 to 3-11). */
START_TEST(utf8_damaged)
{
    static const struct {
        const char *bytes;
        const char *lengths;
    } cases[] = {
        {"\x80", "1"},
        {"\xBF\xBF", "11"},
        {"\xC0\xAF", "11"},
        {"\xC1\xBF", "11"},
        {"\xC2", "1"},
        {"\xE0\x80\x80", "111"},
        {"\xE0\xA0", "2"},
        {"\xE3\x81", "2"},
        {"\xE3", "1"},
        {"\xED\xA0\x80", "111"},
        {"\xED\x9F", "2"},
        {"\xF0\x80\x80\x80", "1111"},
        {"\xF0\x9F\x8F", "3"},
        {"\xF0\x9F", "2"},
        {"\xF4\x90\x80\x80", "1111"},
        {"\xF5\x80\x80\x80", "1111"},
        {"\xFE\xFF", "11"},
        {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF", "2132"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = strlen(cases[i].bytes), at = 0, count = 0;
        for (const char *length = cases[i].lengths; *length != '\0'; length++, count++) {
            uint32_t cp = 0;
            ck_assert_uint_lt(at, n);
            size_t len = utf8_decode(cases[i].bytes + at, n - at, &cp);
            ck_assert_msg(len == (size_t)(*length - '0'), "case %zu at %zu: %zu", i, at, len);
            ck_assert_uint_eq(cp, UTF8_REPLACEMENT);
            at += len;
        }
        ck_assert_uint_eq(at, n);
        ck_assert_uint_eq(utf8_count(cases[i].bytes, n), count);
    }
}
END_TEST

START_TEST(utf8_damage_ends_at_the_next_character)
{
    uint32_t cp;
    ck_assert_uint_eq(utf8_decode("\xE3\x81"
                                  "A",
                                  3, &cp),
                      2);
    ck_assert_uint_eq(utf8_decode("\xF0\x9F\xE5\xA4\x9C", 5, &cp), 2);
    ck_assert_uint_eq(utf8_decode("", 1, &cp), 1);
    ck_assert_uint_eq(cp, 0);
}
END_TEST

START_TEST(arrays_grow)
{
    uint16_t *items = NULL;
    size_t cap = 0;
    for (size_t n = 1; n <= 1000; n++) {
        ck_assert(array_reserve(&items, &cap, n, sizeof *items));
        ck_assert_uint_ge(cap, n);
        items[n - 1] = (uint16_t)n;
    }
    for (size_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(items[i], i + 1);
    size_t before = cap;
    uint16_t *kept = items;
    ck_assert(!array_reserve(&items, &cap, SIZE_MAX, sizeof *items));
    ck_assert_ptr_eq(items, kept);
    ck_assert_uint_eq(cap, before);
    free(items);
}
END_TEST

START_TEST(string_sets_hold_texts)
{
    struct string_set set = {0};
    static char texts[3000][16];
    bool added;
    ck_assert(!string_set_has(&set, "a"));
    for (int i = 0; i < 3000; i++) {
        snprintf(texts[i], sizeof texts[i], "%d", i / 2);
        ck_assert(string_set_add(&set, texts[i], &added));
        ck_assert_int_eq(added, i % 2 == 0);
    }
    ck_assert_uint_eq(set.n, 1500);
    ck_assert(string_set_has(&set, "0") && string_set_has(&set, "1499"));
    ck_assert(!string_set_has(&set, "1500") && !string_set_has(&set, ""));
    string_set_release(&set);
    ck_assert(!string_set_has(&set, "0"));
}
END_TEST

START_TEST(quotes_for_the_shell)
{
    struct shell_text space;
    static const char plain[] = "a b\"$x";
    ck_assert_ptr_eq(shell_quoted(plain, &space), plain);
    ck_assert_str_eq(shell_quoted("it's", &space), "it'\\''s");
    char quotes[2000];
    memset(quotes, '\'', sizeof quotes - 1);
    quotes[sizeof quotes - 1] = '\0';
    size_t len = strlen(shell_quoted(quotes, &space));
    ck_assert_uint_lt(len, sizeof space.text);
    ck_assert_uint_eq(len % 4, 0);
}
END_TEST

START_TEST(utf8_counts_and_floors)
{
    static const char text[] = "aé夜𠮷b";
    static const size_t floors[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};
    ck_assert_uint_eq(utf8_count(text, strlen(text)), 5);
    ck_assert(utf8_has_digit("令和２年", strlen("令和２年")));
    ck_assert(utf8_has_digit("第9回", strlen("第9回")));
    ck_assert(!utf8_has_digit("十一回／：", strlen("十一回／：")));
    ck_assert_uint_eq(utf8_count(text, 0), 0);
    for (size_t at = 0; at < sizeof floors / sizeof *floors; at++)
        ck_assert_msg(utf8_floor(text, at) == floors[at], "floor of %zu", at);
    ck_assert_uint_eq(utf8_before(text, 0), 0);
    ck_assert_uint_eq(utf8_before(text, 6), U'夜');
    ck_assert_uint_eq(utf8_before(text, 10), U'𠮷');
    ck_assert_uint_eq(utf8_at(text, strlen(text), 6), U'𠮷');
    ck_assert_uint_eq(utf8_at(text, strlen(text), strlen(text)), 0);
}
END_TEST

START_TEST(json_escapes)
{
    static const struct {
        const char *text;
        size_t n_bytes;
        const char *json;
    } cases[] = {
        {"", 0, "\"\""},
        {"夜間", 6, "\"夜間\""},
        {"a\"b\\c/", 6, "\"a\\\"b\\\\c/\""},
        {"\n\r\t", 3, "\"\\n\\r\\t\""},
        {"\0\x01\x1F\x7F", 4, "\"\\u0000\\u0001\\u001f\\u007f\""},
        {"\xE2\x80\xA8\xE2\x80\xA9", 6, "\"\\u2028\\u2029\""},
        {"\xE2\x80\xA7\xE2\x80\xAA", 6, "\"\xE2\x80\xA7\xE2\x80\xAA\""},
        {"𠮷", 4, "\"𠮷\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = BUF_INIT;
        json_add_string(&out, cases[i].text, cases[i].n_bytes);
        ck_assert_str_eq(out.data, cases[i].json);
        buf_release(&out);
    }
}
END_TEST

START_TEST(hash_tells_apart)
{
    ck_assert_uint_eq(hash_bytes(HASH_SEED, "夜間", 6), hash_bytes(HASH_SEED, "夜間", 6));
    ck_assert_uint_ne(hash_bytes(HASH_SEED, "夜間", 6), hash_bytes(HASH_SEED, "休日", 6));
    ck_assert_uint_ne(hash_bytes(HASH_SEED, "a", 1), hash_bytes(1, "a", 1));
    uint64_t ab_c = hash_bytes(hash_bytes(HASH_SEED, "ab", 2), "c", 1);
    uint64_t a_bc = hash_bytes(hash_bytes(HASH_SEED, "a", 1), "bc", 2);
    ck_assert_uint_ne(ab_c, a_bc);
    ck_assert_uint_ne(hash_bytes(HASH_SEED, "", 0), hash_bytes(HASH_SEED, "\0", 1));
}
END_TEST

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

START_TEST(hash_spreads)
{
    enum { N = 100000 };
    uint64_t *hashes = malloc(N * sizeof *hashes);
    ck_assert_ptr_nonnull(hashes);
    for (uint32_t i = 0; i < N; i++)
        hashes[i] = hash_bytes(HASH_SEED, &i, sizeof i);
    qsort(hashes, N, sizeof *hashes, compare);
    size_t same_top = 0;
    for (size_t i = 1; i < N; i++) {
        ck_assert_uint_ne(hashes[i], hashes[i - 1]);
        same_top += hashes[i] >> 32 == hashes[i - 1] >> 32;
    }
    ck_assert_uint_lt(same_top, 20); /* 1.2 are expected by chance */
    free(hashes);
}
END_TEST

START_TEST(utf8_counts_eight_bytes_at_a_time)
{
    enum { LONGEST = 8 * 255 * 2 + 80 };
    static const char *const units[] = {"夜間", "aé€𝄞", "a", "𝄞", "é"};
    char text[LONGEST + 8];
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        for (size_t start = 0; start < 8; start++) {
            struct buf whole = BUF_INIT;
            while (whole.len < LONGEST)
                buf_adds(&whole, units[i]);
            memcpy(text + start, whole.data, LONGEST);
            size_t n = 0;
            uint32_t cp;
            for (size_t end = 0; end < LONGEST - 4; n++) {
                ck_assert_uint_eq(utf8_count_valid(text + start, end), n);
                end += utf8_decode(text + start + end, LONGEST - end, &cp);
            }
            buf_release(&whole);
        }
    }
}
END_TEST

Suite *suite_base(void)
{
    Suite *suite = suite_create("base");
    TCase *tests = tcase_create("base");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, buf_starts_empty);
    tcase_add_test(tests, buf_grows_and_ends_in_nul);
    tcase_add_test(tests, buf_formats);
    tcase_add_test(tests, buf_reads_files);
    tcase_add_test(tests, buf_remembers_failure);
    tcase_add_test(tests, buf_gives_its_string_away);
    tcase_add_test(tests, the_cheapest_are_kept);
    tcase_add_test(tests, ends_of_text);
    tcase_add_test(tests, utf8_white_space);
    tcase_add_test(tests, utf8_kana);
    tcase_add_test(tests, utf8_round_trip);
    tcase_add_test(tests, utf8_damaged);
    tcase_add_test(tests, utf8_damage_ends_at_the_next_character);
    tcase_add_test(tests, arrays_grow);
    tcase_add_test(tests, string_sets_hold_texts);
    tcase_add_test(tests, quotes_for_the_shell);
    tcase_add_test(tests, utf8_counts_and_floors);
    tcase_add_test(tests, utf8_counts_eight_bytes_at_a_time);
    tcase_add_test(tests, json_escapes);
    tcase_add_test(tests, hash_tells_apart);
    tcase_add_test(tests, hash_spreads);
    suite_add_tcase(suite, tests);
    return suite;
}
