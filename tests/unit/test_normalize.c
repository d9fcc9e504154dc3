/* Normalisation and its map back to the original. */
#include "base/utf8.h"
#include "dict/normalize.h"
#include "tests/unit/random.h"
#include "tests/unit/suites.h"

#include <string.h>

struct example {
    const char *text;
    const char *normal;
};

static void check(const struct example *examples, size_t n)
{
    struct normalized out = NORMALIZED_INIT;
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(normalize(&out, examples[i].text, strlen(examples[i].text)), ST_OK);
        ck_assert_str_eq(out.text.data, examples[i].normal);
    }
    normalized_release(&out);
}

START_TEST(width_and_case)
{
    static const struct example examples[] = {
        {"", ""},
        {"夜間", "夜間"},
        {"ＡＢＣａｂｃ１２３", "abcabc123"},
        {"ｶﾞｲﾄﾞﾌﾞｯｸ", "ガイドブック"},
        {"ﾊﾟ", "パ"},
        {"㈱㋿①Ⅲ㎡㌔㍻", "(株)令和1iiim2キロ平成"},
        {"ﬁﬀ", "fiff"},
        {"ΩΣς", "ωσσ"},
        {"Straße", "strasse"},
        {"１，０００円", "1,000円"},
        {"福神", "福神"},
    };
    check(examples, sizeof examples / sizeof *examples);
}
END_TEST

START_TEST(variants)
{
    static const struct example examples[] = {
        {"副市长", "副市長"},
        {"髙﨑", "高崎"},
        {"𠮷野家", "吉野家"},
        {"學校", "学校"},
        {"A−B‐C—D", "a-b-c-d"},
        {"10〜12～14", "10~12~14"},
        {"子ども･子育て•", "子ども・子育て・"},
        {"“夜間”", "\"夜間\""},
        {"ヶヵ々〇ー", "ヶヵ々〇ー"},
    };
    check(examples, sizeof examples / sizeof *examples);
}
END_TEST

START_TEST(blanks)
{
    static const struct example examples[] = {
        {" ", " "},
        {"　", " "},
        {"a \t\r\n　\xC2\xA0"
         "b",
         "a b"},
        {"\n夜間\n", " 夜間 "},
        {"a\x01\x7F\xC2\x85"
         "b",
         "a b"},
        {"a\xE2\x80\xA8\xE2\x80\xA9"
         "b",
         "a b"},
    };
    check(examples, sizeof examples / sizeof *examples);
    struct normalized out = NORMALIZED_INIT;
    ck_assert_int_eq(normalize(&out, "a\0\0b", 4), ST_OK);
    ck_assert_str_eq(out.text.data, "a b");
    normalized_release(&out);
}
END_TEST

START_TEST(damaged_utf8)
{
    static const struct example examples[] = {
        {"\xFF", "\uFFFD"},
        {"\xE5\xA4", "\uFFFD"},
        {"\xE5\xA4夜", "\uFFFD夜"},
        {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
        {"\xC0\xAF", "\uFFFD\uFFFD"},
        {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"夜\x80間", "夜\uFFFD間"},
        {"\uFFFD", "\uFFFD"},
        {"\xE3\x82\xAB\xE3\x82", "カ\uFFFD"},
        {"\xFF\xE3\x82\x99", "\uFFFD\u3099"},
    };
    check(examples, sizeof examples / sizeof *examples);
}
END_TEST

START_TEST(marks_and_selectors)
{
    static const struct example examples[] = {
        {"か\u3099", "が"},           {"ハ\u309A", "パ"},          {"e\u0301", "\u00E9"},
        {"e\u0323\u0302", "\u1EC7"},  {"e\u0302\u0323", "\u1EC7"}, {"\u1100\u1161\u11A8", "\uAC01"},
        {"葛\U000E0100城", "葛城"},   {"辻\uFE00", "辻"},          {"☎\uFE0F", "☎"},
        {"夜\u200B間\u00AD", "夜間"}, {"\uFEFF夜間", "夜間"},      {"\u200B", ""},
        {"\u3099", "\u3099"},
    };
    check(examples, sizeof examples / sizeof *examples);
}
END_TEST

START_TEST(spacing_voicing_marks)
{
    static const struct example examples[] = {
        {"か゛っこう", "がっこう"}, {"ハ゜ン", "パン"},        {"ｶ゛", "ガ"},
        {"ウ゛ァ", "ヴァ"},         {"すゝ゛", "すゞ"},        {"か\u200B゛", "か \u3099"},
        {"゛", " \u3099"},          {"同上゛", "同上 \u3099"}, {"あ゛", "あ \u3099"},
        {"カ゜", "カ \u309A"},      {"か ゛", "か \u3099"},    {"か゛゛", "が \u3099"},
        {"゛か", " \u3099か"},      {"a゛", "a \u3099"},
    };
    check(examples, sizeof examples / sizeof *examples);
}
END_TEST

static void check_range(const char *text, size_t from, size_t to, size_t start, size_t end)
{
    struct normalized out = NORMALIZED_INIT;
    size_t got_start, got_end;
    ck_assert_int_eq(normalize(&out, text, strlen(text)), ST_OK);
    ck_assert_uint_le(to, out.text.len);
    normalized_range(&out, from, to, &got_start, &got_end);
    ck_assert_msg(got_start == start && got_end == end, "'%s' %zu-%zu: %zu-%zu, not %zu-%zu", text,
                  from, to, got_start, got_end, start, end);
    normalized_release(&out);
}

START_TEST(map_to_the_original)
{
    check_range("夜間休日", 0, 6, 0, 6);
    check_range("夜間休日", 3, 9, 3, 9);
    check_range("ＡＢＣ", 1, 2, 3, 6);
    check_range("xＡＢy", 0, 4, 0, 8);
    check_range("㈱北海", 0, 5, 0, 3);
    check_range("㈱北海", 1, 4, 0, 3);
    check_range("㈱北海", 4, 8, 0, 6);
    check_range("㈱北海", 5, 8, 3, 6);
    check_range("ｶﾞｲﾄﾞ", 0, 3, 0, 6);
    check_range("ｶﾞｲﾄﾞ", 3, 6, 6, 9);
    check_range("ｶﾞｲﾄﾞ", 0, 9, 0, 15);
    check_range("か\u3099く", 0, 3, 0, 6);
    check_range("か\u3099く", 3, 6, 6, 9);
    check_range("朝か゛く", 3, 6, 3, 9);
    check_range("朝か゛く", 0, 3, 0, 3);
    check_range("朝か゛く", 6, 9, 9, 12);
    check_range("葛\U000E0100城市", 0, 3, 0, 7);
    check_range("葛\U000E0100城市", 3, 6, 7, 10);
    check_range("大葛\U000E0100城", 0, 3, 0, 3);
    check_range("大葛\U000E0100城", 3, 9, 3, 13);
    check_range("\uFEFF夜間", 0, 3, 3, 6);
    check_range("a 　 b", 1, 2, 1, 6);
    check_range("a 　 b", 0, 3, 0, 7);
    check_range("𠮷野", 0, 3, 0, 4);
    check_range("\xFF夜", 3, 6, 1, 4);
}
END_TEST

static void random_text(uint64_t *state, struct buf *out, const char *const *units, size_t n_units)
{
    buf_clear(out);
    for (uint32_t n = next_random(state) % 24; n > 0; n--)
        buf_adds(out, units[next_random(state) % n_units]);
}

static const char *const calm_units[] = {
    "夜",   "間",   "长",     "髙", "𠮷",      "か\u3099", "ｶﾞ",          "ﾊﾟ", "ー",
    "−",    "Ａ",   "ß",      "①",  "㈱",      "㋿",      " ",           "　", "\n",
    "\x01", "\xFF", "é",      "🏠",  "e\u0301", "ﬁ",        "\xE3",        "・", "A",
    "1",    "。",   "\uFFFD", "Σ",  "\u00A8",  "´",        "葛\U000E0100"};

/* Marks and characters without a shape in any order: nobody writes such text, but it may come. */
static const char *const wild_units[] = {"カ",     "か",     "e",      "E",      "\u3099", "\u309A",
                                         "\u0301", "\u0323", "\u0345", "\u0327", "\u200B", "\u200D",
                                         "\uFE0F", "ﾞ",      "\u1100", "\u1161", "\u11A8", " ",
                                         "\u034F", "ﾊ",      "\u00A8", "=",      "\u0338", "−"};

static void check_idempotence(const char *const *units, size_t n_units)
{
    struct normalized once = NORMALIZED_INIT, twice = NORMALIZED_INIT;
    struct buf text = BUF_INIT;
    uint64_t state = 5;
    for (int i = 0; i < 20000; i++) {
        random_text(&state, &text, units, n_units);
        ck_assert_int_eq(normalize(&once, text.data, text.len), ST_OK);
        ck_assert_int_eq(normalize(&twice, once.text.data, once.text.len), ST_OK);
        ck_assert_msg(strcmp(twice.text.data, once.text.data) == 0, "'%s': '%s' then '%s'",
                      text.data, once.text.data, twice.text.data);
        ck_assert_msg(strstr(once.text.data, "  ") == NULL, "two blanks: '%s'", once.text.data);
    }
    buf_release(&text);
    normalized_release(&once);
    normalized_release(&twice);
}

START_TEST(twice_changes_nothing)
{
    check_idempotence(calm_units, sizeof calm_units / sizeof *calm_units);
}
END_TEST

START_TEST(twice_changes_nothing_in_wild_text)
{
    check_idempotence(wild_units, sizeof wild_units / sizeof *wild_units);
}
END_TEST

/* Every part of the normal form maps to a part of the original that normalises to it, or, where a
 * unit was asked for in part, to something that holds it. */
static void check_parts(const struct normalized *n, const char *text, uint64_t *state)
{
    struct normalized part = NORMALIZED_INIT;
    size_t from = utf8_floor(n->text.data, next_random(state) % n->text.len);
    size_t to = from + 1 + next_random(state) % (n->text.len - from);
    uint32_t cp;
    to = utf8_floor(n->text.data, to);
    if (to <= from)
        to = from + utf8_decode(n->text.data + from, n->text.len - from, &cp);
    size_t start, end;
    normalized_range(n, from, to, &start, &end);
    ck_assert_uint_lt(start, end);
    ck_assert_uint_le(end, n->n_orig);
    ck_assert_int_eq(normalize(&part, text + start, end - start), ST_OK);
    ck_assert_msg(memmem(part.text.data, part.text.len, n->text.data + from, to - from) != NULL,
                  "'%s' %zu-%zu: original %zu-%zu", text, from, to, start, end);
    normalized_release(&part);
}

START_TEST(parts_of_random_texts)
{
    struct normalized out = NORMALIZED_INIT;
    struct buf text = BUF_INIT;
    uint64_t state = 7;
    for (int i = 0; i < 20000; i++) {
        random_text(&state, &text, calm_units, sizeof calm_units / sizeof *calm_units);
        ck_assert_int_eq(normalize(&out, text.data, text.len), ST_OK);
        ck_assert_uint_eq(out.n_orig, text.len);
        for (size_t k = 1; k < out.n_points; k++)
            ck_assert_uint_lt(out.points[k - 1].norm, out.points[k].norm);
        if (out.text.len > 0) {
            ck_assert_uint_eq(out.points[0].norm, 0);
            check_parts(&out, text.data, &state);
        }
    }
    buf_release(&text);
    normalized_release(&out);
}
END_TEST

START_TEST(big_texts_take_linear_time)
{
    static const char *const units[] = {"\u0301", "\u3099", "\u0323\u0301", "\u200B", " ",
                                        "\xFF",   "ｶﾞ",     "夜",           "\uFDFA", "\u11A8"};
    struct normalized out = NORMALIZED_INIT;
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        buf_clear(&text);
        buf_addc(&text, 'e');
        while (text.len < 1 << 20)
            buf_adds(&text, units[i]);
        ck_assert_int_eq(normalize(&out, text.data, text.len), ST_OK);
        ck_assert_uint_gt(out.text.len, 0);
    }
    buf_release(&text);
    normalized_release(&out);
}
END_TEST

START_TEST(too_long_is_refused)
{
    struct normalized out = NORMALIZED_INIT;
    ck_assert_int_eq(normalize(&out, "", NORMALIZE_MAX_BYTES), ST_INPUT);
    normalized_release(&out);
}
END_TEST

Suite *suite_normalize(void)
{
    Suite *suite = suite_create("normalize");
    TCase *tests = tcase_create("normalize");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, width_and_case);
    tcase_add_test(tests, variants);
    tcase_add_test(tests, blanks);
    tcase_add_test(tests, damaged_utf8);
    tcase_add_test(tests, marks_and_selectors);
    tcase_add_test(tests, spacing_voicing_marks);
    tcase_add_test(tests, map_to_the_original);
    tcase_add_test(tests, twice_changes_nothing);
    tcase_add_test(tests, twice_changes_nothing_in_wild_text);
    tcase_add_test(tests, parts_of_random_texts);
    tcase_add_test(tests, big_texts_take_linear_time);
    tcase_add_test(tests, too_long_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
