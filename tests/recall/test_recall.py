"""`make recall` in small: the register and 300 random documents; and that it notices what it should."""

import os
import random
import subprocess
import sys

from texts import HERE, build_scan, oracle

N_DOCS = 300
sys.stdout.reconfigure(line_buffering=True)


def write_table(rng, path):
    os.makedirs(os.path.dirname(path))
    with open(path, "w", encoding="utf-8", newline="") as f:
        for number in range(1, N_DOCS + 1):
            title = oracle.random_units(rng, rng.randint(1, 12))
            body = oracle.random_units(rng, rng.choice([0, 5, 40, 200]))
            f.write("%d\t%s\t%s\n" % (number, "".join(title), "".join(body)))


def recall(*args):
    """The table's rows by (set, what was asked), as the numbers behind them; the exit code."""
    done = subprocess.run([sys.executable, os.path.join(HERE, "recall.py"), *args],
                          capture_output=True, text=True, check=False)
    rows = {}
    for line in done.stdout.splitlines():
        if line.startswith(("register", "random")) and "hiku_query:" not in line:
            rows[line[:14].strip(), line[15:37].strip()] = line[38:].split()
    return rows, done.returncode, done.stdout + done.stderr


def check_rows(rows, code, output):
    oracle.ok(code == 0, "recall.py ends well", *output.splitlines()[-10:])
    for name in ("register", "random"):
        for asked in ("in quotes", "without quotes", "quoted and a word", "one without another",
                      "hiku_search in SQL", "match in JSON", "--words"):
            row = rows.get((name, asked), [])
            oracle.ok(len(row) >= 3 and int(row[0]) >= 30 and int(row[1]) > 30 and row[2] == "0",
                      "%s, %s: %s" % (name, asked, " ".join(row[:3])))
        row = rows.get((name, "whole words first"), [])
        oracle.ok(len(row) == 3 and int(row[0]) > 0 and row[2] == "0",
                  "%s, whole words first: %s" % (name, " ".join(row)))


def check_scan(rng, folder):
    """The scan against Python's own search in strings."""
    lines = ["".join(rng.choices("あいう a", k=rng.randint(0, 30))) for _ in range(400)]
    patterns = sorted({"".join(rng.choices("あいう a", k=rng.randint(1, 4))) for _ in range(200)})
    for name, texts in (("lines", lines), ("patterns", patterns)):
        with open(name, "w", encoding="utf-8") as f:
            f.writelines(text + "\n" for text in texts)
    out = subprocess.run([build_scan(folder), "lines", "patterns"], capture_output=True,
                         check=True).stdout
    numbers = [int.from_bytes(out[i:i + 4], sys.byteorder) for i in range(0, len(out), 4)]
    expected = []
    for pattern in patterns:
        docs = [i // 2 for i, line in enumerate(lines) if pattern in line]
        docs = sorted(set(docs))
        expected += [len(docs), *docs]
    oracle.ok(numbers == expected, "the scan finds what Python finds")


def check_notices(folder):
    """A hiku that leaves a record out, and one that gives a record too many."""
    for name, script in (("missing", "sed '7d'"), ("too many", "sed '7p'")):
        program = os.path.join(folder, "hiku")
        with open(program, "w", encoding="utf-8") as f:
            f.write("#!/bin/bash\nif [ \"$1\" = search ]; then '%s' \"$@\" | %s; "
                    "else exec '%s' \"$@\"; fi\n" % (oracle.HIKU, script, oracle.HIKU))
        os.chmod(program, 0o755)
        environment = dict(os.environ, HIKU=program)
        done = subprocess.run([sys.executable, os.path.join(HERE, "recall.py"), "--queries", "50",
                               "--pairs", "5", "--samples", "5"], env=environment,
                              capture_output=True, text=True, check=False)
        oracle.ok(done.returncode == 1 and "is " + name in done.stdout, "what is %s shows" % name,
                  *(done.stdout + done.stderr).splitlines()[-10:])


def main():
    rng = random.Random(oracle.SEED)
    folder = oracle.scratch()
    write_table(rng, os.path.join("tables", "random", "docs.tsv"))
    check_rows(*recall("--queries", "400", "--pairs", "100", "--samples", "100", "tables"))
    check_scan(rng, folder.name)
    check_notices(folder.name)
    folder.cleanup()
    oracle.finish()


main()
