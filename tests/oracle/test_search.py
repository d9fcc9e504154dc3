"""Nothing is missed, nothing is too many: hiku against a plain scan over normalised text.

For the register and 400 random documents, 400 random substrings as quoted queries; then highlights
are compared with the places where the scan finds them."""

import json
import random
import re
import sqlite3

from oracle import (REGISTER, SEED, finish, hiku, normalize, ok, random_units, scratch)

N_DOCS = 400
N_QUERIES = 400
QUOTES = '"“”„‟＂〝〞〟'


def write_documents(rng, path):
    """Writes random rows; returns their texts as lists of units."""
    texts = []
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write("番号\t取組内容\t概要\n")
        for number in range(1, N_DOCS + 1):
            title = random_units(rng, rng.randint(1, 20))
            body = random_units(rng, rng.choice([0, 5, 40, 200]))
            f.write("%d\t%s\t%s\n" % (number, "".join(title), "".join(body)))
            texts += [title, body]
    return [t for t in texts if t]


def cut(rng, units):
    """A random substring of 1 to 12 units."""
    n = min(len(units), rng.randint(1, 12))
    start = rng.randint(0, len(units) - n)
    return "".join(units[start:start + n])


def usable(query):
    """A query that can stand in one line and in quotes, and that asks for something."""
    return normalize(query).strip() != "" and not any(c in query for c in QUOTES + "\t\r\n")


def make_queries(rng, texts):
    queries = []
    while len(queries) < N_QUERIES:
        query = cut(rng, rng.choice(texts) if rng.random() < 0.75 else random_units(rng, 12))
        if usable(query):
            queries.append(query)
    return queries


def read_documents(db):
    """What is stored: {key: (title, body)}."""
    with sqlite3.connect(db) as connection:
        rows = connection.execute("SELECT key, title, body FROM documents")
        return {key: (title, body) for key, title, body in rows}


def search(db, lines, *options):
    """Runs all queries; {qid: {key: hit}}."""
    text = "".join("%d\t%s\n" % item for item in enumerate(lines)).encode()
    out = hiku("search", "--db", db, "--format", "jsonl", "--limit", "0", "--queries", "-",
               *options, stdin=text)
    found = {str(i): {} for i in range(len(lines))}
    for line in out.decode().splitlines():
        hit = json.loads(line)
        found[hit["qid"]][hit["key"]] = hit
    return found


def scan(documents, wanted):
    return {key for key, texts in documents.items() if any(wanted in text for text in texts)}


def covered(text, wanted):
    """How many characters of TEXT at its ends no occurrence of WANTED covers; None: within."""
    marks = [False] * len(text)
    start = text.find(wanted)
    while start >= 0:
        marks[start:start + len(wanted)] = [True] * len(wanted)
        start = text.find(wanted, start + 1)
    if True not in marks:
        return None
    first, last = marks.index(True), len(marks) - 1 - marks[::-1].index(True)
    return None if False in marks[first:last + 1] else (first, len(text) - 1 - last)


UNIT = re.compile(".(?:[\u3099\u309a゛゜ﾞﾟ]+|.?)", re.S)


def check_ranges(text, ranges, wanted):
    """What is wrong with the highlights of one field; "" when nothing."""
    data, rest, at = text.encode(), b"", 0
    for start, end in ranges:
        if not at <= start < end <= len(data):
            return "range %d-%d out of order" % (start, end)
        piece = data[start:end].decode()  # raises inside a character
        ends = covered(normalize(piece), wanted)
        # Where a part of a unit matches (株 of ㈱), the whole unit is marked.
        if ends is None or ends[0] >= max(1, len(normalize(UNIT.match(piece)[0]))) or \
                ends[1] >= max(1, len(normalize(piece[-3:]))):
            return "%r marked for %r" % (piece, wanted)
        rest += data[at:start] + "\ue000".encode()
        at = end
    rest += data[at:]
    return "not marked: %r in %r" % (wanted, text) if wanted in normalize(rest.decode()) else ""


def compare(name, db, queries, lines, *options):
    documents = read_documents(db)
    normal = {key: tuple(map(normalize, texts)) for key, texts in documents.items()}
    found = search(db, lines, *options)
    missing, surplus, marks = [], [], []
    n_hits = 0
    for i, query in enumerate(queries):
        wanted, hits = normalize(query).strip(), found[str(i)]  # the language drops these blanks
        expected = scan(normal, wanted)
        n_hits += len(expected)
        missing += ["%r: %s" % (query, key) for key in sorted(expected - set(hits))]
        surplus += ["%r: %s" % (query, key) for key in sorted(set(hits) - expected)]
        for key, hit in hits.items():
            if hit["title"] != documents[key][0] or hit["body"] != documents[key][1]:
                marks.append("%s: not the text as stored" % key)
            for field in ("title", "body"):
                wrong = check_ranges(hit[field], hit["highlights"][field], wanted)
                if wrong:
                    marks.append("%s %s: %s" % (key, field, wrong))
    ok(n_hits > len(queries), "%s: the scan finds something (%d hits)" % (name, n_hits))
    ok(not missing, "%s: none missing" % name, *missing)
    ok(not surplus, "%s: none too many" % name, *surplus)
    ok(not marks, "%s: highlights" % name, *marks)


def plain(query):
    """Whether a query without quotes means itself: letters and digits alone."""
    return query.isalnum() and query not in ("OR", "AND", "NOT")


def main():
    rng = random.Random(SEED)
    folder = scratch()
    texts = write_documents(rng, "random.tsv")
    hiku("index", "--quiet", "--db", "random.db", "random.tsv")
    hiku("index", "--quiet", "--db", "register.db", REGISTER)
    register = [list(t) for pair in read_documents("register.db").values() for t in pair if t]
    for name, source in (("random", texts), ("register", register)):
        queries = make_queries(rng, source)
        db = name + ".db"
        compare(name, db, queries, ['"%s"' % q for q in queries], "--exact")
        words = [q for q in queries if plain(q)]
        compare(name + ", no quotes", db, words, words, "--exact", "--all")
    folder.cleanup()
    finish()


main()
