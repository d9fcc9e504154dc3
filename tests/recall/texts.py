"""A set of texts as the recall test sees it: indexed by hiku, read back, and scanned without hiku."""

import array
import os
import shlex
import sqlite3
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "oracle"))
import oracle  # noqa: E402  (beside this folder)

EXTENSION = os.path.join(oracle.BUILD, "hiku.so")
# What oracle.preload_sanitizer() sets is for this process alone.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}


def connect(path):
    connection = sqlite3.connect(path)
    connection.enable_load_extension(True)
    connection.load_extension(EXTENSION)
    return connection


def build_scan(folder):
    """Compiles the scan and returns its path."""
    program = os.path.join(folder, "scan")
    compiler = shlex.split(os.environ.get("CC") or "cc")
    subprocess.run([*compiler, "-Wall", "-Wextra", "-Werror", "-O2", "-D_GNU_SOURCE", "-o", program,
                    os.path.join(HERE, "scan.c")], check=True, env=ENVIRONMENT)
    return program


class Set:
    """The index of one source in a file of its own, and its texts by number, from 0 on."""

    def __init__(self, name, source, *options):
        self.name = name
        self.db = name + ".db"
        subprocess.run([oracle.HIKU, "index", "--quiet", "--db", self.db, *options, source],
                       check=True, env=ENVIRONMENT)
        self.connection = connect(self.db)
        rows = self.connection.execute("SELECT id, key, title, body, hiku_normalize(title), "
                                       "hiku_normalize(body) FROM documents ORDER BY id").fetchall()
        self.row_ids = [row[0] for row in rows]
        self.keys = [row[1] for row in rows]
        self.documents = [row[2:4] for row in rows]
        self.normal = [row[4:6] for row in rows]
        # A run in TREC's form names a record by its key without the source.
        self.number_of = {key.partition("#")[2].encode(): i for i, key in enumerate(self.keys)}

    def misread(self):
        """The records whose normal form is another when Python makes it."""
        return [key for key, texts, normal in zip(self.keys, self.documents, self.normal)
                if tuple(map(oracle.normalize, texts)) != normal]

    def not_from(self, path):
        """The lines of the table PATH (id, title, body) that no record says in other blanks."""
        with open(path, encoding="utf-8", newline="") as table:
            lines = [line.split("\t") for line in table.read().split("\n") if line]
        stored = [tuple(text.strip() for text in pair) for pair in self.normal]
        read = [tuple(oracle.normalize(text).strip() for text in line[1:3]) for line in lines]
        return ["line %d" % i for i, pair in enumerate(read, 1)
                if i > len(stored) or stored[i - 1] != pair] + self.keys[len(read):]

    def cut(self, text):
        """The places in TEXT, in characters, where words begin and end."""
        data = text.encode()
        places = set()
        for start, end in self.connection.execute('SELECT start, "end" FROM hiku_tokens(?)',
                                                  (text,)):
            places |= {start, end}
        return [len(data[:place].decode()) for place in sorted(places)]

    def bounds(self, number):
        """[(normal form, places in it where words begin and end)] of title and body."""
        both = []
        for text, normal in zip(self.documents[number], self.normal[number]):
            at, found = 0, []
            for surface, pos in self.connection.execute("SELECT surface, pos FROM hiku_tokens(?)",
                                                        (text,)):
                while normal[at] == " ":
                    at += 1
                assert normal.startswith(surface, at), (text, surface)
                found.append((at, at + len(surface), pos))
                at += len(surface)
            both.append((normal, oracle.bounds_of_tokens(normal, found)))
        return both

    def scan(self, program, patterns):
        """{pattern: numbers of the documents that contain it, ascending}, by PROGRAM."""
        with open(self.name + ".texts", "w", encoding="utf-8", newline="") as f:
            for title, body in self.normal:
                f.write("%s\n%s\n" % (title, body))
        with open(self.name + ".patterns", "w", encoding="utf-8", newline="") as f:
            f.writelines(pattern + "\n" for pattern in patterns)
        done = subprocess.run([program, self.name + ".texts", self.name + ".patterns"], check=True,
                              stdout=subprocess.PIPE, env=ENVIRONMENT)
        numbers = array.array("I", done.stdout)
        found, at = {}, 0
        for pattern in patterns:
            found[pattern] = numbers[at + 1:at + 1 + numbers[at]]
            at += 1 + numbers[at]
        return found

    def _command(self, lines, *options):
        with open(self.name + ".queries", "w", encoding="utf-8", newline="") as f:
            f.writelines("%d\t%s\n" % item for item in enumerate(lines))
        return [oracle.HIKU, "search", "--db", self.db, "--exact", "--queries",
                self.name + ".queries", *options]

    def search(self, lines, *options):
        """[numbers of the documents found, as they come] for each query of LINES."""
        command = self._command(lines, "--all", "--limit", "0", "--format", "trec", *options)
        found = [array.array("I") for _ in lines]
        number_of = self.number_of
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT) as run:
            for line in run.stdout:
                query, _, name, _ = line.split(b" ", 3)
                found[int(query)].append(number_of[name])
        if run.returncode not in (0, 1):
            raise RuntimeError("%r ended with %d" % (command, run.returncode))
        return found

    def search_json(self, lines, *options):
        """The lines of JSON that the queries give."""
        command = self._command(lines, "--limit", "0", "--format", "jsonl", *options)
        return subprocess.run(command, stdout=subprocess.PIPE, check=False,
                              env=ENVIRONMENT).stdout.decode().splitlines()

    def timing(self, lines):
        """(mean, 99th percentile) of the queries' times in ms, the 20 best records of each."""
        command = self._command(lines, "--format", "trec", "--timing")
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              check=False, env=ENVIRONMENT)
        words = done.stderr.decode().split()
        return float(words[words.index("mean") + 1]), float(words[words.index("p99") + 1])
