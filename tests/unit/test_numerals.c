/* Numbers as texts write them. Interface: suites.h. */
#include "tests/unit/suites.h"

#include "dict/numerals.h"

#include <inttypes.h>
#include <string.h>

#define LENGTH(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const struct {
    const char *text;
    uint64_t value;
    const char *rest; /* what the number does not take; NULL: no number at all */
} cases[] = {
    {"30人", 30, "人"},
    {"三十人", 30, "人"},
    {"三〇人", 30, "人"},
    {"十", 10, ""},
    {"千二百", 1200, ""},
    {"12,000円", 12000, "円"},

    {"12,00", 12, ",00"},
    {"1,234,567", 1234567, ""},
    {"1万2千", 12000, ""},
    {"1万2000", 12000, ""},
    {"一万二千三百四十五", 12345, ""},
    {"一億二千万", 120000000, ""},
    {"二〇一九年", 2019, "年"},
    {"3千5百万", 35000000, ""},
    {"百百", 100, "百"},
    {"十千", 10, "千"},
    {"1三", 1, "三"},
    {"一四半期", 1, "四半期"},
    {"四半期", 4, "半期"},
    {"二四半", 24, "半"},
    {"零歳", 0, "歳"},
    {"零一", 0, NULL},
    {"999999999999", 999999999999, ""},
    {"1000000000000", 0, NULL},
    {"0120", 0, NULL},
    {"〇一", 0, NULL},
    {"0", 0, ""},
    {"万", 0, NULL},
    {"人", 0, NULL},
    {"", 0, NULL},
};

START_TEST(numbers_are_read)
{
    const char *text = cases[_i].text, *rest = cases[_i].rest;
    struct numeral n;
    ck_assert_msg(numeral_read(text, strlen(text), &n) == (rest != NULL), "'%s'", text);
    if (rest == NULL)
        return;
    ck_assert_msg(n.value == cases[_i].value, "'%s' is %" PRIu64, text, n.value);
    ck_assert_str_eq(text + n.len, rest);
}
END_TEST

static const struct {
    uint64_t value;
    const char *forms[NUMERAL_N_FORMS];
} written[] = {
    {0, {"0", "0", "〇", "〇", "〇", "〇", "〇"}},
    {7, {"7", "7", "7", "7", "7", "七", "七"}},
    {10, {"10", "10", "10", "10", "10", "十", "一〇"}},
    {31, {"31", "31", "31", "31", "31", "三十一", "三一"}},
    {2000, {"2000", "2,000", "2000", "2,000", "2千", "二千", "二〇〇〇"}},
    {12000, {"12000", "12,000", "1万2000", "1万2,000", "1万2千", "一万二千", "一二〇〇〇"}},
    {120000000,
     {"120000000", "120,000,000", "1億2000万", "1億2,000万", "1億2千万", "一億二千万",
      "一二〇〇〇〇〇〇〇"}},
};

START_TEST(numbers_are_written)
{
    struct buf out = BUF_INIT;
    for (int f = 0; f < NUMERAL_N_FORMS; f++) {
        buf_clear(&out);
        numeral_write(&out, written[_i].value, (enum numeral_form)f);
        ck_assert_str_eq(out.data, written[_i].forms[f]);
    }
    buf_release(&out);
}
END_TEST

/* What is written in any form reads as the same number, but kanji digits of a 10 in front. */
START_TEST(what_is_written_is_read)
{
    struct buf out = BUF_INIT;
    for (uint64_t value = 1; value < NUMERAL_MAX; value = value * 3 + value / 7) {
        for (int f = 0; f < NUMERAL_N_FORMS; f++) {
            struct numeral n;
            buf_clear(&out);
            numeral_write(&out, value, (enum numeral_form)f);
            ck_assert(numeral_read(out.data, out.len, &n));
            ck_assert_msg(n.len == out.len && n.value == value, "'%s'", out.data);
        }
    }
    buf_release(&out);
}
END_TEST

Suite *suite_numerals(void)
{
    Suite *suite = suite_create("numerals");
    TCase *tests = tcase_create("numerals");
    tcase_add_loop_test(tests, numbers_are_read, 0, LENGTH(cases));
    tcase_add_loop_test(tests, numbers_are_written, 0, LENGTH(written));
    tcase_add_test(tests, what_is_written_is_read);
    suite_add_tcase(suite, tests);
    return suite;
}
