"""Excel workbooks of the years before 2007: the register, what cells hold, merged and hidden ones, long texts, damage."""
import datetime
import io
import struct
import subprocess
import sys

import xlwt

sys.dont_write_bytecode = True
from readers import HIKU, eq, finish, has, index, ok, read, records, register_rows, REGISTER  # noqa: E402

HEADING = ["番号", "日付", "件名", "概要"]
LOCKED, BOUND_SHEET = 0x2F, 0x85


def style(code):
    return xlwt.easyxf(num_format_str=code)


def book_of(rows, name="一覧"):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(name, cell_overwrite_ok=True)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    return book, sheet


def save(rows, path="a.xls"):
    book, sheet = book_of(rows)
    book.save(path)
    return book, sheet


def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def short_stream_file(stream, name="Workbook"):
    """A compound file with one stream below 4096 bytes, which therefore lies in small sectors."""
    def entry(text, kind, child, start, size):
        encoded = (text + "\0").encode("utf-16le")
        return encoded.ljust(64, b"\0") + struct.pack(
            "<HBBIII16xIQQIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, 0, 0, 0, start, size, 0)
    n_small = -(-len(stream) // 64)
    n_root = -(-n_small * 64 // 512)
    fat = [0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE] + [4 + i for i in range(n_root - 1)] + [0xFFFFFFFE]
    small = [i + 1 for i in range(n_small - 1)] + [0xFFFFFFFE]
    header = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table = lambda numbers: struct.pack(f"<{len(numbers)}I", *numbers).ljust(512, b"\xFF")
    entries = entry("Root Entry", 5, 1, 3, n_small * 64) + entry(name, 2, 0xFFFFFFFF, 0, len(stream)) + bytes(256)
    return header + table(fat) + entries + table(small) + stream.ljust(n_root * 512, b"\0")


# --- the register
wanted = read(REGISTER)
save([[int(c) if c.isdigit() else c for c in row] for row in register_rows()], "sapporo.xls")
eq(read("sapporo.xls"), wanted, "the register as a workbook gives the same 26 records")
eq(len(wanted), 26, "26 records")
eq(records("line")[0], (6,), "the line is the row of the sheet")
eq({part for (part,) in records("part")}, {"一覧"}, "the part is the sheet's name")
with open("sapporo.xls", "rb") as file:
    done = subprocess.run([HIKU, "index", "--quiet", "--db", "pipe.db", "-"], stdin=file, check=False)
eq(done.returncode, 0, "it is read from a pipe too")
for path in ("sapporo.bin", "sapporo.xlsx"):
    with open(path, "wb") as file, open("sapporo.xls", "rb") as source:
        file.write(source.read())
    eq(read(path), wanted, f"it is known by its content: {path}")

# --- what cells hold
book, sheet = book_of([HEADING + ["値"]])
values = [(1, "General"), (2.5, "General"), (0.1 + 0.2, "General"), (1e20, "General"), (True, "General"),
          ("文字", "General"), (None, "General"), (0.5, "0.0%"), (7, "0000"), (1234567, "#,##0"), (-3, "General"), (12.34, "General")]
for i, (value, code) in enumerate(values):
    for c, cell in enumerate((i + 1, None, f"題{i + 1}", "本文", value)):
        if cell is not None:
            sheet.write(i + 1, c, cell, style(code if c == 4 else "General"))
book.save("a.xls")
found = [dict(c).get("値") for (c,) in read("a.xls", columns="columns")]
eq(found, ["1", "2.5", "0.3", "1e+20", "TRUE", "文字", None, "50.0%", "0007", "1234567", "-3", "12.34"], "numbers as they are shown")
eq([r[0] for r in records("number")], [str(i + 1) for i in range(len(values))], "numbers without .0")

day = datetime.datetime(2019, 6, 5)
for since_1904 in (False, True):
    book, sheet = book_of([HEADING + ["時"]])
    book.dates_1904 = since_1904
    codes = ["yyyy/m/d", '[$-411]ggge"年"m"月"d"日"', 'm"月"d"日"', 'yyyy"年"m"月"', "yyyy/m/d h:mm"]
    for i, code in enumerate(codes):
        sheet.write(i + 1, 0, i + 1)
        sheet.write(i + 1, 1, day.replace(hour=8, minute=30) if "h" in code else day, style(code))
        sheet.write(i + 1, 2, "題")
        sheet.write(i + 1, 3, "本文")
        sheet.write(i + 1, 4, datetime.time(8, 30), style("h:mm"))
    book.save("a.xls")
    found = read("a.xls", columns="date_text, date, columns")
    eq([r[0] for r in found], ["2019-06-05"] * 3 + ["2019-06", "2019-06-05 08:30"], f"dates; since 1904: {since_1904}")
    eq(found[0][1:], ("2019-06-05", {"時": "08:30"}), f"dates are dates, times are times; since 1904: {since_1904}")

book, sheet = book_of([HEADING, [1, None, "太字", "改\n行"]])
sheet.write_rich_text(1, 2, [("夜", xlwt.easyfont("bold true")), "間の", ("窓口𠮷", xlwt.easyfont("italic true"))])
book.save("a.xls")
eq(read("a.xls", columns="title, body"), [("夜間の窓口𠮷", "改\n行")], "texts of several fonts, and of several lines")

# --- texts that go on in other records, in one and in two bytes for a character
texts = [("あいう" * 2000 + str(i) if i % 3 else "abc " * 2500 + str(i)) for i in range(40)]
save([HEADING] + [[i + 1, None, f"題{i}", text] for i, text in enumerate(texts)])
eq([r[0] for r in read("a.xls", columns="body")], texts, "long texts are whole wherever a record ends")

# --- merged and hidden
book, sheet = book_of([["取組の一覧"], ["番号", "日付", "件名", "概要", "担当"],
                       [1, None, "甲", "一つ"], [2, None, "乙", "二つ"],
                       [None, None, None, "三つ", "総務課"], [None, None, None, "四つ"]])
sheet.merge(0, 0, 0, 4)
sheet.write_merge(2, 3, 1, 1, "R2.4.1")
sheet.write_merge(2, 3, 4, 4, "子ども課")
sheet.write_merge(4, 5, 0, 0, 3)
sheet.write_merge(4, 5, 2, 2, "丙")
book.save("a.xls")
found = read("a.xls", columns="number, date, title, columns")
eq(found[:2], [("1", "2020-04-01", "甲", {"担当": "子ども課"}), ("2", "2020-04-01", "乙", {"担当": "子ども課"})], "what spans rows is in each")
eq([r[0] for r in found if r[0] == "3"], ["3"], "a number over two rows is one record")

book, sheet = book_of([HEADING, [1, None, "見える", "一"], [2, None, "隠れた行", "二"]])
sheet.row(2).hidden = True
other = book.add_sheet("控え")
for c, cell in enumerate(HEADING):
    other.write(0, c, cell)
    other.write(1, c, [3, "R2.4.1", "隠れたシート", "三"][c])
other.visibility = 1
book.save("a.xls")
status, err = index("a.xls", "--report", "r.tsv")
eq((status, [r[3] for r in records()]), (0, ["見える"]), "hidden rows and sheets are left out")
with open("r.tsv", encoding="utf-8") as file:
    report = file.read()
has(report, "a hidden sheet; --hidden takes it", "and told")
eq([r[3] for r in read("a.xls", "--hidden")], ["見える", "隠れた行", "隠れたシート"], "--hidden takes them")

# --- what other programs write: short files, texts of version 5 in Shift_JIS, values of formulas
cell = lambda kind, row, column, data: record(kind, struct.pack("<HHH", row, column, 0) + data)
old_text = lambda row, column, text: cell(0x204, row, column, struct.pack("<H", len(text.encode("cp932"))) + text.encode("cp932"))


def old_book(rows, version=0x500, extra=b""):
    name = "一覧".encode("cp932")
    begin = record(0x809, struct.pack("<HHHH", version, 5, 0, 0)) + record(0x42, struct.pack("<H", 932)) + extra
    sheet = record(0x809, struct.pack("<HHHH", version, 16, 0, 0)) + rows + record(10, b"")
    at = len(begin) + 4 + 7 + len(name) + 4
    return begin + record(BOUND_SHEET, struct.pack("<IBBB", at, 0, 0, len(name)) + name) + record(10, b"") + sheet


rows = b"".join(old_text(0, c, text) for c, text in enumerate(HEADING + ["計"]))
rows += cell(0x203, 1, 0, struct.pack("<d", 1)) + old_text(1, 2, "夜間ｶﾅ①") + old_text(1, 3, "本文")
rows += cell(6, 1, 4, struct.pack("<d", 12.5) + bytes(8))
rows += cell(6, 2, 0, struct.pack("<d", 2) + bytes(8)) + old_text(2, 2, "表ソ") + old_text(2, 3, "本文")
rows += cell(6, 2, 4, b"\0\0\0\0\0\0\xFF\xFF" + bytes(8)) + record(0x207, struct.pack("<H", 6) + "合計".encode("cp932") + b"!!")
with open("old.xls", "wb") as file:
    file.write(short_stream_file(old_book(rows), "Book"))
eq(read("old.xls", columns="number, title, columns, part"),
   [("1", "夜間ｶﾅ①", {"計": "12.5"}, "一覧"), ("2", "表ソ", {"計": "合計!!"}, "一覧")], "Excel 95 in Shift_JIS, with formulas")

# --- damaged and hostile
def told(data, part, name):
    with open("bad.xls", "wb") as file:
        file.write(data)
    status, err = index("bad.xls")
    ok(status != 0 and part in err, name, f"{status} {err!r}")


with open("sapporo.xls", "rb") as file:
    whole = file.read()
told(whole[:600], "'bad.xls' is damaged", "a file that was cut off")
told(whole[:len(whole) // 2], "bad.xls' ", "a file of which half is there")
told(short_stream_file(old_book(rows, extra=record(LOCKED, bytes(6)))), "'bad.xls' needs a password", "a password")
told(short_stream_file(old_book(rows, version=0x400)), "of a version before Excel 5", "a version that is too old")
told(short_stream_file(b"x" * 100, "EncryptedPackage"), "'bad.xls' needs a password", "a newer workbook with a password")
told(short_stream_file(b"x" * 100, "WordDocument"), "'bad.xls' is a document of an office program", "another document")
told(short_stream_file(old_book(cell(0x203, 5, 0, struct.pack("<d", 1)) + cell(0x203, 2, 0, struct.pack("<d", 1)))),
     "sheet '一覧' is damaged after row 6", "rows that are not in order")
told(short_stream_file(old_book(cell(0xFD, 0, 0, struct.pack("<I", 9)))), "sheet '一覧' is damaged", "a shared text that is not there")
loop = bytearray(whole)
fat = struct.unpack_from("<I", whole, 76)[0]
for i in range(100):
    struct.pack_into("<I", loop, (fat + 1) * 512 + 4 * i, 0)
told(bytes(loop), "bad.xls' ", "sectors in a circle")
n_same, numbers = 500, b"".join(cell(0x203, r, 0, struct.pack("<d", r)) for r in range(2000))
begin = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0))
at = len(begin) + n_same * 12 + 4
same = begin + record(BOUND_SHEET, struct.pack("<IBBB", at, 0, 0, 1) + b"a") * n_same + record(10, b"")
same += record(0x809, struct.pack("<HHHH", 0x500, 16, 0, 0)) + numbers + record(10, b"")
packed = io.BytesIO()
xlwt.CompoundDoc.XlsDoc().save(packed, same)
told(packed.getvalue(), "'bad.xls' cannot be read on", "sheets that are all the same are not read without end")

finish()
