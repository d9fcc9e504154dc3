#!/usr/bin/python3
"""What hiku asks for and does not get: reads, locks and openings of files that fail, memory that there is not.

usage: inputs.py SHIM ALLOC [--seed N] [--faults N] [--first N] [--last N]   N of each kind and command; 0: each; beside
them the first N of a first build, by which the dictionary is opened, and the last N of commands that read, by which
records are fetched

SHIM is shim.c, ALLOC alloc.c, compiled; "" leaves one out. Whatever fails, a command gives the right answer, or a
message and an exit code that says so; it neither crashes nor hangs. hiku index leaves the old records or the new ones."""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from harness import HIKU, ROOT, finish, report, run  # noqa: E402

ERRORS = ("5", "4", "24", "37", "short")  # EIO EINTR EMFILE ENOLCK, half a read
NO_ANSWER = (2, 3, 75)
PART = "note: documents_fts was not checked"  # which hiku check tells where the file cannot be opened for writing
READING = (("search", "--format", "tsv", "夜間"), ("search", "--format", "json", "児童相談所の体制を整備する会議"),
           ("search", "--format", "tsv", "date:2019-07 かてい -会議"), ("show", "--format", "json", "sapporo#4"),
           ("stats", "--format", "json"), ("export", "--format", "jsonl"), ("check", "--digest"))
WRITING = (("build", ("a.tsv",)), ("update", ()), ("rebuild", ("--full",)), ("compaction", ("--compact",)))


def without_time(text):
    return "\n".join(line.split('"elapsed_ms"')[0] for line in text.split("\n"))


class Faults:
    """Ways in which a run can be disturbed."""

    def __init__(self, folder, shim, alloc):
        self.folder = folder
        self.kinds = [("read", {"LD_PRELOAD": shim, "FAULT_READS": "1", "FAULT_DIR": folder}, ERRORS)] if shim else []
        self.kinds += [("memory", {"LD_PRELOAD": alloc}, ("once", "once", "all"))] if alloc else []

    def count(self, environment, command):
        """How many requests an undisturbed run makes."""
        total = self.folder + ".total"
        run(self.folder, *command, **environment, FAULT_TOTAL=total)
        with open(total, encoding="ascii") as file:
            return int(file.read())

    def disturb(self, environment, command, at, mode):
        env = dict(os.environ, **environment, FAULT_AT=str(at), FAULT_MODE=mode)
        try:
            return subprocess.run([HIKU, *command], cwd=self.folder, env=env, capture_output=True, text=True, timeout=300)
        except subprocess.TimeoutExpired:
            return None


def problem_of(done, right):
    if done is None:
        return "does not end"
    if done.returncode < 0:
        return "dies of signal %d" % -done.returncode
    if done.returncode in NO_ANSWER and done.returncode != right.returncode:
        return "" if done.stderr else "exit %d without a message" % done.returncode
    if done.returncode == 0 and PART in done.stdout:
        return ""
    if done.returncode != right.returncode or without_time(done.stdout) != without_time(right.stdout):
        return "another answer: exit %d, %.300r %.300r" % (done.returncode, done.stdout, done.stderr)
    return ""


def choose(chance, n, wanted, first, last):
    """Where to disturb N requests: anywhere, at the FIRST and at the LAST ones."""
    if wanted in (0, n) or wanted > n:
        return range(1, n + 1)
    return sorted({*chance.sample(range(1, n + 1), wanted), *range(1, min(first, n) + 1), *range(max(1, n - last + 1), n + 1)})


def examine(faults, name, command, chance, wanted, problem, first=0, last=0):
    """Disturbs COMMAND; PROBLEM tells what is wrong with a run, and prepares the next."""
    for kind, environment, modes in faults.kinds:
        n = faults.count(environment, command)
        problem(None)
        wrong = []
        for at in choose(chance, n, wanted, first, last):
            mode = chance.choice(modes)
            text = problem(faults.disturb(environment, command, at, mode))
            wrong += ["%s fails (%s) at request %d: %s" % (kind, mode, at, text)] if text else []
        report(n > 0 and not wrong, "%s: %s, %d requests" % (name, kind, n), *wrong)


def write_table(path, numbers, word):
    with open(path, "w", encoding="utf-8") as file:
        file.write("番号\t件名\t概要\n")
        for i in numbers:
            file.write("%d\t%sの窓口%d\t児童相談所の休日・夜間の体制\n" % (i, word if i % 7 == 0 else "夜間", i))


def digest(folder):
    if not os.path.exists(os.path.join(folder, "hiku.db")):
        return None
    check = run(folder, "check", "--digest")
    return check.stdout.split()[-1] if check.returncode == 0 else "damaged: " + check.stdout + check.stderr


def examine_writing(faults, home, chance, wanted, first):
    template = os.path.join(home, "template")

    def fresh():
        shutil.rmtree(faults.folder, ignore_errors=True)
        shutil.copytree(template, faults.folder)

    os.mkdir(template)
    write_table(os.path.join(template, "a.tsv"), range(200), "休日")
    for name, options in WRITING:
        command = ("index", "--quiet", "--threads", "2", *options)
        fresh()
        old = digest(faults.folder)
        right = run(faults.folder, *command)
        new = digest(faults.folder)

        def problem(done):
            text, state = "", digest(faults.folder)
            if done is not None:
                text = problem_of(done, right)
                if state not in (old, new):
                    text += " neither old nor new: %s" % state
                if done.returncode == 0 and state != new:
                    text += " success is reported, but the index is not the new one"
            fresh()
            return text

        fresh()
        examine(faults, name, command, chance, wanted, problem, first=first if name == "build" else 0)
        if name == "build":
            run(template, *command)
            write_table(os.path.join(template, "a.tsv"), range(20, 240), "祝日")
        elif name == "rebuild":
            run(template, "index", "--quiet")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shim")
    parser.add_argument("alloc")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--last", type=int, default=0)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as home:
        home = os.path.realpath(home)
        faults = Faults(os.path.join(home, "work"), *(os.path.abspath(path) if path else "" for path in (args.shim, args.alloc)))
        shutil.copytree(os.path.join(ROOT, "corpus", "sapporo"), os.path.join(faults.folder, "corpus", "sapporo"))
        run(faults.folder, "index", "--quiet")
        for command in READING:
            right = run(faults.folder, *command)
            examine(faults, "hiku " + " ".join(command), command, chance, args.faults,
                    lambda done, right=right: problem_of(done, right) if done is not None else "", last=args.last)
        examine_writing(faults, home, chance, args.faults, args.first)
    finish()


main()
