"""Excel workbooks, made here: the register, what cells hold, what merged and hidden ones say, and hostile ones."""
import datetime
import os
import sqlite3
import subprocess
import sys
import zipfile

import openpyxl

sys.dont_write_bytecode = True
from readers import HIKU, eq, finish, has, index, read, records, register_rows, REGISTER  # noqa: E402

HEADING = ["番号", "日付", "件名", "概要"]


def save(rows, name="a.xlsx", **properties):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "一覧"
    for row in rows:
        sheet.append(row)
    for key, value in properties.items():
        setattr(book, key, value)
    book.save(name)
    return book, sheet


# --- the register
wanted = read(REGISTER)
save([[int(c) if c.isdigit() else c for c in row] for row in register_rows()], "sapporo.xlsx")
eq(read("sapporo.xlsx"), wanted, "the register as a workbook gives the same 26 records")
eq(len(wanted), 26, "26 records")
eq(records("line")[0], (6,), "the line is the row of the sheet")

parts, lines = {part for (part,) in records("part")}, records("line")
book = openpyxl.load_workbook("sapporo.xlsx")
book.worksheets[0].title = "別の名"
book.save("sapporo.xlsx")
done = subprocess.run([HIKU, "index", "--quiet"], check=False)
eq((done.returncode, parts != {"別の名"}, {row for row in records("part")}), (0, True, {("別の名",)}), "a sheet that is renamed")
eq(records("line"), lines, "the lines of its records")

# --- what cells hold
book, sheet = save([HEADING + ["値"]])
values = [1, 2.5, 0.1 + 0.2, 1e20, True, "文字", None, 0.5, 7, 1234567]
for i, value in enumerate(values):
    sheet.append([i + 1, None, f"題{i + 1}", "本文", value])
sheet["E9"].number_format = "0.0%"
sheet["E10"].number_format = "0000"
sheet["E11"].number_format = "#,##0"
sheet["A2"].number_format = "0"
book.save("a.xlsx")
found = [dict(c).get("値") for (c,) in read("a.xlsx", columns="columns")]
eq(found, ["1", "2.5", "0.3", "1e+20", "TRUE", "文字", None, "50.0%", "0007", "1234567"], "numbers as they are shown")
eq([r[0] for r in records("number")], [str(i + 1) for i in range(10)], "numbers without .0")

day = datetime.datetime(2019, 6, 5)
for epoch, name in ((openpyxl.utils.datetime.WINDOWS_EPOCH, "1900"), (openpyxl.utils.datetime.MAC_EPOCH, "1904")):
    book, sheet = save([HEADING + ["時"]], epoch=epoch)
    book.epoch = epoch
    for i, (value, code) in enumerate(
        [
            (day, "yyyy/m/d"),
            (day, '[$-411]ggge"年"m"月"d"日"'),
            (day, "mm-dd-yy"),
            (day, 'm"月"d"日"'),
            (day, 'yyyy"年"m"月"'),
            (day.replace(hour=8, minute=30), "yyyy/m/d h:mm"),
            (datetime.date(2021, 5, 21), 'yyyy"年"m"月"d"日"'),
        ]
    ):
        sheet.append([i + 1, value, "題", "本文", datetime.time(8, 30)])
        sheet.cell(i + 2, 2).number_format = code
        sheet.cell(i + 2, 5).number_format = "h:mm"
    book.save("a.xlsx")
    found = read("a.xlsx", columns="date_text, date, columns")
    eq(
        [r[0] for r in found],
        ["2019-06-05"] * 4 + ["2019-06", "2019-06-05 08:30", "2021-05-21"],
        f"dates since {name}",
    )
    eq(found[0][1], "2019-06-05", f"dates since {name} are dates")
    eq(found[0][2], {"時": "08:30"}, f"times since {name}")

book, sheet = save([HEADING])
for serial in (1, 59, 60, 61, 2958465, -1, 2958466):
    sheet.append([serial, serial, "題", "本文"])
    sheet.cell(sheet.max_row, 2).number_format = "yyyy/m/d"
book.save("a.xlsx")
eq(
    [r[0] for r in read("a.xlsx", columns="date_text")],
    ["1900-01-01", "1900-02-28", "1900-02-29", "1900-03-01", "9999-12-31", "-1", "2958466"],
    "the ends of the calendar, and the day that never was",
)

# --- merged cells
book, sheet = save(
    [
        ["取組の一覧", None, None, None, None],
        ["番号", "日付", "件名", "概要", "担当"],
        [1, "R2.4.1", "甲", "一つ", "子ども課"],
        [2, None, "乙", "二つ", None],
        [3, "R2.5.1", "丙", "三つ", "総務課"],
        [None, None, None, "四つ", None],
    ]
)
for place in ("A1:E1", "B3:B4", "E3:E4", "A5:A6", "B5:B6", "C5:C6"):
    sheet.merge_cells(place)
book.save("a.xlsx")
found = read("a.xlsx", columns="number, date, title, columns")
eq(found[:2], [("1", "2020-04-01", "甲", {"担当": "子ども課"}), ("2", "2020-04-01", "乙", {"担当": "子ども課"})], "what spans rows is in each")
eq([r[0] for r in found if r[0] == "3"], ["3"], "a number over two rows is one record")

book, sheet = save(
    [
        ["番号", "取組", None, "予算（千円）", None, "担当"],
        [None, "件名", "概要", "当初", "補正", None],
        [1, "夜間", "窓口", 100, 20, "子ども課"],
    ]
)
for place in ("B1:C1", "D1:E1"):
    sheet.merge_cells(place)
book.save("a.xlsx")
wanted_pair = [("1", "夜間", "窓口", {"予算（千円） 当初": "100", "予算（千円） 補正": "20", "担当": "子ども課"})]
eq(read("a.xlsx", columns="number, title, body, columns"), wanted_pair, "names of groups above names")
for place in ("A1:A2", "F1:F2"):
    sheet.merge_cells(place)
book.save("a.xlsx")
eq(read("a.xlsx", columns="number, title, body, columns"), wanted_pair, "and other names over both rows")

heading = [["番号", "取組", None, "予算", None, None, "担当"], [None, None, None, "当初", None, "計"], [None, "件名", "概要", "国費", "市費"]]
book, sheet = save([["一覧"], *heading, [1, "夜間", "窓口", 1, 2, 3, "子ども課"], *heading, [2, "休日", "窓口", 4, 5, 9, "総務課"]])
for place in ("A2:A4", "B2:C3", "D2:F2", "D3:E3", "F3:F4", "G2:G4"):
    sheet.merge_cells(place)
book.save("a.xlsx")
eq(
    read("a.xlsx", columns="number, title, body, columns"),
    [
        ("1", "夜間", "窓口", {"予算 当初 国費": "1", "予算 当初 市費": "2", "予算 計": "3", "担当": "子ども課"}),
        ("2", "休日", "窓口", {"予算 当初 国費": "4", "予算 当初 市費": "5", "予算 計": "9", "担当": "総務課"}),
    ],
    "names of groups of groups",
)

book, sheet = save([["番号", "件名", "指標", "値"], [1, "夜間", "回数", 10], [None, None, "人数", 30], [2, "休日", "件数", 5]])
for place in ("A2:A3", "B2:B3"):
    sheet.merge_cells(place)
book.save("a.xlsx")
eq(read("a.xlsx", columns="number, columns"), [("1", {"指標": "回数\n人数", "値": "10\n30"}), ("2", {"指標": "件数", "値": "5"})], "rows of a number that spans them are one record, whatever they fill")

# --- squared paper: columns as wide as a character, cells merged over many of them
def squared(rows):
    """A sheet of ROWS, each a list of (first column, last column, rows that it spans, text)."""
    book = openpyxl.Workbook()
    for i, row in enumerate(rows):
        for first, last, n_rows, text in row:
            book.active.cell(i + 1, first, text)
            book.active.merge_cells(start_row=i + 1, start_column=first, end_row=i + n_rows, end_column=last)
    book.save("a.xlsx")


squared(
    [
        [(1, 3, 3, "番号"), (4, 14, 3, "事業名"), (15, 38, 1, "指標"), (39, 42, 3, "担当課")],
        [(15, 26, 1, "令和5年度"), (27, 38, 1, "令和6年度")],
        [(15, 20, 1, "目標"), (21, 26, 1, "実績"), (27, 32, 1, "目標"), (33, 38, 1, "実績")],
        [(1, 3, 1, 1), (4, 14, 1, "見守り"), (15, 20, 1, 10), (21, 26, 1, 11), (27, 32, 1, 12), (33, 38, 1, 13), (39, 42, 1, "福祉課")],
        [(1, 38, 1, "小　計（1事業）"), (39, 42, 1, 1)],
    ]
)
eq(
    read("a.xlsx", columns="number, title, body, columns"),
    [("1", "見守り", "指標 令和5年度 実績：11\n指標 令和6年度 実績：13", {"指標 令和5年度 目標": "10", "指標 令和6年度 目標": "12", "担当課": "福祉課"})],
    "groups of groups on squared paper",
)
head = [(1, 3, 2, "番号"), (4, 14, 2, "事業名"), (15, 36, 2, "予算額"), (37, 40, 2, "担当課")]
row = [(1, 3, 1, 1), (4, 14, 1, "見守り"), (15, 36, 1, 10), (37, 40, 1, "福祉課")]
squared([head, [], row, head, [], row])
eq(read("a.xlsx", columns="number, title, columns"), [("1", "見守り", {"予算額": "10", "担当課": "福祉課"})] * 2, "names over two rows there, and again")
out = subprocess.run([HIKU, "index", "--preview", "a.xlsx"], capture_output=True, check=False).stdout.decode()
eq([line for line in out.split("\n") if line.startswith("  other")], ["  other\t予算額", "  other\t担当課"], "a preview leaves out columns without a name")

# --- a name merged over the last columns; rows of one cell
book, sheet = save([["番号", "件名", "実施期間", None, None], [1, "甲", "R2.4.1", "～", "R3.3.31"], ["目標"], [2], ["※ 注"], [3, "乙", None, None, None, "余"]])
sheet.merge_cells("C1:E1")
book.save("a.xlsx")
status, err = index("a.xlsx")
found = records("number, title, date, columns")
eq(found, [("1", "甲", "2020-04-01", {"4": "～", "5": "R3.3.31"}), ("3", "乙", None, {"6": "余"})], "cells without a name of their own are kept")
eq([line.split(": ")[-1] for line in err.split("\n")[:3]], ["a row of one cell, a heading or a note"] * 2 + ["a note on the table"], "a cell alone is told of")
save([["件名", "概要"], ["甲"], ["乙", "一つ"]])
eq(read("a.xlsx", columns="title, body"), [("甲", ""), ("乙", "一つ")], "a title alone is a record where there is no more than a text")

# --- two tables side by side
pair = ["番号", "件名", "概要"]
save([["一覧"], pair + [None] + pair, [1, "甲", "一つ", None, 3, "丙", "三つ"], [2, "乙", "二つ"]])
found = read("a.xlsx", columns="number, title, body, part, line")
eq(found, [("1", "甲", "一つ", "一覧 A:C", 3), ("2", "乙", "二つ", "一覧 A:C", 4), ("3", "丙", "三つ", "一覧 E:G", 3)], "tables side by side")
save([["園"], ["公立", None, None, None, "私立"], pair + [None] + pair, [1, "甲", "一つ", None, 1, "丙", "三つ"], ["計", 1, None, None, "計", 1]])
found = read("a.xlsx", columns="number, title, body, part, columns")
eq(found, [("1", "甲", "一つ", "一覧 公立", {}), ("1", "丙", "三つ", "一覧 私立", {})], "called by the names over them")
save([["一覧"], pair + [None] + pair, [1, "甲", "一つ", None, 3, "丙", "三つ"], [2, "乙", "二つ"]])
shown = subprocess.run([HIKU, "index", "--preview", "a.xlsx"], capture_output=True, check=False).stdout.decode()
has(shown, "6 rows\t3 records\t0 skipped\t2 headings\t1 blank\t0 joined\t0 problems", "a row counts for each of them")

# --- sheets, hidden rows and sheets
book, sheet = save([HEADING, [1, "R2.4.1", "表の一", "本文"], [2, "R2.4.2", "隠れた行", "本文"]])
sheet.row_dimensions[3].hidden = True
second = book.create_sheet("第二")
second.append(["件名", "番号"])
second.append(["表の二", 5])
third = book.create_sheet("秘密", 0)
third.append(HEADING)
third.append([9, None, "隠れた表", None])
third.sheet_state = "hidden"
book.create_sheet("空")
book.save("a.xlsx")
status, err = index("a.xlsx")
eq((status, records("number, title")), (0, [("1", "表の一"), ("5", "表の二")]), "each sheet has its own columns; hidden ones are left out")
has(err, "a hidden row; --hidden takes it", "a hidden row is told")
has(err, "a hidden sheet; --hidden takes it", "a hidden sheet is told")
every = [("9", "隠れた表"), ("1", "表の一"), ("2", "隠れた行"), ("5", "表の二")]
eq(read("a.xlsx", "--hidden", columns="number, title"), every, "--hidden takes them")


def again(*options):
    """Another run over the same index: the problems told, and the records."""
    os.utime("a.xlsx", (again.time, again.time))
    again.time += 60
    done = subprocess.run([HIKU, "index", "--quiet", *options], capture_output=True, check=False)
    return done.stderr.decode(), sorted(records("number, title"))


again.time = 1_600_000_000
eq(again(), ("", sorted(every)), "--hidden is remembered")
eq(again("a.xlsx"), ("", sorted(every)), "for the source by name too")
eq(again("--full", "a.xlsx"), ("", sorted(every)), "and for --full")
err, rows = again("--no-hidden")
eq(rows, [("1", "表の一"), ("5", "表の二")], "--no-hidden leaves them out again")
has(err, "a hidden row; --hidden takes it", "which is told again")
eq(again()[1], rows, "and remembered")
connection = sqlite3.connect("hiku.db", isolation_level=None)
connection.execute("ALTER TABLE roots DROP COLUMN hidden")
connection.close()
eq(again()[1], rows, "an index that does not know of hidden rows is read")
eq(again("--hidden"), ("", sorted(every)), "and learns of them")
eq(again(), ("", sorted(every)), "and remembers them")


def saved():
    """What the manifest says of hidden rows."""
    with open("hiku.sources.tsv", encoding="utf-8") as lines:
        return [line.split("\t")[-1].rstrip("\n") for line in lines]


few = [("1", "表の一"), ("5", "表の二")]
eq((read("a.xlsx", "--save", columns="number, title"), saved()), (few, ["hidden", ""]), "--save says nothing of hidden rows that were left out unasked")
eq((read("a.xlsx", "--save", "--hidden", columns="number, title"), saved()), (every, ["hidden", "yes"]), "--save notes --hidden")
eq(read("a.xlsx", columns="number, title"), every, "and the next run follows it, in an index of its own too")
eq(again()[1], sorted(every), "as the runs after it do")
shown = subprocess.run([HIKU, "index", "--preview", "a.xlsx"], capture_output=True, check=False).stdout.decode()
has(shown, "隠れた表", "and a preview")
eq((read("a.xlsx", "--save", "--no-hidden", columns="number, title"), saved()), (few, ["hidden", "no"]), "--no-hidden goes before it, and is noted")
eq(read("a.xlsx", "--hidden", columns="number, title"), every, "an option goes before the manifest")
eq(again()[1], few, "which tells of the runs without one")
os.unlink("hiku.sources.tsv")

book, sheet = save([HEADING, [1, None, "表の一", "本文"]])
second = book.create_sheet("第二")
for row in (["隠した注"], ["概要", "件名"], ["本文", "表の二"]):
    second.append(row)
second.row_dimensions[1].hidden = True
book.save("a.xlsx")
eq(read("a.xlsx", columns="title, body"), [("表の一", "本文"), ("表の二", "本文")], "a sheet begins with a hidden row")

# --- packages made by hand
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def package(sheet, strings="", name="b.xlsx", more=(), head=""):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "xl/workbook.xml",
            '<x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr/><x:sheets><x:sheet name="一覧" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId1" Type="http://a/relationships/worksheet" Target="/xl/s.xml"/>'
            '<Relationship Id="rId2" Type="http://a/relationships/sharedStrings" Target="sub/../t.xml"/></Relationships>',
        )
        file.writestr("xl/t.xml", f"{head}<sst {MAIN}>{strings}</sst>")
        if isinstance(sheet, str):
            sheet = f"{head}<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>".encode()
        file.writestr("xl/s.xml", sheet)
        for path, data in more:
            file.writestr(path, data)
    return name


heading = '<row><c t="inlineStr"><is><t>件名</t></is></c><c t="inlineStr"><is><t>概要</t></is></c></row>'
package(
    heading + '<row r="5"><c r="B5" t="s"><v>0</v></c><c r="A5" t="s"><v>1</v></c></row>'
    '<row><c t="str"><v>式の値</v></c><c t="e"><v>#N/A</v></c></row><row><c t="s"><v>99</v></c><c t="b"><v>1</v></c></row>',
    '<si><r><rPr/><t>夜間</t></r><r><t xml:space="preserve"> の窓口</t></r><rPh sb="0" eb="2"><t>ヤカン</t></rPh><phoneticPr/></si>'
    "<si><t>児童_x000D_相談_x005F_所</t><rPh><t>ジドウ</t></rPh></si>",
)
eq(
    read("b.xlsx", columns="title, body, line"),
    [("児童 相談_所", "夜間 の窓口", 5), ("式の値", "#N/A", 6), ("", "TRUE", 7)],
    "runs are joined, readings left out, cells found by their places",
)

package(
    heading + '<row r="2" ht="0"><c><v>1</v></c></row><row r="3" ht="15"><c r="A3"><f>B3</f></c><c r="AB3"><f>1</f><v/></c><c r="B3"><v>2</v></c></row>'
    '<row r="4"><c t="str"><f>B3</f><v></v></c><c r="B4"><f>1+2</f><v>3</v></c></row><row r="5"><c r="AB5"><f>1</f><v/></c><c r="B5"><v>4</v></c></row>'
)
status, err = index("b.xlsx")
eq(records("title, body"), [("", "2"), ("", "3"), ("", "4")], "a row of no height is hidden")
has(err, "b.xlsx:2: in '一覧': a hidden row; --hidden takes it", "a problem names its sheet")
has(err, "b.xlsx:3: in '一覧': the formula in A3 has no value; open the workbook", "a formula without a value")
has(err, "b.xlsx:5: in '一覧': the formula in AB5 has no value", "in a column of two letters")
eq("b.xlsx:4" in err, False, "an empty text is a value")

book, sheet = save([HEADING, [1, 42155, "題", "本文"]], epoch=openpyxl.utils.datetime.MAC_EPOCH)
eq(read("a.xlsx", columns="date_text, date"), [("42155", "2019-06-01")], "a number without a format counts from 1904 where the book does")

# --- hostile ones
bomb = '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
package(heading + '<row><c t="s"><v>0</v></c></row>', "<si><t>&b;</t></si>", head=bomb)
has(index("b.xlsx")[1], "a document type declaration", "an entity bomb")
package(heading, head='<!DOCTYPE sst SYSTEM "file:///etc/passwd">')
has(index("b.xlsx")[1], "a document type declaration", "an external entity")
package(heading + "<row>" + "<c>" * 1000)
has(index("b.xlsx")[1], "nested too deep", "deep nesting")
package(heading + '<row r="9999999"><c><v>1</v></c></row>')
has(index("b.xlsx")[1], "row 9999999 is beyond the last that a sheet has, in sheet '一覧'", "a row beyond the last")
package(heading + '<row r="5"/><row r="4"><c><v>1</v></c></row>')
has(index("b.xlsx")[1], "row 4 comes behind a later one", "rows out of order")
package(heading + '<row r="3"><c r="ZZZZ3"><v>1</v></c></row>')
has(index("b.xlsx")[1], "cell ZZZZ3 is beyond what a sheet has", "a column beyond the last")
package(heading + '<row><c t="inlineStr"><is><t>' + "x" * (2 << 20) + "</t></is></c></row>")
has(index("b.xlsx")[1], "a cell of too many bytes", "a cell too long")
package(heading + "<row><c><v>1</c></row>")
has(index("b.xlsx")[1], "mismatched tag, in sheet '一覧' (xl/s.xml, line 1)", "broken XML: where")
package(b"<worksheet><sheetData>" + b" " * (80 << 20))
has(index("b.xlsx")[1], "looks like a ZIP bomb", "a ZIP bomb")
whole = open("sapporo.xlsx", "rb").read()
open("b.xlsx", "wb").write(whole[:-200])
has(index("b.xlsx")[1], "its ZIP directory cannot be read", "a file cut off")
open("b.xlsx", "wb").write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
has(index("b.xlsx")[1], "'b.xlsx' is damaged, or of a version before Excel 5", "a damaged file of the old form")
with zipfile.ZipFile("b.xlsx", "w") as file:
    file.writestr("xl/other.xml", "<a/>")
has(index("b.xlsx")[1], "is no workbook", "a package without a workbook")
merged = "".join(f'<mergeCell ref="A{i}:B{i + 1}"/>' for i in range(1, 100003))
package(f"<worksheet {MAIN}><sheetData>{heading}</sheetData><mergeCells>{merged}</mergeCells></worksheet>".encode())
has(index("b.xlsx")[1], "too many merged cells", "too many merged cells")
finish()
