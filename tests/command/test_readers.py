"""Eight readers while the index is built anew: each search finds the old records or the new ones, never some of both, and
is answered also while the one that builds holds the old file."""
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
HIKU = os.path.join(BUILD, "hiku")
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))
sys.dont_write_bytecode = True
from oracle import finish, ok as report, preload_sanitizer  # noqa: E402

RECORDS, ROUNDS = 1000, 2
READERS = 8  # every other one by the command, which opens the index each time, and by the library, which keeps it open
QUERY = "夜間の窓口 OR 昼間の窓口"


def write_table(word):
    with open("a.tsv", "w", encoding="utf-8") as file:
        file.write("番号\t件名\t概要\n")
        for i in range(RECORDS):
            file.write("%d\t%sの窓口\t児童相談所の休日・夜間の体制を整備する。\n" % (i, word))


def titles_by_command():
    """How many records have which title; or what went wrong."""
    done = subprocess.run([HIKU, "search", "--format", "tsv", "--limit", "0", QUERY], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr, counted(line.split("\t")[5] for line in done.stdout.splitlines()[1:])


def counted(titles):
    counts = {}
    for title in titles:
        counts[title] = counts.get(title, 0) + 1
    return counts


class Library:
    """The extension, in a database that is none of hiku's."""

    def __init__(self):
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.connection.enable_load_extension(True)
        self.connection.load_extension(os.path.join(BUILD, "hiku"))

    def __call__(self):
        try:
            rows = self.connection.execute("SELECT title FROM hiku_search(?, 'all', 'hiku.db')", (QUERY,)).fetchall()
        except sqlite3.Error as error:
            return 1, str(error), {}
        return 0, "", counted(title for (title,) in rows)


def answer(word):
    return 0, "", {word + "の窓口": RECORDS}


class Reader(threading.Thread):
    def __init__(self, search, old, new):
        super().__init__()
        self.search, self.old, self.new = search, answer(old), answer(new)
        self.strange, self.n_new = [], 0
        self.ended = threading.Event()

    def look(self):
        found = self.search()
        self.n_new += found == self.new
        if found not in (self.old, self.new) or (found == self.old and self.n_new > 0):
            self.strange.append(found)

    def run(self):
        while not self.ended.is_set():
            self.look()
        self.look()


def hold():
    """A rebuild that is stopped in the middle."""
    while True:
        child = subprocess.Popen([HIKU, "index", "--quiet", "--full", "--threads", "2"])
        while not os.path.exists("hiku.db.new") and child.poll() is None:
            pass
        child.send_signal(signal.SIGSTOP)
        # One that was quicker is no rebuild that anybody meets.
        if child.poll() is None and os.path.exists("hiku.db.new"):
            return child
        child.send_signal(signal.SIGCONT)
        child.wait()
        shutil.copy("old.db", "hiku.db")


def round_of(searches, old, new):
    shutil.copy("hiku.db", "old.db")
    write_table(new)
    child = hold()
    held = [search() for search in searches]
    report(held == [answer(old)] * READERS, "%s: while a rebuild is stopped, each of eight finds the old records" % old,
           held)
    readers = [Reader(search, old, new) for search in searches]
    for reader in readers:
        reader.start()
    child.send_signal(signal.SIGCONT)
    report(child.wait() == 0, "it goes on beside them")
    for reader in readers:
        reader.ended.set()
        reader.join()
    strange = [found for reader in readers for found in reader.strange]
    report(not strange, "each search of eight finds the old records or, from then on, the new ones", *strange[:3])
    report(all(reader.n_new > 0 for reader in readers), "all of them the new ones at last")


def main():
    preload_sanitizer(BUILD)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_table("夜間")
        subprocess.run([HIKU, "index", "--quiet", "a.tsv"], check=True)
        searches = [Library() if i % 2 else titles_by_command for i in range(READERS)]
        words = ["夜間", "昼間"] * ROUNDS
        for i in range(ROUNDS):
            round_of(searches, words[i], words[i + 1])
        os.chdir("/")
    finish()


main()
