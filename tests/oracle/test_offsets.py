"""Byte ranges of tokens: character boundaries, ascending, and what they cut out normalises to the
token. On the register and 300 random texts full of width, variants and surrogates."""

import functools
import json
import random
import sqlite3

from oracle import (REGISTER, SEED, finish, hiku, normalize, ok, random_units, scratch)

N_TEXTS = 300


def register_texts():
    hiku("index", "--quiet", "--db", "register.db", REGISTER)
    with sqlite3.connect("register.db") as connection:
        rows = connection.execute("SELECT title, body FROM documents").fetchall()
    return [text for row in rows for text in row if text]


@functools.cache
def tokens_of(text):
    return json.loads(hiku("tokens", "--format", "json", stdin=text.encode()))


def check(text):
    """What is wrong with the tokens of TEXT; "" when nothing."""
    data = text.encode()
    answer = tokens_of(text)
    if answer["text"] != text:
        return "not the text as given: %r" % answer["text"]
    before, after, position, words = 0, 0, 0, []
    for token in answer["tokens"]:
        start, end = token["start"], token["end"]
        if not (before <= start < end <= len(data) and after <= end):
            return "range %d-%d out of order in %r" % (start, end, text)
        piece = data[start:end].decode()  # raises inside a character
        if piece != token["text"]:
            return "%r is not %r" % (piece, token["text"])
        # A token that is a part of one unit (株 of ㈱) has the whole unit's range.
        if token["surface"] not in normalize(piece):
            return "%r does not normalise to %r" % (piece, token["surface"])
        if token["position"] is not None:
            if token["position"] != position:
                return "position %d, %d expected" % (token["position"], position)
            position += 1
        before, after = start, end
        words.append(token["surface"])
    joined = "".join(words)
    if joined != normalize(text).replace(" ", ""):
        return "tokens %r do not make up %r" % (joined, normalize(text))
    return ""


def check_exact(text):
    """Tokens whose ranges neither overlap nor touch a unit's part are exactly their slices."""
    data = text.encode()
    tokens = tokens_of(text)["tokens"]
    for i, token in enumerate(tokens):
        shares = any(t is not token and t["start"] < token["end"] and token["start"] < t["end"]
                     for t in tokens[max(0, i - 8):i + 9])
        if not shares and normalize(data[token["start"]:token["end"]].decode()).strip() != \
                token["surface"]:
            return "%r for %r" % (token["text"], token["surface"])
    return ""


def run(name, texts):
    wrong = [w for w in map(check, texts) if w]
    ok(not wrong, "%s: ranges, positions, nothing lost" % name, *wrong)
    wrong = [w for w in map(check_exact, texts) if w]
    ok(not wrong, "%s: slices are the tokens" % name, *wrong)


def main():
    rng = random.Random(SEED)
    folder = scratch()
    run("register", register_texts())
    run("random", ["".join(random_units(rng, rng.randint(1, 60))) for _ in range(N_TEXTS)])
    folder.cleanup()
    finish()


main()
