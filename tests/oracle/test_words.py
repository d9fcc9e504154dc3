"""Whole words: what --words finds and what is called `inside`, against the tokens of each text.

A match is whole words when a place in the normalised text begins and ends at ends of tokens, which are
not within a number. Made
from `hiku tokens` on the register and 100 random documents."""

import json
import random
import sqlite3

from oracle import (REGISTER, SEED, bounds_of_tokens, finish, hiku, normalize, ok, random_units, scratch)

N_DOCS = 100
N_QUERIES = 300


def write_documents(rng, path):
    with open(path, "w", encoding="utf-8", newline="") as f:
        f.write("番号\t取組内容\t概要\n")
        for number in range(1, N_DOCS + 1):
            title = random_units(rng, rng.randint(1, 12))
            body = random_units(rng, rng.randint(1, 40))
            f.write("%d\t%s\t%s\n" % (number, "".join(title), "".join(body)))


def bounds_of(text):
    """The normal form of TEXT and the places in it where words begin or end."""
    tokens = json.loads(hiku("tokens", "--format", "json", stdin=text.encode()))["tokens"]
    normal, at, found = normalize(text), 0, []
    for token in tokens:
        while normal[at] == " ":
            at += 1
        assert normal.startswith(token["surface"], at), (text, token)
        found.append((at, at + len(token["surface"]), token["pos"]))
        at += len(token["surface"])
    return normal, bounds_of_tokens(normal, found)


def places(normal, wanted):
    at = normal.find(wanted)
    while at >= 0:
        yield at
        at = normal.find(wanted, at + 1)


def make_queries(rng, texts):
    """Parts that begin and mostly also end at tokens; letters and digits alone."""
    queries = set()
    while len(queries) < N_QUERIES:
        normal, bounds = rng.choice(texts)
        if not bounds:
            continue
        start = rng.choice(sorted(bounds))
        end = start + rng.randint(1, 6)
        query = normal[start:end]
        if query and query.isalnum():
            queries.add(query)
    return sorted(queries)


def search(db, queries, *options):
    text = "".join("%d\t\"%s\"\n" % item for item in enumerate(queries)).encode()
    out = hiku("search", "--db", db, "--format", "jsonl", "--limit", "0", "--queries", "-",
               "--exact", *options, stdin=text)
    found = {}
    for line in out.decode().splitlines():
        hit = json.loads(line)
        found[int(hit["qid"]), hit["key"]] = hit["match"]
    return found


def run(rng, name, db):
    with sqlite3.connect(db) as connection:
        rows = connection.execute("SELECT key, title, body FROM documents").fetchall()
    documents = {key: (bounds_of(title), bounds_of(body)) for key, title, body in rows}
    queries = make_queries(rng, [text for pair in documents.values() for text in pair])
    expected = {}
    for i, query in enumerate(queries):
        for key, texts in documents.items():
            ends = [(at in bounds and at + len(query) in bounds)
                    for normal, bounds in texts for at in places(normal, query)]
            if ends:
                expected[i, key] = "all" if True in ends else "inside"
    found = search(db, queries)
    wrong = ["%r in %s: %s, not %s" % (queries[i], key, found.get((i, key)), expected.get((i, key)))
             for i, key in sorted(set(found) | set(expected))
             if found.get((i, key)) != expected.get((i, key))]
    values = list(expected.values())
    ok(values.count("all") > 100 and values.count("inside") > 100,
       "%s: %d whole, %d inside" % (name, values.count("all"), values.count("inside")))
    ok(not wrong, "%s: whole words and inside" % name, *wrong)
    words = search(db, queries, "--words", "--all")
    wrong = ["%r in %s" % (queries[i], key) for i, key in
             sorted(set(words) ^ {item for item, match in expected.items() if match == "all"})]
    ok(not wrong, "%s: --words" % name, *wrong)


def main():
    rng = random.Random(SEED)
    folder = scratch()
    write_documents(rng, "random.tsv")
    hiku("index", "--quiet", "--db", "random.db", "random.tsv")
    hiku("index", "--quiet", "--db", "register.db", REGISTER)
    run(rng, "random", "random.db")
    run(rng, "register", "register.db")
    folder.cleanup()
    finish()


main()
