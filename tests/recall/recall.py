"""Nothing is missed and nothing is too many: hiku beside a scan of all texts.

usage: recall.py [--queries N] [--pairs N] [--samples N] [FOLDER]
The Sapporo register and each FOLDER/SET/docs.tsv (id, title, text) are indexed. From their texts N
queries are drawn with a fixed seed, and `hiku search --exact` must find the records whose normal form
holds the query's, in quotes and without; beside another word; excluded by another; in SQL; and as
whole words or inside longer ones. The last column but two counts the records that are missing or
too many. hiku_query, which FTS5 limits, is measured and not judged. Exits 1 when anything differs."""

import argparse
import json
import os
import random
import sys

from queries import Drawer, is_plain
from texts import Set, build_scan, oracle

# Alignment and order are looked at where a query has some records, but no more than that.
MAX_CUT = 200


class Report:
    """The table, a line at once, and whether anything differed."""

    def __init__(self):
        self.failed = False
        self._print("set", "asked", "queries", "records", "different", "mean ms", "p99 ms")

    @staticmethod
    def _print(*cells):
        print("%-14s %-22s %8s %10s %9s %8s %8s" % cells, flush=True)

    def add(self, name, asked, n_queries, n_records, different, times=None):
        """DIFFERENT: a text for each difference; the first ten are printed."""
        self._print(name, asked, n_queries, n_records, len(different),
                    *("%.3f" % ms for ms in times) if times else ("", ""))
        for text in different[:10]:
            print("    " + text)
        self.failed |= bool(different)

    def note(self, name, text):
        print("%-14s %s" % (name, text), flush=True)


def differences(line, keys, found, expected):
    """What differs in one query's records, a text each; one found twice is too many."""
    expected = set(expected)
    surplus = list(found)
    for number in expected.intersection(surplus):
        surplus.remove(number)
    return (["%s: %s is missing" % (line, keys[n]) for n in sorted(expected.difference(found))] +
            ["%s: %s is too many" % (line, keys[n]) for n in sorted(surplus)])


def compare(report, texts, asked, lines, expected, timed=False):
    found = texts.search(lines)
    wrong, n_records = [], 0
    for line, numbers, want in zip(lines, found, expected):
        n_records += len(numbers)
        if sorted(numbers) != list(want):
            wrong += differences(line, texts.keys, numbers, want)
    report.add(texts.name, asked, len(lines), n_records, wrong,
               texts.timing(lines) if timed else None)


def line_of(query):
    """A query in one line: a line end is a blank to hiku as any other."""
    return "".join(" " if ord(c) < 32 or ord(c) == 127 else c for c in query)


def quoted(query):
    return '"%s"' % line_of(query)


def written(query, normal):
    """Without quotes where that means the same."""
    return query if is_plain(query, normal) else quoted(query)


def draw_pairs(rng, drawer, documents, n):
    """Pairs of queries; every other has both from one document."""
    pairs = []
    for i in range(n):
        near = Drawer(rng, [rng.choice(documents)], drawer.normalize, drawer.cut)
        if not near.texts:
            continue
        first = near.draw(1)
        second = near.draw(1) if i % 2 else drawer.draw(1)
        if first and second:
            pairs.append(first + second)
    return pairs


def compare_sql(report, texts, sample, expected):
    """SELECT key FROM hiku_search(?), the query with its line ends."""
    wrong, n_records = [], 0
    number_of = {key: i for i, key in enumerate(texts.keys)}
    for query, normal in sample:
        keys = texts.connection.execute("SELECT key FROM hiku_search(?)", ('"%s"' % query,))
        found = [number_of[key] for (key,) in keys]
        n_records += len(found)
        if sorted(found) != list(expected[normal]):
            wrong += differences(query, texts.keys, found, expected[normal])
    report.add(texts.name, "hiku_search in SQL", len(sample), n_records, wrong)


def match_of(bounds, wanted):
    """all or inside, from [(normal form, places where words begin and end)]; None: not there."""
    match = None
    for normal, places in bounds:
        at = normal.find(wanted)
        while at >= 0:
            if at in places and at + len(wanted) in places:
                return "all"
            match = "inside"
            at = normal.find(wanted, at + 1)
    return match


def compare_words(report, texts, sample, expected):
    """What JSON's `match` says, the order of both kinds, and --words."""
    lines = [quoted(query) for query, _ in sample]
    cut, matches = {}, {}
    for i, (_, normal) in enumerate(sample):
        for n in expected[normal]:
            if n not in cut:
                cut[n] = texts.bounds(n)
            matches[i, texts.keys[n]] = match_of(cut[n], normal)
    hits = [json.loads(line) for line in texts.search_json(lines, "--all")]
    found = {(int(hit["qid"]), hit["key"]): hit["match"] for hit in hits}
    wrong = ["%s: %s is %s, not %s" % (lines[item[0]], item[1], found.get(item), match)
             for item, match in sorted(matches.items()) if found.get(item) != match]
    wrong += ["%s: %s is too many" % (lines[i], key) for i, key in sorted(set(found) - set(matches))]
    report.add(texts.name, "match in JSON", len(lines), len(hits), wrong)
    wrong = ["%s: %s after one inside a word" % (lines[int(b["qid"])], b["key"])
             for a, b in zip(hits, hits[1:])
             if a["qid"] == b["qid"] and a["match"] == "inside" and b["match"] == "all"]
    n_both = len({i for (i, _), m in found.items() if m == "all"} &
                 {i for (i, _), m in found.items() if m == "inside"})
    report.add(texts.name, "whole words first", n_both, len(hits), wrong)
    words = [json.loads(line) for line in texts.search_json(lines, "--all", "--words")]
    words = {(int(hit["qid"]), hit["key"]) for hit in words}
    whole = {item for item, match in matches.items() if match == "all"}
    report.add(texts.name, "--words", len(lines), len(words),
               ["%s: %s" % (lines[i], key) for i, key in sorted(words ^ whole)])


def measure_match(report, texts, sample, expected):
    """How much hiku_query, a MATCH string, misses and finds too much."""
    n_missed = n_surplus = n_records = n_lacking = 0
    shares = []
    number_of = {row_id: i for i, row_id in enumerate(texts.row_ids)}
    for query, normal in sample:
        rows = texts.connection.execute("SELECT rowid FROM documents_fts(hiku_query(?))",
                                        ('"%s"' % query,))
        found, wanted = {number_of[row_id] for (row_id,) in rows}, set(expected[normal])
        n_records += len(wanted)
        n_missed += len(wanted - found)
        n_surplus += len(found - wanted)
        n_lacking += not wanted <= found
        if wanted:
            shares.append(len(wanted & found) / len(wanted))
    report.note(texts.name, "hiku_query: of %d records of %d queries %.1f %% missed, %.1f %% more "
                "found; %.1f %% of the queries miss some; %.1f %% of a query's records found" %
                (n_records, len(sample), 100 * n_missed / n_records, 100 * n_surplus / n_records,
                 100 * n_lacking / len(sample), 100 * sum(shares) / len(shares)))


def run(report, scan, texts, args, table):
    rng = random.Random(oracle.SEED)
    wrong = ["%s: not the normal form that Python makes" % key for key in texts.misread()]
    report.add(texts.name, "normal forms", "", len(texts.keys), wrong)
    if table:
        report.add(texts.name, "records of the table", "", len(texts.keys), texts.not_from(table))
    normal_of = "SELECT hiku_normalize(?)"
    drawer = Drawer(rng, texts.documents,
                    lambda text: texts.connection.execute(normal_of, (text,)).fetchone()[0],
                    texts.cut)
    queries = drawer.draw(args.queries)
    pairs = draw_pairs(rng, drawer, texts.documents, args.pairs)
    patterns = dict.fromkeys([normal for _, normal in queries] +
                             [normal for pair in pairs for _, normal in pair])
    wrong = ["%s: not the normal form that Python makes" % query for query, normal in queries
             if oracle.normalize(query).strip(" ") != normal]
    report.add(texts.name, "queries' normal forms", len(queries), "", wrong)
    expected = texts.scan(scan, list(patterns))

    compare(report, texts, "in quotes", [quoted(query) for query, _ in queries],
            [expected[normal] for _, normal in queries], timed=True)
    plain = [(query, normal) for query, normal in queries if is_plain(query, normal)]
    compare(report, texts, "without quotes", [query for query, _ in plain],
            [expected[normal] for _, normal in plain], timed=True)
    compare(report, texts, "quoted and a word",
            ["%s %s" % (quoted(a[0]), written(*b)) for a, b in pairs],
            [sorted(set(expected[a[1]]) & set(expected[b[1]])) for a, b in pairs], timed=True)
    compare(report, texts, "one without another",
            ["%s -%s" % (written(*a), written(*b)) for a, b in pairs],
            [sorted(set(expected[a[1]]) - set(expected[b[1]])) for a, b in pairs], timed=True)
    sample = rng.sample(queries, min(args.samples, len(queries)))
    compare_sql(report, texts, sample, expected)
    few = [query for query in queries if 1 < len(expected[query[1]]) <= MAX_CUT]
    compare_words(report, texts, rng.sample(few, min(args.samples, len(few))), expected)
    measure_match(report, texts, sample, expected)


def parse_args():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--queries", type=int, default=3000)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--samples", type=int, default=300)
    return parser.parse_args()


def main():
    oracle.preload_sanitizer(oracle.BUILD)
    args = parse_args()
    tables = []
    if args.folder:
        for name in sorted(os.listdir(args.folder)):
            path = os.path.abspath(os.path.join(args.folder, name, "docs.tsv"))
            tables += [(name, path)] if os.path.exists(path) else []
    folder = oracle.scratch()
    scan = build_scan(folder.name)
    report = Report()
    run(report, scan, Set("register", oracle.REGISTER), args, None)
    for name, path in tables:
        run(report, scan, Set(name, path, "--columns", "id,title,body"), args, path)
        for ending in (".db", ".texts", ".patterns", ".queries"):
            os.remove(name + ending)
    folder.cleanup()
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
