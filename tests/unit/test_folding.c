/* Folding in parts. Interface: suites.h. */
#include "tests/unit/suites.h"

#include "dict/folding.h"

#include <string.h>

#define LENGTH(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const struct {
    const char *text;
    unsigned kinds;
    const char *folded;
} applied[] = {
    {"ＤＶ  學\n校", 0, "ＤＶ 學 校"},
    {"ＤＶ學", FOLDING_WIDTH, "DV學"},
    {"ＤＶ學", FOLDING_CASE, "ｄｖ學"},
    {"ＤＶ學", FOLDING_VARIANTS, "ＤＶ学"},
    {"ＤＶ學", FOLDING_ALL, "dv学"},
    {"ｶﾞ㈱①", FOLDING_WIDTH, "ガ(株)1"},
    {"ｶﾞ㈱①", FOLDING_CASE | FOLDING_VARIANTS, "ｶﾞ㈱①"},
    {"か\u3099", 0, "が"},
    {"か゛", FOLDING_WIDTH, "が"},
    {"か゛", FOLDING_CASE | FOLDING_VARIANTS, "か゛"},
    {"上゛", FOLDING_WIDTH, "上 \u3099"},
    {"\uFA19", FOLDING_WIDTH | FOLDING_CASE, "\uFA19"},
    {"\uFA19", FOLDING_VARIANTS, "\u795E"},
    {"\u845B\U000E0100", FOLDING_WIDTH, "\u845B\U000E0100"},
    {"\u845B\U000E0100", FOLDING_VARIANTS, "\u845B"},
    {"\uFB01", FOLDING_CASE, "\uFB01"},
    {"\uFB01", FOLDING_WIDTH, "fi"},
    {"a\xFF", FOLDING_ALL, "a\uFFFD"},
    {"", FOLDING_ALL, ""},
};

START_TEST(applies)
{
    struct buf out = BUF_INIT;
    ck_assert(folding_apply(&out, applied[_i].text, strlen(applied[_i].text), applied[_i].kinds));
    ck_assert_str_eq(out.data, applied[_i].folded);
    buf_release(&out);
}
END_TEST

static const struct {
    const char *text;
    const char *typed;
    const char *name;
} compared[] = {
    {"DV", "DV", ""},
    {"ＤＶ", "DV", "width"},
    {"ＤＶ", "dv", "width+case"},
    {"學", "学", "variants"},
    {"か゛", "が", "width"},
    {"ｄｖ學", "DV学", "width+case+variants"},
    {"Ａ學", "A学", "width+variants"},
    {"A學", "a学", "case+variants"},
    {"a\nb", "a b", "characters"},
    {"㈱", "株", "width"},
    {"a", "", ""},
};

START_TEST(compares)
{
    unsigned kinds;
    ck_assert(folding_between(compared[_i].text, strlen(compared[_i].text), compared[_i].typed,
                              strlen(compared[_i].typed), &kinds));
    ck_assert_str_eq(folding_name(kinds), compared[_i].name);
}
END_TEST

Suite *suite_folding(void)
{
    Suite *suite = suite_create("folding");
    TCase *tests = tcase_create("folding");
    tcase_add_loop_test(tests, applies, 0, LENGTH(applied));
    tcase_add_loop_test(tests, compares, 0, LENGTH(compared));
    suite_add_tcase(suite, tests);
    return suite;
}
