"""Tables and queries to measure with, where none are given: made of a table's own texts."""
import collections
import os
import random
import re

KANJI = re.compile("[\u4e00-\u9fff]{2,6}")
PAIR = re.compile("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2}(?![\u4e00-\u9fff])")
SENTENCE = re.compile("[^。\t\n]{15,60}。")


def sentences_of_corpus(root):
    """The texts of the register, by sentence."""
    texts = []
    for folder, _, files in os.walk(os.path.join(root, "corpus")):
        for name in files:
            if name.endswith(".txt"):
                with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                    texts += re.split("[\t\r\n。,\"]+", re.sub("<[^>]*>", "", file.read()))
    return sorted({t for t in texts if len(t) >= 8})


def make_table(root, path, n):
    chance, sentences = random.Random(1), sentences_of_corpus(root)
    with open(path, "w", encoding="utf-8") as out:
        for i in range(n):
            body = "。".join(chance.choice(sentences) for _ in range(6))
            out.write("%d\t%s\t%s。\n" % (i, chance.choice(sentences)[:30], body))


def resize(table, path, size):
    """Every nth line, or the whole several times, each time under other ids; the number of records."""
    step, n = max(1, round(1 / size)), 0
    with open(path, "w", encoding="utf-8") as out:
        for copy in range(max(1, round(size))):
            with open(table, encoding="utf-8") as file:
                for i, line in enumerate(file):
                    if i % step == 0:
                        out.write("%d-%s" % (copy, line))
                        n += 1
    return n


def sample(table, n):
    """N lines, evenly drawn."""
    chance, kept = random.Random(2), []
    with open(table, encoding="utf-8") as file:
        for i, line in enumerate(file):
            if i < n:
                kept.append(line)
            elif (at := chance.randrange(i + 1)) < n:
                kept[at] = line
    return kept


def write_queries(path, queries):
    with open(path, "w", encoding="utf-8") as out:
        for i, query in enumerate(queries):
            out.write("q%d\t%s\n" % (i, query.replace("\t", " ")))


def read_queries(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t")[1] for line in file]


def make_queries(table, folder, given):
    """Files of queries by kind. GIVEN: those that the user has; the others are made of TABLE's texts."""
    chance, lines = random.Random(3), sample(table, 3000)
    common = collections.Counter(word for line in lines for word in set(PAIR.findall(line)))
    made = {
        "keywords": [chance.choice(words) for words in map(KANJI.findall, lines) if words][:300],
        "common words": [word for word, _ in common.most_common(30)],
        "questions": [chance.choice(found) for found in map(SENTENCE.findall, lines) if found][:200],
    }
    paths = {}
    for kind, queries in made.items():
        paths[kind] = given.get(kind) or os.path.join(folder, kind + ".tsv")
        if not given.get(kind):
            write_queries(paths[kind], queries or ["夜間"])
    words = read_queries(paths["common words"])
    paths["ten common words"] = os.path.join(folder, "ten.tsv")
    write_queries(paths["ten common words"], [" ".join(chance.choices(words, k=10)) for _ in range(30)])
    return paths
