#!/usr/bin/python3
"""Nothing is lost: hiku index is killed at random instants of time, while others search.

usage: moments.py [--seed N] [--kills N] [--records N]   N kills of each of four runs, and a quarter as many times Ctrl-C

A first build, an update, a rebuild and a compaction of some thousand records get SIGKILL at moments drawn evenly over the
time that they take. Afterwards `hiku check` must pass, the index must hold exactly the old or the new records, and the
next run must end with what an undisturbed run makes. Ctrl-C leaves the old state and says so, or the new one. Each search meanwhile finds the old records or the new ones."""
import argparse
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
from harness import HIKU, ROOT, finish, report, run  # noqa: E402

MANY = 50  # kills that cannot all be late because the machine was busy while the time was taken


def sentences_of_register():
    with open(os.path.join(ROOT, "corpus", "sapporo", "sapporo-measures.txt"), encoding="utf-8") as file:
        return sorted({s for s in re.split('[\t\r\n。"]+', re.sub("<[^>]*>", "", file.read())) if len(s) >= 8})


def write_table(path, numbers, changed):
    """Each record is made of its number alone; CHANGED says which have other words now."""
    sentences = sentences_of_register()
    with open(path, "w", encoding="utf-8") as file:
        file.write("番号\t件名\t概要\n")
        for i in numbers:
            chance = random.Random(i)
            body = "。".join(chance.choice(sentences) for _ in range(5))
            file.write("%d\t窓口%d\t%s%s。\n" % (i, i, body, "を改めた" if changed(i) else ""))


def catches_interrupt(pid):
    try:
        with open("/proc/%d/status" % pid, encoding="ascii") as file:
            caught = next(line for line in file if line.startswith("SigCgt:"))
    except (OSError, StopIteration):
        return False
    return int(caught.split()[1], 16) >> signal.SIGINT - 1 & 1 == 1


class Case:
    def __init__(self, name, command, prepare, home):
        self.name, self.command = name, ("index", "--quiet", "--threads", "2", *command)
        self.template, self.work = os.path.join(home, name), os.path.join(home, "work")
        os.mkdir(self.template)
        prepare(self.template)
        self.old, self.found = self.state(self.template), {self.search(self.template)}
        self.outcomes = {"old": 0, "new": 0, "unended": 0}
        done = run(self.fresh(), *self.command)
        self.new = self.state(self.work)
        self.found.add(self.search(self.work))
        report(done.returncode == 0 and self.new is not None and self.new != self.old, name + ": undisturbed", done.stderr)
        self.seconds = self.disturb(None)  # followed from then on, since the machine may be busy with more or less than now

    def fresh(self):
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.template, self.work)
        return self.work

    @staticmethod
    def state(folder):
        """What the index in FOLDER holds, as a digest and numbers; None: there is none; else what is wrong."""
        path = os.path.join(folder, "hiku.db")
        if not os.path.exists(path):
            return None
        check = run(folder, "check", "--digest")
        if check.returncode != 0:
            return "check: %s%s" % (check.stdout, check.stderr)
        db = sqlite3.connect(path)
        counts = [db.execute("SELECT count(*) FROM " + table).fetchone()[0] for table in ("documents", "dead", "segments")]
        db.close()
        return (check.stdout.split("digest")[-1].strip(), *counts)

    @staticmethod
    def search(folder):
        done = run(folder, "search", "--format", "tsv", "--limit", "0", "窓口 OR 改めた")
        return done.returncode, "\n".join(sorted(line.split("\t")[0] + line.split("\t")[2] for line in done.stdout.splitlines()))

    def search_until(self, ended, strange):
        while not ended.is_set():
            found = self.search(self.work)
            if found not in self.found:
                strange.append("a search meanwhile: exit %d, %d lines" % (found[0], len(found[1].splitlines())))

    def follow(self, seconds, ended):
        """What a run takes, by one that ENDED by itself after so many seconds, or was stopped then."""
        self.seconds = seconds if ended else max(seconds, self.seconds * 1.02)

    def stop(self, stop_after):
        """Sends SIGINT so many seconds after hiku is ready for it: all or nothing, and it says so."""
        folder, problems = self.fresh(), []
        with subprocess.Popen([HIKU, *self.command], cwd=folder, stderr=subprocess.PIPE, text=True) as child:
            while child.poll() is None and not catches_interrupt(child.pid):
                pass
            start = time.monotonic()
            try:
                child.wait(stop_after)
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGINT)
            seconds = time.monotonic() - start
            self.follow(seconds, seconds < stop_after)
            _, err = child.communicate()
        state = "there is no index yet" if self.old is None else "the index is as it was before"
        wanted = {0: (self.new, ""), -signal.SIGINT: (self.old, "hiku: stopped; %s: 'hiku.db'\n" % state)}
        found = (self.state(folder), err)
        if found != wanted.get(child.returncode):
            problems.append("exit %d, %s" % (child.returncode, found))
        self.complete(folder, problems)
        report(not problems, "%s: Ctrl-C after %.1f ms" % (self.name, stop_after * 1000), *problems)
        return child.returncode != 0

    def disturb(self, kill_after):
        """Kills a run after so many seconds, None: not at all. Returns how many it took."""
        ended, problems = threading.Event(), []
        folder = self.fresh()
        reader = threading.Thread(target=self.search_until, args=(ended, problems))
        reader.start()
        start = time.monotonic()
        with subprocess.Popen([HIKU, *self.command], cwd=folder, stderr=subprocess.DEVNULL) as child:
            try:
                child.wait(kill_after)
            except subprocess.TimeoutExpired:
                child.kill()
                self.outcomes["unended"] += 1
        seconds = time.monotonic() - start
        if kill_after is not None:
            self.follow(seconds, seconds < kill_after)
        ended.set()
        reader.join()
        state = self.state(folder)
        if state not in (self.old, self.new) or (kill_after is None and state != self.new):
            problems.append("neither old nor new: %s" % (state,))
        self.outcomes["new" if state == self.new else "old"] += kill_after is not None
        self.complete(folder, problems)
        what = "not killed" if kill_after is None else "killed after %.1f ms" % (kill_after * 1000)
        report(not problems, "%s: %s" % (self.name, what), *problems)
        return seconds

    def complete(self, folder, problems):
        """The next run ends as if nothing had been."""
        again = run(folder, *self.command)
        if again.returncode != 0 or self.state(folder)[:2] != self.new[:2]:
            problems.append("the next run does not complete: %s %s" % (again.stderr, self.state(folder)))
        leftovers = [name for name in os.listdir(folder) if name.startswith("hiku.db") and name != "hiku.db"]
        if leftovers:
            problems.append("left behind: %s" % leftovers)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--records", type=int, default=3000)
    args = parser.parse_args()
    chance, n = random.Random(args.seed), args.records
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a job in the background ignores, with all it starts

    def first(folder):
        write_table(os.path.join(folder, "a.tsv"), range(n), lambda i: False)

    def index(folder):
        first(folder)
        run(folder, "index", "--quiet", "a.tsv")

    def change(folder):
        index(folder)
        write_table(os.path.join(folder, "a.tsv"), range(n // 20, n + n // 10), lambda i: i % 7 == 0)

    def update(folder):
        change(folder)
        run(folder, "index", "--quiet")

    with tempfile.TemporaryDirectory() as home:
        for case in (Case("build", ("a.tsv",), first, home), Case("update", (), change, home),
                     Case("rebuild", ("--full",), change, home), Case("compaction", ("--compact",), update, home)):
            for _ in range(args.kills):
                case.disturb(chance.random() * case.seconds)
            print("# %(name)s: %(outcomes)s" % vars(case))
            n_stopped = sum(case.stop(chance.random() * case.seconds) for _ in range(max(1, args.kills // 4)))
            if args.kills >= MANY:
                report(n_stopped > args.kills // 40, case.name + ": enough were stopped by Ctrl-C")
                report(case.outcomes["unended"] * 4 > args.kills, case.name + ": enough of them hit a run that was under way")
    finish()


main()
