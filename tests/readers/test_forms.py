"""Form sheets, one measure each, as workbooks, pages and texts have them: made here as offices make them."""
import csv
import sqlite3
import subprocess
import sys

import openpyxl
import xlwt

sys.dont_write_bytecode = True
from readers import HIKU, eq, finish, has, index, read, records  # noqa: E402

AIM = "高齢者が住み慣れた地域で暮らし続けられるよう、孤立を防ぐ。"
SHOWN = "line, number, date_text, title, body, columns"


def put(sheet, cells, merged=()):
    """Writes CELLS, a dictionary of addresses, into the sheet, and merges ranges."""
    for address, value in cells.items():
        sheet[address] = value
    for area in merged:
        sheet.merge_cells(area)


# --- a workbook of forms: labels merged over rows, several pairs in a row, years above amounts
def review(sheet, name, number):
    put(
        sheet,
        {
            "A1": "令和5年度　事務事業評価シート（令和4年度実施事業）",
            "A3": "事務事業名", "C3": name, "F3": "担当課", "G3": "長寿福祉課",
            "A4": "事業番号", "C4": number, "F4": "電話番号", "G4": "0123-45-6700",
            "A5": "総合計画体系", "B5": "政策", "C5": "安心なまち", "F5": "施策", "G5": "地域福祉",
            "A6": "事業期間", "C6": "平成20年度", "D6": "～", "E6": "令和7年度",
            "A7": "事業の概要", "B7": "目的", "C7": AIM, "B8": "対象", "C8": "ひとり暮らしの人",
            "B9": "手段", "C9": "民生委員による訪問\n配食による安否確認",
            "A10": "指標", "B10": "指標名", "C10": "単位", "D10": "令和3年度", "E10": "令和4年度", "F10": "令和5年度",
            "B11": "訪問件数", "C11": "件", "D11": 120, "E11": 130, "F11": 140,
            "B12": "満足度", "C12": "％", "D12": 80, "E12": 82,
            "A13": "事業費（千円）", "D13": 1000, "E13": 1100, "F13": 1200,
            "A15": "評価", "B15": "妥当性", "C15": "A", "D15": "有効性", "E15": "B",
            "A16": "課題", "C16": "担い手の高齢化が進んでいる。", "A17": "今後の方向性", "C17": "拡充",
        },
        ["A1:G1", "A3:B3", "C3:E3", "A4:B4", "C4:E4", "A6:B6", "A7:A9", "C7:G7", "C8:G8", "C9:G9", "A10:A12",
         "A13:C13", "A16:B16", "C16:G16", "A17:B17", "C17:G17"],
    )


book = openpyxl.Workbook()
review(book.active, "見守り事業", 101)
for i, name in enumerate(["夜間開館事業", "無線更新事業"]):
    review(book.create_sheet(f"様式{i}"), name, 102 + i)
table = book.create_sheet("一覧")
for row in [["番号", "事業名", "概要", "担当課"], [1, "甲", "乙", "丙"], [2, "丁", "戊", "己"]]:
    table.append(row)
book.save("review.xlsx")
found = read("review.xlsx", columns=SHOWN)
eq([r[:4] for r in found][:3], [(3, str(101 + i), "平成20年度 ～ 令和7年度", n) for i, n in enumerate(["見守り事業", "夜間開館事業", "無線更新事業"])], "a record for each sheet")
eq([r[3] for r in found][3:], ["甲", "丁"], "beside a sheet that is a table")
eq(
    found[0][4],
    f"【施策】\n地域福祉\n【事業の概要 目的】\n{AIM}\n【事業の概要 対象】\nひとり暮らしの人\n【事業の概要 手段】\n"
    "民生委員による訪問\n配食による安否確認\n【課題】\n担い手の高齢化が進んでいる。",
    "texts with their labels, those of a merged one too",
)
eq(
    found[0][5],
    {"担当課": "長寿福祉課", "電話番号": "0123-45-6700", "政策": "安心なまち", "妥当性": "A", "有効性": "B", "今後の方向性": "拡充",
     "指標 訪問件数": "単位 件、令和3年度 120、令和4年度 130、令和5年度 140", "指標 満足度": "単位 ％、令和3年度 80、令和4年度 82",
     "事業費（千円）": "令和3年度 1000、令和4年度 1100、令和5年度 1200"},
    "the other labels as columns, years with their amounts",
)
eq(records("part")[0], ("Sheet",), "the sheet that it is from")
out = subprocess.run([HIKU, "index", "--preview", "review.xlsx"], capture_output=True, check=False).stdout.decode()
has(out, "48 rows\t5 records\t0 skipped\t1 headings\t0 blank\t42 joined\t0 problems", "a preview counts its rows")
has(out, "  title\t事務事業名\n  other\t担当課\n  id\t事業番号", "and shows what its labels are")
out = subprocess.run([HIKU, "search", "--format", "tsv", "担当課:長寿福祉課 目的"], capture_output=True, check=False).stdout.decode()
eq(out.count("\n"), 4, "labels are columns to search in")
out = subprocess.run([HIKU, "show", "review#101"], capture_output=True, check=False).stdout.decode()
has(out, "指標 訪問件数", "and are shown")


# --- squared paper: each column as wide as a character, cells merged over many; forms one below the other
def block(sheet, row, first, last, value, last_row=None):
    sheet.cell(row, first, value)
    sheet.merge_cells(start_row=row, start_column=first, end_row=last_row or row, end_column=last)


def plan(sheet, row, name, number):
    block(sheet, row, 1, 40, "様式第1号")
    block(sheet, row + 1, 1, 40, "事業計画書")
    for at, cells in enumerate([("事業名", name, "整理番号", number), ("担当部署", "政策課", "記入者", "山田")]):
        for (first, last), value in zip([(1, 6), (7, 24), (25, 30), (31, 40)], cells):
            block(sheet, row + 2 + at, first, last, value)
    block(sheet, row + 4, 1, 6, "実施時期")
    block(sheet, row + 4, 7, 40, "令和6年4月～令和7年3月")
    block(sheet, row + 5, 1, 6, "目　的", row + 7)
    block(sheet, row + 5, 7, 40, AIM, row + 7)
    block(sheet, row + 8, 1, 6, "事業内容", row + 9)
    block(sheet, row + 8, 7, 40, "(1) 窓口を夜間も開く。")
    block(sheet, row + 9, 7, 40, "(2) 出張相談を月2回行う。")
    block(sheet, row + 10, 1, 6, "予算額")
    block(sheet, row + 10, 7, 14, 1250)
    block(sheet, row + 10, 15, 18, "千円")
    block(sheet, row + 11, 1, 6, "備考")
    return row + 13


book = openpyxl.Workbook()
at = 1
for i, name in enumerate(["窓口事業", "就学支援事業", "普及事業"]):
    at = plan(book.active, at, name, f"A-{i}")
book.save("plan.xlsx")
found = read("plan.xlsx", columns=SHOWN)
body = f"【目 的】\n{AIM}\n【事業内容】\n(1) 窓口を夜間も開く。\n(2) 出張相談を月2回行う。"
others = {"担当部署": "政策課", "記入者": "山田", "予算額": "1250 千円"}
eq(
    [(r[:4], r[4].replace("　", " "), r[5]) for r in found],
    [((3 + 13 * i, f"A-{i}", "令和6年4月～令和7年3月", n), body, others) for i, n in enumerate(["窓口事業", "就学支援事業", "普及事業"])],
    "forms on squared paper",
)

# --- names wrapped in narrow cells, labels that are not known, amounts beside names merged over rows
book = openpyxl.Workbook()
for row, cells in enumerate(
    [
        [(1, 6, 1, "事業名"), (7, 25, 1, "見守り体制"), (26, 31, 1, "受け持ちの局"), (32, 50, 1, "老健局")],
        [(1, 6, 1, "事業開始年度"), (7, 25, 1, "平成26年度"), (26, 31, 1, "受け持ちの室"), (32, 43, 1, "支援室"), (44, 50, 1, "室長")],
        [(1, 6, 1, "事業概要\n（5行程度以内。別添可）"), (7, 50, 1, "市町村に補助する。")],
        [(1, 6, 3, "予算額・\n執行額"), (20, 25, 1, "令和3年度"), (26, 31, 1, "令和4年度")],
        [(7, 10, 2, "予算\nの状\n況"), (11, 19, 1, "当初"), (20, 25, 1, 100), (26, 31, 1, 110)],
        [(11, 19, 1, "補正"), (20, 25, 1, "-"), (26, 31, 1, 5)],
        [(1, 6, 3, "成果"), (7, 15, 1, "目標とするもの"), (16, 22, 1, "指標"), (26, 29, 1, "単位"), (30, 34, 1, "3年度"), (35, 39, 1, "4年度")],
        [(7, 15, 2, "率を高める"), (16, 22, 2, "実施率"), (23, 25, 1, "成果実績"), (26, 29, 1, "％"), (30, 34, 1, 60), (35, 39, 1, 65)],
        [(23, 25, 1, "目標値"), (26, 29, 1, "％"), (30, 34, 1, 65), (35, 39, 1, 70)],
        [(1, 6, 2, "点検結果"), (7, 12, 1, "点検"), (13, 50, 1, "適切である。")],
        [(7, 12, 1, "改善の\n方向性"), (13, 50, 1, "見直す。")],
    ]
):
    for first, last, n_rows, value in cells:
        block(book.active, row + 1, first, last, value, row + n_rows)
book.save("sheet.xlsx")
eq(
    read("sheet.xlsx", columns=SHOWN),
    [(1, "", "平成26年度", "見守り体制",
      "【事業概要（5行程度以内。別添可）】\n市町村に補助する。\n【点検結果 点検】\n適切である。\n【点検結果 改善の方向性】\n見直す。",
      {"受け持ちの局": "老健局", "受け持ちの室": "支援室 室長",
       "予算額・執行額 予算の状況": "当初、令和3年度 100、令和4年度 110", "予算額・執行額 補正": "令和3年度 -、令和4年度 5",
       "成果 率を高める": "指標 実施率、成果実績、単位 ％、3年度 60、4年度 65", "成果 目標値": "単位 ％、3年度 65、4年度 70"})],
    "a sheet of all this",
)

# --- labels above their values
book = openpyxl.Workbook()
put(
    book.active,
    {"A1": "事業カルテ", "A2": "事業名", "C2": "担当課", "E2": "開始年度", "A3": "空き家対策", "C3": "建築課", "E3": "平成28年度",
     "A4": "事業の目的", "A5": AIM, "A6": "事業の内容", "A7": "除却を補助する。", "A8": "根拠法令", "C8": "空家法"},
    ["A1:F1", "A2:B2", "C2:D2", "E2:F2", "A3:B3", "C3:D3", "E3:F3", "A4:F4", "A5:F5", "A6:F6", "A7:F7", "A8:B8", "C8:F8"],
)
book.save("card.xlsx")
eq(read("card.xlsx", columns=SHOWN), [(2, "", "平成28年度", "空き家対策", f"【事業の目的】\n{AIM}\n【事業の内容】\n除却を補助する。", {"担当課": "建築課", "根拠法令": "空家法"})], "labels above")

# --- one column, values behind colons
book = openpyxl.Workbook()
for line in ["実施報告書", "１．事業名：デジタル化支援", "２．担当課：商工課", "３．実施期間：令和5年4月1日～令和6年3月31日", "４．目的", AIM, "５．成果", "35社が導入した。"]:
    book.active.append([line])
book.save("report.xlsx")
eq(read("report.xlsx", columns=SHOWN), [(2, "", "令和5年4月1日～令和6年3月31日", "デジタル化支援", f"【目的】\n{AIM}\n【成果】\n35社が導入した。", {"担当課": "商工課"})], "a column of labels with colons")

# --- Excel 97: texts of their own beside a label merged over rows; the year in the line above
book = xlwt.Workbook()
for name in ["雪対策", "バス維持"]:
    sheet = book.add_sheet(name)
    sheet.write_merge(0, 0, 0, 5, "令和３年度　主要事業調書")
    for row, cells in enumerate([["主要事業名", name], ["所管課", "土木課", "事業費", 5000, "千円"]]):
        for column, value in enumerate(cells):
            sheet.write(1 + row, column, value)
    sheet.write_merge(3, 4, 0, 0, "事業の内容")
    for row, cells in enumerate([["除雪", "延長120kmの除雪を行う。"], ["排雪", "幹線の排雪を行う。"]]):
        for column, value in enumerate(cells):
            sheet.write(3 + row, 1 + column, value)
    sheet.write(5, 0, "効果")
    sheet.write_merge(5, 5, 1, 5, "冬の交通を守る。")
book.save("main.xls")
wanted = "【事業の内容 除雪】\n延長120kmの除雪を行う。\n【事業の内容 排雪】\n幹線の排雪を行う。\n【効果】\n冬の交通を守る。"
eq(read("main.xls", columns=SHOWN), [(2, "", "令和３年度", n, wanted, {"所管課": "土木課", "事業費": "5000 千円"}) for n in ["雪対策", "バス維持"]], "a workbook of Excel 97")

# --- a page
def page_form(name):
    return (
        f"<table><tr><th>事業名</th><td colspan=3>{name}</td></tr>\n<tr><th>担当課</th><td>税務課</td><th>電話番号</th><td>12-3456</td></tr>\n"
        f"<tr><th rowspan=2>事業の概要</th><th>目的</th><td colspan=2>{AIM}</td></tr>\n<tr><th>対象</th><td colspan=2>納税者</td></tr>\n"
        "<tr><th>事業期間</th><td colspan=3>令和4年度から令和6年度まで</td></tr></table>\n"
    )


with open("page.html", "w", encoding="utf-8") as file:
    file.write("<html><head><meta charset=utf-8></head><body><h1>評価</h1>\n" + page_form("口座振替") + page_form("電子申告") + "</body></html>")
eq(
    [r[2:] for r in read("page.html", columns=SHOWN)],
    [("令和4年度から令和6年度まで", n, f"【事業の概要 目的】\n{AIM}\n【事業の概要 対象】\n納税者", {"担当課": "税務課", "電話番号": "12-3456"}) for n in ["口座振替", "電子申告"]],
    "forms of a page",
)

with open("page.html", "w", encoding="utf-8") as file:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in [("活動の名", "朝市"), ("担当課", "商工課"), ("目的", "にぎわい"), ("対象", "市民"), ("電話", "12"), ("課題", "人手")])
    file.write(f"<meta charset=utf-8><h1>朝市</h1><p>毎月開きます。</p><table>{rows}</table>")
eq([r[3:5] for r in read("page.html", columns=SHOWN)], [("朝市", "【目的】\nにぎわい"), ("朝市", "毎月開きます。")], "without a known title the text beside it stays")

# --- a form's text in Shift_JIS, with a list in it
with open("policy.csv", "w", encoding="cp932", newline="") as file:
    csv.writer(file).writerows(
        [["令和4年度 施策評価調書"], [], ["施策名", "子育て支援", "", "主管課", "子ども課"], ["施策の目的", "不安を軽くし、\n安心を増す。"],
         ["現状と課題", "一時預かりの需要が増えている。"], [], ["成果指標", "令和2年度", "令和3年度"], ["待機児童数（人）", 25, 12], [],
         ["構成事業"], ["事業名", "事業費", "評価"], ["保育所整備", 150000, "A"], ["一時預かり", 12000, "B"], [], ["今後の方針", "枠を広げる。"]]
    )
eq(
    read("policy.csv", columns=SHOWN),
    [(3, "", "令和4年度", "子育て支援",
      "【施策の目的】\n不安を軽くし、\n安心を増す。\n【現状と課題】\n一時預かりの需要が増えている。\n【今後の方針】\n枠を広げる。\n"
      "【構成事業】\n事業名 保育所整備、事業費 150000、評価 A\n事業名 一時預かり、事業費 12000、評価 B",
      {"主管課": "子ども課", "待機児童数（人）": "令和2年度 25、令和3年度 12"})],
    "a list in a form is text",
)

# --- a table that is turned, and what the user says
book = openpyxl.Workbook()
for row in [["事業名", "公園", "街路樹", "河川"], ["担当課", "公園課", "道路課", "河川課"], ["目的", "憩う。", "守る。", "掃く。"], ["予算額", 100, 200, 300], ["開始年度", "R3", "R4", "R5"]]:
    book.active.append(row)
book.save("turned.xlsx")
eq([r[2:] for r in read("turned.xlsx", columns=SHOWN)], [("R3", "公園", "憩う。", {"担当課": "公園課", "予算額": "100"}), ("R4", "街路樹", "守る。", {"担当課": "道路課", "予算額": "200"}), ("R5", "河川", "掃く。", {"担当課": "河川課", "予算額": "300"})], "a turned table")
eq(len(read("turned.xlsx", "--columns", "table")), 4, "--columns table")
eq([r[3] for r in read("turned.xlsx", "--columns", "form", columns=SHOWN)], ["公園", "街路樹", "河川"], "--columns form")
with open("hiku.sources.tsv", "w", encoding="utf-8") as file:
    file.write("file\tname\tcolumns\nturned.xlsx\tturned\ttable\n")
eq(index(".")[0], 0, "a folder")
eq(sqlite3.connect("hiku.db").execute("SELECT count(*) FROM records WHERE key LIKE 'turned%'").fetchone(), (4,), "the manifest says it too")
finish()
