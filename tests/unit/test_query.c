/* The query language, through query_print. Interface: suites.h. */
#include "tests/unit/suites.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "search/query/query.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define MIB (1U << 20)

struct query_case {
    const char *text;
    const char *tree;
};

static const struct query_case all_cases[] = {
    /* words */
    {"", "()"},
    {" 　\t\n", "()"},
    {"夜間", "\"夜間\""},
    {"夜間 休日", "(AND \"夜間\" \"休日\")"},
    {"　夜間　休日　", "(AND \"夜間\" \"休日\")"},
    {"夜間\xC2\xA0休日\xE2\x80\xA8相談", "(AND \"夜間\" \"休日\" \"相談\")"},
    {"夜間\x01休日\x7F相談", "(AND \"夜間\" \"休日\" \"相談\")"},
    {"夜間・休日、相談。", "\"夜間・休日、相談。\""},
    {"「見守り」活動", "\"「見守り」活動\""},
    {"C# e-mail 1/2", "(AND \"C#\" \"e-mail\" \"1/2\")"},
    {"DV- 2019-06 a:b ^x x+y", "(AND \"DV-\" \"2019-06\" \"a:b\" \"^x\" \"x+y\")"},
    {"http://example.jp/ foo:bar", "(AND \"http://example.jp/\" \"foo:bar\")"},
    {"a\\b", "\"a\\\\b\""},
    {"it's", "\"it's\""},
    {"\xFF夜\xE9\x96", "\"\xEF\xBF\xBD夜\xEF\xBF\xBD\""},
    {"\xEF\xBB\xBF夜間\xE2\x80\x8B 休日", "(AND \"夜間\" \"休日\")"},
    {"夜\xE2\x80\x8B間", "\"夜\xE2\x80\x8B間\""},
    {"\xE2\x80\x8B \xC2\xAD", "()"},
    /* AND, OR */
    {"夜間 OR 休日", "(OR \"夜間\" \"休日\")"},
    {"夜間 ＯＲ 休日", "(OR \"夜間\" \"休日\")"},
    {"夜間 | 休日", "(OR \"夜間\" \"休日\")"},
    {"夜間|休日｜相談", "(OR \"夜間\" \"休日\" \"相談\")"},
    {"a b | c", "(OR (AND \"a\" \"b\") \"c\")"},
    {"a | b c", "(OR \"a\" (AND \"b\" \"c\"))"},
    {"a AND b", "(AND \"a\" \"b\")"},
    {"a ＡＮＤ b OR c", "(OR (AND \"a\" \"b\") \"c\")"},
    {"a or b", "(AND \"a\" \"or\" \"b\")"},
    {"ORACLE FOR", "(AND \"ORACLE\" \"FOR\")"},
    {"a || b", "(OR \"a\" \"b\")"},
    {"a OR AND b", "(OR \"a\" \"b\")"},
    {"a AND OR b", "(OR \"a\" \"b\")"},
    {"児童 AND", "\"児童\""},
    {"児童 OR", "\"児童\""},
    {"児童 NOT", "\"児童\""},
    {"児童 |", "\"児童\""},
    {"OR 児童", "\"児童\""},
    {"AND 児童", "\"児童\""},
    {"OR", "\"OR\""},
    {"ＡＮＤ", "\"ＡＮＤ\""},
    {"NOT", "\"NOT\""},
    {"OR AND", "(AND \"OR\" \"AND\")"},
    {"(OR)", "\"OR\""},
    {"|", "()"},
    {"\"OR\" a", "(AND =\"OR\" \"a\")"},
    {"\xEF\xBB\xBFOR\xE2\x80\x8B a", "\"a\""},
    /* NOT */
    {"夜間 -休日", "(AND \"夜間\" (NOT \"休日\"))"},
    {"夜間 －休日 −相談", "(AND \"夜間\" (NOT \"休日\") (NOT \"相談\"))"},
    {"-休日", "(NOT \"休日\")"},
    {"-a -b", "(AND (NOT \"a\") (NOT \"b\"))"},
    {"夜間 NOT 休日", "(AND \"夜間\" (NOT \"休日\"))"},
    {"NOT 休日", "(NOT \"休日\")"},
    {"NOT NOT a", "\"a\""},
    {"a NOT OR b", "(OR \"a\" \"b\")"},
    {"a|-b", "(OR \"a\" (NOT \"b\"))"},
    {"-\"a b\"", "(NOT =\"a b\")"},
    {"-(a b)", "(NOT (AND \"a\" \"b\"))"},
    {"-(a OR -b)", "(NOT (OR \"a\" (NOT \"b\")))"},
    {"-OR a", "(AND (NOT \"OR\") \"a\")"},
    {"-", "\"-\""},
    {"児童 - 虐待", "(AND \"児童\" \"-\" \"虐待\")"},
    {"--a", "\"--a\""},
    {"---", "\"---\""},
    {"(-)", "\"-\""},
    {"-|a", "(OR \"-\" \"a\")"},
    {"-title:a", "(NOT title:\"a\")"},
    {"title:-a", "title:\"-a\""},
    /* quotes */
    {"\"夜間 休日\"", "=\"夜間 休日\""},
    {"“夜間 休日”", "=\"夜間 休日\""},
    {"”夜間 休日” ＂a b＂", "(AND =\"夜間 休日\" =\"a b\")"},
    {"\"夜間", "=\"夜間\""},
    {"\"夜間 (休日 OR -a", "=\"夜間 (休日 OR -a\""},
    {"\"\"", "()"},
    {"\" 　\" a", "\"a\""},
    {"\"a\"\"b\"", "(AND =\"a\" =\"b\")"},
    {"\"a b\"c", "(AND =\"a b\" \"c\")"},
    {"\" a b \"", "=\"a b\""},
    {"\"a\\\"", "=\"a\\\\\""},
    {"夜間\"休日 体制\"", "(AND \"夜間\" =\"休日 体制\")"},
    {"いわゆる“見守り”活動", "\"いわゆる“見守り”活動\""},
    {"19\"ラック", "\"19\\\"ラック\""},
    {"-\"\" a", "\"a\""},
    {"\"a|b\"", "=\"a|b\""},
    {"\"夜間\"*", "=\"夜間\"*"},
    /* brackets */
    {"(a b) c", "(AND \"a\" \"b\" \"c\")"},
    {"(a OR b) c", "(AND (OR \"a\" \"b\") \"c\")"},
    {"（a｜b）　c", "(AND (OR \"a\" \"b\") \"c\")"},
    {"((a))", "\"a\""},
    {"(a (b | c)) | d", "(OR (AND \"a\" (OR \"b\" \"c\")) \"d\")"},
    {"(a)|(b)", "(OR \"a\" \"b\")"},
    {"札幌市(北区)", "\"札幌市(北区)\""},
    {"(札幌市(北区) a)", "(AND \"札幌市(北区)\" \"a\")"},
    {"（仮称）", "\"仮称\""},
    {"（仮称）施設", "\"（仮称）施設\""},
    {"(a)*", "\"(a)\"*"},
    {"((a) b)c", "(AND \"(\" \"a\" \"b)c\")"},
    {"(", "\"(\""},
    {")", "\")\""},
    {"(a b", "(AND \"(a\" \"b\")"},
    {"a b)", "(AND \"a\" \"b)\")"},
    {"()", "()"},
    {"a ( ) b", "(AND \"a\" \"b\")"},
    {"main() a", "(AND \"main()\" \"a\")"},
    {"(\"a) b\")", "=\"a) b\""},
    {"(\"a) b\"", "(AND \"(\" =\"a) b\")"},
    {"(-a b", "(AND \"(-a\" \"b\")"},
    {"-(a b", "(AND (NOT \"(a\") \"b\")"},
    {"(a OR ) b", "(AND \"a\" \"b\")"},
    {"( a )", "\"a\""},
    {"(a)\xE2\x80\x8B b", "(AND \"a\" \"b\")"},
    {":-)", "\":-)\""},
    /* prefix */
    {"語*", "\"語\"*"},
    {"語＊ a", "(AND \"語\"* \"a\")"},
    {"語** a*|b*", "(OR (AND \"語\"* \"a\"*) \"b\"*)"},
    {"*", "\"*\""},
    {"a * b", "(AND \"a\" \"*\" \"b\")"},
    {"*語", "\"*語\""},
    {"a*b", "\"a*b\""},
    {"(語*)", "\"語\"*"},
    {"-語*", "(NOT \"語\"*)"},
    {"title:語*", "title:\"語\"*"},
    /* fields */
    {"title:会議", "title:\"会議\""},
    {"TITLE:会議 Body:a", "(AND title:\"会議\" body:\"a\")"},
    {"ｔｉｔｌｅ：会議", "title:\"会議\""},
    {"件名:会議 本文：夜間", "(AND title:\"会議\" body:\"夜間\")"},
    {"title:\"a b\"", "title:=\"a b\""},
    {"title:(a b) c", "(AND title:\"a\" title:\"b\" \"c\")"},
    {"title:(a body:b | c)", "(OR (AND title:\"a\" body:\"b\") title:\"c\")"},
    {"title: a", "(AND \"title:\" \"a\")"},
    {"title:", "\"title:\""},
    {"(title:)", "\"title:\""},
    {"title:|a", "(OR \"title:\" \"a\")"},
    {"title:\"\" a", "\"a\""},
    {"title:\xE2\x80\x8B a", "\"a\""},
    {"title:title:x", "title:\"title:x\""},
    {"subtitle:x", "\"subtitle:x\""},
    {"title:OR", "title:\"OR\""},
    {"夜間 -休日 title:会議 相談* date:2019年度",
     "(AND \"夜間\" (NOT \"休日\") title:\"会議\" \"相談\"* (DATE 2019-04-01 2020-03-31))"},
    /* dates */
    {"date:令和元年度", "(DATE 2019-04-01 2020-03-31)"},
    {"日付：令和元年6月5日（水）", "(DATE 2019-06-05 2019-06-05)"},
    {"DATE:2019-06", "(DATE 2019-06-01 2019-06-30)"},
    {"date:\"令和 元年 6月\"", "(DATE 2019-06-01 2019-06-30)"},
    {"date:2019年6月～8月 a", "(AND (DATE 2019-06-01 2019-08-31) \"a\")"},
    {"date:2019..2020-03", "(DATE 2019-01-01 2020-03-31)"},
    {"date:令和元年．．令和2年", "(DATE 2019-01-01 2020-12-31)"},
    {"date:2019.4..2020.3", "(DATE 2019-04-01 2020-03-31)"},
    {"date:2019..", "(DATE 2019-01-01 -)"},
    {"date:..2019", "(DATE - 2019-12-31)"},
    {"date:..", "\"date:..\""},
    {"date:2020..2019", "\"date:2020..2019\""},
    {"since:2020-04", "(DATE 2020-04-01 -)"},
    {"until:2020-06", "(DATE - 2020-06-30)"},
    {"since:2019 until:2020", "(AND (DATE 2019-01-01 -) (DATE - 2020-12-31))"},
    {"since:2019..2020", "\"since:2019..2020\""},
    {"-date:2019", "(NOT (DATE 2019-01-01 2019-12-31))"},
    {"date:x", "\"date:x\""},
    {"-Date：2019-02-30", "(NOT \"Date：2019-02-30\")"},
    {"date:2019*", "\"date:2019\"*"},
    {"date:\"x y\"", "\"date:\\\"x y\\\"\""},
    {"date:(2019 | 2021 | x)",
     "(OR (DATE 2019-01-01 2019-12-31) (DATE 2021-01-01 2021-12-31) \"x\")"},
};

static const struct query_case any_cases[] = {
    {"a", "\"a\""},
    {"a b", "(OR \"a\" \"b\")"},
    {"a b | c", "(OR \"a\" \"b\" \"c\")"},
    {"a AND b c", "(OR (AND \"a\" \"b\") \"c\")"},
    {"c a AND b", "(OR \"c\" (AND \"a\" \"b\"))"},
    {"a b -c", "(AND (OR \"a\" \"b\") (NOT \"c\"))"},
    {"-c a since:2020", "(AND \"a\" (NOT \"c\") (DATE 2020-01-01 -))"},
    {"a AND -b c", "(OR (AND \"a\" (NOT \"b\")) \"c\")"},
    {"-a -b", "(AND (NOT \"a\") (NOT \"b\"))"},
    {"a | -b", "(OR \"a\" (NOT \"b\"))"},
    {"(a b) AND (c d)", "(AND (OR \"a\" \"b\") (OR \"c\" \"d\"))"},
    {"OR AND", "(OR \"OR\" \"AND\")"},
};

/* Parses an exact copy, so that the sanitizer sees reads past the end. */
static void parse(struct query *query, const char *text, size_t n_bytes, enum query_default join)
{
    char *copy = malloc(n_bytes + !n_bytes);

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, n_bytes);
    enum status status = query_parse(query, copy, n_bytes, join);
    free(copy);
    ck_assert_int_eq(status, ST_OK);
}

static void check_case(const struct query_case *t, enum query_default join)
{
    struct query query;
    struct buf out = BUF_INIT;

    parse(&query, t->text, strlen(t->text), join);
    ck_assert_int_eq(query_print(&query, &out), ST_OK);
    ck_assert_msg(strcmp(out.data, t->tree) == 0, "'%s' is %s, not %s", t->text, out.data, t->tree);
    buf_release(&out);
    query_release(&query);
    ck_assert_ptr_null(query.root);
}

START_TEST(all_words)
{
    check_case(&all_cases[_i], QUERY_DEFAULT_ALL);
}
END_TEST

START_TEST(any_word)
{
    check_case(&any_cases[_i], QUERY_DEFAULT_ANY);
}
END_TEST

START_TEST(texts_that_are_dates)
{
    static const struct query_case cases[] = {
        {"2019年7月", "(OR \"2019年7月\" (DATE 2019-07-01 2019-07-31))"},
        {"-R1.7.8", "(NOT (OR \"R1.7.8\" (DATE 2019-07-08 2019-07-08)))"},
        {"夜間 (令和元年度 OR 休日)",
         "(AND \"夜間\" (OR (OR \"令和元年度\" (DATE 2019-04-01 2020-03-31)) \"休日\"))"},
        {"2019年7月の会議", "\"2019年7月の会議\""},
        {"7月8日", "\"7月8日\""},
        {"2019", "\"2019\""},
        {"令和", "\"令和\""},
        {"\"2019年7月\"", "=\"2019年7月\""},
        {"2019年7月*", "\"2019年7月\"*"},
        {"title:2019年7月", "title:\"2019年7月\""},
        {"", "()"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct query query;
        struct buf out = BUF_INIT;

        parse(&query, cases[i].text, strlen(cases[i].text), QUERY_DEFAULT_ALL);
        ck_assert_int_eq(query_add_dates(&query), ST_OK);
        ck_assert_int_eq(query_print(&query, &out), ST_OK);
        ck_assert_str_eq(out.data, cases[i].tree);
        buf_release(&out);
        query_release(&query);
    }
}
END_TEST

START_TEST(counts_wanted_terms)
{
    static const struct {
        const char *text;
        size_t n_terms;
    } cases[] = {{"", 0},        {"a b", 2},       {"a -b", 1},        {"a -(b c) d", 2},
                 {"-(a -b)", 0}, {"NOT NOT a", 1}, {"date:2019 a", 1}, {"date:x", 1}};

    for (int i = 0; i < LENGTH(cases); i++) {
        struct query query;
        parse(&query, cases[i].text, strlen(cases[i].text), QUERY_DEFAULT_ALL);
        ck_assert_msg(query.n_terms == cases[i].n_terms, "'%s' has %zu", cases[i].text,
                      query.n_terms);
        query_release(&query);
    }
}
END_TEST

START_TEST(keeps_nul_in_quotes)
{
    struct query query;
    struct buf out = BUF_INIT;

    parse(&query, "\"a\0b\" c\0d", 9, QUERY_DEFAULT_ALL);
    ck_assert_int_eq(query_print(&query, &out), ST_OK);
    ck_assert_str_eq(out.data, "(AND =\"a\\x00b\" \"c\" \"d\")");
    ck_assert_uint_eq(query.root->child->len, 3);
    ck_assert_int_eq(query.root->child->text[3], '\0');
    buf_release(&out);
    query_release(&query);
}
END_TEST

START_TEST(limits_depth)
{
    struct query query;
    struct buf out = BUF_INIT;
    struct buf text = BUF_INIT;

    for (int i = 0; i < 64; i++)
        buf_adds(&text, "(a|");
    buf_adds(&text, "(b c)");
    for (int i = 0; i < 64; i++)
        buf_addc(&text, ')');
    parse(&query, text.data, text.len, QUERY_DEFAULT_ALL);
    ck_assert_int_eq(query_print(&query, &out), ST_OK);
    ck_assert_ptr_nonnull(strstr(out.data, "(AND \"(b\" \"c)\")"));
    ck_assert_uint_eq(query.n_terms, 66);
    query_release(&query);

    buf_clear(&out);
    memmove(text.data, text.data + 3, text.len - 4);
    parse(&query, text.data, text.len - 4, QUERY_DEFAULT_ALL);
    ck_assert_int_eq(query_print(&query, &out), ST_OK);
    ck_assert_ptr_nonnull(strstr(out.data, "(AND \"b\" \"c\")"));
    query_release(&query);
    buf_release(&text);
    buf_release(&out);
}
END_TEST

/* 1 MiB of one piece, and the terms that are in it. */
static const struct {
    const char *piece;
    size_t n_terms;
} long_cases[] = {{"(", 1},
                  {")", 1},
                  {"\"", 0},
                  {"-", 1},
                  {"a", 1},
                  {"|", 0},
                  {"*", 1},
                  {"a ", MIB / 2},
                  {"()", 1},
                  {"(a", 1},
                  {"a)", 1},
                  {"( ", MIB / 2},
                  {"a\"", 2},
                  {"title:", 1},
                  {"-a ", 0},
                  {"date:1.. ", MIB / 9},
                  {"\xFF", 1},
                  {"夜間 ", MIB / 7},
                  {"NOT ", MIB / 4},
                  {"\xE2\x80\x8B", 0},
                  {")\xE2\x80\x8B", 1}};

START_TEST(long_queries)
{
    const char *piece = long_cases[_i].piece;
    size_t step = strlen(piece);
    size_t n = MIB / step * step;
    char *text = malloc(n);
    struct query query;

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < n; i += step)
        memcpy(text + i, piece, step);
    parse(&query, text, n, QUERY_DEFAULT_ALL);
    ck_assert_uint_eq(query.n_terms, long_cases[_i].n_terms);
    query_release(&query);
    free(text);
}
END_TEST

/* What must hold for every tree; returns how many terms it has. */
static size_t check_tree(const struct query_node *node, bool negative)
{
    size_t n = 0;

    for (; node; node = node->next) {
        if (node->op == QUERY_TERM) {
            if (node->len == 0 || node->text[node->len] != '\0' || !node->fields)
                ck_abort_msg("a bad term");
            for (size_t at = 0; at < node->len;) {
                uint32_t cp;
                size_t len = utf8_decode(node->text + at, node->len - at, &cp);
                if (cp == UTF8_REPLACEMENT && len != 3)
                    ck_abort_msg("a term with damaged UTF-8");
                at += len;
            }
            n += !negative;
        } else if (node->op == QUERY_DATE) {
            if (node->dates.first > node->dates.last)
                ck_abort_msg("a date that ends before it starts");
        } else {
            bool several = node->child && node->child->next;
            if (!node->child || several == (node->op == QUERY_NOT))
                ck_abort_msg("a node with a wrong number of children");
            n += check_tree(node->child, negative || node->op == QUERY_NOT);
        }
    }
    return n;
}

START_TEST(random_queries)
{
    static const char *const pieces[] = {
        "(",    ")",    "（", "）",    "\"",           "“",      "-",       "－",
        "|",    "*",    " ",  "　",    "OR",           "ＡＮＤ", "NOT",     "夜間",
        "a",    ":",    "：", "title", "body:",        "date:",  "since:2", "019",
        "令和", "元年", "..", "～",    "\xE5",         "\xFF",   "\x01",    "。",
        " OR ", " -",   " (", ") ",    "\xE2\x80\x8B", "until:"};
    unsigned state = 20200331;

    for (int round = 0; round < 50000; round++) {
        char text[256];
        size_t n = 0;
        unsigned length = (unsigned)round % 24;
        for (unsigned k = 0; k < length; k++) {
            state = state * 1103515245U + 12345U;
            const char *piece = pieces[(state >> 16) % (unsigned)LENGTH(pieces)];
            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        struct query query;
        struct buf out = BUF_INIT;
        enum query_default join = round & 1 ? QUERY_DEFAULT_ANY : QUERY_DEFAULT_ALL;
        if (query_parse(&query, text, n, join) != ST_OK || query_print(&query, &out) != ST_OK ||
            check_tree(query.root, false) != query.n_terms)
            ck_abort_msg("'%.*s' is %s", (int)n, text, out.data);
        buf_release(&out);
        query_release(&query);
    }
}
END_TEST

Suite *suite_query(void)
{
    Suite *s = suite_create("query");
    TCase *tc = tcase_create("query");

    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, all_words, 0, LENGTH(all_cases));
    tcase_add_loop_test(tc, any_word, 0, LENGTH(any_cases));
    tcase_add_test(tc, texts_that_are_dates);
    tcase_add_test(tc, counts_wanted_terms);
    tcase_add_test(tc, keeps_nul_in_quotes);
    tcase_add_test(tc, limits_depth);
    tcase_add_loop_test(tc, long_queries, 0, LENGTH(long_cases));
    tcase_add_test(tc, random_queries);
    suite_add_tcase(s, tc);
    return s;
}
