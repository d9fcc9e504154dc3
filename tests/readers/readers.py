"""What the tests of the readers in Python share: an index of one file as rows, and comparing."""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HIKU = os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")), "hiku")
REGISTER = os.path.join(ROOT, "corpus", "sapporo", "sapporo-measures.txt")
sys.path.insert(0, os.path.join(ROOT, "tests"))
from tap import finish, report as ok  # noqa: E402,F401  (for those that import this)

for name in ("HIKU_DB", "HIKU_DICDIR", "LANGUAGE"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"
folder = tempfile.TemporaryDirectory()
os.chdir(folder.name)


def eq(found, wanted, name):
    ok(found == wanted, name, f"found:  {found!r}\nwanted: {wanted!r}")


def has(text, part, name):
    ok(part in text, name, f"wanted: {part!r}\nin: {text!r}")


def index(path, *options):
    """Indexes PATH alone; returns the exit status and what was written to stderr."""
    for file in ("hiku.db", "hiku.db.new"):
        if os.path.exists(file):
            os.unlink(file)
    done = subprocess.run([HIKU, "index", "--quiet", *options, path], capture_output=True, check=False)
    return done.returncode, done.stderr.decode()


def records(columns="number, date_text, date, title, body"):
    """The records of the index, in their order; the column of JSON read."""
    connection = sqlite3.connect("hiku.db")
    rows = connection.execute(f"SELECT {columns} FROM records ORDER BY id").fetchall()
    connection.close()
    return [tuple(json.loads(v) if isinstance(v, str) and v.startswith("{") else v for v in row) for row in rows]


def read(path, *options, columns="number, date_text, date, title, body"):
    """The records of PATH, or what went wrong."""
    status, err = index(path, *options)
    return records(columns) if status == 0 else (status, err)


def register_rows():
    """The rows of the register as it is in corpus/, headings and title included."""
    with open(REGISTER, encoding="utf-8") as file:
        return [line.split("\t") for line in file.read().split("\n")]
