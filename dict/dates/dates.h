/* Japanese and western dates in any written form, to ISO 8601 ranges of days. */
#ifndef HIKU_DICT_DATES_DATES_H
#define HIKU_DICT_DATES_DATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days since 1970-01-01 (proleptic Gregorian). */
typedef int32_t day_t;
#define DAY_NONE INT32_MIN

/* A closed range of days: a single date has first == last, 令和2年3月 is the whole month,
 * 令和元年度 the year from 1 April to 31 March, 2019年 or 平成 the whole year or era. */
struct date_range {
    day_t first;
    day_t last;
};

/* Reads the text as exactly one date or period, white space around and between its parts ignored.
 * TEXT: N_BYTES of UTF-8 in any width (it is normalised inside); damaged UTF-8 is no date.
 * Returns false, *RANGE untouched, when it is none, or none that exists (令和元年2月30日).
 * An era's years are calendar years: 令和元年 is 2019-01-01 to 2019-12-31, and they run on past the
 * era's end (平成31年5月, 平成40年度), as documents written before it do. The era alone is exact:
 * 平成 is 1989-01-08 to 2019-04-30, 令和 2019-05-01 to 9999-12-31.
 *
 * Forms:
 * - 令和元年6月5日, 令和2年3月, 令和元年度, 令和元年, 平成三十一年四月一日;
 * - R1.6.5, R.1.6.5, R元.6.5, H31/4/1, Ｒ２－３－１, 平30.4.1, R1年度, R1;
 * - 2019年6月5日, 2019年度, 二〇一九年六月五日;
 * - 2019-06-05, 2019/6/5, 2019.6.5, 20190605, 2019-06, 2019/6, 2019;
 * - 明治 大正 昭和 平成 令和, as one character too, and M T S H R in either case;
 * - the same year in brackets behind the year: 平成31年（2019年）4月1日, 2019（令和元）年度;
 * - with a weekday behind it: 2019年6月5日（水）, and a time of day or a period of it, which say
 *   nothing of the day: 2019-06-05 10:30, 2019-06-05T10:30:00, 令和元年7月8日 午前10時～11時半;
 * - 上旬 中旬 下旬 (days 1-10, 11-20, 21-end) behind a month;
 * - 上半期 下半期 上期 下期 第1四半期 behind a fiscal year; they are no date behind a year;
 * - a month of a fiscal year: 令和2年度3月 is in 2021;
 * - 末 (the last day) behind a month, a year or a fiscal year;
 * - 頃, 現在, 時点, 付け, 予定, 中, 内, 通年, which change nothing;
 * - periods with ～ 〜 ~ – — ― から, or a hyphen that can be nothing else (R1.6.1-R2.3.31), of two
 *   dates or with a second end that leaves out its year, era or month: 令和元年6月～令和2年3月,
 *   平成30年度～令和2年度, 平成28～30年度, 令和元年6月1日～8日, 2019/6/1～8, 令和元年6月～翌年3月.
 *   A second end whose month is before that of the first is in the next year: 令和元年12月～3月;
 * - periods without an end (H30.4～, 令和元年6月から, 平成30年度以降; to 9999-12-31) or a start
 *   (～R2.3.31, 令和2年3月まで; from 0001-01-01). */
bool date_parse(const char *text, size_t n_bytes, struct date_range *range);

/* Reads the text as two dates or more, the first the earliest: from its start to the last one's
 * end. Between them are 、 ， , ; ； ・ ／ と 及び および 並びに, line ends or blanks; later ones
 * may leave out what a period's end may: 令和元年6月3日、7月8日及び10日. False, *RANGE untouched,
 * when it is no such list. */
bool date_parse_several(const char *text, size_t n_bytes, struct date_range *range);

/* Finds the first date in running text: like date_parse for the longest match at the earliest
 * place, single dates only (no periods, no bare numbers such as 2019 or 20190605, which need
 * 年 or separators). What is more often another number is no date here: year and month alone
 * with a dot (2019.6) or behind an era's letter (M6.5, R1-6), parts of a longer number
 * (2019.6.5.1), 千年. Sets *START and *END to its bytes in TEXT, the weekday included. */
bool date_find(const char *text, size_t n_bytes, size_t *start, size_t *end,
               struct date_range *range);

/* Days that stand for no start and no end of a period, as date_format writes them. */
#define DATE_NO_START "0001-01-01"
#define DATE_NO_END "9999-12-31"

/* Writes DAY as YYYY-MM-DD and a NUL; days outside of the years 0001 to 9999 as the nearest in
 * them. */
void date_format(day_t day, char out[16]);

/* The day that date_format wrote as TEXT (NUL-terminated), also one that stands for no start;
 * DAY_NONE where it wrote none. */
day_t date_from_iso(const char *text);

#endif
