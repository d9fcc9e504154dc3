/* Dates in every written form. Interface: suites.h. */
#include "tests/unit/suites.h"

#include "dict/dates.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH(array) ((int)(sizeof(array) / sizeof((array)[0])))

struct parse_case {
    const char *text;
    const char *first; /* NULL: no date */
    const char *last;
};

static const struct parse_case parse_cases[] = {
    /* one day */
    {"令和元年6月5日", "2019-06-05", "2019-06-05"},
    {"令和1年6月5日", "2019-06-05", "2019-06-05"},
    {"令和 元年 6月 5日", "2019-06-05", "2019-06-05"},
    {"　令和　元　年　６　月　５　日\n", "2019-06-05", "2019-06-05"},
    {"R1.6.5", "2019-06-05", "2019-06-05"},
    {"r1.6.5", "2019-06-05", "2019-06-05"},
    {"R元.6.5", "2019-06-05", "2019-06-05"},
    {"R1.06.05", "2019-06-05", "2019-06-05"},
    {"R01. 6. 5", "2019-06-05", "2019-06-05"},
    {"H31/4/1", "2019-04-01", "2019-04-01"},
    {"h31/4/1", "2019-04-01", "2019-04-01"},
    {"Ｒ２－３－１", "2020-03-01", "2020-03-01"},
    {"S64.1.7", "1989-01-07", "1989-01-07"},
    {"T15.12.24", "1926-12-24", "1926-12-24"},
    {"m45.7.29", "1912-07-29", "1912-07-29"},
    {"令和元.6.5", "2019-06-05", "2019-06-05"},
    {"2019年6月5日", "2019-06-05", "2019-06-05"},
    {"２０１９年０６月０５日", "2019-06-05", "2019-06-05"},
    {"2019-06-05", "2019-06-05", "2019-06-05"},
    {"２０１９-０６-０５", "2019-06-05", "2019-06-05"},
    {"2019−06−05", "2019-06-05", "2019-06-05"},
    {"2019ー06ー05", "2019-06-05", "2019-06-05"},
    {"2019/6/5", "2019-06-05", "2019-06-05"},
    {"2019.6.5", "2019-06-05", "2019-06-05"},
    {"20190605", "2019-06-05", "2019-06-05"},
    {"平成三十一年四月一日", "2019-04-01", "2019-04-01"},
    {"二〇一九年六月五日", "2019-06-05", "2019-06-05"},
    {"二千十九年十一月二十三日", "2019-11-23", "2019-11-23"},
    {"令和二年十一月二十三日", "2020-11-23", "2020-11-23"},
    {"平成二〇年一〇月三〇日", "2008-10-30", "2008-10-30"},
    {"㋿元年6月5日", "2019-06-05", "2019-06-05"},
    {"㍻31年4月30日", "2019-04-30", "2019-04-30"},
    {"㍼64年1月7日", "1989-01-07", "1989-01-07"},
    {"㍽元年12月1日", "1912-12-01", "1912-12-01"},
    {"㍾元年1月25日", "1868-01-25", "1868-01-25"},
    {"令和元年㋅㏤", "2019-06-05", "2019-06-05"},
    {"令\xF3\xA0\x84\x80和元年6月5日", "2019-06-05", "2019-06-05"}, /* variation selector */
    {"令和元年6月5日（水）", "2019-06-05", "2019-06-05"},
    {"令和元年6月5日 (水曜日)", "2019-06-05", "2019-06-05"},
    {"2019/6/5(水)", "2019-06-05", "2019-06-05"},
    {"令和元年7月15日（月・祝）", "2019-07-15", "2019-07-15"},
    {"令和元年6月5日㈬", "2019-06-05", "2019-06-05"},
    {"令和元年6月5日頃", "2019-06-05", "2019-06-05"},
    {"平成31年12月31日", "2019-12-31", "2019-12-31"},
    {"昭和100年1月1日", "2025-01-01", "2025-01-01"},
    /* leap years */
    {"2020-02-29", "2020-02-29", "2020-02-29"},
    {"2000-02-29", "2000-02-29", "2000-02-29"},
    {"2019-02-29", NULL, NULL},
    {"1900-02-29", NULL, NULL},
    {"2100年2月29日", NULL, NULL},
    {"令和2年2月", "2020-02-01", "2020-02-29"},
    {"令和元年2月", "2019-02-01", "2019-02-28"},
    {"令和元年2月30日", NULL, NULL},
    {"平成31年4月31日", NULL, NULL},
    /* months and parts of them */
    {"令和2年3月", "2020-03-01", "2020-03-31"},
    {"平成31年5月", "2019-05-01", "2019-05-31"},
    {"2019-06", "2019-06-01", "2019-06-30"},
    {"2019/6", "2019-06-01", "2019-06-30"},
    {"2019.12", "2019-12-01", "2019-12-31"},
    {"R1.6", "2019-06-01", "2019-06-30"},
    {"令和元年6月上旬", "2019-06-01", "2019-06-10"},
    {"令和元年6月初旬", "2019-06-01", "2019-06-10"},
    {"令和元年6月中旬頃", "2019-06-11", "2019-06-20"},
    {"令和2年2月下旬", "2020-02-21", "2020-02-29"},
    {"令和元年6月末", "2019-06-30", "2019-06-30"},
    {"令和元年6月ごろ", "2019-06-01", "2019-06-30"},
    {"令和元年13月", NULL, NULL},
    {"令和元年0月", NULL, NULL},
    {"2019-13", NULL, NULL},
    /* years */
    {"令和元年", "2019-01-01", "2019-12-31"},
    {"平成31年", "2019-01-01", "2019-12-31"},
    {"2019年", "2019-01-01", "2019-12-31"},
    {"2019", "2019-01-01", "2019-12-31"},
    {"R1", "2019-01-01", "2019-12-31"},
    {"令和2", "2020-01-01", "2020-12-31"},
    {"2019年末", "2019-12-31", "2019-12-31"},
    {"二千年", "2000-01-01", "2000-12-31"},
    {"9999年", "9999-01-01", "9999-12-31"},
    {"令和元年度", "2019-04-01", "2020-03-31"},
    {"平成31年度", "2019-04-01", "2020-03-31"},
    {"平成40年度", "2028-04-01", "2029-03-31"},
    {"令和元年 度", NULL, NULL},
    {"R3年度", "2021-04-01", "2022-03-31"},
    {"H30度", "2018-04-01", "2019-03-31"},
    {"2019年度", "2019-04-01", "2020-03-31"},
    {"平成三十年度", "2018-04-01", "2019-03-31"},
    {"令和元年度末", "2020-03-31", "2020-03-31"},
    {"9999年度", "9999-04-01", "9999-12-31"},
    {"令和0年", NULL, NULL},
    {"令和9999年", NULL, NULL},
    {"19年", NULL, NULL},
    {"0999年", NULL, NULL},
    /* eras */
    {"令和", "2019-05-01", "9999-12-31"},
    {"平成", "1989-01-08", "2019-04-30"},
    {"㍻", "1989-01-08", "2019-04-30"},
    {"昭和", "1926-12-25", "1989-01-07"},
    {"大正", "1912-07-30", "1926-12-24"},
    {"明治", "1868-01-25", "1912-07-29"},
    {"R", NULL, NULL},
    /* periods */
    {"令和元年6月1日～8日", "2019-06-01", "2019-06-08"},
    {"令和元年6月1日（土）～8日（土）", "2019-06-01", "2019-06-08"},
    {"令和元年6月1日 〜 7月8日", "2019-06-01", "2019-07-08"},
    {"令和元年6月～令和2年3月", "2019-06-01", "2020-03-31"},
    {"平成30年度～令和2年度", "2018-04-01", "2021-03-31"},
    {"平成28～30年度", "2016-04-01", "2019-03-31"},
    {"平成28年～30年", "2016-01-01", "2018-12-31"},
    {"2019–2021", "2019-01-01", "2021-12-31"},
    {"2019~2021年度", "2019-04-01", "2022-03-31"},
    {"2019/6/1～6/8", "2019-06-01", "2019-06-08"},
    {"2019/12/28～1/3", "2019-12-28", "2020-01-03"},
    {"令和元年12月～3月", "2019-12-01", "2020-03-31"},
    {"令和元年6月から8月まで", "2019-06-01", "2019-08-31"},
    {"平成～令和", "1989-01-08", "9999-12-31"},
    {"平成～3年", NULL, NULL},
    {"令和2年～令和元年", NULL, NULL},
    {"令和元年6月8日～1日", NULL, NULL},
    {"令和元年6月～8日", NULL, NULL},
    {"令和元年～3月", NULL, NULL},
    {"9999年12月～1月", NULL, NULL},
    {"2019/4～2020/3", "2019-04-01", "2020-03-31"},
    {"2019/6/1～8", "2019-06-01", "2019-06-08"},
    {"2019/10～3", "2019-10-01", "2020-03-31"},
    {"2019/10～13", NULL, NULL},
    {"2019/6/1～31", NULL, NULL},
    {"令和元年6月～同年9月", "2019-06-01", "2019-09-30"},
    {"令和元年6月1日から同月8日まで", "2019-06-01", "2019-06-08"},
    {"令和元年6月～翌年3月末", "2019-06-01", "2020-03-31"},
    {"令和元年～翌年3月", NULL, NULL},
    {"9999年6月～翌年3月", NULL, NULL},
    /* with a hyphen that can be nothing else */
    {"R1.6.1-R2.3.31", "2019-06-01", "2020-03-31"},
    {"2019/4/1-4/5", "2019-04-01", "2019-04-05"},
    {"2019年4月-6月", "2019-04-01", "2019-06-30"},
    {"R1-R3", "2019-01-01", "2021-12-31"},
    {"2019-04-01 - 2020-03-31", "2019-04-01", "2020-03-31"},
    {"2019-04-01-2020-03-31", NULL, NULL},
    {"2019年4月-", NULL, NULL},
    {"2019-", NULL, NULL},
    /* without an end or a start */
    {"令和元年6月1日～", "2019-06-01", "9999-12-31"},
    {"H30.4～", "2018-04-01", "9999-12-31"},
    {"平成30年度～継続中", "2018-04-01", "9999-12-31"},
    {"平成30年度以降", "2018-04-01", "9999-12-31"},
    {"令和元年6月から", "2019-06-01", "9999-12-31"},
    {"～令和2年", "0001-01-01", "2020-12-31"},
    {"～R2.3.31", "0001-01-01", "2020-03-31"},
    {"令和2年3月31日まで", "0001-01-01", "2020-03-31"},
    {"令和2年以前", "0001-01-01", "2020-12-31"},
    {"～", NULL, NULL},
    {"～令和2年～", NULL, NULL},
    {"令和元年6月以降～8月", NULL, NULL},
    /* eras of one character, a dot behind the letter */
    {"平30.4.1", "2018-04-01", "2018-04-01"},
    {"令2.3.31", "2020-03-31", "2020-03-31"},
    {"昭63年度", "1988-04-01", "1989-03-31"},
    {"R.1.6.5", "2019-06-05", "2019-06-05"},
    {"平", NULL, NULL},
    {"平.", NULL, NULL},
    /* the year of the other calendar in brackets */
    {"平成31年（2019年）4月1日", "2019-04-01", "2019-04-01"},
    {"平成31（2019）年4月1日", "2019-04-01", "2019-04-01"},
    {"2019年（令和元年）7月", "2019-07-01", "2019-07-31"},
    {"2019(令和元)年度", "2019-04-01", "2020-03-31"},
    {"平成31年度（令和元年度）", "2019-04-01", "2020-03-31"},
    {"R元(2019).6.5", "2019-06-05", "2019-06-05"},
    {"平成31年（2018年）4月1日", NULL, NULL},
    {"平成31年（2019年4月1日", NULL, NULL},
    {"平成31年（4月1日）", NULL, NULL},
    /* with a time of day */
    {"2019-07-08 10:30", "2019-07-08", "2019-07-08"},
    {"2019-07-08T10:30:00.5Z", "2019-07-08", "2019-07-08"},
    {"2019-07-08T10:30:00+09:00", "2019-07-08", "2019-07-08"},
    {"令和元年7月8日 午前10時", "2019-07-08", "2019-07-08"},
    {"令和元年7月8日（月）午後1時30分～3時半", "2019-07-08", "2019-07-08"},
    {"2019/7/8 正午", "2019-07-08", "2019-07-08"},
    {"2019/7/8 10:00～2019/7/9 12:00", "2019-07-08", "2019-07-09"},
    {"令和元年7月8日10時～9日12時", "2019-07-08", "2019-07-09"},
    {"2019-07-08 10", NULL, NULL},
    {"2019-07-08 10:", NULL, NULL},
    {"2019-07 10:30", NULL, NULL},
    /* parts of a fiscal year */
    {"令和2年度上半期", "2020-04-01", "2020-09-30"},
    {"令和2年度下期", "2020-10-01", "2021-03-31"},
    {"令和2年度 第1四半期", "2020-04-01", "2020-06-30"},
    {"令和2年度第三四半期", "2020-10-01", "2020-12-31"},
    {"R2年度第４四半期", "2021-01-01", "2021-03-31"},
    {"令和2年度第5四半期", NULL, NULL},
    {"令和2年上半期", NULL, NULL},
    {"9999年度下半期", NULL, NULL},
    /* what changes nothing */
    {"令和2年4月1日現在", "2020-04-01", "2020-04-01"},
    {"令和2年4月（予定）", "2020-04-01", "2020-04-30"},
    {"令和2年度中", "2020-04-01", "2021-03-31"},
    {"令和2年度（通年）", "2020-04-01", "2021-03-31"},
    {"令和元年6月5日水曜日", "2019-06-05", "2019-06-05"},
    {"令和元年6月5日 水", NULL, NULL},
    /* not clear, or no days at all */
    {"元.6.1", NULL, NULL},
    {"31.4.1", NULL, NULL},
    {"上半期", NULL, NULL},
    {"令和2年夏頃", NULL, NULL},
    {"毎月", NULL, NULL},
    {"通年", NULL, NULL},
    /* no dates */
    {"", NULL, NULL},
    {" ", NULL, NULL},
    {"6月5日", NULL, NULL},
    {"十一月二十三日", NULL, NULL},
    {"令和元年春", NULL, NULL},
    {"令和元年6月5日に", NULL, NULL},
    {"令和元年6月5", NULL, NULL},
    {"2019-06/05", NULL, NULL},
    {"2019-6-5-1", NULL, NULL},
    {"2019-2020", NULL, NULL},
    {"20191301", NULL, NULL},
    {"201906", NULL, NULL},
    {"120190605", NULL, NULL},
    {"①2019年6月", NULL, NULL},
    {"令和三〇十年", NULL, NULL},
    {"令和二三十年", NULL, NULL},
    {"令和十百年", NULL, NULL},
    {"二〇一九〇年", NULL, NULL},
    {"令和元年6月5日(水", NULL, NULL},
    {"令和元年6月5日()", NULL, NULL},
    {"令和元年6月5日\xE6", NULL, NULL},
    {"\xFF令和元年", NULL, NULL},
};

static bool parse(const char *text, size_t n_bytes, struct date_range *range)
{
    /* An exact copy lets the sanitizer see reads past the end. */
    char *copy = malloc(n_bytes + !n_bytes);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, n_bytes);
    bool found = date_parse(copy, n_bytes, range);
    free(copy);
    return found;
}

START_TEST(parses)
{
    const struct parse_case *t = &parse_cases[_i];
    struct date_range range = {12, 34};
    char out[16];

    ck_assert_msg(parse(t->text, strlen(t->text), &range) == (t->first != NULL), "'%s'", t->text);
    if (!t->first) {
        ck_assert_int_eq(range.first, 12);
        ck_assert_int_eq(range.last, 34);
        return;
    }
    date_format(range.first, out);
    ck_assert_msg(strcmp(out, t->first) == 0, "'%s' from %s", t->text, out);
    date_format(range.last, out);
    ck_assert_msg(strcmp(out, t->last) == 0, "'%s' to %s", t->text, out);
}
END_TEST

START_TEST(stops_at_the_length)
{
    struct date_range range;
    const char *text = "令和元年6月5日";
    char out[16];

    ck_assert(parse(text, strlen("令和元年6月"), &range));
    date_format(range.last, out);
    ck_assert_str_eq(out, "2019-06-30");
    ck_assert(!parse("2019\0", 5, &range));
}
END_TEST

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

START_TEST(formats)
{
    char out[16];

    date_format(0, out);
    ck_assert_str_eq(out, "1970-01-01");
    date_format(-1, out);
    ck_assert_str_eq(out, "1969-12-31");
    date_format(18052, out);
    ck_assert_str_eq(out, "2019-06-05");
    date_format(-719162, out);
    ck_assert_str_eq(out, "0001-01-01");
    date_format(DAY_NONE, out);
    ck_assert_str_eq(out, "0001-01-01");
    date_format(INT32_MAX, out);
    ck_assert_str_eq(out, "9999-12-31");
}
END_TEST

/* Each day of 1000 to 9999, written and read again, against a calendar that counts one by one. */
START_TEST(every_day_returns)
{
    struct date_range range;
    char previous[16] = "";

    ck_assert(date_parse("1000-01-01", 10, &range));
    day_t last = 2932896; /* 9999-12-31 */
    for (day_t day = range.first; day <= last; day++) {
        char out[16];
        date_format(day, out);
        /* One check for all: Check writes a record for each that holds. */
        if (strcmp(previous, out) >= 0 || !date_parse(out, 10, &range) || range.first != day ||
            range.last != day)
            ck_abort_msg("day %d as %s", (int)day, out);
        memcpy(previous, out, sizeof(out));
    }
    ck_assert(date_parse("9999-12-31", 10, &range));
    ck_assert_int_eq(range.first, last);
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

static const struct parse_case several_cases[] = {
    {"令和元年6月3日、7月8日", "2019-06-03", "2019-07-08"},
    {"令和元年6月3日及び10日", "2019-06-03", "2019-06-10"},
    {"2019-06-03, 2019-07-08", "2019-06-03", "2019-07-08"},
    {"2019/6/3;2019/8/1；2019/7/8", "2019-06-03", "2019-08-01"},
    {"令和元年6月3日 令和2年7月8日", "2019-06-03", "2020-07-08"},
    {"令和元年6月・7月", "2019-06-01", "2019-07-31"},
    {"令和元年6月3日", NULL, NULL},
    {"令和元年6月3日、未定", NULL, NULL},
    {"6月3日、7月8日", NULL, NULL},
    {"2019-07-08, 2019-06-03", NULL, NULL},
    {"、", NULL, NULL},
    {"", NULL, NULL},
};

START_TEST(several)
{
    const struct parse_case *c = &several_cases[_i];
    struct date_range range;
    char first[16], last[16];
    bool found = date_parse_several(c->text, strlen(c->text), &range);
    ck_assert_msg(found == (c->first != NULL), "'%s'", c->text);
    if (found) {
        date_format(range.first, first);
        date_format(range.last, last);
        ck_assert_str_eq(first, c->first);
        ck_assert_str_eq(last, c->last);
    }
}
END_TEST

Suite *suite_dates(void)
{
    Suite *s = suite_create("dates");
    TCase *tc = tcase_create("dates");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, parses, 0, LENGTH(parse_cases));
    tcase_add_loop_test(tc, several, 0, LENGTH(several_cases));
    tcase_add_test(tc, stops_at_the_length);
    tcase_add_loop_test(tc, finds, 0, LENGTH(find_cases));
    tcase_add_test(tc, formats);
    tcase_add_test(tc, every_day_returns);
    tcase_add_loop_test(tc, long_texts, 0, LENGTH(long_pieces));
    tcase_add_test(tc, random_bytes);
    suite_add_tcase(s, tc);
    return s;
}
