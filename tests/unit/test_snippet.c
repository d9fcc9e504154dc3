/* Passages that show why a record matches. */
#include "base/utf8.h"
#include "search/results/snippet.h"
#include "tests/unit/suites.h"

#include <stdlib.h>
#include <string.h>

/* TEXT with its matches in ⟦ ⟧, which are taken out here; the caller frees *RANGES. */
static size_t read_marks(const char *marked, struct buf *text, struct hiku_range **ranges)
{
    size_t n = 0;
    *ranges = calloc(strlen(marked) + 1, sizeof **ranges);
    ck_assert_ptr_nonnull(*ranges);
    while (*marked != '\0') {
        if (strncmp(marked, "⟦", 3) == 0) {
            (*ranges)[n].start = text->len;
            marked += 3;
        } else if (strncmp(marked, "⟧", 3) == 0) {
            (*ranges)[n++].end = text->len;
            marked += 3;
        } else {
            buf_addc(text, *marked++);
        }
    }
    return n;
}

static void write_marks(struct buf *out, const struct buf *text, const struct hiku_range *ranges,
                        size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        ck_assert_uint_ge(ranges[i].start, at);
        ck_assert_uint_gt(ranges[i].end, ranges[i].start);
        ck_assert_uint_le(ranges[i].end, text->len);
        buf_append(out, text->data + at, ranges[i].start - at);
        buf_adds(out, "⟦");
        buf_append(out, text->data + ranges[i].start, ranges[i].end - ranges[i].start);
        buf_adds(out, "⟧");
        at = ranges[i].end;
    }
    buf_append(out, text->data + at, text->len - at);
}

static void check(const char *marked, size_t max_chars, const char *wanted)
{
    struct buf text = BUF_INIT, out = BUF_INIT, shown = BUF_INIT;
    struct hiku_range *ranges, *out_ranges = NULL;
    size_t n = read_marks(marked, &text, &ranges), n_out = 99;
    ck_assert_int_eq(snippet_make(&(struct hiku_text){text.data, text.len, ranges, n}, max_chars,
                                  &out, &out_ranges, &n_out),
                     ST_OK);
    write_marks(&shown, &out, out_ranges, n_out);
    ck_assert_str_eq(shown.data, wanted);
    ck_assert((out_ranges == NULL) == (n_out == 0));
    free(out_ranges);
    free(ranges);
    buf_release(&text);
    buf_release(&out);
    buf_release(&shown);
}

START_TEST(short_texts_are_whole)
{
    check("", 120, "");
    check("夜間の窓口", 120, "夜間の窓口");
    check("⟦夜間⟧の窓口", 120, "⟦夜間⟧の窓口");
    check("【内容】\n・a\n・⟦夜間⟧", 120, "【内容】 ・a ・⟦夜間⟧");
    check("一つ目。⟦夜間⟧。三つ目。", 120, "… ⟦夜間⟧。三つ目。");
    check("⟦夜⟧⟦間⟧", 120, "⟦夜⟧⟦間⟧");
    check("\n\n⟦夜間⟧\n\n", 120, "⟦夜間⟧");
}
END_TEST

START_TEST(without_matches_the_beginning)
{
    check("一つ目。二つ目。三つ目。", 8, "一つ目。二つ目。 …");
    check("ああああああああああ", 4, "ああああ…");
}
END_TEST

START_TEST(the_heading_comes_along)
{
    check("【背景】\n・ああああああああああ\n【内容】\n・いいいいいいいいいい\n・⟦夜間⟧", 12,
          "… 【内容】 … ・⟦夜間⟧");
}
END_TEST

START_TEST(the_text_order_is_kept)
{
    check("⟦夜間⟧の窓口。関係のない長い文がここにある。⟦夜間⟧と⟦休日⟧の家。", 22,
          "⟦夜間⟧の窓口。 … ⟦夜間⟧と⟦休日⟧の家。");
}
END_TEST

START_TEST(long_sentences_are_cut_around_the_match)
{
    struct buf text = BUF_INIT, wanted = BUF_INIT;
    for (int i = 0; i < 200; i++)
        buf_adds(&text, "あ");
    buf_adds(&text, "⟦夜間⟧");
    for (int i = 0; i < 200; i++)
        buf_adds(&text, "い");
    buf_adds(&wanted, "…");
    for (int i = 0; i < 10; i++)
        buf_adds(&wanted, "あ");
    buf_adds(&wanted, "⟦夜間⟧");
    for (int i = 0; i < 18; i++)
        buf_adds(&wanted, "い");
    buf_adds(&wanted, "…");
    check(text.data, 30, wanted.data);
    buf_release(&text);
    buf_release(&wanted);
}
END_TEST

START_TEST(small_snippets_show_the_match)
{
    check("【内容】\n・ああ⟦夜間⟧ああああああああああああ", 8, "… ああ⟦夜間⟧ああああ…");
    check("ああああああああああああああ⟦夜間⟧", 6, "…ああああ⟦夜間⟧");
}
END_TEST

START_TEST(what_is_left_out_is_said_once)
{
    check("⟦夜間⟧ああああああ。いいい。", 5, "⟦夜間⟧あああ…");
    check("いいい。ああああああ⟦夜間⟧。いいい。", 6, "… あああ⟦夜間⟧。 …");
    check("⟦夜間⟧ああああああ。いいい。⟦夜間⟧。", 8, "⟦夜間⟧ああああああ…");
}
END_TEST

START_TEST(matches_across_pieces)
{
    check("ああ⟦夜。間⟧いい", 120, "ああ⟦夜。⟧⟦間⟧いい");
    check("ああ⟦夜\n間⟧いい", 120, "ああ⟦夜⟧ ⟦間⟧いい");
}
END_TEST

static bool is_shown(const struct buf *text, const struct buf *out, const struct hiku_range *range)
{
    return memmem(text->data, text->len, out->data + range->start, range->end - range->start) !=
           NULL;
}

/* Whatever the text: valid UTF-8 of bounded length, and highlights that are text of the record. */
START_TEST(random_texts)
{
    static const char *const units[] = {"あ", "夜間", "𠮷", "a",      "。",   "\n", " ",
                                        "【", "】",   "・", "【題】", "\r\n", "1",  "。。"};
    uint64_t state = 23;
    struct buf text = BUF_INIT, out = BUF_INIT;
    for (int i = 0; i < 5000; i++) {
        struct hiku_range ranges[64], *out_ranges = NULL;
        size_t n = 0, n_out = 0;
        buf_clear(&text);
        for (int k = 0; k < i % 300; k++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            size_t unit = (size_t)(state >> 33) % (sizeof units / sizeof *units);
            if ((state >> 60) == 0 && n < 64 && (n == 0 || ranges[n - 1].end <= text.len))
                ranges[n++] = (struct hiku_range){text.len, text.len + strlen(units[unit])};
            buf_adds(&text, units[unit]);
        }
        size_t max_chars = 5 + (size_t)(state >> 40) % 120;
        ck_assert_int_eq(snippet_make(&(struct hiku_text){text.data, text.len, ranges, n},
                                      max_chars, &out, &out_ranges, &n_out),
                         ST_OK);
        ck_assert_uint_le(utf8_count(out.data, out.len), 5 * max_chars + SNIPPET_CHARS);
        ck_assert_ptr_null(strchr(out.data, '\n'));
        for (size_t at = 0; at < out.len;) {
            uint32_t cp;
            at += utf8_decode(out.data + at, out.len - at, &cp);
            ck_assert_uint_ne(cp, UTF8_REPLACEMENT);
        }
        for (size_t k = 0; k < n_out; k++) {
            ck_assert_uint_lt(out_ranges[k].start, out_ranges[k].end);
            ck_assert_uint_le(out_ranges[k].end, out.len);
            ck_assert(k == 0 || out_ranges[k - 1].end <= out_ranges[k].start);
            ck_assert(is_shown(&text, &out, &out_ranges[k]));
        }
        free(out_ranges);
    }
    buf_release(&text);
    buf_release(&out);
}
END_TEST

/* Of a cost that grows with the square nobody would wait for the end: the timeout would strike. */
START_TEST(big_texts_take_linear_time)
{
    static const char *const units[] = {"夜間", "夜間。", "夜\n", "【夜】\n"};
    enum { UNITS = 200000 };
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        struct buf text = BUF_INIT, out = BUF_INIT;
        struct hiku_range *ranges = calloc(UNITS, sizeof *ranges), *out_ranges = NULL;
        size_t n_out;
        ck_assert_ptr_nonnull(ranges);
        for (size_t i = 0; i < UNITS; i++) {
            ranges[i] = (struct hiku_range){text.len, text.len + 3};
            buf_adds(&text, units[u]);
        }
        ck_assert_int_eq(snippet_make(&(struct hiku_text){text.data, text.len, ranges, UNITS},
                                      SNIPPET_CHARS, &out, &out_ranges, &n_out),
                         ST_OK);
        ck_assert_uint_gt(n_out, 0);
        free(out_ranges);
        free(ranges);
        buf_release(&text);
        buf_release(&out);
    }
}
END_TEST

Suite *suite_snippet(void)
{
    Suite *suite = suite_create("snippet");
    TCase *tests = tcase_create("snippet");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, short_texts_are_whole);
    tcase_add_test(tests, without_matches_the_beginning);
    tcase_add_test(tests, the_heading_comes_along);
    tcase_add_test(tests, the_text_order_is_kept);
    tcase_add_test(tests, long_sentences_are_cut_around_the_match);
    tcase_add_test(tests, small_snippets_show_the_match);
    tcase_add_test(tests, what_is_left_out_is_said_once);
    tcase_add_test(tests, matches_across_pieces);
    tcase_add_test(tests, random_texts);
    tcase_add_test(tests, big_texts_take_linear_time);
    suite_add_tcase(suite, tests);
    return suite;
}
