"""OpenDocument spreadsheets, made here: the register, what cells hold, what merged and hidden ones say, and hostile ones."""
import sys
import zipfile
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
from readers import REGISTER, eq, finish, has, index, read, records, register_rows  # noqa: E402

NAMES = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"'


def save(body, styles="", head="", name="a.ods", more=()):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "content.xml",
            f"{head}<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
        for path, data in more:
            file.writestr(path, data)
    return name


def cell(text, look=""):
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {look}>{lines if text else ''}</table:table-cell>"


def row(*cells, look=""):
    return f"<table:table-row {look}>" + "".join(c if c.startswith("<table:") else cell(c) for c in cells) + "</table:table-row>"


def sheet(*rows, name="一覧", look=""):
    return f'<table:table table:name="{name}" {look}>' + "".join(rows) + "</table:table>"


HEADING = row("番号", "日付", "件名", "概要")
REST = '<table:table-cell table:number-columns-repeated="16380"/>'
COVERED = "<table:covered-table-cell/>"

# --- the register
wanted = read(REGISTER)
save(sheet(*(row(*r, REST) for r in register_rows()), row(REST, look='table:number-rows-repeated="1048000"')))
eq(read("a.ods"), wanted, "the register as a spreadsheet gives the same 26 records")
eq(records("part, line")[0], ("一覧", 6), "sheet and row")

# --- what cells hold
date = '<table:table-cell office:value-type="date" office:date-value="2019-06-05T10:30:00"><text:p>R元</text:p></table:table-cell>'
noted = "<table:table-cell><office:annotation><text:p>注</text:p></office:annotation><text:p>一<text:span>つ</text:span></text:p><text:p>二<text:s/>つ</text:p></table:table-cell>"
ruby = "<table:table-cell><text:p><text:ruby><text:ruby-base>夜間</text:ruby-base><text:ruby-text>やかん</text:ruby-text></text:ruby></text:p></table:table-cell>"
save(sheet(HEADING, row("1", date, ruby, noted), row("2", cell("x", 'table:number-columns-repeated="3"')), row("3", "", "同じ", "二度", look='table:number-rows-repeated="2"')))
eq(
    read("a.ods", columns="number, date_text, title, body, line"),
    [("1", "2019-06-05 10:30:00", "夜間", "一つ\n二 つ", 2), ("2", "x", "x", "x", 3), ("3", "", "同じ", "二度", 4), ("3", "", "同じ", "二度", 5)],
    "dates as values, notes and furigana left out, what is repeated",
)

# --- merged and hidden cells, rows and sheets
over = 'table:number-rows-spanned="2"'
save(
    sheet(
        row(cell("一覧", 'table:number-columns-spanned="4"'), COVERED, COVERED, COVERED),
        HEADING,
        row("1", cell("R2.4.1", over), "甲", "一つ"),
        row("2", COVERED, "乙", "二つ"),
        row(cell("3", over), cell("R2.5.1", over), cell("丙", over), "三つ"),
        row(COVERED, COVERED, COVERED, "四つ"),
    )
)
eq(
    read("a.ods", columns="number, date, title, body"),
    [("1", "2020-04-01", "甲", "一つ"), ("2", "2020-04-01", "乙", "二つ"), ("3", "2020-05-01", "丙", "三つ\n四つ")],
    "what spans rows is in each, a number over two rows is one record",
)
styles = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
hidden = sheet(row("件名", "概要"), row("隠れた表", "本文"), name="秘密", look='table:style-name="h"')
save(sheet(HEADING, row("1", "", "見える", "本文"), row("2", "", "隠れた行", "本文", look='table:visibility="collapse"')) + hidden, styles)
status, err = index("a.ods")
eq((status, records("title")), (0, [("見える",)]), "hidden rows and sheets are left out")
has(err, "a.ods:3: in '一覧': a hidden row; --hidden takes it", "and told")
has(err, "a.ods:2: in '秘密': a hidden row", "those of a hidden sheet too")
eq(len(read("a.ods", "--hidden", columns="title")), 3, "or taken")

# --- hostile ones
save(sheet(HEADING), head='<!DOCTYPE a [<!ENTITY b "c">]>')
has(index("a.ods")[1], "a document type declaration", "entities")
save(sheet(HEADING, row("1", "", "題", "x" * 1000, look='table:number-rows-repeated="1000000"')))
has(index("a.ods")[1], "rows that repeat too much", "rows that repeat without end")
save(sheet(HEADING, row("1", "", "題", "x", look='table:number-rows-repeated="70000"')))
has(index("a.ods")[1], "rows that repeat too much", "short ones too")
save(sheet(HEADING, row("1", "", "題", "x", look='table:number-rows-repeated="9999999"')))
has(index("a.ods")[1], "more rows than a sheet has", "more rows than there are")
save(sheet(HEADING, row(cell("x", 'table:number-columns-repeated="20000"'))))
has(index("a.ods")[1], "a row of too many cells", "more columns than there are")
save(sheet(HEADING, row(*(cell("x", over) for _ in range(1100)))))
has(index("a.ods")[1], "too many merged cells", "merged cells side by side")
save(sheet(HEADING), more=[("META-INF/manifest.xml", "<manifest:encryption-data/>")])
has(index("a.ods")[1], "'a.ods' needs a password", "a password")
finish()
