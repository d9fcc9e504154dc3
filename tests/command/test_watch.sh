# hiku index --watch: files changed in every way that editors and people change them.
. "$(dirname "$0")/../lib.sh"
export HIKU

/usr/bin/python3 - <<'PY'
import os, resource, shutil, signal, sqlite3, subprocess, sys, time

hiku = os.environ["HIKU"]
n_tests = 0
HEAD = "番号\t取組内容\n"
SETTLE = 0.3  # seconds without a change that hiku waits for, so there are no more runs than these fit into the time


def report(good, name):
    global n_tests
    n_tests += 1
    print("%s %d - %s" % ("ok" if good else "not ok", n_tests, name), flush=True)


def titles():
    try:
        db = sqlite3.connect("file:hiku.db?mode=ro", uri=True, timeout=5)
        found = sorted(title for (title,) in db.execute("SELECT title FROM documents"))
        db.close()
        return found
    except sqlite3.Error:
        return None


def becomes(wanted, name):
    """Looks until the index holds WANTED; 120 s at most."""
    end = time.monotonic() + 120
    found = titles()
    while found != sorted(wanted) and time.monotonic() < end:
        time.sleep(0.02)
        found = titles()
    report(found == sorted(wanted), "%s %s" % (name, "" if found == sorted(wanted) else found))


def write(path, *rows, mode="w"):
    with open(path, mode, encoding="utf-8") as file:
        file.write("" if mode == "a" else HEAD)
        for number, title in rows:
            file.write("%d\t%s\n" % (number, title))


os.makedirs("folder/deep")
write("a.tsv", (1, "窓"))
write("folder/b.tsv", (1, "駅"))
write("folder/deep/c.tsv", (1, "寺"))
log = open("log", "wb")
watch = subprocess.Popen([hiku, "index", "--watch", "a.tsv", "folder"], stdout=log, stderr=log)
becomes(["窓", "駅", "寺"], "the first run")

write("a.tsv", (2, "家"), mode="a")
becomes(["窓", "家", "駅", "寺"], "a row is appended")
write("a.tsv~", (1, "窓"), (2, "橋"))
os.rename("a.tsv~", "a.tsv")
becomes(["窓", "橋", "駅", "寺"], "an editor renames over the file")
os.rename("a.tsv", "a.tsv.bak")
write("a.tsv", (1, "港"))
becomes(["港", "駅", "寺"], "an editor moves the old file away and writes a new one")
write("a.tsv", (1, "丘"))
becomes(["丘", "駅", "寺"], "and again, in place")
write("folder/new.tsv", (1, "森"))
becomes(["丘", "駅", "寺", "森"], "a new file in the folder")
os.makedirs("folder/fresh/deeper")
write("folder/fresh/deeper/d.tsv", (1, "川"))
becomes(["丘", "駅", "寺", "森", "川"], "a new folder with a file in it")
write("folder/fresh/deeper/d.tsv", (1, "滝"))
becomes(["丘", "駅", "寺", "森", "滝"], "which is changed")
shutil.rmtree("folder/deep")
becomes(["丘", "駅", "森", "滝"], "a folder is deleted")
os.makedirs("folder/deep")
write("folder/deep/c.tsv", (1, "塔"))
becomes(["丘", "駅", "森", "滝", "塔"], "and made again")
os.rename("folder", "away")
write("a.tsv", (1, "岬"))
becomes(["岬", "駅", "森", "滝", "塔"], "all of the folder is gone: its records stay")
os.rename("away", "folder")
write("folder/b.tsv", (1, "峠"))
becomes(["岬", "峠", "森", "滝", "塔"], "it is back, and changes are seen")
os.remove("folder/new.tsv")
becomes(["岬", "峠", "滝", "塔"], "a file is deleted")

# Half-written: as long as rows come, the file is not read.
rows = [(i, "列%d" % i) for i in range(2, 22)]
with open("a.tsv", "w", encoding="utf-8") as file:
    file.write(HEAD + "1\t岬\n")
    start, seen = time.monotonic(), set()
    for number, title in rows:
        file.write("%d\t%s\n" % (number, title))
        file.flush()
        seen.add(tuple(titles() or ()))
        time.sleep(0.02)
    most = 3 + (time.monotonic() - start) / SETTLE
becomes(["岬", "峠", "滝", "塔"] + [title for _, title in rows], "a file that is written slowly")
report(len(seen) <= most, "is not indexed row by row (%d states seen)" % len(seen))

# What is none of the sources: the index itself, hidden files, other files.
write("other.tsv", (1, "他"))
write(".a.tsv.swp", (1, "仮"))
write("a.tsv", *([(1, "岬")] + rows[:1]))
becomes(["岬", "峠", "滝", "塔", "列2"], "other files beside the source")
watch.send_signal(signal.SIGTERM)
report(watch.wait(timeout=120) == 0, "SIGTERM ends it cleanly")
report(subprocess.run([hiku, "check"], capture_output=True).returncode == 0, "the index is sound")
watch = subprocess.Popen([hiku, "index", "--watch"], stdout=log, stderr=log)
write("a.tsv", (1, "岸"))
becomes(["岸", "峠", "滝", "塔"], "it goes on with the sources that it knows")

# The index is held by another writer, deleted, damaged, and made anew.
other = sqlite3.connect("hiku.db", isolation_level=None)
other.execute("BEGIN EXCLUSIVE")
write("a.tsv", (1, "磯"))
time.sleep(10 * SETTLE)  # hiku looks at the index meanwhile, and waits
other.execute("ROLLBACK")
other.close()
becomes(["磯", "峠", "滝", "塔"], "another writer is waited for")
write("a.tsv", (1, "浜"))
becomes(["浜", "峠", "滝", "塔"], "after which changes are seen")
os.rename("hiku.db", "hiku.db.away")
os.makedirs("corpus")
write("corpus/c.tsv", (1, "余所"))


def is_told(text, name):
    """Looks until the log tells TEXT; 120 s at most."""
    end = time.monotonic() + 120
    while text not in open("log", encoding="utf-8").read() and time.monotonic() < end:
        time.sleep(0.02)
    report(text in open("log", encoding="utf-8").read() and watch.poll() is None, name)


write("a.tsv", (1, "洲"))
is_told("there is no index: 'hiku.db'", "the index is gone: that is told")
report(not os.path.exists("hiku.db"), "and no other is made of the folder corpus")
with open("hiku.db", "wb") as file:
    file.write(b"?" * 4096)
write("a.tsv", (1, "瀬"))
is_told("no hiku index: 'hiku.db'", "something else stands there: that is told")
os.rename("hiku.db.away", "hiku.db")
write("a.tsv", (1, "岸"))
becomes(["岸", "峠", "滝", "塔"], "the index is back: it goes on")

# A burst: faster than anybody can index, in every way.
n_runs, start = open("log", encoding="utf-8").read().count("records:"), time.monotonic()
for i in range(150):
    path = "folder/burst%d.tsv" % (i % 5)
    if i % 3 == 0 and os.path.exists(path):
        os.remove(path)
    write(path + "~" if i % 2 else path, (1, "波%d" % i))
    if i % 2:
        os.rename(path + "~", path)
    time.sleep(0.005)
becomes(["岸", "峠", "滝", "塔"] + ["波%d" % i for i in range(145, 150)], "150 edits in a second")
most = 3 + (time.monotonic() - start) / SETTLE
n_runs = open("log", encoding="utf-8").read().count("records:") - n_runs
report(n_runs <= most, "are not indexed one by one (%d runs)" % n_runs)
watch.send_signal(signal.SIGINT)
report(watch.wait(timeout=120) == 0, "SIGINT ends it cleanly")
shutil.rmtree("folder")
os.mkdir("folder")

# The index itself: deleted, replaced, damaged; it is beside none of its sources.
write("folder/b.tsv", (1, "駅"))
os.mkdir("apart")
os.remove("hiku.db")
os.symlink("apart/hiku.db", "hiku.db")  # where titles() looks
apart = [hiku, "index", "--db", "apart/hiku.db"]
subprocess.run([*apart, "--quiet", "folder"], check=True)
watch = subprocess.Popen([*apart, "--watch"], stdout=log, stderr=log)
write("folder/b.tsv", (1, "峠"))
becomes(["峠"], "an index in another folder")
os.remove("apart/hiku.db")
is_told("there is no index: 'apart/hiku.db'", "the index is deleted: that is told at once")
write("folder/b.tsv", (1, "滝"))
time.sleep(1)
report(not os.path.exists("apart/hiku.db"), "and none is made of the folder corpus")
subprocess.run([*apart, "--quiet", "folder"], check=True)
write("folder/b.tsv", (1, "塔"))
becomes(["塔"], "it is made again: watching goes on")
os.mkdir("second")
write("second/d.tsv", (1, "川"))
subprocess.run([*apart[:3], "other.db", "--quiet", "second"], check=True)
write("second/d.tsv", (1, "森"))
os.rename("other.db", "apart/hiku.db")
becomes(["森"], "another index takes its place: it is brought up to date")
write("second/d.tsv", (1, "岬"))
becomes(["岬"], "and its sources are watched")
shutil.copy("apart/hiku.db", "good.db")
write("garbage", (1, "x"))
os.rename("garbage", "apart/hiku.db")
is_told("no hiku index: 'apart/hiku.db'", "another file takes its place: that is told")
os.rename("good.db", "apart/hiku.db")
write("second/d.tsv", (1, "橋"))
becomes(["橋"], "and watching goes on with the next index")

# No space, and space again later, when no source changes any more.
size = os.path.getsize("apart/hiku.db")
resource.prlimit(watch.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
rows = [(i, "列%d" % i) for i in range(20000)]
write("second/d.tsv", *rows)
before = open("log", encoding="utf-8").read().count("hiku: ")
end = time.monotonic() + 120
while open("log", encoding="utf-8").read().count("hiku: ") == before and time.monotonic() < end:
    time.sleep(0.02)
time.sleep(3)
report(titles() == ["橋"], "the index stays as it was")
report(open("log", encoding="utf-8").read().count("hiku: ") == before + 1, "a lack of space is told, once")
resource.prlimit(watch.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
becomes([title for _, title in rows], "with space again it is brought up to date")

# Stopped in the middle of an update.
write("second/d.tsv", *[(i, "行%d" % i) for i in range(20000)])
end = time.monotonic() + 120
while not os.path.exists("apart/hiku.db-journal") and time.monotonic() < end:
    time.sleep(0.001)
watch.send_signal(signal.SIGTERM)
report(watch.wait(timeout=120) == 0, "SIGTERM in an update ends it cleanly")
report({title[0] for title in titles()} in ({"列"}, {"行"}) and len(titles()) == 20000, "with the old records or the new ones")
report(subprocess.run([hiku, "check", "--db", "apart/hiku.db"], capture_output=True).returncode == 0, "the index is sound")
print("1..%d" % n_tests)
sys.exit(0)
PY
