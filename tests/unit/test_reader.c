/* Tables as records. */
#include "base/buf.h"
#include "corpus/reader.h"
#include "tests/unit/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a run gave: records as "line|id|date|title|body|name=value…\n", problems as
 * "line:problem\n". */
struct outcome {
    struct buf records;
    struct buf problems;
    size_t n_records;
    size_t stop_after; /* 0: never */
};

static struct outcome outcome;
static struct error error;
static char path[64];

static void add_slice(struct buf *out, struct slice text)
{
    buf_addc(out, '|');
    for (size_t i = 0; i < text.len; i++)
        buf_addc(out, text.data[i] == '\n' ? '/' : text.data[i]);
}

static enum status on_record(void *context, const struct record *record)
{
    struct outcome *o = context;
    buf_addf(&o->records, "%zu", record->place.line);
    add_slice(&o->records, record->id);
    add_slice(&o->records, record->date_text);
    add_slice(&o->records, record->title);
    add_slice(&o->records, record->body);
    for (size_t i = 0; i < record->n_columns; i++) {
        add_slice(&o->records, record->columns[i].name);
        buf_addf(&o->records, "=%.*s", (int)record->columns[i].value.len,
                 record->columns[i].value.data);
    }
    buf_addc(&o->records, '\n');
    o->n_records++;
    return o->n_records == o->stop_after ? ST_INTERRUPTED : ST_OK;
}

static void on_problem(void *context, const struct place *place, enum severity severity,
                       const char *problem, struct slice excerpt)
{
    (void)severity;
    struct outcome *o = context;
    ck_assert_uint_le(excerpt.len, 200);
    buf_addf(&o->problems, "%zu:%s\n", place->line, problem);
}

static void set_up(void)
{
    strcpy(path, "/tmp/hiku-test-XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    outcome = (struct outcome){.records = BUF_INIT, .problems = BUF_INIT};
    error.message[0] = '\0';
}

static void tear_down(void)
{
    unlink(path);
    buf_release(&outcome.records);
    buf_release(&outcome.problems);
}

static enum status read_path(const char *from, const char *columns)
{
    const struct reader_options options = {.columns = columns};
    struct reader_findings found = {.format = NULL};
    const struct reader_sink sink = {
        .context = &outcome, .record = on_record, .problem = on_problem, .findings = &found};
    buf_clear(&outcome.records);
    buf_clear(&outcome.problems);
    outcome.n_records = 0;
    enum status status = reader_read(from, &options, &sink, &error);
    ck_assert_uint_eq(found.n_records, outcome.n_records);
    if (status == ST_OK || status == ST_INPUT) /* no row is dropped in silence */
        ck_assert_uint_eq(found.n_rows, found.n_records + found.n_skipped + found.n_headings +
                                            found.n_blank + found.n_continued);
    return status;
}

static void write_bytes(const char *text, size_t n_bytes)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, n_bytes, file), n_bytes);
    fclose(file);
}

static enum status read_text(const char *text, const char *columns)
{
    write_bytes(text, strlen(text));
    return read_path(path, columns);
}

static void check(const char *text, const char *columns, const char *records, const char *problems)
{
    ck_assert_int_eq(read_text(text, columns), ST_OK);
    ck_assert_str_eq(outcome.records.data, records);
    ck_assert_str_eq(outcome.problems.data, problems);
}

static void check_fails(enum status status, const char *message)
{
    ck_assert_msg(strstr(error.message, message) != NULL, "'%s' lacks '%s'", error.message,
                  message);
    ck_assert_uint_eq(outcome.n_records, 0);
    ck_assert_int_eq(status, ST_INPUT);
}

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
    check("id,date,title,body\n1,d,t\n2,d\n3,d,t,b,,\n4,d,t,b,x\nalone\n,,,\n , , ,x\n", NULL,
          "2|1|d|t|\n4|3|d|t|b\n8||||x\n",
          "3:2 cells, 4 expected\n5:5 cells, 4 expected\n"
          "6:a line that is not cut into cells\n7:a record without id, title and body\n");
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

START_TEST(headings)
{
    check("№,年 月 日,取　組,目的,概要,担当課\n1,d,t,a,b,c\n", NULL, "2|1|d|t|a/b|担当課=c\n", "");
    check("ＮＯ．,事業名,取組内容\n1,a,b\n", NULL, "2|1||a|b\n", "");
    check("題\n令和5年,単位\n題名,内容\na,b\n題\n題 名,内容\nc,d\n", NULL, "4|||a|b\n7|||c|d\n",
          "2:a row above the heading line\n");
    check("title,body\na,b\nbody,title\nc,d\n", NULL, "2|||a|b\n4|||d|c\n", "");
    check("題,,\nid,title,body\n1,a,b\n題,,\nid,title,body\n2,c,d\n題\n", NULL,
          "3|1||a|b\n6|2||c|d\n", "7:a line that is not cut into cells\n");
    check(",title,body\n0,a,b\n", NULL, "2|0||a|b\n", "");
    check(",title,body\nx,a,b\n", NULL, "2|||a|b|1=x\n", "");
    check("title,body\n", NULL, "", "");
}
END_TEST

START_TEST(headings_of_two_rows)
{
    /* Groups above names; the names without a group stand in the upper row alone. */
    check("番号,取組,,予算,,担当課\n,件名,概要,当初,補正,\n1,a,b,2,3,c\n", NULL,
          "3|1||a|b|予算 当初=2|予算 補正=3|担当課=c\n", "");
    /* The upper row alone names nothing. */
    check("題\n№,令和元年度,,備考\n,施策名,内 容,\n1,a,b,c\n", NULL, "4|1||a|b|備考=c\n", "");
    /* A name of both rows goes before the lower one's, and that before the group's. */
    check("事業,,課\n名称,予算額,\na,b,c\n", NULL, "3|||a||事業 予算額=b|課=c\n", "");
    check("番号,期間,,概要,\n,開始,終了,対象,方法\n1,R1,R2,a,b\n", NULL,
          "3|1|R1||a/b|期間 終了=R2\n", "");
    /* Both rows again. */
    check("番号,取組,,課\n,件名,概要,\n1,a,b,c\n番号,取組,,課\n,件名,概要,\n2,d,e,f\n", NULL,
          "3|1||a|b|課=c\n6|2||d|e|課=f\n", "");
    /* Another heading of two rows below. */
    check("番号,件名,概要\n1,a,b\n番号,取組,,課\n,件名,概要,\n2,c,d,e\n", NULL,
          "2|1||a|b\n5|2||c|d|課=e\n", "");
    /* Rows of data below a heading with empty names. */
    check("番号,件名,,概要\n1,a,x,b\n", NULL, "2|1||a|b|3=x\n", "");
    check("件名,,概要,\n窓,甲,戸,乙\n", NULL, "2|||窓|戸|2=甲|4=乙\n", "");
    /* By names that the user gives, of either row or of both. */
    check("番号,取組,,課\n,名,ねらい,\n1,a,b,c\n", "title=名,body=取組ねらい", "3|1||a|b|課=c\n",
          "");
    check("番号,取組,,課\n,件名,概要,\n1,a,b,c\n", "id,title,body,担当", "3|1||a|b|担当=c\n", "");
}
END_TEST

START_TEST(no_heading)
{
    check_fails(read_text("a\nb\n", NULL), "no heading line recognised in '/tmp/hiku-test-");
    check_fails(read_text("a\nb\n", NULL), "--columns id,title,body");
    check_fails(read_text("\n \n", NULL), "no heading line recognised");
}
END_TEST

#define GUESSED ":no usual names of columns; by what they hold, title is "
#define HEADLESS ":no heading line; by what they hold, title is "
#define SEE "; see --columns\n"

START_TEST(columns_by_what_they_hold)
{
    /* Numbers below a name; the title differs from row to row, the body is long. */
    check("一覧\n市,園,面積,紹介\n焼津,石津浜,32,松林と遊歩道\n焼津,元焼津,11,神社の隣にある\n",
          NULL,
          "3|||石津浜|松林と遊歩道|市=焼津|面積=32\n4|||元焼津|神社の隣にある|市=焼津|面積=11\n",
          "2" GUESSED "'園' and body '紹介'" SEE);
    /* English above Japanese; nothing below a name; short above long. */
    check("x,y\n名称,名称\n", NULL, "2|||名称|名称\n", "1" GUESSED "'x' and body 'y'" SEE);
    check("甲,乙,丙\n窓,戸,\n駅,家,\n", NULL, "2|||窓|戸\n3|||駅|家\n",
          "1" GUESSED "'甲' and body '乙'" SEE);
    check("甲,乙\n夜間の窓口を設けた,休日\n", NULL, "2|||夜間の窓口を設けた|休日\n",
          "1" GUESSED "'甲' and body '乙'" SEE);
    /* A name before other words; neither what is the same in all rows nor addresses. */
    check("市,住所,宿名,頁,電話\n焼津,栄町,岩崎,http://a,03-1\n焼津,本町,寺岡,http://b,03-2\n",
          NULL,
          "2|||岩崎|栄町|市=焼津|頁=http://a|電話=03-1\n3|||寺岡|本町|市=焼津|頁=http://"
          "b|電話=03-2\n",
          "1" GUESSED "'宿名' and body '住所'" SEE);
    /* One role by its name, the others by what is there. */
    check("番号,対象\n1,市民\n2,児童\n", NULL, "2|1||市民|\n3|2||児童|\n",
          "1" GUESSED "'対象'" SEE);
    /* Names of groups above names that are all unknown. */
    check("題,,,\n甲,令和,,乙\n,当初,補正,\n窓,3,4,x\n", NULL, "4|||窓|x|令和 当初=3|令和 補正=4\n",
          "2" GUESSED "'甲' and body '乙'" SEE);
    /* No names at all: a first column of numbers is the id. */
    check("7,夜間の窓,安心\n8,休日の窓,安全\n", NULL, "1|7||夜間の窓|安心\n2|8||休日の窓|安全\n",
          "1" HEADLESS "'2' and body '3'" SEE);
    check("甲,乙\n甲,甲\n", NULL, "1|||乙||1=甲\n2|||甲||1=甲\n", "1" HEADLESS "'2'" SEE);
    check("1,2\n3,4\n", NULL, "1|1||2|\n2|3||4|\n", "1" HEADLESS "'2'" SEE);
    /* Dates by their form, under a name and without one. */
    check("園,いつ,面積\n石津浜,令和２年４月１日,32\n元焼津,R3.5.6,11\n", NULL,
          "2||令和２年４月１日|石津浜||面積=32\n3||R3.5.6|元焼津||面積=11\n",
          "1" GUESSED "'園', date 'いつ'" SEE);
    check("2020-04-01,夜間の窓,安心\n2020/5,休日の窓,安全\n", NULL,
          "1||2020-04-01|夜間の窓|安心\n2||2020/5|休日の窓|安全\n",
          "1" HEADLESS "'2' and body '3', date '1'" SEE);
    check("夜の窓,20200401,令和元年度\n朝の窓,20201231,平成31年度\n", NULL,
          "1||20200401|夜の窓||3=令和元年度\n2||20201231|朝の窓||3=平成31年度\n",
          "1" HEADLESS "'1', date '2'" SEE);
    /* Numbers, telephones, places and names are none. */
    check("窓の名,甲,乙,丙,丁\nい,1.5,011-2-3,3-14,S町\nろ,2020,20209901,12/13,R会\n", NULL,
          "2|||い|S町|甲=1.5|乙=011-2-3|丙=3-14\n3|||ろ|R会|甲=2020|乙=20209901|丙=12/13\n",
          "1" GUESSED "'窓の名' and body '丁'" SEE);
    /* Pairs above a table that has hardly more rows. */
    check("統計表:,人口\n表番号:,1\n調査:,国勢\n地域,単位,値,注,年\n全国,人,12,x,1\n道,人,5,y,"
          "2\n市,人,3,z,3\n",
          NULL,
          "5|||全国|x|単位=人|値=12|年=1\n6|||道|y|単位=人|値=5|年=2\n7|||市|z|単位=人|値=3|年=3\n",
          "1:a row above the heading line\n2:a row above the heading line\n"
          "3:a row above the heading line\n4" GUESSED "'地域' and body '注'" SEE);
    /* A title before a name, which may be a number. */
    check("id,name,title\n1,S-1,夜間\n", NULL, "2|1||夜間|S-1\n", "");
    /* One column, of a usual name. */
    check("名称\n石津浜\n元焼津\n", NULL, "2|||石津浜|\n3|||元焼津|\n", "");
    /* Names with a number before and a note after them. */
    check("①事業名（正式）,2.概要※,備考\na,b,c\n", NULL, "2|||a|b|備考=c\n", "");
}
END_TEST

/* What comes late is read by what the first rows were. */
START_TEST(guesses_of_long_tables)
{
    struct buf text = BUF_INIT;
    buf_adds(&text, "園,面積\n");
    for (int i = 0; i < 100; i++)
        buf_addf(&text, "園%d,%d\n", i, i);
    buf_adds(&text, "\"開いた\n");
    ck_assert_int_eq(read_text(text.data, NULL), ST_OK);
    buf_release(&text);
    ck_assert_uint_eq(outcome.n_records, 100);
    ck_assert_ptr_nonnull(strstr(outcome.records.data, "101|||園99||面積=99\n"));
    ck_assert_ptr_nonnull(strstr(outcome.problems.data, "102:"));
}
END_TEST

START_TEST(columns_by_position)
{
    check("a1\tt\tb\na2\t\tc\n", "id,title,body", "1|a1||t|b\n2|a2|||c\n", "");
    check("x,t,p,q\n", "-,title,body,課", "1|||t|p|課=q\n", "");
    check("番号,件名,概要\n1,a,b\n番号,件名,概要\n2,c,d\n", "id,title,body", "2|1||a|b\n4|2||c|d\n",
          "");
    check("1,a,b\n件名,件名,c\n", "id,title,body", "1|1||a|b\n2|件名||件名|c\n", "");
    ck_assert_int_eq(read_text("a,b\n", "id,date"), ST_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "neither title nor body in --columns 'id,date'"));
    check_fails(read_text("\n", "title,body"), "is empty");
}
END_TEST

START_TEST(columns_by_name)
{
    check("表\n課,計画,ねらい,概要,番号\nx,t,p,q,7\n", "title=計画,body=ねらい,body=概 要",
          "3|7||t|p/q|課=x\n", "");
    ck_assert_int_eq(read_text("課,計画\nx,t\n", "title=計画,body=効果"), ST_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "no column '効果' in the heading line of"));
    ck_assert_int_eq(read_text("課,計画\nx,t\n", "name=計画"), ST_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "'name=計画' in --columns maps no role"));
    ck_assert_int_eq(read_text("課,計画\nx,t\n", "title="), ST_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "no name after 'title='"));
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
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, register_of_sapporo);
    tcase_add_test(tests, whole_records_of_sapporo);
    tcase_add_test(tests, quotes_of_csv);
    tcase_add_test(tests, quotes_between_tabs);
    tcase_add_test(tests, rows_that_seem_to_go_on);
    tcase_add_test(tests, rows_of_other_lengths);
    tcase_add_test(tests, line_ends);
    tcase_add_test(tests, headings);
    tcase_add_test(tests, headings_of_two_rows);
    tcase_add_test(tests, no_heading);
    tcase_add_test(tests, columns_by_what_they_hold);
    tcase_add_test(tests, guesses_of_long_tables);
    tcase_add_test(tests, columns_by_position);
    tcase_add_test(tests, columns_by_name);
    tcase_add_test(tests, rows_that_go_on);
    tcase_add_test(tests, damaged_text);
    tcase_add_test(tests, what_is_no_table);
    tcase_add_test(tests, sink_stops_the_reader);
    tcase_add_test(tests, long_rows);
    tcase_add_test(tests, rows_without_end);
    tcase_add_test(tests, too_many_columns);
    suite_add_tcase(suite, tests);
    return suite;
}
