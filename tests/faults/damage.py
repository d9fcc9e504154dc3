#!/usr/bin/python3
"""A damaged index is told of: each page overwritten in turn, the file cut at each page.

usage: damage.py [--seed N]   Every command ends in time, without a crash, with a clear error and exit 3 or with the right
answer; hiku check finds each damage and names the mend; hiku index --full mends it."""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from harness import HIKU, ROOT, finish, report  # noqa: E402

COMMANDS = (("search", "--format", "tsv", "--limit", "0", "夜間"), ("search", "--format", "jsonl", "児童相談所 整備"),
            ("search", "--format", "tsv", "児"), ("search", "--format", "tsv", "date:2019-07"),
            ("show", "--format", "json", "sapporo#4"), ("stats", "--format", "json"))


def run_timed(folder, *args):
    try:
        return subprocess.run([HIKU, *args], cwd=folder, capture_output=True, timeout=300)
    except subprocess.TimeoutExpired:
        return None


def without_time(out):
    return b"\n".join(line.split(b'"elapsed_ms"')[0] for line in out.split(b"\n"))


def problem_of(folder, command, right):
    done = run_timed(folder, *command)
    if done is None:
        return "does not end"
    if done.returncode == 3:
        return "" if done.stderr.startswith(b"hiku: ") and b"Sanitizer" not in done.stderr else "no message"
    if done.returncode == right[command].returncode and without_time(done.stdout) == without_time(right[command].stdout):
        return ""
    return "exit %d, %.200r %.200r" % (done.returncode, done.stdout, done.stderr)


def examine(folder, name, right, in_file):
    problems = []
    for command in COMMANDS:
        # stats tells of the file itself, which is another one here.
        if command[0] == "stats" and run_timed(folder, *command).returncode in (0, 3):
            continue
        problem = problem_of(folder, command, right)
        if problem:
            problems.append("hiku %s: %s" % (" ".join(command), problem))
    check = run_timed(folder, "check")
    if check is None or check.returncode != 3:
        problems.append("check: %s" % (check,))
    elif b"hiku index " not in check.stderr and b"move it away" not in check.stderr:
        problems.append("check names no mend: %r" % check.stderr)
    if in_file:
        mended = run_timed(folder, "index", "--full", "--quiet")
        if mended.returncode == 0 and run_timed(folder, "check").returncode != 0:
            problems.append("not mended")
        if mended.returncode not in (0, 3):
            problems.append("hiku index --full: exit %d, %r" % (mended.returncode, mended.stderr))
    report(not problems, name, *problems)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    chance = random.Random(parser.parse_args().seed)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.path.join(ROOT, "corpus", "sapporo"), os.path.join(folder, "corpus", "sapporo"))
        run_timed(folder, "index", "--quiet")
        path = os.path.join(folder, "hiku.db")
        with open(path, "rb") as file:
            good = file.read()
        size = int.from_bytes(good[16:18], "big")  # of a page
        right = {command: run_timed(folder, *command) for command in COMMANDS}
        for page in range(len(good) // size):
            for kind, data in (("garbage", chance.randbytes(size)), ("zeros", bytes(size))):
                with open(path, "wb") as file:
                    file.write(good[:page * size] + data + good[(page + 1) * size:])
                examine(folder, "page %d is %s" % (page + 1, kind), right, True)
        for page in range(len(good) // size):
            with open(path, "wb") as file:
                file.write(good[:page * size])
            examine(folder, "cut after page %d" % page, right, True)
    finish()


main()
