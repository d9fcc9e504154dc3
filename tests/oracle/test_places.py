"""Partial matches of a word are in the order of how often they have it, in title and body, and those that have it as
often score the same, however many places there are."""

import json
import random

from oracle import SEED, finish, hiku, ok, scratch

N_DOCS = 1500
MOST = 4
# What is nearest together lifts the first of them.
N_LIFTED = 30


def field(rng, n):
    """Of the same length, whatever N: so many times the word, at any place."""
    words = ["公園"] * n + ["道路"] * (MOST - n)
    rng.shuffle(words)
    return "。".join(words)


def main():
    rng = random.Random(SEED)
    folder = scratch()
    counts = {}
    with open("places.tsv", "w", encoding="utf-8") as f:
        f.write("番号\t事業名\t概要\n")
        for number in range(N_DOCS):
            places = (rng.randint(0, MOST), rng.randint(0, MOST)) if rng.random() < 0.2 else (0, 0)
            counts[str(number)] = places
            f.write("%d\t%s\t%s%s\n" % (number, field(rng, places[0]), field(rng, places[1]),
                                        "。港湾" if sum(places) == 0 and rng.random() < 0.1 else "。空港"))
    hiku("index", "--quiet", "--db", "places.db", "places.tsv")
    for options in ([], ["--field", "title"], ["--field", "body"], ["--words"]):
        found = [json.loads(line) for line in
                 hiku("search", "--db", "places.db", "--format", "jsonl", "--limit", "0", *options, "公園 港湾")
                 .decode().splitlines()]
        hits = [(counts[hit["id"]], hit["score"]) for hit in found if sum(counts[hit["id"]]) > 0]
        name = " ".join(options) or "all"
        fields = {"title": (1, 0), "body": (0, 1)}.get(options[-1] if options else "", (1, 1))
        wanted = [places for places in counts.values() if any(n * on for n, on in zip(places, fields))]
        ok(sorted(places for places, _ in hits) == sorted(wanted), name + ": all that have the word")
        scores = {}
        for places, score in hits[N_LIFTED:]:
            scores.setdefault(tuple(n * on for n, on in zip(places, fields)), set()).add(score)
        ok(len(scores) >= MOST and all(len(same) == 1 for same in scores.values()),
           name + ": as often, as good", scores)
        best = {places: max(same) for places, same in scores.items()}
        ok(all(best[more] > best[less] for more in best for less in best
               if more != less and all(a >= b for a, b in zip(more, less))), name + ": more often, better", best)
    folder.cleanup()
    finish()


main()
