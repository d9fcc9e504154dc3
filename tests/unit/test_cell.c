/* Cells as plain text. */
#include "corpus/rows/cell.h"
#include "tests/unit/suites.h"

#include <stdlib.h>
#include <string.h>

struct example {
    const char *cell;
    const char *text;
};

static void check_texts(const struct example *examples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf out = BUF_INIT;
        ck_assert_int_eq(cell_to_text(examples[i].cell, strlen(examples[i].cell), &out), ST_OK);
        ck_assert_str_eq(out.data, examples[i].text);
        ck_assert_uint_eq(out.len, strlen(examples[i].text));
        buf_release(&out);
    }
}

#define CHECK_TEXTS(examples) check_texts(examples, sizeof examples / sizeof examples[0])

START_TEST(plain_text_stays)
{
    static const struct example examples[] = {
        {"", ""},
        {"事案が発生", "事案が発生"},
        {"夜間・休日の対応", "夜間・休日の対応"},
        {"a  b", "a  b"},
        {"A&amp;B & C&nbsp;D", "A&amp;B & C&nbsp;D"},
        {"2か月　3歳", "2か月　3歳"},
        {"校報頼 校報頼", "校報頼 校報頼"},
    };
    CHECK_TEXTS(examples);
}
END_TEST

START_TEST(blanks_and_controls)
{
    static const struct example examples[] = {
        {"  a\t", "a"},
        {"　a　", "a"},
        {"\n\na\r\n\r\n \n b \n", "a\nb"},
        {"a\x01\x7F\tb", "a b"},
        {"a\xC2\x9B"
         "b",
         "ab"},
        {"\u00A0a\u00A0", "a"},
        {" \n　\n", ""},
        {"a\u00E9", "a\u00E9"},
    };
    CHECK_TEXTS(examples);
    struct buf out = BUF_INIT;
    ck_assert_int_eq(cell_to_text("a\0b", 3, &out), ST_OK);
    ck_assert_str_eq(out.data, "ab");
    buf_release(&out);
}
END_TEST

START_TEST(bullets_and_headings)
{
    static const struct example examples[] = {
        {"【本部長指示】 ・再点検 ・連携", "【本部長指示】\n・再点検\n・連携"},
        {"【内容】 対応 【目的】　保護", "【内容】\n対応\n【目的】\n保護"},
        {"【内容】対応", "【内容】対応"},
        {"設置【新規】 事業", "設置【新規】 事業"},
        {"●一 ○二　■三\t◆四 ※五", "●一\n○二\n■三\n◆四\n※五"},
        {"a※b・c", "a※b・c"},
        {"【一】【二】 三", "【一】【二】 三"},
        {"【閉じない ・一", "【閉じない\n・一"},
        {"【】", "【】"},
    };
    CHECK_TEXTS(examples);
}
END_TEST

START_TEST(html_becomes_lines)
{
    static const struct example examples[] = {
        {"<p>【目的】</p> <ul style=\"list-style-type: none\"> ・一 ・二", "【目的】\n・一\n・二"},
        {"<ul><li>一</li><LI>二<li>・三</ul>四", "・一\n・二\n・三\n四"},
        {"<li></li><p>a</p>", "a"},
        {"<ol><li><b>一</b></ol>", "・一"},
        {"<ul><li>　●一</ul>", "●一"},
        {"a<br>b<br/>c<BR />d", "a\nb\nc\nd"},
        {"a<b>b</b><!-- x <p> -->c", "abc"},
        {"a<script>if (a<b) x</script>b<style>p{}</style>c", "abc"},
        {"<script>a", "a"},
        {"<table><tr><td>a</td><td>b</td></tr><tr><th>c</table>", "a b\nc"},
        {"<p>a\n  b\tc\u00A0d</p>", "a b c d"},
        {"<p>校報頼</p>", "校報頼"},
        {"<a href='x>y' target=_blank>a</a>", "a"},
        {"<td nowrap>a</td>", "a"},
        {"<h1>a</h1><div>b</div>", "a\nb"},
    };
    CHECK_TEXTS(examples);
}
END_TEST

START_TEST(entities)
{
    static const struct example examples[] = {
        {"<p>A&amp;B&lt;p&gt;&quot;</p>", "A&B<p>\""},
        {"<p>&#12354;&#x3042;&#X3044;</p>", "ああい"},
        {"<p>a&nbsp;&nbsp;b</p>", "a b"},
        {"<p>R&D & AT&T; &foo; &amp</p>", "R&D & AT&T; &foo; &amp"},
        {"<p>&#0;&#xD800;&#99999999999999;</p>", "\uFFFD\uFFFD\uFFFD"},
        {"<p>&#; &#x; &#12a; &;</p>", "&#; &#x; &#12a; &;"},
        {"<p>a&#7;b&hellip;</p>", "ab…"},
    };
    CHECK_TEXTS(examples);
}
END_TEST

START_TEST(lookalikes_stay)
{
    static const struct example examples[] = {
        {"<協働>の視点", "<協働>の視点"},
        {"a < b", "a < b"},
        {"<<強調>>", "<<強調>>"},
        {"<unknowntag>&amp;", "<unknowntag>&amp;"},
        {"x<5 and y>3", "x<5 and y>3"},
        {"a <b and c> d", "a <b and c> d"},
        {"<", "<"},
        {"<p", "<p"},
        {"<!-- a", "<!-- a"},
        {"</", "</"},
        {"<p>a < b <協働> <<強>> c<5</p>", "a < b <協働> <<強>> c<5"},
        {"<p>a <p", "a <p"},
        {"<a href=\"x>", "<a href=\"x>"},
    };
    CHECK_TEXTS(examples);
}
END_TEST

START_TEST(titles_are_one_line)
{
    struct buf out = BUF_INIT;
    const char *cell = "<p>「本部」を設置</p> <p>※本部長：市長</p>";
    ck_assert_int_eq(cell_to_line(cell, strlen(cell), &out), ST_OK);
    ck_assert_str_eq(out.data, "「本部」を設置 ※本部長：市長");
    buf_clear(&out);
    buf_adds(&out, "x\n");
    ck_assert_int_eq(cell_to_line("a\nb", 3, &out), ST_OK);
    ck_assert_str_eq(out.data, "x\na b");
    buf_release(&out);
}
END_TEST

/* Appends TEXT to CELL so often that it has at least N_BYTES. */
static void fill(struct buf *cell, const char *text, size_t n_bytes)
{
    while (cell->len < n_bytes)
        buf_adds(cell, text);
}

START_TEST(deep_nesting)
{
    struct buf cell = BUF_INIT, out = BUF_INIT;
    for (int i = 0; i < 100000; i++)
        buf_adds(&cell, "<b><div>");
    buf_adds(&cell, "底</p>");
    ck_assert_int_eq(cell_to_text(cell.data, cell.len, &out), ST_OK);
    ck_assert_str_eq(out.data, "底");
    buf_release(&out);
    buf_release(&cell);
}
END_TEST

START_TEST(big_cells_take_linear_time)
{
    static const char *const units[] = {"児童虐待 ・防止 ", "<p>あ</p>", "<!-- ", "<script>",
                                        "<p a=\"",          "&amp",      "<",     "【"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        struct buf cell = BUF_INIT, out = BUF_INIT;
        fill(&cell, units[i], 2 << 20);
        buf_adds(&cell, "<br>終");
        ck_assert_int_eq(cell_to_text(cell.data, cell.len, &out), ST_OK);
        ck_assert_str_eq(out.data + out.len - strlen("終"), "終");
        buf_release(&out);
        buf_release(&cell);
    }
}
END_TEST

Suite *suite_cell(void)
{
    Suite *suite = suite_create("cell");
    TCase *tests = tcase_create("cell");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, plain_text_stays);
    tcase_add_test(tests, blanks_and_controls);
    tcase_add_test(tests, bullets_and_headings);
    tcase_add_test(tests, html_becomes_lines);
    tcase_add_test(tests, entities);
    tcase_add_test(tests, lookalikes_stay);
    tcase_add_test(tests, titles_are_one_line);
    tcase_add_test(tests, deep_nesting);
    tcase_add_test(tests, big_cells_take_linear_time);
    suite_add_tcase(suite, tests);
    return suite;
}
