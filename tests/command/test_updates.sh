# Many updates in a row: what they leave in the index is what a build of the last state makes.
. "$(dirname "$0")/../lib.sh"

python3 - "$HIKU" <<'PY'
import os, random, sqlite3, subprocess, sys

hiku = sys.argv[1]
chance = random.Random(7)
n_tests = 0


def report(good, name):
    global n_tests
    n_tests += 1
    print("%s %d - %s" % ("ok" if good else "not ok", n_tests, name), flush=True)
    return good


def run(*args):
    return subprocess.run([hiku, *args], capture_output=True, text=True)


PARTS = ["児童相談所の", "夜間", "窓口を", "𠮟る", "令和元年7月8日", "東京都", "整備", "。", "データ", "ABC", "ｶﾞ"]


def text():
    return "".join(chance.choice(PARTS) for _ in range(chance.randrange(1, 12)))


def write(rows):
    with open("a.tsv", "w", encoding="utf-8") as file:
        file.write("番号\t日付\t件名\t概要\n")
        for number, (date, title, body) in rows.items():
            file.write("%d\t%s\t%s\t%s\n" % (number, date, title, body))


def row():
    return chance.choice(["", "令和元年7月8日", "2020年度"]), text(), text() + "\v" + text()


def answers(db):
    found = []
    for query in ("児童相談所", "夜", "東京 整備", "𠮟", "談所の夜", "date:2019-07", "ガ", "B"):
        out = run("search", "--db", db, "--format", "tsv", "--limit", "0", "--all", query).stdout
        found.append(sorted("\t".join((f[0], f[3], f[4])) for f in
                            (line.split("\t") for line in out.splitlines())))
    return found


def lines(db):
    connection = sqlite3.connect(db)
    found = connection.execute("SELECT key, line FROM records ORDER BY key").fetchall()
    connection.close()
    return found


def shuffled(rows):
    """Some rows stand elsewhere now."""
    numbers = list(rows)
    for _ in range(chance.choice([0, 0, 1, 3])):
        numbers.insert(chance.randrange(len(numbers)), numbers.pop(chance.randrange(len(numbers))))
    return {number: rows[number] for number in numbers}


rows = {i: row() for i in range(1, 60)}
write(rows)
run("index", "--quiet", "a.tsv")
next_number, most, sound, same, placed = 60, 0, True, True, True
for step in range(70):
    for _ in range(chance.choice([1, 1, 2, 9, 40])):
        kind = chance.random()
        if kind < 0.2 or not rows:
            rows[next_number] = row()
            next_number += 1
        elif kind < 0.4:
            rows = {next_number: row(), **rows}
            next_number += 1
        elif kind < 0.8:
            rows[chance.choice(list(rows))] = row()
        else:
            del rows[chance.choice(list(rows))]
    rows = shuffled(rows)
    write(rows)
    run("index", "--quiet")
    placed &= lines("hiku.db") == sorted(("a#%d" % number, 2 + i) for i, number in enumerate(rows))
    db = sqlite3.connect("hiku.db")
    most = max(most, db.execute("SELECT count(*) FROM segments").fetchone()[0])
    db.close()
    if step % 10 == 9:
        sound &= run("check").returncode == 0
        os.path.exists("new.db") and os.remove("new.db")
        run("index", "--quiet", "--db", "new.db", "a.tsv")
        same &= answers("hiku.db") == answers("new.db")
report(2 <= most <= 18, "70 updates: never more than 18 segments (%d)" % most)
report(sound, "sound all the time")
report(placed, "each record is known to stand where it stands")
report(same, "and the answers are those of a new index")
rows = {}
write({1: row()})
run("index", "--quiet")
last = max(i for (i,) in sqlite3.connect("hiku.db").execute("SELECT id FROM documents"))
for number in range(2, 12):
    write({number: row()})
    run("index", "--quiet")
ids = [i for (i,) in sqlite3.connect("hiku.db").execute("SELECT id FROM documents")]
report(ids == [last + 10], "an id is never given again, even where all else was deleted")
report(run("check").returncode == 0, "soundly")

# What one row inserted at the top costs: not the rows behind it.
rows = {i: row() for i in range(1, 3000)}
write(rows)
run("index", "--quiet", "--full")
pages_before = open("hiku.db", "rb").read()
rows = {0: row(), **rows}
write(rows)
done = run("index")
report("1 added, 0 changed" in done.stdout, "a row is inserted at the top")
pages = open("hiku.db", "rb").read()
size = int.from_bytes(pages[16:18], "big")
changed = sum(pages[i:i + size] != pages_before[i:i + size] for i in range(0, len(pages), size))
report(changed < 25, "which changes %d pages of %d" % (changed, len(pages) // size))
report(lines("hiku.db") == sorted(("a#%d" % number, 2 + i) for i, number in enumerate(rows)), "all others are a line further")
report('"line":4,' in run("show", "--format", "json", "a#2").stdout, "which hiku show knows")
updated = run("check", "--digest").stdout.splitlines()[-1]
run("index", "--quiet", "--full")
report(run("check", "--digest").stdout.splitlines()[-1] == updated, "and the digest is that of a new index")
write({**rows, 0: row()})
run("index", "--quiet", "a.tsv")
os.mkdir("folder")
for name in ("b", "c"):
    with open("folder/%s.tsv" % name, "w", encoding="utf-8") as file:
        file.write("番号\t件名\n1\t夜間\n2\t窓口\n")
run("index", "--quiet", "folder")
with open("folder/c.tsv", "w", encoding="utf-8") as file:
    file.write("番号\t件名\n3\t整備\n1\t夜間\n2\t窓口\n")
run("index", "--quiet")
report([line for key, line in lines("hiku.db") if key[0] in "bc"] == [2, 3, 3, 4, 2], "of each source by itself")
os.remove("folder/c.tsv")
run("index", "--quiet")
db = sqlite3.connect("hiku.db")
report(db.execute("SELECT count(*) FROM line_shifts").fetchone()[0] == 0, "nothing is left of a source that is gone")
db.execute("INSERT INTO line_shifts SELECT id, 1, -9 FROM sources WHERE name = 'b'")
db.commit()
check = run("check")
report(check.returncode == 3 and "line" in check.stdout + check.stderr, "lines that cannot be are found by hiku check")
print("1..%d" % n_tests)
PY
