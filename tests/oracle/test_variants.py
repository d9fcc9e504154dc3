"""dict/variants.tsv: what it must fold, what it must leave apart, and that search does so both ways."""
import os
import subprocess
import tempfile

from oracle import HIKU, ROOT, finish, ok

# Old forms of the official tables, and others that have one modern form only.
FOLDED = "學学 國国 辨弁 瓣弁 辯弁 豫予 餘余 藝芸 缺欠 臺台 絲糸 蟲虫 惠恵 萬万 圓円 樣様 澤沢 邊辺 邉辺 濱浜 髙高 﨑崎 长長 來来 佛仏 龍竜 體体 廣広"
# Two characters that Japanese writes side by side.
APART = "斎斉 附付 著着 后後 弁辨 予豫 余餘 芸藝 欠缺 台臺 糸絲 虫蟲 恵惠 国國 慾欲 聯連 蕓芸 颱台 干乾 幹干 里裏 谷穀 丑醜 叶葉 机機 沈瀋"
# The everyday characters of JIS X 0208 level 1 that are folded nevertheless.
EVERYDAY = "曾瀧燈龍冨埜峯嶋槙盃禰薗駈"


def read_table():
    pairs = {}
    with open(os.path.join(ROOT, "dict", "variants.tsv"), encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if not line.startswith("#") and len(fields[0]) == 1:
                pairs[fields[0]] = fields[1]
    return pairs


def is_ideograph(c):
    return 0x3400 <= ord(c) <= 0x9FFF or ord(c) >= 0x20000


def jis_lead(c):
    """The first byte in Shift JIS; 0 for what JIS X 0208 lacks."""
    try:
        return c.encode("shift_jis")[0]
    except UnicodeEncodeError:
        return 0


def search(folder, queries):
    """The numbers of the records that each query finds."""
    with open(os.path.join(folder, "q.tsv"), "w", encoding="utf-8") as file:
        for i, query in enumerate(queries):
            file.write("%d\t%s\n" % (i, query))
    out = subprocess.run([HIKU, "search", "--exact", "--all", "--limit", "0", "--format", "trec",
                          "--queries", "q.tsv"],
                         cwd=folder, capture_output=True, text=True, check=False).stdout
    found = {}
    for line in out.splitlines():
        fields = line.split()
        found.setdefault(int(fields[0]), set()).add(int(fields[2].split("#")[-1]))
    return found


def check_search(pairs):
    with tempfile.TemporaryDirectory(prefix="hiku-variants-") as folder:
        with open(os.path.join(folder, "t.tsv"), "w", encoding="utf-8") as file:
            file.write("番号\t日付\t取組内容\t概要\n")
            for i, (a, b) in enumerate(pairs):
                file.write("%d\t\t%sさま\t\n%d\t\t%sさま\t\n" % (2 * i, a, 2 * i + 1, b))
        subprocess.run([HIKU, "index", "--quiet", "t.tsv"], cwd=folder, check=True)
        found = search(folder, [c + "さま" for pair in pairs for c in pair])
        both = [a + b for i, (a, b) in enumerate(pairs)
                if not {2 * i, 2 * i + 1} <= (found.get(2 * i, set()) & found.get(2 * i + 1, set()))]
        ok(not both, "each finds the other: " + " ".join(both[:10]))
        apart = [tuple(pair) for pair in APART.split()]
        wrong = [a + b for a, b in apart if (a, b) in pairs]
        ok(not wrong, "none of the pairs is one that stays apart: " + " ".join(wrong))


def main():
    table = read_table()
    pairs = [(a, b) for a, b in table.items() if is_ideograph(a)]
    ok(len(pairs) >= 1000, "%d pairs of ideographs" % len(pairs))
    lacking = [p for p in FOLDED.split() if table.get(p[0]) != p[1]]
    ok(not lacking, "what must be folded is: " + " ".join(lacking))
    folded = [p for p in APART.split() if table.get(p[0]) == p[1]]
    ok(not folded, "what must stay apart does: " + " ".join(folded))
    chained = [a for a, b in table.items() if any(c in table for c in b)]
    ok(not chained, "one pass is enough: " + " ".join(chained))
    foreign = [a + b for a, b in pairs if not all(jis_lead(c) for c in b)]
    ok(not foreign, "what is folded to is in JIS X 0208: " + " ".join(foreign))
    everyday = "".join(sorted(a for a, _ in pairs if 0x88 <= jis_lead(a) < 0x98))
    ok(everyday == "".join(sorted(EVERYDAY)), "everyday characters that are folded: " + everyday)
    check_search(pairs)
    finish()


main()
