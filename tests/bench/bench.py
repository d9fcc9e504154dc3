#!/usr/bin/python3
"""Speed, memory and size of hiku beside MeCab and Groonga, at several sizes of one table.

usage: bench.py [--table TABLE.tsv] [--queries QUERIES.tsv] [--sizes 0.1,1,3] [--out FOLDER] [--peers mecab,groonga]

TABLE: id, title, text without a heading; without one 30,000 records are put together from sentences of
corpus/. QUERIES: id, query; without them 300 pieces of the table's texts. A size above 1 takes the table more
than once, each time under other ids. Prints a table; writes FOLDER/bench.jsonl, a line for each figure with
the machine, and FOLDER/bench.svg. Figures of one run may be compared with each other, not with another
machine's: the ratios are what counts."""
import argparse
import json
import os
import platform
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
HIKU = os.path.join(BUILD, "hiku")
sys.path.insert(0, os.path.join(ROOT, "tests", "bench"))
sys.dont_write_bytecode = True
import picture  # noqa: E402

NOTHING_FOUND = 1
KANJI = re.compile("[\u4e00-\u9fff]{2,6}")


def run(command, **options):
    """Seconds, the peak memory in MB, and what the command wrote on stderr."""
    with tempfile.TemporaryFile() as err:
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=err, **options)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        message = err.read().decode()
    if child.returncode not in (0, NOTHING_FOUND):
        sys.exit("bench: %s: %s" % (" ".join(command), message))
    return seconds, usage.ru_maxrss / 1024, message


def sentences_of_corpus():
    """The texts of the register, by sentence."""
    texts = []
    for folder, _, files in os.walk(os.path.join(ROOT, "corpus")):
        for name in files:
            if name.endswith(".txt"):
                with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                    texts += re.split("[\t\r\n。,\"]+", re.sub("<[^>]*>", "", file.read()))
    return sorted({t for t in texts if len(t) >= 8})


def make_table(path, n):
    chance, sentences = random.Random(1), sentences_of_corpus()
    with open(path, "w", encoding="utf-8") as out:
        for i in range(n):
            body = "。".join(chance.choice(sentences) for _ in range(6))
            out.write("%d\t%s\t%s。\n" % (i, chance.choice(sentences)[:30], body))


def resize(table, path, size):
    """Every nth line, or the whole several times."""
    with open(table, encoding="utf-8") as file, open(path, "w", encoding="utf-8") as out:
        lines = file.read().splitlines()
        if size < 1:
            lines = lines[::round(1 / size)]
        for copy in range(max(1, round(size))):
            for line in lines:
                out.write("%d-%s\n" % (copy, line))
    return len(lines) * max(1, round(size))


def make_queries(table, path, n):
    """Runs of kanji as they stand in the texts."""
    chance = random.Random(2)
    with open(table, encoding="utf-8") as file:
        lines = chance.choices(file.read().splitlines(), k=n * 2)
    found = [chance.choice(words) for words in (KANJI.findall(line) for line in lines) if words]
    with open(path, "w", encoding="utf-8") as out:
        for i, query in enumerate(found[:n]):
            out.write("%d\t%s\n" % (i, query))


def make_long(queries, path):
    """Ten words each."""
    with open(queries, encoding="utf-8") as file:
        words = [line.rstrip("\n").split("\t")[1] for line in file]
    with open(path, "w", encoding="utf-8") as out:
        for i in range(0, len(words) - 9, 10):
            out.write("%d\t%s\n" % (i, " ".join(words[i:i + 10])))


def split_text(table, folder, n):
    """The texts alone, in N files of about the same size."""
    paths = [os.path.join(folder, "part%d" % i) for i in range(n)]
    files = [open(path, "w", encoding="utf-8") for path in paths]
    with open(table, encoding="utf-8") as source:
        for i, line in enumerate(source):
            files[i * 7919 % n].write("\n".join(line.rstrip("\n").split("\t")[1:]) + "\n")
    for file in files:
        file.close()
    return paths


def mecab_seconds(paths):
    start = time.monotonic()
    children = [subprocess.Popen(["mecab", "-b", "1048576", "-Owakati", path],
                                 stdout=subprocess.DEVNULL) for path in paths]
    for child in children:
        child.wait()
    return time.monotonic() - start


def latencies(message):
    """Of the line that --timing prints."""
    return {name: float(value) for name, value in re.findall(r"(mean|p99) ([0-9.]+)", message)}


def search(db, queries, *options):
    return run([HIKU, "search", "--db", db, "--queries", queries, "--format", "trec", "--limit", "10",
                "--timing", *options])


def bench_mecab(table, folder, report):
    n = os.cpu_count()
    limit = mecab_seconds(split_text(table, folder, n))
    report("mecab -Owakati, all processors", limit, "s")
    one = mecab_seconds(split_text(table, folder, 1)) if n > 1 else limit
    report("mecab -Owakati, one", one, "s")
    return limit, one


def bench_hiku(table, queries, folder, report, limits):
    db = os.path.join(folder, "hiku.db")
    index = [HIKU, "index", "--quiet", "--full", "--db", db, "--columns", "id,title,body", table]
    seconds, memory, _ = run(index)
    size = os.path.getsize(db)
    report("hiku index, all processors", seconds, "s")
    report("hiku index, memory", memory, "MB")
    report("hiku index, file / table", size / os.path.getsize(table), "x")
    one, _, _ = run(["taskset", "-c", "0", *index, "--threads", "1"])
    report("hiku index, one processor", one, "s")
    if limits:
        report("hiku / mecab, all processors", seconds / limits[0], "x")
        report("hiku / mecab, one", one / limits[1], "x")
    long_queries = os.path.join(folder, "long.tsv")
    make_long(queries, long_queries)
    for name, path, options in (("queries", queries, []), ("queries --exact", queries, ["--exact"]),
                                ("ten words", long_queries, [])):
        for measure, value in latencies(search(db, path, *options)[2]).items():
            report("hiku %s, %s" % (name, measure), value, "ms")
    report("hiku search, whole process",
           min(run([HIKU, "search", "--db", db, "夜間"])[0] for _ in range(10)) * 1000, "ms")
    bench_readers(db, queries, report)


def bench_readers(db, queries, report):
    """How many more queries a second eight readers answer than one."""
    alone = search(db, queries)[0]
    start = time.monotonic()
    command = [HIKU, "search", "--db", db, "--queries", queries, "--format", "trec", "--limit", "10"]
    children = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(8)]
    for child in children:
        child.wait()
    report("eight readers / one", 8 * alone / (time.monotonic() - start), "x")


def bench_groonga(table, queries, folder, report):
    db, load = os.path.join(folder, "groonga"), os.path.join(folder, "load.grn")
    with open(table, encoding="utf-8") as file, open(load, "w", encoding="utf-8") as out:
        out.write("table_create D TABLE_HASH_KEY ShortText\n"
                  "column_create D title COLUMN_SCALAR ShortText\n"
                  "column_create D text COLUMN_SCALAR Text\nload --table D\n[\n")
        for i, line in enumerate(file):
            key, title, text = line.rstrip("\n").split("\t", 2)
            out.write(("," if i else "") + json.dumps({"_key": key, "title": title, "text": text}) + "\n")
        out.write("]\ntable_create T TABLE_PAT_KEY ShortText --default_tokenizer TokenMecab "
                  "--normalizer NormalizerNFKC121\n"
                  "column_create T i COLUMN_INDEX|WITH_POSITION|WITH_SECTION D title,text\n")
    with open(load, "rb") as commands:
        seconds, memory, _ = run(["groonga", "-n", db], stdin=commands)
    report("groonga TokenMecab, index", seconds, "s")
    report("groonga TokenMecab, memory", memory, "MB")
    size = sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder)
               if name.startswith("groonga"))
    report("groonga TokenMecab, files / table", size / os.path.getsize(table), "x")
    with open(queries, encoding="utf-8") as file:
        phrases = ['"%s"' % line.rstrip("\n").split("\t")[1].replace('"', "") for line in file]
    selects = ['select D --match_columns "title*2||text" --limit 10 --sort_keys -_score '
               "--output_columns _id,_score --query %s" % json.dumps(p, ensure_ascii=False)
               for p in phrases]
    done = subprocess.run(["groonga", db], input="\n".join(["cache_limit 0"] + selects * 2) + "\n",
                          capture_output=True, text=True, check=True)
    times = [json.loads(line)[0][2] * 1000 for line in done.stdout.splitlines() if line[:1] == "["]
    times = sorted(times[-len(selects):])
    report("groonga queries, mean", sum(times) / len(times), "ms")
    report("groonga queries, p99", times[int(len(times) * .99)], "ms")


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
            "open_files": resource.getrlimit(resource.RLIMIT_NOFILE)[0]}


def bench_size(args, size, folder, report):
    table, queries = os.path.join(folder, "table.tsv"), os.path.join(folder, "queries.tsv")
    n = resize(args.table, table, size)
    if args.queries:
        shutil.copy(args.queries, queries)
    else:
        make_queries(table, queries, 300)

    def report_size(name, value, unit):
        report({"records": n, "table_bytes": os.path.getsize(table), "figure": name,
                "value": round(value, 3), "unit": unit})

    limits = None
    if "mecab" in args.peers:
        limits = bench_mecab(table, folder, report_size)
    bench_hiku(table, queries, folder, report_size, limits)
    if "groonga" in args.peers:
        bench_groonga(table, queries, folder, report_size)


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
    parser.add_argument("--queries")
    parser.add_argument("--sizes", default="0.1,1")
    parser.add_argument("--records", type=int, default=30000, help="of a table that is made")
    parser.add_argument("--out", default=BUILD)
    parser.add_argument("--peers", default="mecab,groonga")
    args = parser.parse_args()
    args.peers = [p for p in args.peers.split(",") if p and shutil.which(p)]
    figures, host = [], machine()
    with tempfile.TemporaryDirectory(prefix="hiku-bench-") as folder:
        if not args.table:
            args.table = os.path.join(folder, "made.tsv")
            make_table(args.table, args.records)
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
