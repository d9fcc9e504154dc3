#!/usr/bin/python3
"""Real outputs fit search/result.schema.json, and it names all of their members."""
import copy
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import examples  # noqa: E402
import schema as validator  # noqa: E402
from tap import finish, report  # noqa: E402

with open(os.path.join(examples.ROOT, "search/result.schema.json"), encoding="utf-8") as schema_file:
    SCHEMA = json.load(schema_file)
HIT = SCHEMA["$defs"]["hit"]
RECORD = SCHEMA["$defs"]["record"]


def hiku(folder, *args, text=""):
    env = {"PATH": examples.BUILD + ":/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run([os.path.join(examples.BUILD, "hiku"), *args], cwd=folder, env=env,
                          input=text.encode(), capture_output=True, check=False, timeout=60)
    if done.returncode > 1:
        raise RuntimeError("hiku %s: %s" % (" ".join(args), done.stderr.decode("utf-8")))
    return done.stdout.decode("utf-8")


def check(name, schema, value):
    found = validator.errors(SCHEMA, schema, value)
    report(not found, name + " fits", *found)
    names = validator.known_names(SCHEMA, schema)
    report(set(value) <= names, name + " has only members that are described",
           *sorted(set(value) - names))


def check_ranges(name, text, ranges):
    data, end = text.encode("utf-8"), 0
    for start, stop in ranges:
        good = end <= start < stop <= len(data)
        report(good, "%s: [%d, %d) is in order and inside" % (name, start, stop))
        try:
            data[start:stop].decode("utf-8")
            data[:start].decode("utf-8")
        except UnicodeDecodeError:
            report(False, "%s: [%d, %d) ends between characters" % (name, start, stop))
        end = stop


def check_results(folder):
    for args in (["夜間"], ["休日の夜間に緊急対応"], ["--explain", "3か月 会議"], ["zzz", "--all"],
                 ["--any", "夜間 zzz"], ["--snippets", "no", "体制"], ["議", "--limit", "0"],
                 ["--db", "hiku.db", "--db", "own.db", "夜間"], ["x", "--since", "2019"], ["sapporo#4"], ["担当:x"],
                 ["\x01\"\\", "--any"]):
        result = json.loads(hiku(folder, "search", "--format", "json", *args))
        check("json of %r" % args, SCHEMA, result)
        report(len(result["hits"]) <= result["total"] + result["partial"],
               "no more hits than are counted")
        for hit in result["hits"][:3]:
            check("hit %s" % hit["key"], HIT, hit)
            check_ranges("title", hit["title"], hit["highlights"]["title"])
            check_ranges("body", hit["body"], hit["highlights"]["body"])
            if "snippet" in hit:
                check_ranges("snippet", hit["snippet"]["text"], hit["snippet"]["highlights"])
    return result


def check_lines(folder):
    for args, text in ((["夜間"], ""), (["--queries", "-"], "q1\t夜間\nq2\t体制\n")):
        lines = hiku(folder, "search", "--format", "jsonl", *args, text=text).splitlines()
        report(len(lines) > 1, "jsonl of %r has lines" % args)
        for line in lines:
            check("jsonl of %r" % args, HIT, json.loads(line))
            report(("qid" in json.loads(line)) == (text != ""), "qid stands where it should")
    for line in hiku(folder, "show", "--format", "json", "sapporo#4", "sapporo#17").splitlines():
        check("show", RECORD, json.loads(line))
    check("show with columns", RECORD, json.loads(hiku(folder, "show", "--format", "json", "--db",
                                                       "own.db", "own#7")))


def check_nested(name, defs, value):
    """Fits, and no member of what it holds is left undescribed."""
    check(name, SCHEMA["$defs"][defs], value)
    inner = {"explanation": {"record": "record", "obstacles": "obstacle", "terms": "explained_term"},
             "explained_term": {"spellings": "spelling", "places": "place", "nearest": "nearest"},
             "hit": {"terms": "term"}, "term": {"spellings": "found_spelling"}}.get(defs, {})
    for member, of in inner.items():
        values = value.get(member, [])
        for number, one in enumerate(values if isinstance(values, list) else [values]):
            check_nested("%s.%s.%d" % (name, member, number), of, one)


def check_explanations(folder):
    seen = set()
    for args in (["explain", "sapporo#4", "夜間"], ["explain", "4", "休日の夜間に緊急対応"],
                 ["explain", "25", "児童相談署 -保健 since:2022 担当:x title:設置"],
                 ["explain", "--words", "--without", "synonyms", "25", "児相 健"],
                 ["tokens", "--query", "3か月 かてい* -\"休日\""]):
        value = json.loads(hiku(folder, *args, "--format", "json"))
        check_nested("json of %r" % args, "explanation", value)
        report(("record" in value) == (args[0] == "explain"), "a record where one was asked for")
        seen |= {o["kind"] for o in value.get("obstacles", [])}
        seen |= {t["nearest"]["how"] for t in value["terms"] if "nearest" in t}
    report(seen == {"missing", "excluded", "date", "column", "field", "inside", "spelling", "similar"},
           "all kinds of obstacles and of what is near", *sorted(seen))
    for hit in json.loads(hiku(folder, "search", "--format", "json", "--explain", "児相 三か月"))["hits"]:
        check_nested("explained hit", "hit", hit)


def check_validator(folder):
    """The validator finds what is wrong: one change each."""
    good = json.loads(hiku(folder, "search", "--format", "json", "夜間"))

    def wrong(name, change):
        bad = copy.deepcopy(good)
        change(bad)
        report(validator.errors(SCHEMA, SCHEMA, bad) != [], "the validator sees " + name)

    wrong("a missing member", lambda r: r.pop("total"))
    wrong("a missing member of a hit", lambda r: r["hits"][0].pop("key"))
    wrong("another type", lambda r: r.update(total="2"))
    wrong("a negative number", lambda r: r.update(partial=-1))
    wrong("an unknown match", lambda r: r["hits"][0].update(match="some"))
    wrong("a date in another form", lambda r: r["hits"][0].update(date="2019/07/08"))
    wrong("a range of one number", lambda r: r["hits"][0]["highlights"].update(title=[[1]]))
    wrong("an empty key", lambda r: r["hits"][0].update(key=""))
    wrong("a column that is no text", lambda r: r["hits"][0].update(columns={"x": 1}))


def main():
    report(SCHEMA["x-version"] == 1, "the schema has version 1")
    with tempfile.TemporaryDirectory(prefix="hiku-schema-") as folder:
        os.symlink(os.path.join(examples.ROOT, "corpus"), os.path.join(folder, "corpus"))
        with open(os.path.join(folder, "own.tsv"), "w", encoding="utf-8") as file:
            file.write("番号\t日付\t事業名\t概要\t担当課\n7\t令和元年6月\t夜間保育\t\"a\"\t保育課\n")
        hiku(folder, "index")
        hiku(folder, "index", "--db", "own.db", "own.tsv")
        check_results(folder)
        check_lines(folder)
        check_explanations(folder)
        check_validator(folder)
    finish()


if __name__ == "__main__":
    main()
