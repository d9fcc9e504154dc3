#!/usr/bin/env python3
"""Writes a large table of different rows, to see that reading one takes no memory in proportion to it.

usage: make_large.py csv|xlsx MEGABYTES FILE   xlsx: MEGABYTES is the size of the workbook as it is on disk
"""
import os
import random
import sys
import zipfile

WORDS = "児童 相談 夜間 窓口 体制 整備 会議 開催 支援 家庭 保育 職員 研修 連携 虐待 防止 訪問 調査 計画 実施".split()
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
pick = random.Random(1)


def body(n_words=90):
    return "".join(pick.choices(WORDS, k=n_words)) + str(pick.getrandbits(128))


def csv(n_bytes, name):
    with open(name, "w", encoding="utf-8") as out:
        out.write("番号,日付,件名,概要\n")
        i = 0
        while i % 1000 or out.tell() < n_bytes:
            i += 1
            out.write(f'{i},令和{i % 7 + 1}年{i % 12 + 1}月,取組{i}の件,"{body()}\n・続き"\n')


def xlsx(n_bytes, name):
    """Each text is shared, as Excel writes it. Texts are packed last: their size is estimated meanwhile."""
    strings = name + ".strings"
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book, open(strings, "w", encoding="utf-8") as texts:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="r"><sheets><sheet name="一覧" sheetId="1" r:id="rId1"/></sheets></workbook>')
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId1" Type="/worksheet" Target="sheet.xml"/><Relationship Id="rId2" Type="/sharedStrings" Target="strings.xml"/></Relationships>',
        )
        texts.write(f'<sst xmlns="{MAIN}">')
        with book.open("xl/sheet.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            sheet.write('<row r="1"><c t="inlineStr"><is><t>番号</t></is></c><c t="inlineStr"><is><t>件名</t></is></c><c t="inlineStr"><is><t>概要</t></is></c></row>'.encode())
            i = 0
            while i % 1000 or os.path.getsize(name) + texts.tell() * 0.2 < n_bytes:
                i += 1
                sheet.write(f'<row r="{i + 1}"><c><v>{i}</v></c><c t="s"><v>{2 * i - 2}</v></c><c t="s"><v>{2 * i - 1}</v></c></row>'.encode())
                texts.write(f"<si><t>取組{i}の件</t></si><si><t>{body(400)}</t></si>")
            sheet.write(b"</sheetData></worksheet>")
        texts.write("</sst>")
        texts.close()
        book.write(strings, "xl/strings.xml")
    os.unlink(strings)


{"csv": csv, "xlsx": xlsx}[sys.argv[1]](int(sys.argv[2]) << 20, sys.argv[3])
