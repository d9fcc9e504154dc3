#!/usr/bin/python3
"""Speed, memory and size of hiku beside MeCab, Lucene and Groonga, at several sizes of one table.

usage: bench.py [--table TABLE.tsv] [--keywords FILE] [--common FILE] [--questions FILE] [--sizes 0.1,1,3]
                [--peers mecab,lucene,groonga] [--prefix COMMAND] [--out FOLDER]

TABLE: id, title, text without a heading; without one 30,000 records are put together from sentences of
corpus/. Each FILE of queries: id, query; those that are not given are pieces of the table's texts. A size above 1
takes the table more than once, each time under other ids. PREFIX: a command under which all that is timed runs.
Prints a table; writes FOLDER/bench.jsonl, a line for each figure with the machine, and FOLDER/bench.svg. Figures of
one run may be compared with each other, not with another machine's: the ratios are what counts."""
import argparse
import itertools
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
HIKU = os.path.join(BUILD, "hiku")
sys.path.insert(0, os.path.join(ROOT, "tests", "bench"))
sys.dont_write_bytecode = True
import material  # noqa: E402
import measure  # noqa: E402
import peers  # noqa: E402
import picture  # noqa: E402


def search(db, queries, *options):
    return [HIKU, "search", "--db", db, "--queries", queries, "--format", "trec", "--limit", "10", *options]


def whole_process(db):
    """Milliseconds of a search from the program's start to its end, the least of many; hyperfine's mean where it is there."""
    command = [HIKU, "search", "--db", db, "夜間"]
    if not shutil.which("hyperfine"):
        return min(measure.run(command)[0] for _ in range(20)) * 1000
    with tempfile.NamedTemporaryFile() as found:
        measure.run(["hyperfine", "-N", "--warmup", "3", "--ignore-failure", "--export-json", found.name,
                     " ".join("'%s'" % word for word in command)])
        return json.load(found)["results"][0]["mean"] * 1000


def bench_indexing(table, db, report, limits):
    """Seconds of a whole run on all processors."""
    index = [HIKU, "index", "--quiet", "--full", "--db", db, "--columns", "id,title,body", table]
    seconds, memory, _ = measure.run(index)
    report("hiku index, all processors", seconds, "s")
    report("hiku index, memory", memory, "MB")
    report("hiku index, file / table", os.path.getsize(db) / os.path.getsize(table), "x")
    if limits:
        report("hiku / mecab, all processors", seconds / limits[0], "x")
        one, _, _ = measure.run(["taskset", "-c", "0", *index, "--threads", "1"])
        report("hiku index, one processor", one, "s")
        report("hiku / mecab, one", one / limits[1], "x")
    return seconds


def edit(table, change, more=""):
    """Puts what CHANGE makes of the first line in its place, and MORE at the end."""
    with open(table, encoding="utf-8") as old, open(table + "~", "w", encoding="utf-8") as new:
        new.write(change(old.readline()))
        shutil.copyfileobj(old, new)
        new.write(more)
    os.replace(table + "~", table)


def bench_updates(table, db, report, full):
    """One row changed, a row more at the top, a thousand more at the end: all of `hiku index`. FULL: seconds of
    a first build."""
    rows = "".join("new%d\t夜間%d\t夜間の窓口。\n" % (i, i) for i in range(1000))
    for name, change, more in (("one row changed", lambda first: first.rstrip("\n") + "夜間。\n", ""),
                               ("a row more at the top", lambda first: "new\t夜間\t夜間の窓口。\n" + first, ""),
                               ("1,000 rows more", lambda first: first, rows)):
        edit(table, change, more)
        seconds = measure.run([HIKU, "index", "--quiet", "--db", db])[0]
        report("hiku index, " + name, seconds, "s")
        report(name + " / all", seconds / full, "x")


def bench_files(table, folder, report):
    """The same records in files of ten: what each file costs."""
    rows_of_file, most_files = 10, 20000
    os.mkdir(os.path.join(folder, "files"))
    n = 0
    with open(table, encoding="utf-8") as rows:
        while n < most_files and (some := list(itertools.islice(rows, rows_of_file))):
            with open(os.path.join(folder, "files", "%d.tsv" % n), "w", encoding="utf-8") as file:
                file.writelines(some)
            n += 1
    db = os.path.join(folder, "files.db")
    index = [HIKU, "index", "--quiet", "--db", db]
    seconds = measure.run([*index, "--columns", "id,title,body", os.path.join(folder, "files")])[0]
    report("hiku index, a file of ten rows", seconds * 1000 / n, "ms")
    edit(os.path.join(folder, "files", "0.tsv"), lambda first: first.rstrip("\n") + "夜間。\n")
    report("hiku index, one such file changed", measure.run(index)[0], "s")


def bench_searching(queries, db, folder, report):
    for kind, file in queries.items():
        measure.report_latencies(report, "hiku %s" % kind, measure.run(search(db, file, "--timing"))[2])
    measure.report_latencies(report, "hiku keywords --exact",
                             measure.run(search(db, queries["keywords"], "--timing", "--exact"))[2])
    report("hiku search, whole process", whole_process(db), "ms")
    register = os.path.join(folder, "register.db")
    measure.run([HIKU, "index", "--quiet", "--db", register, os.path.join(ROOT, "corpus")])
    report("hiku search, whole process, register", whole_process(register), "ms")
    one = measure.together([search(db, queries["keywords"])])
    for n in 2, 4, 8:
        report("%d readers / one" % n, n * one / measure.together([search(db, queries["keywords"])] * n), "x")


def machine():
    model = "unknown"
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
    version = subprocess.run([HIKU, "--version"], capture_output=True, text=True, check=True).stdout
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {"processor": model, "processors": os.cpu_count(), "memory_mb": pages >> 20,
            "system": platform.platform(), "hiku": version.split("\n")[0],
            "open_files": measure.open_files()}


def bench_size(args, size, folder, report):
    table = os.path.join(folder, "table.tsv")
    n = material.resize(args.table, table, size)
    n_bytes = os.path.getsize(table)
    given = {"keywords": args.keywords, "common words": args.common, "questions": args.questions}
    queries = material.make_queries(table, folder, given)
    db = os.path.join(folder, "hiku.db")

    def report_size(name, value, unit):
        report({"records": n, "table_bytes": n_bytes, "figure": name, "value": round(value, 3), "unit": unit})

    limits = peers.mecab(table, folder, report_size) if "mecab" in args.peers else None
    full = bench_indexing(table, db, report_size, limits)
    bench_searching(queries, db, folder, report_size)
    if "lucene" in args.peers:
        peers.lucene(table, queries, folder, report_size)
    if "groonga" in args.peers:
        peers.groonga(table, queries, folder, report_size)
    bench_updates(table, db, report_size, full)
    bench_files(table, folder, report_size)


def print_table(figures):
    sizes = sorted({f["records"] for f in figures})
    names = list(dict.fromkeys(f["figure"] for f in figures))
    cell = {(f["figure"], f["records"]): "%.3g %s" % (f["value"], f["unit"]) for f in figures}
    print("%-36s" % "records" + "".join("%14d" % n for n in sizes))
    for name in names:
        print("%-36s" % name + "".join("%14s" % cell.get((name, n), "") for n in sizes))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--table")
    for kind in ("keywords", "common", "questions"):
        parser.add_argument("--" + kind)
    parser.add_argument("--sizes", default="0.1,1")
    parser.add_argument("--records", type=int, default=30000, help="of a table that is made")
    parser.add_argument("--out", default=BUILD)
    parser.add_argument("--peers", default="mecab,lucene,groonga")
    parser.add_argument("--prefix", default="")
    args = parser.parse_args()
    args.peers = peers.installed([p for p in args.peers.split(",") if p])
    measure.prefix += args.prefix.split()
    figures, host = [], machine()
    with tempfile.TemporaryDirectory(prefix="hiku-bench-") as folder:
        if not args.table:
            args.table = os.path.join(folder, "made.tsv")
            material.make_table(ROOT, args.table, args.records)
        for size in args.sizes.split(","):
            below = os.path.join(folder, size)
            os.mkdir(below)
            bench_size(args, float(size), below, figures.append)
            shutil.rmtree(below)
    with open(os.path.join(args.out, "bench.jsonl"), "w", encoding="utf-8") as out:
        for figure in figures:
            out.write(json.dumps({**figure, "machine": host}, ensure_ascii=False) + "\n")
    with open(os.path.join(args.out, "bench.svg"), "w", encoding="utf-8") as out:
        out.write(picture.draw(figures, host))
    print_table(figures)


if __name__ == "__main__":
    main()
