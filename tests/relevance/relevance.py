#!/usr/bin/python3
"""How well hiku ranks beside Lucene with kuromoji and beside BM25 over bigrams: the table of `make relevance`.

usage: relevance.py [--halves] [--peers lucene,bigrams] [--work FOLDER] DIR

DIR holds a folder for each set: docs.tsv (id, title, text without a heading line), queries.tsv (name, query)
and qrels.tsv (name, id, grade). Indexes and runs of the peers are kept in FOLDER (build/relevance) for as
long as docs.tsv and queries.tsv are as they were. BUILD names the build folder.
"""
import argparse
import glob
import json
import os
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
import bigrams  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
HIKU = os.path.join(BUILD, "hiku")
JARS = ["lucene-core", "lucene-analyzers-common", "lucene-analyzers-kuromoji"]
FIGURES = ["ndcg_10", "mrr_10", "r_10", "r_100"]


def command(*args, stdout=None):
    done = subprocess.run(args, stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        sys.exit("relevance: '%s' failed: %s" % (" ".join(args), done.stderr.decode("utf-8", "replace")))
    return done


def stamp(*paths):
    return json.dumps([[os.path.getsize(path), os.stat(path).st_mtime_ns] for path in paths])


def kept(run, state):
    """The time that a run took which was kept for this STATE, else None."""
    try:
        with open(run + ".state", encoding="utf-8") as file:
            was, ms = json.load(file)
        return ms if was == state and os.path.exists(run) else None
    except (OSError, ValueError):
        return None


class Hiku:
    name = "hiku"
    keeps = False

    def answer(self, folder, work, run):
        index = os.path.join(work, "hiku.db")
        command(HIKU, "index", "--quiet", "--db", index, "--columns", "id,title,body",
                os.path.join(folder, "docs.tsv"))
        with open(run, "wb") as out:
            done = command(HIKU, "search", "--db", index, "--queries", os.path.join(folder, "queries.tsv"),
                           "--format", "trec", "--limit", "100", "--timing", stdout=out)
        words = done.stderr.decode("utf-8").split()
        return float(words[words.index("mean") + 1])


class Lucene:
    name = "lucene"
    keeps = True

    def __init__(self, work):
        found = [sorted(glob.glob("/usr/share/java/%s-[0-9]*.jar" % jar)) for jar in JARS]
        if not all(found) or not shutil.which("javac") or not shutil.which("java"):
            raise LookupError("its packages (liblucene8-java, default-jdk-headless) are not installed")
        self.path = ":".join([files[-1] for files in found] + [work])
        command("javac", "-cp", self.path, "-d", work, os.path.join(HERE, "LucenePeer.java"))

    def answer(self, folder, work, run):
        done = command("java", "-Xmx1g", "-cp", self.path, "LucenePeer", os.path.join(work, "lucene"),
                       os.path.join(folder, "docs.tsv"), os.path.join(folder, "queries.tsv"), run)
        return float(done.stdout)


class Bigrams:
    name = "bigrams"
    keeps = True

    def answer(self, folder, work, run):
        index = os.path.join(work, "bigrams.db")
        if not os.path.exists(index):
            bigrams.build(index + ".new", os.path.join(folder, "docs.tsv"))
            os.rename(index + ".new", index)
        return bigrams.answer(index, read_queries(folder), run)


def read_queries(folder):
    with open(os.path.join(folder, "queries.tsv"), encoding="utf-8") as file:
        return [tuple(line.rstrip("\r\n").split("\t", 1)) for line in file if "\t" in line]


def answer(system, folder, work):
    """Has SYSTEM answer the queries of FOLDER; returns its run and the mean time of a query in ms."""
    run = os.path.join(work, system.name + ".run")
    docs = stamp(os.path.join(folder, "docs.tsv"))
    state = docs + stamp(os.path.join(folder, "queries.tsv"))
    ms = kept(run, state) if system.keeps else None
    if ms is None:
        ms = system.answer(folder, work, run)
        with open(run + ".state", "w", encoding="utf-8") as file:
            json.dump([state, ms], file)
    return run, ms


def forget_other_docs(folder, work):
    """Removes the peers' indexes of documents that have changed since."""
    path, docs = os.path.join(work, "docs.state"), stamp(os.path.join(folder, "docs.tsv"))
    if not os.path.exists(path) or open(path, encoding="utf-8").read() != docs:
        shutil.rmtree(os.path.join(work, "lucene"), ignore_errors=True)
        for name in ("bigrams.db", "bigrams.db.new"):
            if os.path.exists(os.path.join(work, name)):
                os.remove(os.path.join(work, name))
    with open(path, "w", encoding="utf-8") as file:
        file.write(docs)


def part_of_queries(folder, work, first, step):
    """A file of every STEP-th query from FIRST on."""
    path = os.path.join(work, "part.tsv")
    with open(path, "w", encoding="utf-8") as file:
        for query in read_queries(folder)[first::step]:
            file.write("\t".join(query) + "\n")
    return path


def evaluate(run, queries, folder):
    done = command(HIKU, "eval", "--format", "json", "--run", run, queries, os.path.join(folder, "qrels.tsv"))
    return json.loads(done.stdout)


def gain(rows):
    """How far the first row is above the best of the others in nDCG@10, in per cent."""
    return (rows[0]["ndcg_10"] / max(row["ndcg_10"] for row in rows[1:]) - 1) * 100


def print_rows(name, rows):
    for number, row in enumerate(rows):
        print("%-20s %7s  %-8s %8.4f %8.4f %8.4f %8.4f %9.3f" % (
            name if number == 0 else "", row["queries"] if number == 0 else "", row["system"],
            *(row[figure] for figure in FIGURES), row["ms"]))
    if len(rows) > 1:
        print("%-20s %7s  %-8s %+7.1f %%" % ("", "", "gain", gain(rows)))


def systems_of(peers, work):
    systems = [Hiku()]
    for peer in peers:
        try:
            systems.append(Lucene(work) if peer == "lucene" else Bigrams())
        except LookupError as problem:
            print("Lucene is left out: %s" % problem)
    return systems


def sets_of(folder):
    found = sorted(os.path.dirname(path) for path in glob.glob(os.path.join(folder, "*", "qrels.tsv")))
    if not found:
        sys.exit("relevance: no set in '%s'; give a folder with SET/docs.tsv, SET/queries.tsv and SET/qrels.tsv"
                 % folder)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--halves", action="store_true", help="odd and even queries apart")
    parser.add_argument("--peers", default="lucene,bigrams")
    parser.add_argument("--work", default=os.path.join(BUILD, "relevance"))
    parser.add_argument("folder", metavar="DIR")
    args = parser.parse_args()
    parts = [("odd", 0, 2), ("even", 1, 2)] if args.halves else [("", 0, 1)]
    gains = {part[0]: [] for part in parts}
    os.makedirs(args.work, exist_ok=True)
    systems = systems_of([peer for peer in args.peers.split(",") if peer], args.work)
    print("%-20s %7s  %-8s %8s %8s %8s %8s %9s" % ("set", "queries", "system", "nDCG@10", "MRR@10", "R@10",
                                                   "R@100", "ms/query"))
    for folder in sets_of(args.folder):
        work = os.path.join(args.work, os.path.basename(folder))
        os.makedirs(work, exist_ok=True)
        forget_other_docs(folder, work)
        answers = [(system.name, *answer(system, folder, work)) for system in systems]
        for part, first, step in parts:
            queries = part_of_queries(folder, work, first, step)
            rows = [dict(evaluate(run, queries, folder), system=name, ms=ms) for name, run, ms in answers]
            print_rows((os.path.basename(folder) + " " + part).strip(), rows)
            if len(rows) > 1:
                gains[part].append(gain(rows))
        sys.stdout.flush()
    for part, values in gains.items():
        if values:
            print("mean gain%s over the better peer: %+.1f %%" % (" " + part if part else "",
                                                                  sum(values) / len(values)))


if __name__ == "__main__":
    main()
