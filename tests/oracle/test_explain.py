#!/usr/bin/python3
"""hiku explain and --explain against the search itself, over many queries.

The terms' parts of a score add up to it. What stands where is told from a record's text, the counts come
from the lists of the index: both are the same. A record that the search does not give has a reason."""

import json
import random
import sys

sys.dont_write_bytecode = True
from oracle import SEED, finish, hiku, ok, scratch  # noqa: E402

TEXTS = ["児童相談所", "児童相談所長", "家庭児童相談室", "家児児童相談室", "取り組み", "取組", "取組み", "令和元年7月8日",
         "2019年7月", "3か月", "三箇月", "子ども", "子供", "コンピューター", "コンピュータ", "京都", "東京都",
         "の", "を", "に", "、", "・", "\n", "会議", "会議", "夜間", "休日", "支援する", "ﾜｰｶｰ", "㈱", "①",
         "ヴァイオリン", "人々", "かてい", "児相", "ささささ", "AbC-1"]
QUERIES = ["児童相談所", "児相 会議", "京都", "取組", "取り組み -夜間", "3か月", "2019年7月", "令和元年7月8日 会議",
           "子ども*", "コンピュータ", "ささ", "title:会議 body:夜間", "会議 since:2020", "\"取組\" OR 人々", "家庭児童相談室",
           "夜間に児童相談所の会議を支援する方法", "休日の夜間の会議に家庭の支援", "かてい", "バイオリン", "担当:東部", "存在しない語 会議",
           "児童想談所", "会議 会議 夜間", "の"]
OPTIONS = [[], ["--words"], ["--exact"], ["--any"], ["--without", "okurigana,synonyms"], ["--field", "title"],
           ["--all"], ["--until", "令和元年"]]

FOLDED = {"width", "case", "variants", "characters"}


def make_table(rng):
    lines = ["番号\t日付\t取組内容\t概要\t担当"]
    for number in range(1, 81):
        texts = ["".join(rng.choice(TEXTS) for _ in range(n)) for n in (rng.randint(1, 6), rng.randint(0, 25))]
        lines.append("%d\t%d-%02d-01\t%s\t%s\t%s" % (number, rng.randint(2018, 2021), rng.randint(1, 12),
                                                     *('"%s"' % text for text in texts),
                                                     rng.choice(["東部", "西部"])))
    with open("t.tsv", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def near(a, b, n):
    """Equal but for the fourth digit of each of N numbers."""
    return abs(a - b) <= 1e-4 * (n + 1)


def hit_faults(hit):
    """What does not fit in a hit of --explain."""
    terms = hit["terms"]
    if not near(sum(term["score"] for term in terms), hit["score"], len(terms)):
        yield "%s: %r is not the sum of %r" % (hit["key"], hit["score"], [term["score"] for term in terms])
    for term in terms:
        for member in ("title_tf", "body_tf", "aligned_tf"):
            if sum(s[member] for s in term["spellings"]) != term[member]:
                yield "%s: %s of %r: %r" % (hit["key"], member, term["term"], term)
        # What differs in its characters alone is the spelling that was typed.
        first = term["spellings"][0]["rule"]
        if term["expansion"] != ("" if set(first.split("+")) <= FOLDED else first):
            yield "%s: the first spelling of %r: %r" % (hit["key"], term["term"], term)


def place_counts(term):
    places = term["places"]
    return (sum(p["field"] == "title" for p in places), sum(p["field"] == "body" for p in places),
            sum(p["aligned"] for p in places))


def explanation_faults(hit, x):
    """What does not fit between a hit and the explanation of its record."""
    if not x["found"] or x["rank"] != hit["rank"] or x["match"] != hit["match"] or not near(x["score"], hit["score"], 1):
        yield "%s: %r, %r" % (hit["key"], hit, {k: x.get(k) for k in ("found", "rank", "match", "score")})
        return
    partial = hit["match"] == "partial"
    scored = {t["term"]: t for t in x["terms"] if t["partial"] == partial and t["places"] and not t["excluded"]}
    if set(scored) != {t["term"] for t in hit["terms"]}:
        yield "%s: terms %r, %r" % (hit["key"], sorted(scored), [t["term"] for t in hit["terms"]])
        return
    for term in hit["terms"]:
        other = scored[term["term"]]
        if place_counts(other) != (term["title_tf"], term["body_tf"], term["aligned_tf"]):
            yield "%s: places of %r: %r" % (hit["key"], term, other["places"])
        if not near(other["score"], term["score"], 1):
            yield "%s: score of %r: %r" % (hit["key"], term, other["score"])
    for term in x["terms"]:
        for place in term["places"]:
            text = hit[place["field"]].encode()
            if text[place["start"]:place["end"]].decode() != place["text"]:
                yield "%s: range of %r" % (hit["key"], place)
    if not partial and x["obstacles"]:
        yield "%s: has all words, but %r" % (hit["key"], x["obstacles"])


def check_query(rng, query, options):
    search = json.loads(hiku("search", "--explain", "--format", "json", "--limit", "0", *options, "--", query))
    faults = []
    for rank, hit in enumerate(search["hits"], 1):
        hit["rank"] = rank
        faults += hit_faults(hit)
    for hit in rng.sample(search["hits"], min(2, len(search["hits"]))):
        x = json.loads(hiku("explain", "--format", "json", *options, "--", hit["key"], query))
        faults += explanation_faults(hit, x)
    others = sorted({"t#%d" % n for n in range(1, 81)} - {hit["key"] for hit in search["hits"]})
    for key in rng.sample(others, min(2, len(others))):
        x = json.loads(hiku("explain", "--format", "json", *options, "--", key, query))
        if x["found"] or not x["obstacles"]:
            faults.append("%s: is not found, but found %r for %r" % (key, x["found"], x["obstacles"]))
    return len(search["hits"]), faults


def main():
    rng = random.Random(SEED)
    with scratch():
        make_table(rng)
        hiku("index", "--quiet", "t.tsv")
        n_hits = 0
        for query in QUERIES:
            faults = []
            for options in rng.sample(OPTIONS, 3):
                n, found = check_query(rng, query, options)
                n_hits += n
                faults += ["%r %s" % (options, fault) for fault in found]
            ok(not faults, "%r" % query, *faults)
        ok(n_hits > 500, "many hits (%d)" % n_hits)
    finish()


if __name__ == "__main__":
    main()
