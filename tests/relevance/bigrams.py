"""BM25 over pairs of characters, in FTS5: a peer of make relevance that needs nothing but Python.

Texts are NFKC and lower case. Each pair of neighbouring characters of Japanese is a token, and so is each
word of Latin letters and digits. Any of a query's tokens counts, the title twice; the best 100 records.
"""
import re
import sqlite3
import time
import unicodedata

DEPTH = 100
RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


def tokens(text):
    found = []
    for run in RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found += (run[i:i + 2] for i in range(len(run) - 1))
    return found


def build(path, docs):
    """Makes an index at PATH of DOCS: id, title, text."""
    db = sqlite3.connect(path)
    db.executescript("""PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
        CREATE TABLE names(id INTEGER PRIMARY KEY, name TEXT);
        CREATE VIRTUAL TABLE pairs USING fts5(title, text, content='', tokenize="unicode61 remove_diacritics 0");
        INSERT INTO pairs(pairs, rank) VALUES('hashsize', 268435456);""")
    with open(docs, encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines):
            name, title, text = (line.rstrip("\r\n").split("\t", 2) + ["", ""])[:3]
            db.execute("INSERT INTO names VALUES (?, ?)", (number, name))
            db.execute("INSERT INTO pairs(rowid, title, text) VALUES (?, ?, ?)",
                       (number, " ".join(tokens(title)), " ".join(tokens(text))))
    db.execute("INSERT INTO pairs(pairs) VALUES('optimize')")
    db.commit()
    db.close()


def answer(path, queries, run):
    """Writes a TREC run of QUERIES, a list of (name, text); returns the mean time in ms."""
    db = sqlite3.connect(path)
    find = """SELECT name, -score FROM (SELECT rowid, bm25(pairs, 2.0, 1.0) score FROM pairs WHERE pairs MATCH ?
              ORDER BY score LIMIT ?) found JOIN names ON names.id = found.rowid ORDER BY score, found.rowid"""
    spent = 0.0
    with open(run, "w", encoding="utf-8") as out:
        for name, text in queries:
            start = time.perf_counter()
            match = " OR ".join('"%s"' % token for token in tokens(text))
            hits = db.execute(find, (match, DEPTH)).fetchall() if match else []
            spent += time.perf_counter() - start
            for rank, (document, score) in enumerate(hits, 1):
                out.write("%s Q0 %s %d %.6f bigrams\n" % (name, document, rank, score))
    db.close()
    return spent * 1e3 / max(len(queries), 1)
