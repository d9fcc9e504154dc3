/* Result writers, and text for the eye. */
#include "search/write/result_writer.h"
#include "tests/unit/suites.h"

#include <math.h>
#include <string.h>

static const struct hiku_range title_marks[] = {{0, 6}};
static const struct hiku_range body_marks[] = {{0, 6}, {9, 15}};

#define TEXT(string)                                                                               \
    {                                                                                              \
        .data = (string), .len = sizeof(string) - 1                                                \
    }

static struct hiku_hit make_hit(void)
{
    struct hiku_hit hit = {
        .record = {.key = "a#4",
                   .id = "4",
                   .date = "2019-07-08",
                   .date_end = "2019-07-08",
                   .date_text = "令和元年7月8日",
                   .source = "a.tsv",
                   .label = "",
                   .columns = "{\"課\":\"子ども\"}",
                   .db = "hiku.db",
                   .line = 9,
                   .title = TEXT("夜間の体制"),
                   .body = TEXT("夜間・夜間")},
        .rank = 1,
        .score = 7.1,
        .match = HIKU_MATCH_INSIDE,
        .snippet = TEXT("夜間・夜間"),
    };
    hit.record.title.highlights = title_marks;
    hit.record.title.n_highlights = 1;
    hit.record.body.highlights = hit.snippet.highlights = body_marks;
    hit.record.body.n_highlights = hit.snippet.n_highlights = 2;
    return hit;
}

static struct result_page make_page(void)
{
    return (struct result_page){
        .query = "夜間", .query_len = 6, .total = 1, .elapsed_ms = 0.4321, .explanation = ""};
}

static void write_hits(struct buf *buf, const char *format, const struct result_style *style,
                       const struct result_page *page, const struct hiku_hit *hits, size_t n)
{
    struct result_out out;
    const struct result_writer *writer = result_writer_find(format);
    ck_assert_ptr_nonnull(writer);
    result_out_init(&out, writer, buf, style);
    result_out_begin(&out, page);
    for (size_t i = 0; i < n; i++)
        result_out_hit(&out, &hits[i]);
    result_out_end(&out);
    result_out_release(&out);
    ck_assert(!buf->failed);
}

static void check_hit(const char *format, const struct result_style *style,
                      const struct hiku_hit *hit, const char *expected)
{
    struct buf buf = BUF_INIT;
    struct result_page page = make_page();
    write_hits(&buf, format, style, &page, hit, 1);
    ck_assert_str_eq(buf.data, expected);
    buf_release(&buf);
}

static const struct result_style plain = {.width = 80};

#define HIT_KEY "{\"key\":\"a#4\",\"id\":\"4\",\"score\":7.1,\"match\":\"inside\","
#define HIT_DATE                                                                                   \
    "\"date\":\"2019-07-08\",\"date_end\":\"2019-07-08\",\"date_text\":\"令和元年7月8日\","
#define HIT_TEXT                                                                                   \
    "\"title\":\"夜間の体制\",\"body\":\"夜間・夜間\",\"source\":\"a.tsv\",\"line\":9,"  \
    "\"label\":\"\",\"columns\":{\"課\":\"子ども\"},"
#define HIT_MARKS "\"highlights\":{\"title\":[[0,6]],\"body\":[[0,6],[9,15]]}"
#define HIT_SNIPPET ",\"snippet\":{\"text\":\"夜間・夜間\",\"highlights\":[[0,6],[9,15]]}"

START_TEST(json_has_all_fields)
{
    struct hiku_hit hit = make_hit();
    check_hit(
        "json", &plain, &hit,
        "{\"query\":\"夜間\",\"total\":1,\"partial\":0,\"elapsed_ms\":0.432,\"hits\":[\n" HIT_KEY
            HIT_DATE HIT_TEXT HIT_MARKS HIT_SNIPPET "}]}\n");
    check_hit("jsonl", &plain, &hit, HIT_KEY HIT_DATE HIT_TEXT HIT_MARKS HIT_SNIPPET "}\n");
    struct result_style bare = {.no_snippets = true};
    check_hit("jsonl", &bare, &hit, HIT_KEY HIT_DATE HIT_TEXT HIT_MARKS "}\n");
}
END_TEST

START_TEST(json_names_query_and_index)
{
    struct hiku_hit hit = make_hit();
    struct result_page page = make_page();
    struct result_style style = {.with_db = true};
    struct buf buf = BUF_INIT;
    page.qid = "q\"1";
    write_hits(&buf, "jsonl", &style, &page, &hit, 1);
    ck_assert_ptr_nonnull(strstr(buf.data, "{\"qid\":\"q\\\"1\",\"key\":\"a#4\""));
    ck_assert_ptr_nonnull(strstr(buf.data, ",\"db\":\"hiku.db\",\"highlights\""));
    buf_release(&buf);
}
END_TEST

START_TEST(json_escapes)
{
    struct hiku_hit hit = make_hit();
    struct result_page page = make_page();
    struct buf buf = BUF_INIT;
    page.query = "a\"\\\x1B\xFFz\0b";
    page.query_len = 8;
    page.partial = 3;
    hit.record.columns = "{\n\"a\":\"b\"}";
    write_hits(&buf, "json", &plain, &page, &hit, 1);
    ck_assert_ptr_nonnull(strstr(
        buf.data, "{\"query\":\"a\\\"\\\\\\u001b\uFFFDz\\u0000b\",\"total\":1,\"partial\":3,"));
    ck_assert_ptr_nonnull(strstr(buf.data, "\"columns\":{ \"a\":\"b\"},"));
    buf_clear(&buf);
    hit.record.columns = "";
    write_hits(&buf, "json", &plain, &page, NULL, 0);
    ck_assert_ptr_nonnull(strstr(buf.data, "\"hits\":[]}\n"));
    write_hits(&buf, "jsonl", &plain, &page, &hit, 1);
    ck_assert_ptr_nonnull(strstr(buf.data, "\"columns\":{},"));
    buf_release(&buf);
}
END_TEST

START_TEST(json_explains)
{
    static const struct hiku_found_spelling spellings[] = {{"夜間", "", 1, 0, 1},
                                                           {"やかん", "reading", 0, 2, 2}};
    static const struct hiku_term_score term = {"夜間", "", 2.5, 1, 2, 3, 0.33333, 7, spellings, 2};
    struct hiku_hit hit = make_hit();
    struct result_page page = make_page();
    struct result_style style = {.explain = true};
    struct buf buf = BUF_INIT;
    hit.terms = &term;
    hit.n_terms = 1;
    page.explanation = "a\nb";
    write_hits(&buf, "json", &style, &page, &hit, 1);
    ck_assert_ptr_nonnull(strstr(buf.data, ",\"explain\":\"a\\nb\",\"hits\":["));
    ck_assert_ptr_nonnull(
        strstr(buf.data, ",\"terms\":[{\"term\":\"夜間\",\"expansion\":\"\",\"idf\":2.5,"
                         "\"title_tf\":1,\"body_tf\":2,\"aligned_tf\":3,\"weight\":0.3333,"
                         "\"score\":7,\"spellings\":[{\"text\":\"夜間\",\"rule\":\"\","
                         "\"title_tf\":1,\"body_tf\":0,\"aligned_tf\":1},{\"text\":\"やかん\","
                         "\"rule\":\"reading\",\"title_tf\":0,\"body_tf\":2,"
                         "\"aligned_tf\":2}]}]}]}\n"));
    buf_release(&buf);
}
END_TEST

START_TEST(tsv_keeps_its_columns)
{
    struct hiku_hit hit = make_hit();
    hit.record.title = (struct hiku_text)TEXT("a\tb\nc\x1B[1m\xC2\x9B"
                                              "d");
    hit.match = HIKU_MATCH_ALL;
    check_hit("tsv", &plain, &hit,
              "key\tid\tscore\tmatch\tdate\ttitle\n"
              "a#4\t4\t7.1\tall\t2019-07-08\ta b c [1m d\n");
}
END_TEST

START_TEST(csv_quotes)
{
    struct hiku_hit hit = make_hit();
    hit.record.title = (struct hiku_text)TEXT("a,\"b\"\nc\x1B"
                                              "d");
    hit.match = HIKU_MATCH_PARTIAL;
    check_hit("csv", &plain, &hit,
              "key,id,score,match,date,title\n"
              "a#4,4,7.1,partial,2019-07-08,\"a,\"\"b\"\"\nc d\"\n");
    hit.record.title = (struct hiku_text)TEXT("=1+2");
    check_hit("csv", &plain, &hit,
              "key,id,score,match,date,title\na#4,4,7.1,partial,2019-07-08,'=1+2\n");
    hit.record.title = (struct hiku_text)TEXT("1=1");
    check_hit("csv", &plain, &hit,
              "key,id,score,match,date,title\na#4,4,7.1,partial,2019-07-08,1=1\n");
    hit.record.key = "@a#+4";
    hit.record.id = "+4";
    check_hit("csv", &plain, &hit,
              "key,id,score,match,date,title\n'@a#+4,'+4,7.1,partial,2019-07-08,1=1\n");
}
END_TEST

START_TEST(trec_lines)
{
    struct hiku_hit hit = make_hit();
    struct result_page page = make_page();
    struct buf buf = BUF_INIT;
    hit.score = 1.23456789;
    check_hit("trec", &plain, &hit, "1 Q0 4 1 1.234568 hiku\n");
    page.qid = "q 7";
    hit.record.key = "a#a b　c\td";
    hit.record.id = "a b　c\td";
    hit.rank = 12;
    write_hits(&buf, "trec", &plain, &page, &hit, 1);
    ck_assert_str_eq(buf.data, "q_7 Q0 a_b_c_d 12 1.234568 hiku\n");
    buf_release(&buf);
}
END_TEST

/* Who sorts by the scores has the order of the ranks; another query begins anew. */
START_TEST(trec_scores_fall)
{
    static const double scores[] = {.5, .75, .5, .25, 0};
    struct hiku_hit hits[5];
    struct result_page page = make_page();
    struct buf buf = BUF_INIT;
    for (size_t i = 0; i < 5; i++) {
        hits[i] = make_hit();
        hits[i].rank = i + 1;
        hits[i].score = scores[i];
    }
    write_hits(&buf, "trec", &plain, &page, hits, 5);
    write_hits(&buf, "trec", &plain, &page, hits + 3, 1);
    ck_assert_str_eq(buf.data, "1 Q0 4 1 0.5 hiku\n1 Q0 4 2 0.499999 hiku\n"
                               "1 Q0 4 3 0.499998 hiku\n1 Q0 4 4 0.25 hiku\n1 Q0 4 5 0 hiku\n"
                               "1 Q0 4 4 0.25 hiku\n");
    buf_release(&buf);
}
END_TEST

/* What a run calls a record of this key and number. */
static void check_name(const char *key, const char *id, enum naming naming, const char *expected)
{
    struct hiku_record record = {.key = key, .id = id, .db = "a b.db"};
    struct buf buf = BUF_INIT;
    naming_write(&buf, &record, naming);
    ck_assert_str_eq(buf.data, expected);
    buf_release(&buf);
}

START_TEST(names_in_a_run)
{
    check_name("t#4", "4", NAMING_ID, "4");
    check_name("t#4~2", "4", NAMING_ID, "4~2");
    check_name("4#4#4", "4", NAMING_ID, "4");
    check_name("t#x0123", "", NAMING_ID, "t#x0123");
    check_name("t##", "#", NAMING_ID, "#");
    check_name("t#4~2", "4", NAMING_KEY, "t#4~2");
    check_name("t#4", "4", NAMING_DB_KEY, "a b.db:t#4");
}
END_TEST

#define DATE "令和元年7月8日 (2019-07-08)"

START_TEST(text_is_aligned)
{
    struct hiku_hit hits[] = {make_hit(), make_hit()};
    struct result_page page = make_page();
    struct result_style style = {.width = 66};
    struct buf buf = BUF_INIT;
    hits[1].rank = 10;
    hits[1].match = HIKU_MATCH_PARTIAL;
    hits[1].record.date_text = "";
    hits[1].record.key = "abc#10";
    hits[1].record.title = (struct hiku_text)TEXT("とても長い題名なので途中で切られる");
    page.partial = 4;
    write_hits(&buf, "text", &style, &page, hits, 2);
    ck_assert_str_eq(buf.data,
                     "1   " DATE "  夜間の体制                    a#4\n"
                     "   夜間・夜間\n"
                     "-- partial matches: only some of the words\n"
                     "10  2019-07-08                   とても長い題名なので途中…  abc#10\n"
                     "   夜間・夜間\n"
                     "1 record, 4 partial matches; 1 to 2 shown (0.4 ms)\n");
    buf_clear(&buf);
    style.width = 40;
    style.no_snippets = true;
    write_hits(&buf, "text", &style, &page, hits, 1);
    ck_assert_str_eq(buf.data, "1  " DATE "       a#4\n"
                               "   夜間の体制\n"
                               "1 record, 4 partial matches; 1 to 1 shown (0.4 ms)\n");
    buf_clear(&buf);
    write_hits(&buf, "text", &style, &page, hits, 0);
    ck_assert_str_eq(buf.data, "1 record, 4 partial matches; none shown (0.4 ms)\n");
    buf_release(&buf);
}
END_TEST

START_TEST(text_streams_in_blocks)
{
    enum { HITS = 130 };
    struct hiku_hit hits[HITS];
    struct result_page page = make_page();
    struct result_style style = {.width = 80, .no_snippets = true};
    struct buf buf = BUF_INIT;
    for (size_t i = 0; i < HITS; i++) {
        hits[i] = make_hit();
        hits[i].rank = i + 1;
    }
    page.total = HITS;
    write_hits(&buf, "text", &style, &page, hits, HITS);
    size_t lines = 0;
    for (const char *p = strchr(buf.data, '\n'); p != NULL; p = strchr(p + 1, '\n'))
        lines++;
    ck_assert_uint_eq(lines, HITS + 1);
    ck_assert_ptr_nonnull(strstr(buf.data, "\n130  " DATE));
    ck_assert_ptr_nonnull(strstr(buf.data, "\n130 records (0.4 ms)\n"));
    buf_release(&buf);
}
END_TEST

START_TEST(text_marks_only_in_colour)
{
    struct hiku_hit hit = make_hit();
    struct result_style style = {.width = 80, .display = {.color = true}};
    check_hit("text", &style, &hit,
              "1  令和元年7月8日 (2019-07-08)  \x1B[1m夜間\x1B[22mの体制                           "
              "        a#4\n"
              "   \x1B[1m夜間\x1B[22m・\x1B[1m夜間\x1B[22m\n"
              "1 record (0.4 ms)\n");
}
END_TEST

START_TEST(text_tells_sheet_and_page)
{
    struct hiku_hit hit = make_hit();
    struct result_style style = {.width = 40};
    hit.record.date = hit.record.date_text = "";
    hit.record.source = "tables/measures.xlsx";
    hit.record.label = "札幌市";
    hit.record.part = "令和2\x1B年度";
    hit.record.page = 3;
    check_hit("text", &style, &hit,
              "1  夜間の体制                        a#4\n"
              "   札幌市: tables/measures.xlsx [令和2\uFFFD…\n"
              "   夜間・夜間\n"
              "1 record (0.4 ms)\n");
}
END_TEST

static void check_cut(const char *text, size_t n_columns, bool wide, const char *expected,
                      size_t used)
{
    struct display display = {.wide_ambiguous = wide};
    struct hiku_text given = {.data = text, .len = strlen(text)};
    struct buf buf = BUF_INIT;
    ck_assert_uint_eq(display_add_cut(&buf, &given, n_columns, &display), used);
    ck_assert_str_eq(buf.data, expected);
    buf_release(&buf);
}

START_TEST(cutting_by_width)
{
    check_cut("児童相談所", 10, false, "児童相談所", 10);
    check_cut("児童相談所", 9, false, "児童相談…", 9);
    check_cut("児童相談所", 8, false, "児童相…", 7);
    check_cut("児童相談所", 9, true, "児童相…", 8);
    check_cut("※○", 2, false, "※○", 2);
    check_cut("※○", 4, true, "※○", 4);
    check_cut("か\u3099き", 4, false, "か\u3099き", 4);
    check_cut("か\u3099きく", 3, false, "か\u3099…", 3);
    check_cut("abc", 0, false, "…", 1);
    check_cut("", 0, false, "", 0);
}
END_TEST

/* The first match, of bytes FROM to TO, stays in sight. */
static void check_cut_match(const char *text, size_t from, size_t to, size_t n_columns,
                            const char *expected, size_t used)
{
    struct display display = {.color = true};
    struct hiku_range range = {from, to};
    struct hiku_text given = {text, strlen(text), &range, 1};
    struct buf buf = BUF_INIT;
    ck_assert_uint_eq(display_add_cut(&buf, &given, n_columns, &display), used);
    ck_assert_str_eq(buf.data, expected);
    buf_release(&buf);
}

START_TEST(cutting_shows_the_match)
{
    check_cut_match("児童相談所の夜間", 18, 24, 16, "児童相談所の\x1B[1m夜間\x1B[22m", 16);
    check_cut_match("児童相談所の夜間", 18, 24, 12, "…談所の\x1B[1m夜間\x1B[22m", 11);
    check_cut_match("児童相談所の夜間の窓口の体制", 18, 24, 12, "…の\x1B[1m夜間\x1B[22mの窓…", 12);
    check_cut_match("児童相談所の夜間の窓口の体制", 0, 6, 9, "\x1B[1m児童\x1B[22m相談…", 9);
    check_cut_match("か\u3099き夜間", 9, 15, 6, "…\x1B[1m夜間\x1B[22m", 5);
    check_cut_match("児童相談所", 12, 15, 2, "…", 1);
}
END_TEST

START_TEST(wrapping)
{
    static const char text[] = "　夜間、休日。「相談」 abc defgh";
    struct hiku_text given = TEXT(text);
    struct display display = {0};
    struct buf buf = BUF_INIT;
    display_add_wrapped(&buf, &given, 1, 6, 9, &display);
    ck_assert_str_eq(buf.data, " 夜間、\n 休日。\n 「相\n 談」 \n abc \n defgh\n");
    buf_clear(&buf);
    display_add_wrapped(&buf, &given, 1, 6, 2, &display);
    ck_assert_str_eq(buf.data, " 夜間、\n 休日…\n");
    buf_clear(&buf);
    display_add_wrapped(&buf, &given, 0, 1, 2, &display);
    ck_assert_str_eq(buf.data, "夜\n…\n");
    buf_release(&buf);
}
END_TEST

START_TEST(nothing_steers_the_terminal)
{
    static const char hostile[] = "a\x1B[2J\x07\x7F\xC2\x9B\u202E\u2066\nb\0c\xFF";
    struct buf buf = BUF_INIT;
    display_add(&buf, hostile, sizeof hostile - 1);
    ck_assert_str_eq(buf.data, "a\uFFFD[2J\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD b\uFFFDc\uFFFD");
    buf_clear(&buf);
    display_add_lines(&buf, "a\nb\x1B\n", 5, 2);
    ck_assert_str_eq(buf.data, "a\n  b\uFFFD\n");
    buf_release(&buf);
    ck_assert_uint_eq(display_safe(0x202A), 0xFFFD);
    ck_assert_uint_eq(display_safe(0x2069), 0xFFFD);
    ck_assert_uint_eq(display_safe(0x2029), ' ');
    ck_assert_uint_eq(display_safe(0x2030), 0x2030);
    ck_assert_uint_eq(display_safe(0xA0), 0xA0);
}
END_TEST

static void check_number(double value, int decimals, const char *expected)
{
    struct buf buf = BUF_INIT;
    result_add_number(&buf, value, decimals);
    ck_assert_str_eq(buf.data, expected);
    buf_release(&buf);
}

START_TEST(numbers)
{
    check_number(7.1, 4, "7.1");
    check_number(7, 4, "7");
    check_number(-0.05, 4, "-0.05");
    check_number(1.99996, 4, "2");
    check_number(0.00001, 4, "0");
    check_number(12.345678, 4, "12.3457");
    check_number(0.4321, 1, "0.4");
    check_number(NAN, 4, "0");
    check_number(INFINITY, 6, "0");
    check_number(1e300, 6, "1000000000000");
    ck_assert_ptr_null(result_writer_find("xml"));
}
END_TEST

Suite *suite_writers(void)
{
    Suite *suite = suite_create("writers");
    TCase *tests = tcase_create("writers");
    tcase_add_test(tests, json_has_all_fields);
    tcase_add_test(tests, json_names_query_and_index);
    tcase_add_test(tests, json_escapes);
    tcase_add_test(tests, json_explains);
    tcase_add_test(tests, tsv_keeps_its_columns);
    tcase_add_test(tests, csv_quotes);
    tcase_add_test(tests, trec_lines);
    tcase_add_test(tests, trec_scores_fall);
    tcase_add_test(tests, names_in_a_run);
    tcase_add_test(tests, text_is_aligned);
    tcase_add_test(tests, text_streams_in_blocks);
    tcase_add_test(tests, text_marks_only_in_colour);
    tcase_add_test(tests, text_tells_sheet_and_page);
    tcase_add_test(tests, cutting_by_width);
    tcase_add_test(tests, cutting_shows_the_match);
    tcase_add_test(tests, wrapping);
    tcase_add_test(tests, nothing_steers_the_terminal);
    tcase_add_test(tests, numbers);
    suite_add_tcase(suite, tests);
    return suite;
}
