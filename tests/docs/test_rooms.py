#!/usr/bin/python3
"""Rooms and their folders use each other one way only, as ARCHITECTURE.md has it."""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tests"))
import tap  # noqa: E402

ROOMS = {
    "base": [],
    "corpus": ["base"],
    "dict": ["base"],
    "store": ["base", "dict"],
    "indexer": ["base", "corpus", "dict", "store"],
    "search": ["base", "dict", "store"],
    "cli": ["base", "corpus", "dict", "indexer", "search", "store"],
}
# From above to below: each folder uses those that come after it, and its room's own headers.
FOLDERS = {
    "dict": [{"gen"}, {"dates", "lattice"}],
    "indexer": [{"check"}, {"sources"}, {"segments"}],
    "corpus": [{"text", "json", "html", "sheet", "pdf"}, {"table"}, {"rows"}, {"bytes"}],
    "search": [{"sql", "explain"}, {"suggest", "write"}, {"results"}, {"rank"}, {"match"}, {"plan"}, {"query"}],
}


def report(wrong, name):
    """Nothing may be wrong."""
    tap.report(not wrong, name, *wrong)


def includes(room):
    """Each include of the room's files: file, its folder, what it names, that one's folder."""
    for folder, _, files in os.walk(os.path.join(ROOT, room)):
        for file in files:
            if not file.endswith((".c", ".h")):
                continue
            path = os.path.relpath(os.path.join(folder, file), ROOT)
            with open(os.path.join(ROOT, path), encoding="utf-8") as text:
                for name in re.findall(r'^#include "([^"]+)"', text.read(), re.M):
                    if "/" in name:
                        yield path, os.path.dirname(path), name, os.path.dirname(name)


def level(folder, floors):
    """How far below the first floor the folder is; -1: it is the room itself, or unknown."""
    name = folder.split("/", 1)[1] if "/" in folder else ""
    return next((i for i, floor in enumerate(floors) if name in floor), -1)


for room, known in ROOMS.items():
    found = list(includes(room))
    report(["%s includes %s" % (path, name) for path, _, name, _ in found
            if name.split("/")[0] not in known + [room]], "%s/ knows of nothing but %s" % (room, ", ".join(known) or "libc"))
    if room not in FOLDERS:
        continue
    floors = FOLDERS[room]
    folders = {folder for _, folder, _, _ in found}
    report(["%s is on no floor" % folder for folder in sorted(folders)
            if folder != room and level(folder, floors) < 0], "every folder of %s/ has its place" % room)
    report(["%s includes %s" % (path, name) for path, folder, name, target in found
            if target != folder and target.startswith(room + "/") and folder != room
            and level(target, floors) <= level(folder, floors)], "folders of %s/ use those below them" % room)

tap.finish()
