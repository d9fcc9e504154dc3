"""HTML pages: which tables are read and how, sections where there is none, and hostile pages."""
import os
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
eq((status, records("title")), (0, [("a",), ("火",)]), "tables of other things beside it")
has(err, "a.html:1: text beside the tables is left out, from here on", "those too small before it are told")
has(err, "by what they hold, title is '曜日'", "those after it are guessed, which is told")
status, err = index(page(f"<p>この頁では、市の取組を一覧にしています。詳しくは窓口へ。<table>{HEADING}<tr><td>1<td><td>a<td>x</table>"))
eq((status, records("title")), (0, [("a",)]), "text beside a table of known columns is left out")
has(err, "a.html:1: text beside the tables is left out, from here on", "which is told when it says something")

# --- tables whose columns have other names
eq(
    read(page("<h2>預かり</h2><p>市の事業です。</p><table><tr><th>種別<th>中身<tr><td>夜間保育<td>平日の夜間に預かる<tr><td>休日保育<td>日曜と祝日に預かる</table>"), columns="title, body, part"),
    [("夜間保育", "平日の夜間に預かる", "預かり"), ("休日保育", "日曜と祝日に預かる", "預かり"), ("預かり", "市の事業です。", "")],
    "a row of headings makes a table; the page's text is there too, and the heading above is the table's name",
)
eq(
    read(page("<table><tr><td>夜間保育<td>平日の夜間に預かる<td>子ども課<tr><td>休日保育<td>日曜と祝日に預かる<td>子ども課<tr><td>病児保育<td>病気の子を預かる<td>健康課</table>"), columns="title, body, columns"),
    [("夜間保育", "平日の夜間に預かる", {"3": "子ども課"}), ("休日保育", "日曜と祝日に預かる", {"3": "子ども課"}), ("病児保育", "病気の子を預かる", {"3": "健康課"})],
    "rows that are alike make a table without any heading",
)
eq(
    read(page("<table><tr><th><th>中身<th>課<tr><th scope=row>夜間保育<td>平日の夜間に預かる<td>子ども課<tr><th scope=row>病児保育<td>病気の子を預かる<td>健康課</table>"), columns="title, body, columns"),
    [("夜間保育", "平日の夜間に預かる", {"課": "子ども課"}), ("病児保育", "病気の子を預かる", {"課": "健康課"})],
    "headings of rows under a row of headings",
)
rows = "".join(f"<tr><th scope=row>保育{i}<td>預かる時間は{i}時間です" for i in range(14))
eq(read(page(f"<table>{rows}</table>"), columns="count(*), max(title)"), [(14, "保育9")], "headings of many rows are titles")
eq(
    read(page("<table><tr><td>案内<td><h1>夜間保育</h1><p>平日の夜間に預かる</p><h2>費用</h2>無料<tr><td><h3>窓口</h3>子ども課</table>"), columns="title, body"),
    [("頁の題", "案内"), ("夜間保育", "平日の夜間に預かる"), ("費用", "無料"), ("窓口", "子ども課")],
    "headings in a table that lays the page out begin sections",
)

eq(
    read(page("<h1>児童館</h1><table><tr><th>開館時間<td>9時から<tr><th>休館日<td>月曜日<tr><th>電話<td>011</table>"), columns="title, body"),
    [("児童館", "開館時間 9時から\n休館日 月曜日\n電話 011")],
    "a table that says something of one thing is text, row by row",
)

eq(
    read(page("<h1>預かり</h1><table>注意<tr><th>種別<th>中身</tr>書き<tr><td>夜間<td>夜に<tr><td>休日<td>日曜に</table>"), columns="title, body"),
    [("夜間", "夜に"), ("休日", "日曜に"), ("預かり", "注意\n書き")],
    "text between cells is the page's",
)

# --- lists of terms
eq(
    read(page("<h2>用語</h2><dl><dt>夜間保育<dd>平日の夜間に預かる<dt>休日保育<dd>日曜に預かる<dd>祝日にも預かる<dt>病児保育<dd>病気の子を<table><tr><td>預かる</table></dl>"), columns="title, body"),
    [("用語", "夜間保育\n平日の夜間に預かる\n休日保育\n日曜に預かる\n祝日にも預かる\n病児保育\n病気の子を\n預かる")],
    "a list of terms with a table inside is text",
)
eq(
    read(page("<dl><dt>夜間保育</dt><dd>平日の夜間に預かる</dd><dt>休日保育</dt><dd>日曜に預かる</dd><dd>祝日にも<dl><dt>朝<dd>から</dl></dd><dt>病児保育</dt><dd>病気の子を預かる</dd></dl>"), columns="title, body"),
    [("夜間保育", "平日の夜間に預かる"), ("休日保育", "日曜に預かる\n祝日にも\n朝\nから"), ("病児保育", "病気の子を預かる")],
    "a list of terms: each is a record",
)
eq(
    read(page("<dl><dt>件名<dd>夜間保育<dt>概要<dd>平日の夜間に預かる<dt>電話<dd>011</dl>"), columns="title, body, columns"),
    [("夜間保育", "平日の夜間に預かる", {"電話": "011"})],
    "a list of known names: one record",
)
eq(
    read(page("<p>序<dl><dt>所在地<dd>札幌市中央区<dt>電話<dd>011-1<dt>時間<dd>9:00</dl>"), columns="title, body"),
    [("頁の題", "序\n所在地\n札幌市中央区\n電話\n011-1\n時間\n9:00")],
    "a short list of other things is text",
)

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
secret, names = os.path.abspath("secret.txt"), "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(12))
with open(secret, "w", encoding="utf-8") as file:
    file.write("秘密")
for kind, head, text in (
    ("from files", f'<!DOCTYPE html [<!ENTITY e SYSTEM "file://{secret}">]>', "&e;"),
    ("that grow", f'<!DOCTYPE html [<!ENTITY e0 "秘密">{names}]>', "&e12;"),
):
    for declaration in ("", '<?xml version="1.0" encoding="UTF-8"?>'):
        with open("b.html", "w", encoding="utf-8") as file:
            file.write(f"{declaration}{head}<html><body><table>{HEADING}<tr><td>1<td><td>夜間{text}<td>x</table></body></html>")
        found = read("b.html", columns="title, body")
        eq([r for r in found if "夜間" in r[0]], [(f"夜間{text}", "x")], f"entities {kind} stay as they are written")
        eq([r for r in found if "秘密" in r[0] + r[1] and "ENTITY" not in r[0] + r[1]], [], "nothing of them comes in")
finish()
