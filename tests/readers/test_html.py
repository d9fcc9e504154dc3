"""HTML pages: which tables are read and how, sections where there is none, and hostile pages."""
import sys

sys.dont_write_bytecode = True
from readers import eq, finish, has, index, read, records  # noqa: E402


def page(body, head="", encoding="utf-8", name="a.html"):
    with open(name, "wb") as file:
        file.write(f"<!DOCTYPE html><html><head>{head}<title>頁の題</title></head><body>{body}".encode(encoding))
    return name


HEADING = "<tr><th>番号<th>日付<th>件名<th>概要"
eq(
    read(page(f"<p>前文<table>{HEADING}<tr><td>1<td>令和元年6月5日<td>夜間<br>窓口<td><p>【内容】</p><ul><li>一つ<li>二つ</ul></table>後")),
    [("1", "令和元年6月5日", "2019-06-05", "夜間 窓口", "【内容】\n・一つ\n・二つ")],
    "a table with unclosed tags; text around it is left out; markup in cells becomes lines",
)
eq(
    read(
        page(
            "<table><tr><td>案内<td>"
            f"<table><caption>甲の<b>表</b></caption><thead>{HEADING}</thead><tbody><tr><td>1<td><td>a<td>x</table>"
            "<table><tr><td>件名</td><td>内容</td></tr><tr><td>b</td><td>y<table><tr><td>内<td>側</table>z</td></tr></table>"
            "</table>"
        ),
        columns="number, title, body",
    ),
    [("1", "a", "x"), ("", "b", "y\n内 側\nz")],
    "tables inside a table of layout are read, one inside a cell is its text",
)
eq(
    read(
        page(
            f"<table>{HEADING}<th>担当"
            "<tr><td>1<td rowspan=2>R2.4.1<td>a<td>x<td rowspan=3>子ども課"
            "<tr><td>2<td>b<td>y<tr><td>3<td>R2.5<td>c<td>z"
            "<tr><td rowspan=2>4<td rowspan=2>R3<td rowspan=2>d<td>一<td>-<tr><td>二</table>"
        ),
        columns="number, date_text, title, columns",
    )[:3],
    [("1", "R2.4.1", "a", {"担当": "子ども課"}), ("2", "R2.4.1", "b", {"担当": "子ども課"}), ("3", "R2.5", "c", {"担当": "子ども課"})],
    "rowspan: the text stands in each row",
)
eq(
    [r for r in records("number, title") if r[0] == "4"],
    [("4", "d")],
    "a number over two rows is one record",
)
eq(
    read(page(f"<table><tr><td colspan=4>年度の取組{HEADING}<tr><td>1<td><td>a<td>x</table>"), columns="number, title"),
    [("1", "a")],
    "a title across the table",
)
eq(
    read(
        page("<table><tr><th rowspan=2>番号<th colspan=2>取組<th colspan=2>予算<tr><th>件名<th>概要<th>当初<th>補正<tr><td>1<td>夜間<td>窓口<td>100<td>20</table>"),
        columns="number, title, body, columns",
    ),
    [("1", "夜間", "窓口", {"予算 当初": "100", "予算 補正": "20"})],
    "names of groups above names",
)
eq(
    read(page("<table><tr><th>件名<td>窓<td>戸<tr><th>概要<td>一<td>二</table>"), columns="title, body"),
    [("窓", "一"), ("戸", "二")],
    "a table whose headings stand at the left",
)
eq(
    read(page(f"<table>{HEADING}<tr><td>1<td><td>児<ruby>童<rp>(</rp><rt>どう</rt><rp>)</rp></ruby><td>&lt;p&gt; と &amp;lt; <協働> a < b</table>"), columns="title, body"),
    [("児童", "<p> と &lt; <協働> a < b")],
    "readings are left out; what only looks like a tag stays",
)
eq(
    read(page(f"<table>{HEADING}<tr><td>1<td><td>㈱①髙<td>本文</table>", '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=Shift_JIS">', "cp932"), columns="title"),
    [("㈱①髙",)],
    "Shift_JIS that a META element declares",
)
status, err = index(page(f"<table><tr><th>曜日<th>時間<tr><td>月<td>9時</table><table>{HEADING}<tr><td>1<td><td>a<td>x</table><table><tr><th>曜日<th>時間<tr><td>火<td>8時</table>"))
eq((status, records("title")), (0, [("a",)]), "tables of other things beside it")
has(err, "a.html:1: tables without known columns, from here on", "those before it are told")
has(err, "no heading line recognised", "those after it are told")

# --- pages without a table of data
body = "序<h1>一章</h1><p>夜間</p><p>窓口</p>\n<h2>二節 <a>甲</a></h2><div>休日<table><tr><th>曜日<th>時間<tr><td>月<td>9時</table></div><script>no</script><h3>空</h3>"
eq(
    read(page(body), columns="title, body, line"),
    [("頁の題", "序", 1), ("一章", "夜間\n窓口", 1), ("二節 甲", "休日\n曜日 時間\n月 9時", 2), ("空", "", 2)],
    "a record for each section",
)
rows = "".join(f"<tr><td>{i}<td>題{i}<td>本文" for i in range(3000))
eq(
    read(page(f"<table><tr><td>番号<td>件名<td>概要{rows}</table>"), columns="count(*), max(line)"),
    [(3000, 1)],
    "a long table",
)

# --- hostile pages
has(index(page("<div>" * 100000))[1], "elements nested too deep", "deep nesting")
has(index(page("<table><tr><td>" * 100000))[1], "elements nested too deep", "tables inside one another")
has(index(page("<a x='" + "y" * (20 << 20)))[1], "a tag or text of too many bytes", "a tag that never ends")
has(index(page(f"<table>{HEADING}<tr>" + "<td colspan=1000>x" * 20))[1], "cells that span too much", "too many columns")
eq(
    read(page(f"<table>{HEADING}<tr><td>1<td><td rowspan=99999999999999999999 colspan=-3>a<td rowspan=0 colspan=0>x</table>"), columns="title, body"),
    [("a", "x")],
    "spans that make no sense",
)
finish()
