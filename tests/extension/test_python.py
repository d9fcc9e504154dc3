#!/usr/bin/python3
"""The loadable extension from Python: queries of any kind, locks, changes, threads. TAP.

BUILD names the build folder; the index is one of corpus/.
"""
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))
from oracle import finish, ok, preload_sanitizer  # noqa: E402
SO = os.path.join(BUILD, "hiku.so")
DB = ""  # set by main
# FTS5 grows a phrase by small steps, each of which is slow below the address sanitizer.
LONG = 40000 if "LD_PRELOAD" in os.environ else 349525


def same(name, expected, got):
    ok(expected == got, name, f"expected: {expected!r}", f"got: {got!r}")


def connect(path=None):
    connection = sqlite3.connect(path or DB)
    connection.enable_load_extension(True)
    connection.load_extension(SO)
    return connection


def value(connection, sql, *arguments):
    return connection.execute(sql, arguments).fetchone()[0]


def failure(connection, text, mode="all"):
    """How MATCH refuses what hiku_query makes of the text; None when it does not."""
    try:
        text = sqlite3.Binary(text) if isinstance(text, bytes) else text
        match = value(connection, "SELECT hiku_query(?, ?)", text, mode)
        value(connection, "SELECT count(*) FROM documents_fts(?)", match)
    except sqlite3.Error as error:
        return f"{text[:40]!r}: {error}"
    return None


def nested(level, end, depth):
    return "".join(level % i for i in range(depth)) + "夜間" + end * depth


def test_any_text(connection):
    texts = {
        "an open quote": '"夜間', "C#": "C#", "1/2": "1/2", "a minus": "-夜間", "e-mail": "e-mail",
        "an operator at the end": "児童 AND", "a bracket": "(", "U+3000": "夜間　休日", "empty": "",
        "control characters": "\x01夜\x7f間\x1b[0m", "NUL": "夜\0間", "an apostrophe": "'; --",
        "damaged UTF-8": b"\xff\xe5\xa4\x9c\xe9\x96", "FTS5's syntax": "{title} : ^a + NEAR(b c, 2)*",
        "10,000 words": " ".join(f"語{i}" for i in range(10000)),
        "10,000 alternatives": " OR ".join(f"語{i}" for i in range(10000)),
        "10,000 groups": " ".join(f"(a{i} OR b{i})" for i in range(10000)),
        "10,000 exclusions": "夜間" + "".join(f" -a{i}" for i in range(10000)),
        f"{LONG} times one character": "あ" * LONG, "1 MiB of quotes": '"' * 1048576,
        "64 brackets": nested("(a%d OR ", ")", 64), "64 brackets, both ways": nested("(a%d (b | ", "))", 32),
        "64 exclusions": nested("a%d -(", ")", 64), "64 negations": nested("-(a%d | ", ")", 64),
        "1,000 brackets": nested("(a%d ", ")", 1000),
    }
    for name, text in texts.items():
        same(f"MATCH takes {name}", None, failure(connection, text))
    rng = random.Random(1)
    parts = ['夜間', '休日', '(', ')', '"', '-', 'OR', 'AND', 'NOT', ' ', '　', '*', 'title:', '|', '：',
             'date:', '2019', '\0', '#', '＂', '{', '}', '+', '^', ',', '.', 'body:']
    noise = ("".join(rng.choices(parts, k=rng.randrange(1, 40))) for _ in range(2000))
    failures = [f for text in noise for f in [failure(connection, text, rng.choice(["all", "any"]))] if f]
    same("MATCH takes 2,000 random texts", [], failures)


def random_query(rng, depth):
    """A query, and the function that says whether a set of words answers it."""
    kind = rng.choice(["word", "and", "or", "not"]) if depth else "word"
    if kind == "word":
        word = rng.choice("abcdef")
        return word, lambda words: word in words
    left, is_left = random_query(rng, depth - 1)
    right, is_right = random_query(rng, depth - 1)
    if kind == "and":
        return f"({left} {right})", lambda words: is_left(words) and is_right(words)
    if kind == "or":
        return f"({left} OR {right})", lambda words: is_left(words) or is_right(words)
    return f"(NOT {left})", lambda words: not is_left(words)


def test_logic():
    connection = connect(":memory:")
    rows = [[c for i, c in enumerate("abcdef") if n >> i & 1] for n in range(64)]
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize='hiku')")
    connection.executemany("INSERT INTO t VALUES('', ?)", [(" ".join(row),) for row in rows])
    rng = random.Random(2)
    wrong = []
    n_found = 0
    for _ in range(500):
        query, is_answer = random_query(rng, 4)
        # A query that no words at all answer "yes" to is one that FTS5 can express.
        expected = [] if is_answer([]) else [i for i, row in enumerate(rows) if is_answer(row)]
        got = [i - 1 for i, in connection.execute("SELECT rowid FROM t(hiku_query(?)) ORDER BY rowid",
                                                  (query,))]
        n_found += len(got)
        if got != expected:
            wrong.append(query)
    same("500 random queries mean the same to FTS5", [], wrong)
    same("some of them find something", True, n_found > 1000)


def commit(path):
    other = sqlite3.connect(path, timeout=0)
    try:
        other.execute("UPDATE documents SET title = '夜間の変更' WHERE id = 4")
        other.commit()
    except sqlite3.OperationalError as error:
        return str(error)
    finally:
        other.close()
    return "written"


def test_locks(folder):
    path = os.path.join(folder, "locks.db")
    shutil.copy(DB, path)
    connection = connect(path)
    cursor = connection.execute("SELECT title FROM hiku_search('児童')")
    cursor.fetchone()
    same("a writer waits while rows are fetched", "database is locked", commit(path))
    cursor.fetchall()
    same("after the last row it need not", "written", commit(path))
    title = "SELECT title FROM hiku_search('夜間') WHERE key = 'sapporo#4'"
    same("a change by another program is seen", "夜間の変更", value(connection, title))
    cursor = connection.execute("SELECT title FROM hiku_search('児童')")
    cursor.fetchone()
    cursor.close()
    same("a closed cursor holds nothing", "written", commit(path))
    os.replace(shutil.copy(DB, path + ".new"), path)
    same("a file put in its place is seen", "児童相談所の休日・夜間の体制を整備", value(connection, title))


def test_lives():
    connection = connect()
    cursor = connection.execute("SELECT * FROM hiku_search('児童')")
    rows = connection.execute(
        "SELECT count(*) FROM hiku_search('児童') a, hiku_search('夜間') b").fetchone()
    same("several searches at once", (40,), rows)
    cursor.fetchone()
    cursor.close()
    connection.close()
    connections = [connect() for _ in range(20)]
    for each in connections:
        value(each, "SELECT count(*) FROM hiku_search('夜間')")
        each.close()
    same("20 connections opened and closed", "ok", value(connect(), "SELECT hiku_check()"))


def result(connection, statement, *arguments):
    """How a statement ends: its only value, or the name of SQLite's error."""
    try:
        return value(connection, statement, *arguments)
    except sqlite3.OperationalError as error:
        return error.sqlite_errorname


def ended(connection, query, *arguments):
    return result(connection, "SELECT count(*) FROM hiku_search(?, 'any') " + "".join(arguments), query)


def test_interrupts():
    # Many words, so that the search asks many times whether to go on.
    rng = random.Random(3)
    words = {"".join(rng.choices("児童相談所夜間休日体制会議", k=rng.randint(2, 6))) for _ in range(40000)}
    query = " ".join(sorted(words))
    same("a time limit ends a search", "SQLITE_INTERRUPT",
         ended(connect(), query, "WHERE timeout = 1"))
    connection = connect()
    calls = []
    # Of fewer instructions the statement itself has none before the search begins.
    connection.set_progress_handler(lambda: calls.append(1) or 1, 1000)
    same("a progress handler ends a search", "SQLITE_INTERRUPT", ended(connection, query))
    same("after it was asked once", 1, len(calls))
    connection.set_progress_handler(lambda: calls.append(1) and 0, 1000)
    same("one that lets the search go on", True, ended(connection, query) > 20)
    same("is asked all the while", True, len(calls) > 10)
    expression = "SELECT length(hiku_query(?))"
    text = "夜間。" * 60000  # which is cut by many parts
    same("is asked while an expression for FTS5 is made", True, result(connection, expression, text) > len(text))
    connection.set_progress_handler(lambda: 1, 1000)
    same("and can end that", "SQLITE_INTERRUPT", result(connection, expression, text))
    same("soon enough to let a short one be", len('"夜間" *'), result(connection, expression, "夜間"))
    connection.set_progress_handler(None, 0)
    same("the end of a long text counts", '" *)', result(connection, "SELECT substr(hiku_query(?), -4)", text + "行っ"))
    connection.create_function("interrupted", 1, lambda text: connection.interrupt() or text)
    same("an interrupt ends a search", "SQLITE_INTERRUPT",
         ended(connection, "夜間", ", (SELECT interrupted(1))"))
    searching = threading.Event()

    def interrupt():
        searching.wait()
        connection.interrupt()

    other = threading.Thread(target=interrupt)
    other.start()
    # In the middle of the search the other thread gets its turn.
    connection.set_progress_handler(lambda: searching.set() or other.join() or 0, 1000)
    same("also from another thread", "SQLITE_INTERRUPT", ended(connection, query))
    connection.set_progress_handler(None, 0)
    searching.set()
    other.join()
    same("the next search is whole", 2, ended(connection, "夜間"))
    connection.set_authorizer(lambda action, *_: 1 if action == 33 else 0)  # SQLITE_RECURSIVE
    same("an authorizer that forbids the question", True, ended(connection, query) > 20)


def test_threads():
    counts = []

    def work():
        connection = connect()
        for _ in range(50):
            counts.append(value(connection, "SELECT count(*) FROM hiku_search('児童')"))
            counts.append(value(connection, "SELECT count(*) FROM documents_fts('児童')"))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    same("4 threads, a connection each", [20] * 400, counts)


def main():
    global DB
    preload_sanitizer(BUILD)
    with tempfile.TemporaryDirectory() as folder:
        DB = os.path.join(folder, "corpus.db")
        subprocess.run([os.path.join(BUILD, "hiku"), "index", "--db", DB, "corpus"], cwd=ROOT,
                       check=True, capture_output=True)
        test_any_text(connect())
        test_logic()
        test_locks(folder)
        test_lives()
        test_interrupts()
        test_threads()
    finish()


main()
