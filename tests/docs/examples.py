"""The examples of the manuals and READMEs: finding them, running them, comparing.

Markdown: blocks fenced as console (lines `$ command`, continued by `> `, each followed by its exact
output), sql (statements, the rows of each as comments below it), and python and c, whose first line
names the file that they are saved as for a console block to use. Manuals: literal displays whose
first line starts with `$ `, as console.

All blocks of one document run in order in one new folder with corpus/ and build/ in it.
"""
import os
import re
import shutil
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.abspath(os.environ.get("BUILD", os.path.join(ROOT, "build")))
DOCUMENTS = ["README.md", "README.ja.md", "cli/hiku.1", "search/hiku-query.7", "store/hiku.db.5"]
KINDS = ("console", "sql", "python", "c")

# What differs from run to run.
VARYING = [
    (re.compile(r"\(\d+(?:\.\d+)? (ms|s|秒)\)"), r"(0.0 \1)"),
    (re.compile(r'"elapsed_ms":\d+(\.\d+)?'), '"elapsed_ms":0'),
    (re.compile(r"mean [\d.]+ ms p50 [\d.]+ p95 [\d.]+ p99 [\d.]+"), "mean 0"),
]


class Block:
    """One example: lines START to END (from 0, END excluded) of a document."""

    def __init__(self, kind, start, lines):
        self.kind = kind
        self.start = start
        self.end = start + len(lines)
        self.lines = lines


class Step:
    """One command or statement, its line, and the output that the document shows."""

    def __init__(self, line, shown_from):
        self.line = line
        self.source = []
        self.shown_from = shown_from
        self.shown = []


def read_markdown(lines):
    blocks, kind, start = [], None, 0
    for i, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if kind is None:
            kind, start = line[3:].strip(), i + 1
        else:
            if kind in KINDS:
                blocks.append(Block(kind, start, lines[start:i]))
            kind = None
    return blocks


def unescape(line):
    line = re.sub(r"^\\&", "", line)
    return line.replace("\\e", "\\").replace("\\-", "-").replace("\\&", "")


def escape(line):
    line = line.replace("\\", "\\e")
    return "\\&" + line if line[:1] in (".", "'") else line


def read_manual(lines):
    blocks, start = [], None
    for i, line in enumerate(lines):
        if line.startswith(".Bd -literal"):
            start = i + 1
        elif line == ".Ed" and start is not None:
            body = [unescape(text) for text in lines[start:i]]
            if body and body[0].startswith("$ "):
                blocks.append(Block("console", start, body))
            start = None
    return blocks


def is_manual(path):
    return not path.endswith(".md")


def read_document(path):
    """The document's lines and its blocks."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        lines = file.read().split("\n")
    return lines, read_manual(lines) if is_manual(path) else read_markdown(lines)


def console_steps(block):
    steps = []
    for i, line in enumerate(block.lines):
        if line.startswith("$ "):
            steps.append(Step(block.start + i, block.start + i + 1))
            steps[-1].source.append(line[2:])
        elif steps and not steps[-1].shown and line.startswith("> "):
            steps[-1].source.append(line[2:])
            steps[-1].shown_from = block.start + i + 1
        elif steps:
            steps[-1].shown.append(line)
    return steps


def sql_steps(block):
    steps, dots = [], []
    for i, line in enumerate(block.lines):
        if line.startswith("."):
            dots.append(line)
        elif line.startswith("-- ") or line == "--":
            steps[-1].shown.append(line[3:])
        else:
            if not steps or steps[-1].shown:
                steps.append(Step(block.start + i, 0))
                steps[-1].source.extend(dots)
            steps[-1].source.append(line)
            steps[-1].shown_from = block.start + i + 1
    return steps


def steps_of(block):
    if block.kind == "console":
        return console_steps(block)
    return sql_steps(block) if block.kind == "sql" else []


def same(a, b):
    for pattern, text in VARYING:
        a, b = [[pattern.sub(text, line) for line in lines] for lines in (a, b)]
    return a == b


def is_sanitized():
    try:
        with open(os.path.join(BUILD, "flags"), encoding="utf-8") as file:
            return "-fsanitize=" in file.read()
    except OSError:
        return False


class Workspace:
    """The folder in which one document's examples run."""

    def __init__(self, document):
        self.folder = tempfile.mkdtemp(prefix="hiku-docs-")
        self.status = 0
        os.symlink(os.path.join(ROOT, "corpus"), os.path.join(self.folder, "corpus"))
        os.symlink(BUILD, os.path.join(self.folder, "build"))
        self.env = {
            "PATH": BUILD + ":/usr/bin:/bin",
            "HOME": self.folder,
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "80",
            "PKG_CONFIG_PATH": self.write_pc(),
            "LD_LIBRARY_PATH": BUILD,
        }
        if ".ja." in document:
            self.env["LANGUAGE"] = "ja"

    def write_pc(self):
        """hiku.pc for the library as built, not as installed."""
        folder = os.path.join(self.folder, "pkgconfig")
        os.mkdir(folder)
        with open(os.path.join(ROOT, "search/hiku.pc.in"), encoding="utf-8") as file:
            text = file.read().replace("@VERSION@", "0").replace("@PREFIX@", BUILD)
        text = text.replace("${prefix}/lib", BUILD)
        text = text.replace("${prefix}/include", os.path.join(ROOT, "search"))
        with open(os.path.join(folder, "hiku.pc"), "w", encoding="utf-8") as file:
            file.write(text)
        return folder

    def save(self, block):
        name = re.search(r"[\w.-]+\.(py|c)\b", block.lines[0]).group()
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write("\n".join(block.lines) + "\n")

    def run_shell(self, source):
        env = self.env
        if is_sanitized() and not source[0].startswith(("hiku", "cc ")):
            # What loads the library is not built with the sanitizer itself.
            lib = subprocess.run(["gcc", "-print-file-name=libasan.so"], capture_output=True,
                                 text=True, check=True).stdout.strip()
            env = dict(env, LD_PRELOAD=lib, ASAN_OPTIONS="detect_leaks=0")
        # The command before leaves its exit code for `echo $?`.
        script = "(exit %d)\n%s" % (self.status, "\n".join(source))
        done = subprocess.run(["sh", "-c", script], cwd=self.folder, env=env, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=120)
        self.status = done.returncode
        output = done.stdout.decode("utf-8")
        lines = output[:-1].split("\n") if output else []
        # The linker has something to say about the sanitizer's own library.
        return [line for line in lines if "/libasan.so" not in line]

    def run(self, kind, step):
        """The lines that a step prints."""
        if kind == "console":
            return self.run_shell(step.source)
        with open(os.path.join(self.folder, "example.sql"), "w", encoding="utf-8") as file:
            file.write("\n".join(step.source) + "\n")
        return self.run_shell(["sqlite3 hiku.db < example.sql"])

    def remove(self):
        shutil.rmtree(self.folder)


def run_document(path):
    """Runs all examples of a document: (block, step, output) one after the other."""
    _, blocks = read_document(path)
    workspace = Workspace(path)
    try:
        for block in blocks:
            if block.kind in ("python", "c"):
                workspace.save(block)
            for step in steps_of(block):
                yield block, step, workspace.run(block.kind, step)
    finally:
        workspace.remove()
