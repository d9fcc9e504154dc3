"""Reading takes no memory in proportion to the table: tables of many megabytes beside one of a row. Indexing takes none in
proportion to --memory: what it may take beside what it needs."""
import os
import subprocess
import sys

sys.dont_write_bytecode = True
from readers import HIKU, ROOT, eq, finish, ok  # noqa: E402

# The sanitizer keeps freed memory for a while; not so much of it here.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"


def index(*arguments):
    """The exit status of hiku index, and the largest memory in MB."""
    process = subprocess.Popen([HIKU, "index", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return status, usage.ru_maxrss / 1024


def make(form, megabytes, name):
    subprocess.run([os.path.join(ROOT, "tests", "bench", "make_large.py"), form, str(megabytes), name], check=True)
    return os.path.getsize(name) >= megabytes << 20


with open("tiny.csv", "w", encoding="utf-8") as file:
    file.write("番号,件名\n1,夜間\n")
status, tiny = index("--preview", "tiny.csv")
eq(status, 0, "a table of one row")
for form, megabytes, most in (("csv", 24, 16), ("xlsx", 6, 48)):
    name = f"large.{form}"
    eq(make(form, megabytes, name), True, f"{name}: {megabytes} MB of rows")
    status, large = index("--preview", name)
    eq(status, 0, f"{name} is read")
    ok(large < tiny + most, f"{name} takes less than {most} MB more", f"{large} MB, {tiny} MB for one row")
# The sanitizer's own tables grow with what is asked for, used or not.
with open(os.path.join(os.path.dirname(HIKU), "flags"), encoding="utf-8") as file:
    largest = "192M" if "-fsanitize=" in file.read() else "64G"
status, little = index("--quiet", "--memory", "64K", "--db", "little.db", "tiny.csv")
eq(status, 0, "a table of one row is indexed with --memory 64K")
status, much = index("--quiet", "--memory", largest, "--db", "much.db", "tiny.csv")
eq(status, 0, f"and with --memory {largest}")
ok(much < little + 16, "which takes less than 16 MB more", f"{much} MB, {little} MB with 64K")
finish()
