"""MeCab, Lucene and Groonga on the same table with the same queries, as far as they are installed."""
import glob
import json
import os
import shutil
import subprocess

import material
import measure

HERE = os.path.dirname(os.path.abspath(__file__))
# Where Debian's liblucene8-java has them; or LUCENE_JARS, separated by colons.
JARS = [glob.glob("/usr/share/java/lucene-%s-8*.jar" % part) for part in ("core", "analyzers-common", "analyzers-kuromoji")]


def lucene_path():
    return os.environ.get("LUCENE_JARS") or (":".join(found[0] for found in JARS) if all(JARS) else "")


# What each needs, by Debian's names.
PEERS = {
    "mecab": (lambda: shutil.which("mecab"), "mecab mecab-ipadic-utf8"),
    "lucene": (lambda: shutil.which("javac") and lucene_path(), "liblucene8-java default-jdk-headless"),
    "groonga": (lambda: shutil.which("groonga"), "groonga-bin groonga-tokenizer-mecab"),
}


def installed(wanted):
    """Those of WANTED that are there; tells of the others."""
    found = []
    for name in wanted:
        is_there, packages = PEERS[name]
        if is_there():
            found.append(name)
        else:
            print("%s is not installed and left out; its packages: %s" % (name, packages))
    return found


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


def mecab(table, folder, report):
    """Seconds of `mecab -Owakati` on all processors and on one."""
    seconds = []
    for n in sorted({os.cpu_count(), 1}, reverse=True):
        paths = split_text(table, folder, n)
        seconds.append(measure.together([["mecab", "-b", "1048576", "-Owakati", path] for path in paths]))
        report("mecab -Owakati, %s" % ("one" if n == 1 else "all processors"), seconds[-1], "s")
        for path in paths:
            os.remove(path)
    return seconds[0], seconds[-1]


def lucene(table, queries, folder, report):
    path, below = lucene_path() + ":" + folder, os.path.join(folder, "lucene")
    subprocess.run(["javac", "-cp", path, "-d", folder, os.path.join(HERE, "Lucene.java")], check=True)
    program = ["java", "-Xmx4g", "-cp", path, "Lucene"]
    seconds, memory, _ = measure.run([*program, "index", table, below, str(os.cpu_count())])
    report("lucene, index", seconds, "s")
    report("lucene, memory", memory, "MB")
    report("lucene, files / table", measure.folder_bytes(below) / os.path.getsize(table), "x")
    for kind, file in queries.items():
        words = "or" if kind == "questions" else "and"
        measure.report_latencies(report, "lucene %s" % kind, measure.run([*program, "search", below, file, words])[2])


def write_load(table, path):
    with open(table, encoding="utf-8") as file, open(path, "w", encoding="utf-8") as out:
        out.write("table_create D TABLE_HASH_KEY ShortText\n"
                  "column_create D title COLUMN_SCALAR ShortText\n"
                  "column_create D text COLUMN_SCALAR Text\nload --table D\n[\n")
        for i, line in enumerate(file):
            key, title, text = line.rstrip("\n").split("\t", 2)
            out.write(("," if i else "") + json.dumps({"_key": key, "title": title, "text": text}) + "\n")
        out.write("]\ntable_create T TABLE_PAT_KEY ShortText --default_tokenizer TokenMecab "
                  "--normalizer NormalizerNFKC121\n"
                  "column_create T i COLUMN_INDEX|WITH_POSITION|WITH_SECTION D title,text\n")


def groonga_queries(db, file, kind):
    """Milliseconds of each query, ascending, as Groonga tells them, the second time that it is asked."""
    between = " OR " if kind == "questions" else " "
    phrases = [between.join('"%s"' % word.replace('"', "").replace("\\", "") for word in query.split())
               for query in material.read_queries(file)]
    selects = ['select D --match_columns "title*2||text" --limit 10 --sort_keys -_score '
               "--output_columns _id,_score --query %s" % json.dumps(p, ensure_ascii=False) for p in phrases]
    done = subprocess.run([*measure.prefix, "groonga", db], input="\n".join(["cache_limit 0"] + selects * 2) + "\n",
                          capture_output=True, text=True, check=True)
    times = [json.loads(line)[0][2] * 1000 for line in done.stdout.splitlines() if line[:1] == "["]
    return sorted(times[-len(selects):])


def groonga(table, queries, folder, report):
    below, load = os.path.join(folder, "groonga"), os.path.join(folder, "load.grn")
    os.mkdir(below)
    write_load(table, load)
    db = os.path.join(below, "db")
    with open(load, "rb") as commands:
        seconds, memory, _ = measure.run(["groonga", "-n", db], stdin=commands)
    os.remove(load)
    report("groonga TokenMecab, index", seconds, "s")
    report("groonga TokenMecab, memory", memory, "MB")
    report("groonga TokenMecab, files / table", measure.folder_bytes(below) / os.path.getsize(table), "x")
    for kind, file in queries.items():
        times = groonga_queries(db, file, kind)
        report("groonga %s, mean" % kind, sum(times) / len(times), "ms")
        report("groonga %s, p99" % kind, times[int(len(times) * .99)], "ms")
