"""PDF files, made here: the register as a table over several pages, pages of text, and files that cannot be read."""
import re
import subprocess
import sys
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
from reportlab.lib import pdfencrypt  # noqa: E402
from reportlab.lib.pagesizes import A4  # noqa: E402
from reportlab.lib.styles import ParagraphStyle  # noqa: E402
from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle  # noqa: E402
from readers import HIKU, REGISTER, eq, finish, has, index, read, register_rows  # noqa: E402

FONT = "HeiseiKakuGo-W5"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
STYLE = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=13, wordWrap="CJK")
HEADING = ["", "日 付", "取 組 内 容", "概 要"]


def cell(text):
    text = re.sub(r"\s+(?=[・【])", "\n", re.sub(r"<[^>]*>", "", text))
    return Paragraph(escape(text).replace("\n", "<br/>"), STYLE)


def footer(canvas, document):
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")


def make(rows, name, align="TOP", heading=HEADING):
    data = [heading] + [[row[0], row[1]] + [cell(text) for text in row[2:4]] for row in rows]
    look = [
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ("FONT", (0, 0), (-1, -1), FONT, 9),
        ("VALIGN", (0, 0), (-1, -1), align),
        ("ALIGN", (0, 0), (0, -1), "CENTER"),
        ("ALIGN", (0, 0), (-1, 0), "CENTER"),
    ]
    table = Table(data, colWidths=[25, 95, 160, 230], repeatRows=1, style=TableStyle(look))
    title = Paragraph("児童虐待防止のための札幌市の取組（令和元年6月以降）", ParagraphStyle("title", parent=STYLE, fontSize=14, leading=20, alignment=1))
    SimpleDocTemplate(name, pagesize=A4).build([title, table], onFirstPage=footer, onLaterPages=footer)


def bare(records):
    """Without blanks and line ends, and without the one character that the font lacks."""
    return [tuple(re.sub(r"[\s长]", "", value or "") for value in record) for record in records]


rows = [row + [""] for row in register_rows() if row[0].isdigit()]
wanted = bare(read(REGISTER))
for align in ("TOP", "MIDDLE"):
    make(rows, "a.pdf", align)
    found = read("a.pdf", columns="number, date_text, date, title, body")
    eq(bare(found), wanted, f"the register as a PDF file, cells at the {align.lower()}, gives the same 26 records")
eq(len(wanted), 26, "26 records")
eq(len([1 for row in found if "\n" in row[4]]) > 10, True, "bullets begin lines")

shown = subprocess.run([HIKU, "index", "--preview", "a.pdf"], capture_output=True, check=False).stdout.decode()
eq([line for line in shown.split("\n") if re.match(r"  \S.*:$", line)], ["  page 1:"] * 3, "a preview tells the pages of records")

# --- form sheets between tables: a page each, with the title that its label has
def form(name, first):
    cells = [first, ["担当課", "福祉課", "事業名", name], ["目的", "孤立を防ぐ。一人で暮らす人を毎月訪ね、話を聞き、困りごとを見つけて支える。"], ["予算額", "1,200", "財源", "一般財源"], ["成果", "増えた。"]]
    data = [[cell(text) for text in row + [""] * (4 - len(row))] for row in cells]
    spans = [("SPAN", (1, i), (3, i)) for i, row in enumerate(cells) if len(row) == 2]
    return [Paragraph("評価シート", STYLE), Table(data, colWidths=[70, 170, 70, 170], style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")] + spans))]


def plain(rows):
    return Table([["番号", "事業名", "概要"]] + rows, colWidths=[40, 150, 200], style=TableStyle([("FONT", (0, 0), (-1, -1), FONT, 9)]))


SimpleDocTemplate("forms.pdf", pagesize=A4).build(
    [plain([["1", "甲", "乙"]]), PageBreak()]
    + form("見守り", ["番号", "7", "施策", "福祉"]) + [PageBreak()] + form("配食", ["整理番号", "8", "件名", "弁当"])
    + [PageBreak(), plain([["2", "丙", "丁"], ["3", "戊", "己"]])]
)
found = read("forms.pdf", columns="number, title, page")
eq(found, [("1", "甲", 1), ("", "見守り", 2), ("", "弁当", 3), ("2", "丙", 4), ("3", "戊", 4)], "form sheets between tables")
has(read("forms.pdf", columns="body")[1][0], "目的", "their labels are in the text")

# --- several tables, texts around them, rows over a page break
PROSE = "児童虐待の防止に関する取組について、令和元年度の状況を次のとおり報告する。各区の家庭児童相談室と児童相談所が連携した。"


def table(rows, widths, repeat=0):
    look = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT, 9), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    cells = [[cell(text) if i > 0 else text for text in row] for i, row in enumerate(rows)]
    return Table(cells, colWidths=widths, repeatRows=repeat, splitInRow=1, style=TableStyle(look))


def text(line):
    return Paragraph(line, STYLE)


first = [["番号", "件名", "概要"], ["1", "夜間の窓口", "職員を置く"], ["2", "休日の窓口", "電話を受ける"]]
second = [["No.", "日付", "事業名", "内容", "担当課"], ["1", "R2.4.1", "研修", "職員の研修を行う", "総務課"], ["2", "R2.5.1", "会議", "月に一度開く", "子ども課"]]
story = [text(PROSE)] * 12 + [PageBreak(), text("表1　窓口"), Spacer(1, 12), table(first, [40, 120, 300]), Spacer(1, 24), text("表2　職員（令和二年度）")]
story += [Spacer(1, 12), table(second, [30, 60, 100, 200, 80]), PageBreak()] + [text(PROSE)] * 5
SimpleDocTemplate("t.pdf", pagesize=A4).build(story, onFirstPage=footer, onLaterPages=footer)
found = read("t.pdf", columns="number, date, title, body, columns, page")
eq(
    found[1:-1],
    [
        ("1", None, "夜間の窓口", "職員を置く", {}, 2),
        ("2", None, "休日の窓口", "電話を受ける", {}, 2),
        ("1", "2020-04-01", "研修", "職員の研修を行う", {"担当課": "総務課"}, 2),
        ("2", "2020-05-01", "会議", "月に一度開く", {"担当課": "子ども課"}, 2),
    ],
    "two tables on a page, each with its own columns",
)
eq([(r[5], (r[2] + r[3]).count("児童虐待の防止")) for r in (found[0], found[-1])], [(1, 12), (3, 5)], "the pages before and after them are texts")

long = "".join(f"{i}番目の文である。" for i in range(400))
for repeat in (1, 0):
    rows = [["番号", "件名", "概要"], ["1", "一つ", "短い"], ["2", "二つ", long]] + [[str(i), f"第{i}", "短い"] for i in range(3, 6)]
    SimpleDocTemplate("g.pdf", pagesize=A4).build([table(rows, [40, 120, 300], repeat)], onFirstPage=footer, onLaterPages=footer)
    found = read("g.pdf", columns="number, title, body, page")
    eq(
        [(r[0], r[1], re.sub(r"\s", "", r[2])) for r in found],
        [("1", "一つ", "短い"), ("2", "二つ", long)] + [(str(i), f"第{i}", "短い") for i in range(3, 6)],
        f"a row over a page break is one record, the heading {'again' if repeat else 'not again'}",
    )
    eq(found[-1][3] > 1, True, "it has more pages than one")

name = "".join(f"第{i}の取組を全庁で進めること" for i in range(40))
rows = [["番号", "日付", "件名", "概要"], ["1", "R1.7.1", "一つ", long[:2400]], ["2", "R1.8.1", name, long[:3600]], ["3", "R1.9.1", "三つ", "短い"]]
SimpleDocTemplate("h.pdf", pagesize=A4).build([table(rows, [40, 60, 100, 280], 1)], onFirstPage=footer, onLaterPages=footer)
eq(
    [(r[0], r[1], r[2]) for r in bare(read("h.pdf", columns="number, title, body"))],
    [("1", "一つ", long[:2400]), ("2", name, long[:3600]), ("3", "三つ", "短い")],
    "a title over a page break too, without a blank where it was cut",
)

# --- a heading of two rows: names of groups above names, other names over both rows or in the upper one
upper, lower = ["番号", "取組", None, "予算（千円）", None, "担当"], [None, "件名", "概要", "当初", "補正", None]
groups = [("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]
over_both = [("SPAN", (0, 0), (0, 1)), ("SPAN", (5, 0), (5, 1)), ("VALIGN", (0, 0), (-1, 1), "MIDDLE"), ("ALIGN", (0, 0), (-1, 1), "CENTER")]
body = [[str(i), f"窓口{i}", "職員を置く", str(100 * i), str(20 * i), "子ども課"] for i in range(1, 60)]
for look, kind in ((groups, "in the upper row"), (groups + over_both, "over both rows")):
    look = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT, 9)] + look
    pair = Table([upper, lower] + body, colWidths=[40, 120, 160, 50, 50, 60], repeatRows=2, style=TableStyle(look))
    SimpleDocTemplate("p.pdf", pagesize=A4).build([text("表1　取組の一覧"), Spacer(1, 12), pair], onFirstPage=footer, onLaterPages=footer)
    found = read("p.pdf", columns="number, title, body, columns")
    wanted_pair = [(r[0], r[1], r[2], {"予算（千円） 当初": r[3], "予算（千円） 補正": r[4], "担当": r[5]}) for r in body]
    eq(found, wanted_pair, f"groups of columns on each page, other names {kind}")

upper, lower = ["番号", "日付", "件名", "概要", "予算（千円）", None], [None, None, None, None, "当初", "補正"]
over_both = [("SPAN", (i, 0), (i, 1)) for i in range(4)] + [("VALIGN", (0, 0), (-1, 1), "MIDDLE"), ("ALIGN", (0, 0), (-1, 1), "CENTER")]
body = [[str(i), "R2.4.1", f"窓口{i}", "職員を置く", str(100 * i), str(20 * i)] for i in range(1, 60)]
for look, kind in (([], "in the upper row"), (over_both, "over both rows")):
    look = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT, 9), ("SPAN", (4, 0), (5, 0))] + look
    pair = Table([upper, lower] + body, colWidths=[40, 60, 120, 160, 50, 50], repeatRows=2, style=TableStyle(look))
    SimpleDocTemplate("p.pdf", pagesize=A4).build([text("表1　取組の一覧"), Spacer(1, 12), pair], onFirstPage=footer, onLaterPages=footer)
    wanted_pair = [(r[0], r[2], r[3], {"予算（千円） 当初": r[4], "予算（千円） 補正": r[5]}) for r in body]
    eq(read("p.pdf", columns="number, title, body, columns"), wanted_pair, f"a lower row without usual names, the others {kind}")

upper, lower = ["番号", "取組", None, "担当", "予算（千円）", None], [None, "件名", "概要", None, "当初", "補正"]
both = [("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1))]
centred = [("VALIGN", (0, 0), (-1, 1), "MIDDLE"), ("ALIGN", (0, 0), (-1, 1), "CENTER")]
body = [[str(i), f"窓口{i}", "職員を置く", "子ども課", str(100 * i), str(20 * i)] for i in range(1, 60)]
for look, kind in (([], "in the upper row"), (centred, "in the middle of it"), (both + centred, "over both rows")):
    look = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT, 9), ("SPAN", (1, 0), (2, 0)), ("SPAN", (4, 0), (5, 0))] + look
    pair = Table([upper, lower] + body, colWidths=[40, 120, 160, 60, 50, 50], repeatRows=2, style=TableStyle(look))
    SimpleDocTemplate("p.pdf", pagesize=A4).build([text("表1　取組の一覧"), Spacer(1, 12), pair], onFirstPage=footer, onLaterPages=footer)
    wanted_pair = [(r[0], r[1], r[2], {"担当": r[3], "予算（千円） 当初": r[4], "予算（千円） 補正": r[5]}) for r in body]
    eq(read("p.pdf", columns="number, title, body, columns"), wanted_pair, f"a column between groups, its name {kind}")

canvas = Canvas("b.pdf", pagesize=A4)
for page in (["第一の頁", "夜間の窓口について", "述べる。"], ["第二の頁", "休日。"]):
    canvas.setFont(FONT, 11)
    for i, line in enumerate(page):
        canvas.drawString(70, 700 - 20 * i, line)
    canvas.showPage()
canvas.save()
eq(
    read("b.pdf", columns="title, body"),
    [("第一の頁", "夜間の窓口について\n述べる。"), ("第二の頁", "休日。")],
    "without a table: a record for each page",
)

canvas = Canvas("c.pdf", pagesize=A4)
canvas.rect(100, 100, 200, 200, fill=1)
canvas.save()
has(index("c.pdf")[1], "'c.pdf' has no text, only images", "no text layer")
canvas = Canvas("d.pdf", pagesize=A4, encrypt=pdfencrypt.StandardEncryption("secret"))
canvas.drawString(70, 700, "text")
canvas.save()
has(index("d.pdf")[1], "'d.pdf' is damaged or needs a password", "a password")
with open("a.pdf", "rb") as whole, open("e.pdf", "wb") as part:
    part.write(whole.read()[:200])
has(index("e.pdf")[1], "'e.pdf' is damaged", "a file cut off")
finish()
