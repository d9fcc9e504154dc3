/* Tables as records. */
#include "tests/unit/read_table.h"
#include "tests/unit/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Line numbers and dates of the register's records, from number 1. */
static const struct {
    size_t line;
    const char *date;
} sapporo[] = {
    {6, "令和元年6月5日"},    {7, "令和元年6月10日"},  {8, "令和元年6月20日"},
    {9, "令和元年7月8日"},    {10, "令和元年7月16日"}, {11, "令和元年7月19日"},
    {12, "令和元年7月20日"},  {15, "令和元年10月1日"}, {16, "令和元年11月13日"},
    {17, "令和元年12月14日"}, {18, "令和2年2月19日"},  {19, "令和2年3月6日"},
    {20, "令和2年3月11日"},   {21, "令和2年3月17日"},  {22, "令和2年3月18日"},
    {25, "令和2年4月1日"},    {26, "令和2年4月24日"},  {27, "令和2年5月8日"},
    {28, "令和2年5月13日"},   {29, "令和2年6月24日"},  {32, "令和2年11月9日"},
    {33, "令和2年11月12日"},  {34, "令和2年11月13日"}, {35, "令和3年3月29日"},
    {36, "令和3年4月1日"},    {39, "令和3年5月21日"},
};

START_TEST(register_of_sapporo)
{
    ck_assert_int_eq(read_path("corpus/sapporo/sapporo-measures.txt", NULL), ST_OK);
    ck_assert_uint_eq(outcome.n_records, 26);
    ck_assert_str_eq(outcome.problems.data, "");
    const char *at = outcome.records.data;
    for (size_t i = 0; i < 26; i++) {
        char start[64];
        snprintf(start, sizeof start, "%zu|%zu|%s|", sapporo[i].line, i + 1, sapporo[i].date);
        ck_assert_msg(strncmp(at, start, strlen(start)) == 0, "%.60s is not %s", at, start);
        at = strchr(at, '\n') + 1;
    }
    ck_assert_str_eq(at, "");
    static const char *const unwanted[] = {"<", ">", "style", "li>", "//", "\uFFFD"};
    for (size_t i = 0; i < sizeof unwanted / sizeof unwanted[0]; i++)
        ck_assert_ptr_null(strstr(outcome.records.data, unwanted[i]));
}
END_TEST

START_TEST(whole_records_of_sapporo)
{
    static const char *const records[] = {
        "6|1|令和元年6月5日|事案が発生|\n",
        "7|2|令和元年6月10日|「第1回札幌市児童虐待防止緊急対策本部会議」を開催 ※本部長：町田副市长|"
        "【本部長指示】/・乳幼児健診未受診者等の再点検/・警察との確実な連携/・夜間休日対応の検討/"
        "・リスク再評価方法の徹底/・児童相談体制及び第二児童相談所の早期検討\n",
        "20|13|令和2年3月11日|市長あてに検証報告書が手交される|\n",
        "22|15|令和2年3月18日|市長から職員向けにメッセージ発出|\n",
        "25|16|令和2年4月1日|児童相談所や保健センターの組織体制を強化|【児童相談所】/"
        "・担当局長を新設し、組織マネジメント体制を強化/・虐待通告などの初期調査を行う職員を増員/"
        "【保健センター】/・6つの区にて、要対協の事務局を担っている家庭児童相談室の職員を増員\n",
        "26|17|令和2年4月24日|「札幌市児童虐待防止対策推進本部」を設置 ※本部長：市長|【設置目的】/"
        "・児童虐待防止に関する対策を全庁的に推進し、組織横断的な取組とその進捗管理を進めていく\n",
        "34|23|令和2年11月13日|「困難を抱える若年女性への支援について考える」庁内勉強会を開催|"
        "【受講申し込み人数】/・210名/【内容】/・事業実施の背景等/・事例紹介ほか/"
        "・講義（若年女性支援事業の必要性、協働の必要性について）\n",
    };
    ck_assert_int_eq(read_path("corpus/sapporo/sapporo-measures.txt", NULL), ST_OK);
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++)
        ck_assert_msg(strstr(outcome.records.data, records[i]) != NULL, "no %s", records[i]);
}
END_TEST

START_TEST(quotes_of_csv)
{
    check("番号,件名,内容,備考\n1,\"a,b\",\"x\ny \"\"z\"\"\",\n2,5\"管,\"\",\"n\"\r\n", NULL,
          "2|1||a,b|x/y \"z\"\n4|2||5\"管||備考=n\n", "");
    check("id,title,body\n1,\"a\"b,c\n2,\"d,e\n3,\"f\",g\n4,\"h,i\n5,j,k\n", NULL,
          "2|1||ab|c\n4|3||f|g\n6|5||j|k\n",
          "2:text after a closing quote\n3:a quote that opens and closes in the middle of text\n"
          "5:a quote that is never closed\n");
    check("id,title,body\n1,\"5\"管の\"整備\"\",\"x \"\"y\"\"\"\n2,\"5\"管\",z\r\n", NULL,
          "2|1||5\"管の\"整備\"|x \"y\"\n3|2||5\"管|z\n",
          "2:text after a closing quote\n3:text after a closing quote\n");
    check("id\ttitle\tbody\n1\t\"a\tb\"\n", NULL, "2|1||\"a|b\"\n", "");
}
END_TEST

/* A row without number and date goes on with the one before, where that has both. */
/* As systems write numbers whose zeros are to stay. */
START_TEST(texts_for_spreadsheets)
{
    check("=\"番号\",=\"事業名\",\"=\"\"概要\"\"\",電話\n=\"0123\",甲,乙,'012-34\n'0124,'=A1,'+B,="
          "\"\"\n",
          NULL, "2|0123||甲|乙|電話=012-34\n3|0124||=A1|+B\n", "");
    check("番号,件名,備考\n1,'90年代の本,=\"a\"&\"b\"\n2,',=\"\n3,'a',''\n", NULL,
          "2|1||'90年代の本||備考==\"a\"&\"b\"\n3|2||'||備考==\"\n4|3||'a'||備考=''\n", "");
}
END_TEST

START_TEST(rows_that_seem_to_go_on)
{
    static const char told[] = "3:a row without number and date, joined to the record before it\n";
    check("番号,日付,件名,概要\n1,R1.6.5,夜間の,職員を置く\n,,窓口,電話を受ける\n2,R1.7.1,休日,x\n",
          NULL, "2|1|R1.6.5|夜間の窓口|職員を置く/電話を受ける\n4|2|R1.7.1|休日|x\n", told);
    check("番号,日付,件名,概要\n1,R1.6.5,夜間の,a\n,,続き,\n,,別,b\n", NULL,
          "2|1|R1.6.5|夜間の|a\n3|||続き|\n4|||別|b\n", "");
    check("番号,日付,件名,概要\n1,,夜間,a\n,,休日,b\n2,R1.6.5,朝,c\n,R1.6.6,昼,d\n", NULL,
          "2|1||夜間|a\n3|||休日|b\n4|2|R1.6.5|朝|c\n5||R1.6.6|昼|d\n", "");
    check("番号,件名,概要\n1,夜間,a\n,休日,b\n", NULL, "2|1||夜間|a\n3|||休日|b\n", "");
}
END_TEST

/* Most tables that are cut by tabs have no quoting; programs that quote do so where they must. */
START_TEST(quotes_between_tabs)
{
    check("id\ttitle\tbody\n1\tt\t\"a\tb\"\n2\tt\t\"c\td\"\r\n", NULL, "2|1||t|a b\n3|2||t|c d\n",
          "");
    check("id\ttitle\tbody\n1\tt\t\"a\n\"\"b\"\"\"\n2\t\"x\r\ny\"\tz\r\n", NULL,
          "2|1||t|a/\"b\"\n4|2||x y|z\n", "");
    check("id\ttitle\tbody\n1\t\"a\"\t\"b\n2\tc\td\"\n3\t\"e\"f\tg\n4\t\"h,i\"\tj\n", NULL,
          "2|1||\"a\"|\"b\n3|2||c|d\"\n4|3||\"e\"f|g\n5|4||h,i|j\n", "");
    check("\"id\"\t\"title\"\t\"body\"\n\"1\"\t\"a\"\t\"b\"\n2\tc\t\"d\n", NULL,
          "2|1||a|b\n3|2||c|\"d\n", "");
    check("id\ttitle\tbody\r1\tt\t\"a\rb\"\r2\tc\td\r", NULL, "2|1||t|a/b\n4|2||c|d\n", "");
}
END_TEST

START_TEST(rows_of_other_lengths)
{
    check("id,date,title,body\n1,d,t\n2,d\n3,d,t,b,,\n4,d,t,b,x\nalone\n, ,\"\",\n , , ,x\n"
          ",,<br>,\n",
          NULL, "2|1|d|t|\n4|3|d|t|b\n8||||x\n",
          "3:2 cells, 4 expected\n5:5 cells, 4 expected\n"
          "6:a line that is not cut into cells\n9:a record without id, title and body\n");
}
END_TEST

START_TEST(line_ends)
{
    static const char records[] = "2|1||a|b\n3|2||c|d\n";
    check("id\ttitle\tbody\n1\ta\tb\n2\tc\td\n", NULL, records, "");
    check("id\ttitle\tbody\n1\ta\tb\n2\tc\td", NULL, records, "");
    check("id\ttitle\tbody\r\n1\ta\tb\r\n2\tc\td\r\n", NULL, records, "");
    check("id\ttitle\tbody\r1\ta\tb\r2\tc\td\r", NULL, records, "");
    check("id,title,body\r1,a,b\r2,\"c\",d", NULL, records, "");
    check("id,title,body\r\n1,a,b\r\n2,c,\"d\"\r\n", NULL, records, "");
    check("\xEF\xBB\xBFid,title,body\n1,a,b\n2,c,d", NULL, records, "");
    check("\n\nid,title,body\n\n1,a,b\n\n", NULL, "5|1||a|b\n", "");
}
END_TEST

START_TEST(rows_that_go_on)
{
    const char *columns = "番号,日付,件名,概要\n";
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s1,R1.7.8,夜間,体制\n,,,・窓口\n,,,・電話\n2,,休日,x\n", columns);
    check(text.data, NULL, "2|1|R1.7.8|夜間|体制/・窓口/・電話\n5|2||休日|x\n", "");
    buf_clear(&text); /* over a page's heading */
    buf_addf(&text, "%s1,R1.7.8,夜間,体制\n%s,,,・窓口\n2,,休日,x\n", columns, columns);
    check(text.data, NULL, "2|1|R1.7.8|夜間|体制/・窓口\n5|2||休日|x\n", "");
    buf_clear(&text); /* a date of its own, or no number before: records of their own */
    buf_addf(&text, "%s,,夜間,体制\n,,休日,窓口\n1,,a,b\n,R1.7.9,c,d\n2,,e,f\n,,g,h\n", columns);
    check(text.data, NULL,
          "2|||夜間|体制\n3|||休日|窓口\n4|1||a|b\n5||R1.7.9|c|d\n6|2||e|f\n7|||g|h\n", "");
    check("title,body\na,b\n,c\n", NULL, "2|||a|b\n3||||c\n", "");
    buf_release(&text);
}
END_TEST

START_TEST(damaged_text)
{
    check("title,body\n児童の相談a\xE3\x81,b\n窓口c,\xFF\n\uFFFD,d\n", NULL,
          "2|||児童の相談a\uFFFD|b\n3|||窓口c|\uFFFD\n4|||\uFFFD|d\n",
          "2:damaged UTF-8 from byte 28 on, read as U+FFFD\n"
          "3:damaged UTF-8 from byte 41 on, read as U+FFFD\n");
}
END_TEST

START_TEST(what_is_no_table)
{
    check_fails(read_text("", NULL), "is empty");
    check_fails(read_text("\xEF\xBB\xBF", NULL), "is empty");
    write_bytes("id,title\0,body\n", 15);
    check_fails(read_path(path, NULL), "is a binary file");
    check_fails(read_path("corpus", NULL), "'corpus' is a folder, not a table");
    check_fails(read_path("corpus/missing.tsv", NULL), "cannot read 'corpus/missing.tsv': No such");
    if (geteuid() == 0)
        return;
    chmod(path, 0);
    check_fails(read_path(path, NULL), "Permission denied");
}
END_TEST

START_TEST(sink_stops_the_reader)
{
    outcome.stop_after = 2;
    ck_assert_int_eq(read_text("title,body\na,b\nc,d\ne,f\n", NULL), ST_INTERRUPTED);
    ck_assert_uint_eq(outcome.n_records, 2);
}
END_TEST

/* Rows whose ends fall on all sides of the chunks that are read, and one longer than many. */
START_TEST(long_rows)
{
    struct buf text = BUF_INIT;
    buf_adds(&text, "id,title,body\n");
    for (size_t i = 0; i < 60000; i++)
        buf_addf(&text, i % 2 == 0 ? "%zu,\"施\n策\",対応\r\n" : "%zu,施策,対応\n", i);
    buf_adds(&text, "big,\"");
    for (size_t i = 0; i < 1000000; i++)
        buf_adds(&text, "\"\"\nあ");
    buf_adds(&text, "\",x\nlast,y,z\n");
    ck_assert(!text.failed);
    write_bytes(text.data, text.len);
    ck_assert_int_eq(read_path(path, NULL), ST_OK);
    ck_assert_uint_eq(outcome.n_records, 60002);
    ck_assert_str_eq(outcome.problems.data, "");
    const char *last = "\n1090003|last||y|z\n";
    ck_assert_str_eq(outcome.records.data + outcome.records.len - strlen(last), last);
    ck_assert_ptr_nonnull(strstr(outcome.records.data, "\n89999|59998||施 策|対応\n"));
    buf_release(&text);
}
END_TEST

START_TEST(too_many_columns)
{
    struct buf text = BUF_INIT;
    for (int i = 0; i < 3; i++) {
        buf_adds(&text, "件名");
        for (int k = 1; k < 16384; k++)
            buf_adds(&text, i == 0 ? ",件名" : ",\"件名\"");
        buf_adds(&text, i == 1 ? ",x\n" : "\n");
    }
    buf_adds(&text, "a");
    for (int k = 0; k < 1000000; k++)
        buf_addc(&text, ',');
    buf_adds(&text, "\nb\n");
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    buf_release(&text);
    ck_assert_str_eq(outcome.problems.data,
                     "2:a row of more than 16384 columns\n4:a row of more than 16384 columns\n"
                     "5:a line that is not cut into cells\n");
}
END_TEST

static void add_many(struct buf *text, char c, size_t n)
{
    if (!buf_reserve(text, n))
        return;
    memset(text->data + text->len, c, n);
    text->len += n;
}

/* A row without end, and a quote without, take no memory in proportion to the file. */
START_TEST(rows_without_end)
{
    struct buf text = BUF_INIT;
    const size_t limit = 128U << 20;
    buf_adds(&text, "title,body\na,\"b\nt,c\nx,");
    add_many(&text, 'x', 2 * limit + limit / 2);
    buf_adds(&text, "\nlast,y\n");
    ck_assert(!text.failed);
    write_bytes(text.data, text.len);
    buf_release(&text);
    ck_assert_int_eq(read_path(path, NULL), ST_OK);
    ck_assert_str_eq(outcome.problems.data,
                     "2:a quote that is never closed\n4:a row of too many bytes\n");
    ck_assert_str_eq(outcome.records.data, "3|||t|c\n5|||last|y\n");
}
END_TEST

Suite *suite_reader(void)
{
    Suite *suite = suite_create("reader");
    TCase *tests = tcase_create("reader");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, read_table_set_up, read_table_tear_down);
    tcase_add_test(tests, register_of_sapporo);
    tcase_add_test(tests, whole_records_of_sapporo);
    tcase_add_test(tests, quotes_of_csv);
    tcase_add_test(tests, quotes_between_tabs);
    tcase_add_test(tests, texts_for_spreadsheets);
    tcase_add_test(tests, rows_that_seem_to_go_on);
    tcase_add_test(tests, rows_of_other_lengths);
    tcase_add_test(tests, line_ends);
    tcase_add_test(tests, rows_that_go_on);
    tcase_add_test(tests, damaged_text);
    tcase_add_test(tests, what_is_no_table);
    tcase_add_test(tests, sink_stops_the_reader);
    tcase_add_test(tests, long_rows);
    tcase_add_test(tests, rows_without_end);
    tcase_add_test(tests, too_many_columns);
    suite_add_tcase(suite, tests);
    suite_add_tcase(suite, heading_tests());
    suite_add_tcase(suite, form_tests());
    return suite;
}
