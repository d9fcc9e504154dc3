"""Several words in a table large enough for the rarest to be looked for first and the others only
where it stands: the records, their number and their order are those of a plain scan and of the
whole list, whatever limit, offset, filter and order of words."""

import random

from oracle import SEED, finish, hiku, ok, scratch

N_DOCS = 9000
N_QUERIES = 40
# From one in nearly every record to one in a thousand.
WORDS = ("事業 施設 整備 児童 相談 支援 研修 道路 公園 環境 防災 避難 文化 観光 農業 漁業 林業 港湾 空港 "
         "鉄道").split()
SHARES = [0.97 * 0.7 ** i for i in range(len(WORDS))]


def write_documents(rng, path):
    """Writes random rows; {number: (title, body, year)}."""
    rows = {}
    with open(path, "w", encoding="utf-8") as f:
        f.write("番号\t日付\t取組内容\t概要\n")
        for number in range(N_DOCS):
            words = [w for w, share in zip(WORDS, SHARES) if rng.random() < share]
            rng.shuffle(words)
            title = "、".join(words[:len(words) // 3])
            body = "。".join(words[len(words) // 3:] * rng.randint(1, 3))
            # The same characters inside longer words, which count less, and as words.
            body += "。東京都へ" * rng.randint(0, 4) + "。京都へ" * (rng.random() < 0.1)
            # And some that are never a word.
            body += "。相談所へ" * (rng.randint(1, 4) * (rng.random() < 0.3))
            year = rng.randint(2015, 2020)
            rows[str(number)] = (title, body, year)
            f.write("%d\t%d-04-01\t%s\t%s\n" % (number, year, title, body))
    return rows


def make_query(rng):
    """A query and what it asks for: a function of title, body and year."""
    words = rng.sample(WORDS, rng.randint(2, 5))
    parts, tests = [], []
    for word in words:
        kind = rng.choice(["all", "all", "all", "title", "not", "or"])
        other = rng.choice(WORDS)
        if kind == "title":
            parts.append("title:" + word)
            tests.append(lambda t, b, y, w=word: w in t)
        elif kind == "not" and parts:
            parts.append("-" + word)
            tests.append(lambda t, b, y, w=word: w not in t and w not in b)
        elif kind == "or":
            parts.append("(%s OR %s)" % (word, other))
            tests.append(lambda t, b, y, v=word, w=other: any(x in t or x in b for x in (v, w)))
        else:
            parts.append(word)
            tests.append(lambda t, b, y, w=word: w in t or w in b)
    if rng.random() < 0.3:
        parts.append("since:2018")
        tests.append(lambda t, b, y: y >= 2018)
    return " ".join(parts), lambda *row: all(test(*row) for test in tests)


def make_long_query(rng):
    """The same of four to ten words that a record must all have: many do, or none."""
    n_words = rng.choice([4, 4, 4, 5, 7, 10])
    words = rng.sample(WORDS[:n_words + rng.randint(0, 2)], n_words)
    return " ".join(words), lambda t, b, y: all(w in t or w in b for w in words)


def search(queries, *options):
    """Runs all queries; for each the ids in their order."""
    lines = "".join("%d\t%s\n" % item for item in enumerate(queries)).encode()
    found = [[] for _ in queries]
    for line in hiku("search", "--db", "order.db", "--queries", "-", "--format", "trec", "--all",
                     "--exact", *options, stdin=lines).decode().splitlines():
        qid, _, key = line.split()[:3]
        found[int(qid)].append(key)
    return found


def main():
    rng = random.Random(SEED)
    folder = scratch()
    rows = write_documents(rng, "order.tsv")
    hiku("index", "--quiet", "--db", "order.db", "order.tsv")
    queries, wanted = zip(*([make_query(rng) for _ in range(N_QUERIES)] +
                            [make_long_query(rng) for _ in range(N_QUERIES)]))
    whole = search(queries, "--limit", "0")
    for query, want, found in zip(queries, wanted, whole):
        expected = {number for number, row in rows.items() if want(*row)}
        ok(set(found) == expected and len(found) == len(expected), "records of " + query,
           "found %d, expected %d" % (len(found), len(expected)))
    pages = search(queries, "--limit", "7", "--offset", "5")
    ok(all(page == found[5:12] for page, found in zip(pages, whole)),
       "a page is a piece of the whole list")
    inside = ["談所", "談所 事業", "京都", "京都 事業", "京都 OR 港湾", "body:京都 -空港", "京都 since:2018"]
    ok([f[:9] for f in search(inside, "--limit", "0")] == search(inside, "--limit", "9"),
       "whole words come before others, though bounds are looked at for the best alone")
    ok(search(inside, "--limit", "9", "--sort", "date") ==
       [f[:9] for f in search(inside, "--limit", "0", "--sort", "date")], "by date too")
    dated = search(queries, "--limit", "0", "--sort", "date")
    ok(all(set(a) == set(b) and [rows[key][2] for key in a] == sorted(rows[key][2] for key in a)
           for a, b in zip(dated, whole)), "by date they are the same, in its order")
    # Of more words the sums are rounded otherwise.
    short = [(q, w) for q, w in zip(queries[:N_QUERIES], whole) if "(" not in q]
    turned = [" ".join(reversed(q.split(" "))) for q, _ in short]
    ok(search(turned, "--limit", "0") == [w for _, w in short],
       "the order of the words makes no difference")
    folder.cleanup()
    finish()


main()
