#!/usr/bin/python3
"""Nothing is lost: hiku index is killed, has a write or sync fail, or loses power, at any operation.

usage: faults.py SHIM [--seed N] [--kills N] [--errors N] [--cuts N]   each N of each kind; 0: every operation

Four runs are disturbed: a first build, an update, a rebuild, a compaction. Afterwards the index must open, `hiku check`
must find nothing, it must hold exactly the old or the new records, and the next run must complete. SHIM is shim.c, compiled."""
import argparse
import os
import random
import shutil
import sqlite3
import sys
import tempfile

sys.dont_write_bytecode = True
from harness import finish, report, run  # noqa: E402

ERRORS = ("5", "28", "27", "30", "short")  # EIO ENOSPC EFBIG EROFS, half a write


def write_table(path, first, last, word):
    with open(path, "w", encoding="utf-8") as file:
        file.write("番号\t件名\t概要\n")
        for i in range(first, last):
            file.write("%d\t%sの窓口%d\t児童相談所の休日・夜間の体制%s\n" % (i, word if i % 7 == 0 else "夜間", i, "を整備" * (i % 9)))


def records(folder):
    """What the index in FOLDER holds; None: there is none; text: what is wrong with it."""
    if not os.path.exists(os.path.join(folder, "hiku.db")):
        return None
    search = run(folder, "search", "--format", "tsv", "--limit", "0", "窓口")
    check = run(folder, "check")
    if search.returncode != 0 or check.returncode != 0:
        return search.stderr + check.stdout + check.stderr
    db = sqlite3.connect(os.path.join(folder, "hiku.db"))
    rows = db.execute("SELECT key, title, body FROM documents ORDER BY key").fetchall()
    db.close()
    found = sorted(line.split("\t")[0] for line in search.stdout.splitlines()[1:])
    return rows if found == [row[0] for row in rows] else "search finds other records than there are"


class Scenario:
    def __init__(self, name, command, prepare, home):
        self.name, self.command = name, command
        self.template = os.path.join(home, name)
        os.mkdir(self.template)
        prepare(self.template)
        self.old = records(self.template)
        self.home = home
        self.log = os.path.join(home, name + ".log")
        folder = self.fresh()
        done = run(folder, *command, LD_PRELOAD=SHIM, FAULT_DIR=folder, FAULT_LOG=self.log)
        self.new = records(folder)
        self.operations = read_log(self.log)
        report(done.returncode == 0 and isinstance(self.new, list) and len(self.new) > 0,
               "%s: undisturbed, %d operations" % (name, len(self.operations)), done.stderr)

    def fresh(self):
        folder = os.path.join(self.home, "work")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.template, folder)
        return folder

    def disturb(self, at, mode):
        folder = self.fresh()
        done = run(folder, *self.command, LD_PRELOAD=SHIM, FAULT_DIR=folder, FAULT_AT=str(at), FAULT_MODE=mode)
        self.verify(folder, done, "%s: %s at operation %d" % (self.name, mode, at))

    def verify(self, folder, done, name):
        state = records(folder)
        problems = []
        if done is not None and done.returncode == 0 and state != self.new:
            problems.append("success is reported, but the index is not the new one")
        if done is not None and done.returncode > 0 and not done.stderr.startswith("hiku: "):
            problems.append("no message: " + done.stderr)
        if state not in (self.old, self.new):
            problems.append("neither old nor new: %.300s" % (state,))
        again = run(folder, *self.command)
        if self.name == "compaction" and state is None:
            problems.append("the index is gone")
        if again.returncode != 0:
            problems.append("the next run fails: " + again.stderr)
        elif records(folder) != self.new:
            problems.append("the next run does not complete: %.300s" % (records(folder),))
        leftovers = [file for file in os.listdir(folder) if file.startswith("hiku.db-")]
        if leftovers:
            problems.append("left behind: %s" % leftovers)
        report(not problems, name, *problems)


def read_log(path):
    """The operations: (what, file, ...), of a write with its bytes."""
    operations = []
    with open(path, "rb") as file:
        while line := file.readline():
            what, *words = line.decode().split()
            if what == "write":
                operations.append((what, words[0], int(words[1]), file.read(int(words[2]))))
            elif what == "truncate":
                operations.append((what, words[0], int(words[1])))
            else:
                operations.append((what, *words))
    return operations


class File:
    """Contents: what is on the disk for sure, and what was done to them since."""

    def __init__(self, data=b""):
        self.data, self.pending = bytearray(data), []

    def apply(self, operation):
        if operation[0] == "truncate":
            del self.data[operation[2]:]
            self.data.extend(bytes(operation[2] - len(self.data)))
        else:
            _, _, at, data = operation
            self.data.extend(bytes(max(0, at - len(self.data))))
            self.data[at:at + len(data)] = data

    def sync(self):
        for operation in self.pending:
            self.apply(operation)
        self.pending = []


def change_names(names, operation):
    what, name = operation[:2]
    if what == "create":
        names[name] = operation[2]
    elif what == "rename":
        names[operation[2]] = names.pop(name)
    else:
        names.pop(name, None)


def cut(scenario, n_done, keep, keep_names):
    """The folder as a disk has it whose power fails after N_DONE operations. KEEP says of each write that was not synced
    whether it came through, KEEP_NAMES whether those changes of names did that were not."""
    folder = scenario.fresh()
    now = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            now[name] = File(file.read())
    durable, pending = dict(now), []
    for operation in scenario.operations[:n_done]:
        what, name = operation[:2]
        if what == "sync" and name == ".":
            for change in pending:
                change_names(durable, change)
            pending = []
        elif what == "sync":
            now[name].sync()
        elif what in ("write", "truncate"):
            now[name].pending.append(operation)
        else:
            change = (what, name, File()) if what == "create" else operation
            change_names(now, change)
            pending.append(change)
    for change in pending if keep_names else []:
        change_names(durable, change)
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))
    for name, file in durable.items():
        for operation in file.pending:
            if keep():
                file.apply(operation)
        with open(os.path.join(folder, name), "wb") as out:
            out.write(file.data)
    return folder


def prepare_first(folder):
    write_table(os.path.join(folder, "a.tsv"), 1, 220, "休日")
    write_table(os.path.join(folder, "b.tsv"), 1, 30, "平日")


def prepare_index(folder):
    prepare_first(folder)
    run(folder, "index", "--quiet", "a.tsv", "b.tsv")


def prepare_change(folder):
    prepare_index(folder)
    write_table(os.path.join(folder, "a.tsv"), 15, 240, "祝日")


def prepare_dead(folder):
    prepare_change(folder)
    run(folder, "index", "--quiet")


def choose(chance, n, wanted):
    numbers = list(range(1, n + 1))
    return numbers if wanted == 0 or wanted >= n else sorted(chance.sample(numbers, wanted))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shim")
    parser.add_argument("--seed", type=int, default=1)
    for kind in ("kills", "errors", "cuts"):
        parser.add_argument("--" + kind, type=int, default=0)
    args = parser.parse_args()
    global SHIM
    SHIM = os.path.abspath(args.shim)
    chance = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as home:
        home = os.path.realpath(home)
        for scenario in (Scenario("build", ("index", "--quiet", "a.tsv", "b.tsv"), prepare_first, home),
                         Scenario("update", ("index", "--quiet"), prepare_change, home),
                         Scenario("rebuild", ("index", "--quiet", "--full"), prepare_change, home),
                         Scenario("compaction", ("index", "--quiet", "--compact"), prepare_dead, home)):
            n = len(scenario.operations)
            for at in choose(chance, n, args.kills):
                scenario.disturb(at, chance.choice(("kill", "kill-half")))
            for at in choose(chance, n, args.errors):
                scenario.disturb(at, chance.choice(ERRORS))
            for at in choose(chance, n, args.cuts):
                for keep, keep_names in ((lambda: False, False), (lambda: False, True),
                                         (lambda: chance.random() < 0.5, chance.random() < 0.5)):
                    folder = cut(scenario, at, keep, keep_names)
                    scenario.verify(folder, None, "%s: power cut after operation %d" % (scenario.name, at))
    finish()


main()
