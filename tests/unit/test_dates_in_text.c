/* Dates in running text, and texts that are none. Interface: suites.h. */
#include "tests/unit/suites.h"

#include "dict/dates/dates.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH(array) ((int)(sizeof(array) / sizeof((array)[0])))

struct find_case {
    const char *text;
    const char *match; /* NULL: none */
    const char *first;
    const char *last;
};

static const struct find_case find_cases[] = {
    {"会議は令和元年6月5日に開催", "令和元年6月5日", "2019-06-05", "2019-06-05"},
    {"会議は令和元年6月5日（水）に開催", "令和元年6月5日（水）", "2019-06-05", "2019-06-05"},
    {"（令和 元年 6月 5日）", "令和 元年 6月 5日", "2019-06-05", "2019-06-05"},
    {"更新日：２０１９年６月５日　札幌市", "２０１９年６月５日", "2019-06-05", "2019-06-05"},
    {"期間は令和元年6月1日～8日", "令和元年6月1日", "2019-06-01", "2019-06-01"},
    {"令和の世、平成三十一年四月一日から", "平成三十一年四月一日", "2019-04-01", "2019-04-01"},
    {"施行㍻31年4月30日", "㍻31年4月30日", "2019-04-30", "2019-04-30"},
    {"①2019年度の予算", "2019年度", "2019-04-01", "2020-03-31"},
    {"令和元年度から", "令和元年度", "2019-04-01", "2020-03-31"},
    {"令和2年3月 10人", "令和2年3月", "2020-03-01", "2020-03-31"},
    {"令和元年 6件", "令和元年", "2019-01-01", "2019-12-31"},
    {"令和元年6月上旬に", "令和元年6月上旬", "2019-06-01", "2019-06-10"},
    {"時点(R1.6.5)", "R1.6.5", "2019-06-05", "2019-06-05"},
    {"as of h31/4/1.", "h31/4/1", "2019-04-01", "2019-04-01"},
    {"2019-06-05T10:00", "2019-06-05", "2019-06-05", "2019-06-05"},
    {"in 2019-06.", "2019-06", "2019-06-01", "2019-06-30"},
    {"R元.6まで", "R元.6", "2019-06-01", "2019-06-30"},
    {"平成30.4現在", "平成30.4", "2018-04-01", "2018-04-30"},
    {"令和元年2月30日と令和2年", "令和2年", "2020-01-01", "2020-12-31"},
    {"6月5日と2019年6月6日", "2019年6月6日", "2019-06-06", "2019-06-06"},
    {"\xE4\xBB令\xFF令和2年\xE5", "令和2年", "2020-01-01", "2020-12-31"},
    {"二〇一九年六月五日", "二〇一九年六月五日", "2019-06-05", "2019-06-05"},
    {"2019年", "2019年", "2019-01-01", "2019-12-31"},
    {"2019-㏤まで令和2年", "令和2年", "2020-01-01", "2020-12-31"},
    {"令和元年㋅㏤に", "令和元年㋅㏤", "2019-06-05", "2019-06-05"},
    {"R1-6 と R2年3月", "R2年3月", "2020-03-01", "2020-03-31"},
    {"", NULL, NULL, NULL},
    {"令和", NULL, NULL, NULL},
    {"令和の時代", NULL, NULL, NULL},
    {"2019", NULL, NULL, NULL},
    {"20190605", NULL, NULL, NULL},
    {"令和2", NULL, NULL, NULL},
    {"6月5日", NULL, NULL, NULL},
    {"M6.5の地震", NULL, NULL, NULL},
    {"2019.6 ha", NULL, NULL, NULL},
    {"2019 - 6", NULL, NULL, NULL},
    {"2019.6.5.1", NULL, NULL, NULL},
    {"1.2019.6.5", NULL, NULL, NULL},
    {"12019年6月", NULL, NULL, NULL},
    {"ABR1.6.5", NULL, NULL, NULL},
    {"2019-06-055", NULL, NULL, NULL},
    {"2019-13-01", NULL, NULL, NULL},
    {"011-2019-0605", NULL, NULL, NULL},
    {"三千年の歴史", NULL, NULL, NULL},
    {"気温はT30度", NULL, NULL, NULL},
};

START_TEST(finds)
{
    const struct find_case *t = &find_cases[_i];
    size_t start = 77;
    size_t end = 88;
    struct date_range range = {12, 34};
    char out[16];

    bool found = date_find(t->text, strlen(t->text), &start, &end, &range);
    ck_assert_msg(found == (t->match != NULL), "'%s'", t->text);
    if (!found) {
        ck_assert_uint_eq(start, 77);
        ck_assert_uint_eq(end, 88);
        ck_assert_int_eq(range.first, 12);
        return;
    }
    ck_assert_msg(end - start == strlen(t->match) &&
                      memcmp(t->text + start, t->match, end - start) == 0,
                  "'%s' at %zu to %zu", t->text, start, end);
    date_format(range.first, out);
    ck_assert_str_eq(out, t->first);
    date_format(range.last, out);
    ck_assert_str_eq(out, t->last);
}
END_TEST

/* Repeated pieces up to a megabyte: neither reader may need more than linear time for any. */
static const char *const long_pieces[] = {
    "令和",   "9",  "2019",   " ",  "令和 ", "R1.",
    "2019- ", "十", "2019年", "（", "\xFF",  "\xE2\x80\x8B",
};

START_TEST(long_texts)
{
    const char *piece = long_pieces[_i];
    size_t step = strlen(piece);
    size_t n = (1 << 20) / step * step;
    char *text = malloc(n);
    struct date_range range = {12, 34};
    size_t start, end;

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < n; i += step)
        memcpy(text + i, piece, step);
    ck_assert(!date_parse(text, n, &range));
    ck_assert_int_eq(range.first, 12);
    ck_assert(date_find(text, n, &start, &end, &range) == (strcmp(piece, "2019年") == 0));
    free(text);
}
END_TEST

START_TEST(random_bytes)
{
    static const char *const pieces[] = {"令和",   "元",   "年",     "度", "6",    "月",    "日",
                                         "R",      ".",    "-",      "/",  "2019", "十",    "～",
                                         "（",     "水",   "）",     " ",  "曜日", "10:30", "まで",
                                         "上半期", "第",   "四半期", "同", "翌年", "\xE4",  "㍻",
                                         "末",     "上旬", "0",      "㏤", "\xFF", "h31"};
    unsigned state = 20190605;
    int n_found = 0;

    for (int round = 0; round < 20000; round++) {
        char text[128];
        size_t n = 0;
        for (unsigned k = 0; k < 12; k++) {
            state = state * 1103515245U + 12345U;
            const char *piece = pieces[(state >> 16) % (sizeof(pieces) / sizeof(pieces[0]))];
            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        struct date_range range;
        size_t start, end;
        if (date_parse(text, n, &range) && range.first > range.last)
            ck_abort_msg("'%.*s' ends before it starts", (int)n, text);
        if (!date_find(text, n, &start, &end, &range))
            continue;
        n_found++;
        struct date_range again;
        if (start >= end || end > n || !date_parse(text + start, end - start, &again) ||
            again.first != range.first || again.last != range.last)
            ck_abort_msg("'%.*s' is another date at %zu to %zu", (int)n, text, start, end);
    }
    ck_assert_int_gt(n_found, 300);
}
END_TEST

TCase *date_in_text_tests(void)
{
    TCase *tc = tcase_create("dates in text");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, finds, 0, LENGTH(find_cases));
    tcase_add_loop_test(tc, long_texts, 0, LENGTH(long_pieces));
    tcase_add_test(tc, random_bytes);
    return tc;
}
