#!/usr/bin/python3
"""One meaning, many spellings: each line of pairs.tsv, okurigana.tsv, mixed.tsv, loans.tsv and municipal.tsv, in both directions;
the groups of dict/synonyms.tsv, dict/spellings.tsv and dict/rewritten.tsv; and what other_words.tsv has, which must not find each other.

A record with one spelling is found by the other; the record with the spelling as typed comes first; what is marked
in each is the text as it stands there; --without RULE finds only what was typed; --explain names the rule. Where
one spelling is a part of the other (サーバ of サーバー, 支払 of 支払い) it stands there as typed; what is marked is that
part, or the whole where the other spelling is looked for too."""

import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "oracle"))
from oracle import finish, hiku, ok, scratch  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def read_lines(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        lines = file.read().split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def read_pairs():
    pairs = []
    for name in ("pairs.tsv", "okurigana.tsv", "mixed.tsv", "loans.tsv", "municipal.tsv"):
        pairs += read_lines(name)
    return pairs


def make_index(pairs):
    """Two records a pair: 1a and 1b hold the spellings of the first."""
    with open("t.tsv", "w", encoding="utf-8") as file:
        file.write("番号\t取組内容\t概要\n")
        for number, (_, *spellings) in enumerate(pairs):
            for side, spelling in zip("ab", spellings):
                file.write("%d%s\t記録\t話 %s 話\n" % (number, side, spelling))
    hiku("index", "--quiet", "t.tsv")


def ask(pairs, wanted, *options):
    """The hits of the records of their own pair, for both directions of the pairs numbered WANTED."""
    queries = "".join("%d%s\t%s\n" % (number, side, spelling) for number in wanted
                      for side, spelling in zip("ab", pairs[number][1:]))
    found = {"%d%s" % (number, side): [] for number in wanted for side in "ab"}
    for line in hiku("search", "--all", "--limit", "0", "--format", "jsonl", "--queries", "-", *options,
                     stdin=queries.encode()).decode().splitlines():
        hit = json.loads(line)
        if hit["id"][:-1] == hit["qid"][:-1]:
            found[hit["qid"]].append(hit)
    return found


def marked(hit):
    body = hit["body"].encode()
    return "".join(body[start:end].decode() for start, end in hit["highlights"]["body"])


def rules(hit):
    """The rules that made each spelling, each named once and in the alphabet's order: one may have been used twice,
    and the way back uses them the other way round."""
    return ["+".join(sorted(set(s["rule"].split("+")))) for term in hit["terms"] for s in term["spellings"]]


def expected(pair, side):
    """Of the record with the other spelling: by which rule it is found (None: not at all), and what may be marked."""
    rule, *spellings = pair
    typed, there = spellings if side == "a" else spellings[::-1]
    if typed in there:
        return "", {typed, there}
    if rule.endswith(">") and side == "b":
        return None, set()
    return "+".join(sorted(rule.rstrip(">").split("+"))), {there}


def faults(pair, side, hits, without):
    typed = pair["ab".index(side) + 1]
    rule, there = expected(pair, side)
    sides = [hit["id"][-1] for hit in hits]
    wanted = {side: ("", {typed})}
    if rule is not None:
        wanted["ba"["ab".index(side)]] = (rule, there)
    if sorted(sides) != sorted(wanted):
        yield "finds %r" % sides
        return
    for hit in hits:
        rule_here, texts = wanted[hit["id"][-1]]
        if marked(hit) not in texts:
            yield "marks %r in %r" % (marked(hit), hit["body"])
        if rules(hit) != [rule_here]:
            yield "finds %r by %r" % (hit["body"], rules(hit))
    if rule:
        if sides[0] != side:
            yield "is not first"
        if [hit["id"][-1] for hit in without] != [side]:
            yield "without %s finds %r" % (rule, [hit["id"][-1] for hit in without])


def check_groups(path):
    """Each term of a line of PATH, a file of dict/, finds the records with the others, unless > stands before it. A term in
    brackets is a group of the query where it stands alone: those of its line have a name behind them."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        groups = [line.split("\t") for line in file.read().split("\n") if line and not line.startswith("#")]
    names = ["札幌" if any("(" in term for term in group) else "" for group in groups]
    terms = {"%d.%d" % (g, i): term + names[g] for g, group in enumerate(groups) for i, term in enumerate(group)}
    with open("groups.tsv", "w", encoding="utf-8") as file:
        file.write("番号\t概要\n" + "".join("%s\t話 %s 話\n" % (n, term.lstrip(">")) for n, term in terms.items()))
    hiku("index", "--quiet", "--db", "groups.db", "groups.tsv")
    queries = "".join("%s\t%s\n" % item for item in terms.items() if not item[1].startswith(">"))
    found = {}
    for line in hiku("search", "--db", "groups.db", "--all", "--limit", "0", "--format", "jsonl", "--queries", "-",
                     stdin=queries.encode()).decode().splitlines():
        hit = json.loads(line)
        found.setdefault(hit["qid"], set()).add(hit["id"])
    for g, group in enumerate(groups):
        missing = ["%s does not find %s" % (term, other) for i, term in enumerate(group) if not term.startswith(">")
                   for k, other in enumerate(group) if "%d.%d" % (g, k) not in found.get("%d.%d" % (g, i), ())]
        ok(not missing, "%s: %s" % (path, " = ".join(group)), *missing)
    ok(len(groups) >= 100, "%s has %d groups" % (path, len(groups)))


def check_other_words():
    """Neither of two words of a line of other_words.tsv finds the other, unless it is a part of that."""
    lines = read_lines("other_words.tsv")
    one_way = {number for number, line in enumerate(lines) if line[0].endswith(">")}
    lines = [[word.rstrip(">") for word in line] for line in lines]
    with open("others.tsv", "w", encoding="utf-8") as file:
        file.write("番号\t概要\n" + "".join("%d%s\t話 %s 話\n" % (number, side, word) for number, line in enumerate(lines)
                                          for side, word in zip("ab", line)))
    hiku("index", "--quiet", "--db", "others.db", "others.tsv")
    queries = "".join("%d%s\t%s\n" % (number, side, word) for number, line in enumerate(lines)
                      for side, word in zip("ab", line))
    found = {tuple(line.split(" ")[:3:2]) for line in hiku(
        "search", "--db", "others.db", "--all", "--limit", "0", "--format", "trec", "--queries", "-",
        stdin=queries.encode()).decode().splitlines()}
    for number, line in enumerate(lines):
        for side, other in ("ab", "ba")[:1 if number in one_way else 2]:
            typed, there = line if side == "a" else line[::-1]
            wrong = ("%d%s" % (number, side), "%d%s" % (number, other)) in found and typed not in there
            ok(not wrong, "%s does not find %s" % (typed, there))


def main():
    pairs = read_pairs()
    with scratch():
        check_other_words()
        for path in ("dict/synonyms.tsv", "dict/spellings.tsv", "dict/rewritten.tsv"):
            check_groups(path)
        make_index(pairs)
        found = ask(pairs, range(len(pairs)), "--explain")
        without = {}
        for rule in sorted({pair[0] for pair in pairs}):
            wanted = [number for number, pair in enumerate(pairs) if pair[0] == rule]
            # What has one reading would be found by that all the same.
            switched_off = rule.rstrip(">").split("+")[0] + ",readings"
            without.update(ask(pairs, wanted, "--without", switched_off))
        for number, pair in enumerate(pairs):
            for side in "ab":
                name = "%d%s" % (number, side)
                wrong = list(faults(pair, side, found[name], without.get(name, [])))
                here, there = pair[1:] if side == "a" else pair[:0:-1]
                ok(not wrong, "%s: %s finds %s" % (pair[0], here, there), *wrong)
        ok(len(pairs) > 1000, "there are %d pairs" % len(pairs))
    finish()


if __name__ == "__main__":
    main()
