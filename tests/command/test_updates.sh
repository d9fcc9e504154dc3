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


rows = {i: row() for i in range(1, 60)}
write(rows)
run("index", "--quiet", "a.tsv")
next_number, most, sound, same = 60, 0, True, True
for step in range(70):
    for _ in range(chance.choice([1, 1, 2, 9, 40])):
        kind = chance.random()
        if kind < 0.4 or not rows:
            rows[next_number] = row()
            next_number += 1
        elif kind < 0.8:
            rows[chance.choice(list(rows))] = row()
        else:
            del rows[chance.choice(list(rows))]
    write(rows)
    run("index", "--quiet")
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
print("1..%d" % n_tests)
PY
