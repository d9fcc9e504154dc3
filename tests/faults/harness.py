"""What the scripts of this folder share: TAP output, running hiku. HIKU names the program, ROOT the checkout."""
import os
import subprocess
import sys

HIKU = os.environ["HIKU"]
ROOT = os.environ["ROOT"]
_counts = {"tests": 0, "failed": 0}


def report(good, name, detail=""):
    _counts["tests"] += 1
    _counts["failed"] += not good
    print("%s %d - %s" % ("ok" if good else "not ok", _counts["tests"], name))
    if not good and detail:
        print("".join("# %s\n" % line for line in detail.splitlines()), end="")
    sys.stdout.flush()


def finish():
    print("1..%d" % _counts["tests"])
    sys.exit(_counts["failed"] > 0)


def run(folder, *args, **environment):
    return subprocess.run([HIKU, *args], cwd=folder, env=dict(os.environ, **environment), capture_output=True, text=True)
