"""Words that stand in most records, one or several together, are scored where their lists of frequencies are unpacked:
records, order, scores and numbers are those of the way that keeps all matches, which --explain and --limit 0 go."""

import json
import random

from oracle import SEED, finish, hiku, ok, scratch

N_DOCS = 2500
# Each query, and what its word is made of in the texts: as a word, inside longer ones, in other spellings.
FORMS = {
    "の": ["京都の公園", "この", "もの"],
    "こと": ["行うこと", "ことば", "事を行う", "仕事"],
    "等": ["公園等", "学校など", "我ら", "平等", "等しい"],
    "事業": ["事業を行う", "事業者", "じぎょう", "事業 jigyou"],
    "人": ["人が来る", "五人", "老人"],
    "する": ["実施する", "するどい", "整備する"],
}
# Several together: all in lists, or one rare, not there, not wanted, or wanted in a field.
TOGETHER = ["の こと", "等 する 人 の こと 事業", "人 の", "の の", "の 公園 こと", "の 夜間", "の -こと", "の (こと | 人)", "の body:こと"]


def text(rng, n):
    words = []
    for forms in FORMS.values():
        share = rng.random()
        words += [rng.choice(forms if rng.random() < share else forms[:1]) for _ in range(rng.randint(0, n))]
    rng.shuffle(words)
    return "。".join(words)


def add_records(rng, name, first):
    """Indexes a table of random texts, which become a segment of their own."""
    with open(name, "w", encoding="utf-8") as f:
        f.write("番号\t事業名\t概要\n")
        for number in range(first, first + N_DOCS):
            f.write("%d\t%s\t%s\n" % (number, text(rng, 1), text(rng, rng.choice([1, 2, 3, 6]))))
    hiku("index", "--quiet", "--db", "common.db", name)


def pages(queries, *options):
    """For each query its hits with scores, as they are given."""
    lines = "".join("%d\t%s\n" % item for item in enumerate(queries)).encode()
    found = [[] for _ in queries]
    for line in hiku("search", "--db", "common.db", "--queries", "-", "--format", "jsonl", *options,
                     stdin=lines).decode().splitlines():
        hit = json.loads(line)
        found[int(hit["qid"])].append((hit["key"], hit["score"], hit["match"]))
    return found


def total(query, *options):
    return json.loads(hiku("search", "--db", "common.db", "--format", "json", query, *options))["total"]


def compare(name):
    common = list(FORMS) + ["など", "事", "業", "body:の", "title:の", "の*", '"の"'] + TOGETHER
    for options in ([], ["--words"], ["--exact"], ["--field", "title"]):
        queries = common + ([] if "--words" in options else ["行うこ"])  # which is never a word
        whole = pages(queries, "--limit", "0", *options)
        for limit in ("1", "10", "300"):
            kept = pages(queries, "--limit", limit, "--explain", *options)
            streamed = pages(queries, "--limit", limit, *options)
            for query, one, other, all_hits in zip(queries, streamed, kept, whole):
                what = "%s: %s: %s hits %s" % (name, query, limit, " ".join(options))
                ok(one == other, what + ", as with --explain")
                ok([hit[0] for hit in one] == [hit[0] for hit in all_hits[:int(limit)]], what + ", as of all")
        ok([total(query, *options) for query in queries] == [len(hits) for hits in whole], name + ": totals")


def main():
    rng = random.Random(SEED)
    folder = scratch()
    add_records(rng, "a.tsv", 0)
    compare("one segment")
    add_records(rng, "b.tsv", N_DOCS)
    compare("two segments")
    with open("a.tsv", encoding="utf-8") as f:
        lines = f.readlines()
    with open("a.tsv", "w", encoding="utf-8") as f:
        f.writelines(line for i, line in enumerate(lines) if i % 7 != 3)
    hiku("index", "--quiet", "--db", "common.db", "a.tsv", "b.tsv")
    compare("deleted records")
    folder.cleanup()
    finish()


main()
