#!/usr/bin/python3
"""A reader written after hiku.db(5) alone finds in the packed columns what the texts hold."""
import datetime
import os
import random
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [TESTS, os.path.join(TESTS, "oracle")]
import examples  # noqa: E402
import oracle  # noqa: E402
from tap import finish, report  # noqa: E402


class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, n):
        self.at += n
        return self.data[self.at - n:self.at]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def zigzag(self):
        z = self.varint()
        return z // 2 if z % 2 == 0 else -(z + 1) // 2

    def rest(self):
        return len(self.data) - self.at


def read_chunk(data, count):
    """The gaps of a chunk."""
    bits, at = int.from_bytes(data, "little"), 0

    def take(n):
        nonlocal at
        at += n
        return bits >> at - n & (1 << n) - 1

    widths = [take(5) for _ in range(0, count, 32)]
    gaps = [take(widths[i // 32]) for i in range(count)]
    for i in range(count):
        while take(1) == 0:
            gaps[i] += 1 << widths[i // 32]
    assert (at + 7) // 8 == len(data) and bits >> at == 0
    return gaps


def read_list(data):
    b = Bytes(data)
    n = b.varint()
    if n == 1:
        return [b.varint()]
    positions = []
    while len(positions) < n:
        before, left = positions[-1] if positions else 0, n - len(positions)
        span = b.varint() if left > 128 else None
        chunk = b.take(b.varint() if left > 128 else b.rest())
        for gap in read_chunk(chunk, min(128, left)):
            positions.append(positions[-1] + 1 + gap if positions else gap)
        assert span in (None, positions[-1] - before)
    assert b.rest() == 0
    return positions


def read_frequencies(data):
    """document -> whole words and other places in the title, the same in the body"""
    b = Bytes(data)
    docs = read_list(b.take(b.varint()))
    table = {doc: [] for doc in docs}
    for start in range(0, len(docs), 128):
        chunk = docs[start:start + 128]
        for _ in range(4):
            n_bytes = b.varint()
            column = read_chunk(b.take(n_bytes), len(chunk)) if n_bytes else [0] * len(chunk)
            for doc, number in zip(chunk, column):
                table[doc].append(number)
    assert b.rest() == 0
    return table


def read_postings(db, segment):
    """pair -> positions, number less 2^32 -> frequencies"""
    lists, frequencies, data, rows = {}, {}, b"", []
    for row, part in db.execute("SELECT id, data FROM postings WHERE id >> 33 = ? ORDER BY id",
                                (segment,)):
        assert row & 0x1FFFFFFFF == len(rows)
        rows.append(len(part))
        data += part
    report(all(n == 16340 for n in rows[:-1]), "segment %d: bytes of rows" % segment)
    end = 0
    for row, part in db.execute("SELECT id, data FROM lists WHERE id >> 33 = ? ORDER BY id",
                                (segment,)):
        b, number = Bytes(part), row & 0x1FFFFFFFF
        assert b.varint() == end
        while b.rest() > 0:
            number += b.varint()
            n_bytes = b.varint()
            if number < 1 << 32:
                lists[number] = read_list(data[end:end + n_bytes])
            else:
                frequencies[number - (1 << 32)] = read_frequencies(data[end:end + n_bytes])
            end += n_bytes
    report(end == len(data), "segment %d: bytes of lists" % segment)
    return lists, frequencies


def count_places(text, bounds, lengths, wanted):
    """What read_frequencies gives, of the places in TEXT where the units WANTED stand."""
    table, at = {}, 0
    for doc, fields in enumerate(lengths):
        row = [0, 0, 0, 0]
        for field, n in enumerate(fields):
            for p in range(at, at + n):
                if text[p:p + len(wanted)] == wanted:
                    inside = not (is_set(bounds, p) and is_set(bounds, p + len(wanted)))
                    row[field * 2 + inside] += 1
            at += n + 1
        if any(row):
            table[doc] = row
    return table


def check_frequencies(name, frequencies, text, bounds, lengths):
    """Lists of frequencies are there for what stands at so many places, and for nothing else."""
    singles, pairs = {}, {}
    for p, unit in enumerate(text[:-1]):
        if unit:
            singles[unit] = singles.get(unit, 0) + 1
        if unit and text[p + 1]:
            pair = unit << 16 | text[p + 1]
            pairs[pair] = pairs.get(pair, 0) + 1
    wanted = {number for least, places in ((len(lengths) // 4, singles), (len(lengths), pairs))
              for number, n in places.items() if n >= max(64, least)}
    report(set(frequencies) == wanted, name + ": which lists of frequencies")
    good = all(table == count_places(text, bounds, lengths, [n] if n < 1 << 16 else [n >> 16, n & 0xFFFF])
               for n, table in frequencies.items())
    report(good, name + ": %d lists of frequencies" % len(frequencies))


def units(text):
    data = text.encode("utf-16-le", "surrogatepass")
    return [int.from_bytes(data[i:i + 2], "little") for i in range(0, len(data), 2)]


def day(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


def is_set(bits, i):
    return bool(bits[i // 8] >> i % 8 & 1)


def check_dates(name, data, records):
    b, before, good = Bytes(data), 0, True
    for record in records:
        n_days = b.varint()
        first = before = before + b.zigzag() if n_days else before
        if record is not None:
            wanted = (day(record[3]), day(record[4])) if record[3] else None
            good &= wanted == ((first, first + n_days - 1) if n_days else None)
    report(good and b.rest() == 0, name + ": dates")


def expected_bounds(db, text):
    """Places in units of TEXT, normalised, where words start or end."""
    data, tokens = text.encode("utf-8"), []
    for start, end, pos in db.execute('SELECT start, "end", pos FROM hiku_tokens(?)', (text,)):
        tokens.append((len(data[:start].decode()), len(data[:end].decode()), pos))
    return {len(units(text[:place])) for place in oracle.bounds_of_tokens(text, tokens)}


def check_segment(db, row):
    segment, base, n_docs, n_units, lengths, dates = row
    name = "segment %d" % segment
    records = [db.execute("SELECT id, hiku_normalize(title), hiku_normalize(body), date, date_end "
                          "FROM documents WHERE id = ?", (base + i,)).fetchone()
               for i in range(n_docs)]
    rows = db.execute("SELECT id, data FROM bounds WHERE id >> 33 = ? ORDER BY id",
                      (segment,)).fetchall()
    bounds = b"".join(data for _, data in rows)
    report(len(bounds) == n_units // 8 + 1 and
           [len(data) for _, data in rows[:-1]] == [4064] * (len(rows) - 1) and
           [row_id & 0x1FFFFFFFF for row_id, _ in rows] == list(range(len(rows))),
           name + ": rows of bounds")
    dead = {row[0] for row in db.execute("SELECT id FROM dead")}
    for i, record in enumerate(records):
        if (record is None) != (base + i in dead):
            report(False, "%s: record %d is dead or not" % (name, base + i))
    check_dates(name, dates, records)

    lists, frequencies = read_postings(db, segment)
    text, known, good_bounds, b = [None] * n_units, [False] * n_units, True, Bytes(lengths)
    fields = []
    at = 0
    for record in records:
        for field in (1, 2):
            n = b.varint()
            fields.append(n)
            if record is not None:
                expected = units(record[field])
                report(len(expected) == n, "%s: length of record %d" % (name, record[0]))
                text[at:at + n + 1] = expected + [0]
                known[at:at + n + 1] = [True] * (n + 1)
                places = expected_bounds(db, record[field])
                good_bounds &= places == {i for i in range(n + 1) if is_set(bounds, at + i)}
            at += n + 1
    report(at == n_units and b.rest() == 0, name + ": lengths")
    report(good_bounds, name + ": bounds")
    found = {(pair, p) for pair, positions in lists.items() for p in positions if known[p]}
    wanted = {(text[p] << 16 | text[p + 1], p) for p in range(n_units - 1) if known[p] and text[p]}
    report(found == wanted and len(wanted) > 0, name + ": postings")
    for pair, positions in lists.items():  # of deleted records too
        for p in positions:
            text[p:p + 2] = [pair >> 16, pair & 0xFFFF]
    check_frequencies(name, frequencies, text, bounds, list(zip(fields[::2], fields[1::2])))


def check_vocabulary(db, path):
    """Each word of the texts that has a reading stands there, with it, as often as it is met."""
    table = {(reading, surface): n
             for reading, surface, n in db.execute("SELECT reading, surface, n FROM vocabulary")}
    met = {}
    for surface in db.execute("SELECT t.surface FROM documents d, "
                              "hiku_tokens(d.title || char(10) || d.body) t "
                              "WHERE t.pos LIKE '名詞,一般%' OR t.pos LIKE '名詞,サ変接続%'"):
        met[surface[0]] = met.get(surface[0], 0) + 1
    known = {}
    for (_, surface), n in table.items():
        known[surface] = known.get(surface, 0) + n
    lacking = [word for word, n in met.items() if not word.isascii() and known.get(word, 0) < n
               and len(word.encode()) <= 96 and any(c.isalpha() for c in word)]
    report(len(met) > 0 and not lacking, path + ": vocabulary lacks " + " ".join(lacking[:5]))
    report(all(set(reading) <= set("".join(map(chr, range(0x30A1, 0x30FD)))) for reading, _ in table),
           path + ": readings are in katakana")


def check_index(folder, path):
    db = sqlite3.connect(os.path.join(folder, path))
    db.enable_load_extension(True)
    db.load_extension(os.path.join(examples.BUILD, "hiku"))
    report(db.execute("PRAGMA application_id").fetchone()[0] == 1751739253, path + ": id")
    report(db.execute("PRAGMA user_version").fetchone()[0] == 6, path + ": format")
    for row in db.execute("SELECT id, base, n_docs, n_units, lengths, dates "
                          "FROM segments ORDER BY id").fetchall():
        check_segment(db, row)
    check_vocabulary(db, path)
    db.close()


def write_table(folder, n, text):
    """A table with long lists, rare characters, wide gaps. TEXT goes into a third of the records; all
    else is the same each time."""
    chance = random.Random(1)
    with open(os.path.join(folder, "big.tsv"), "w", encoding="utf-8") as file:
        file.write("番号\t日付\t件名\t概要\n")
        for i in range(1, n + 1):
            date = chance.choice(["", "令和%d年%d月" % (chance.randint(2, 9), i % 12 + 1), "2019"])
            body = "".join(chance.choice("夜間の児童会議を𠮟る、ﾃスﾄー々") for _ in range(60))
            title = text if i % 3 == 0 else "会議"
            file.write("%d\t%s\t%s %d\t%s\n" % (i, date, title, i, body))


def main():
    if examples.is_sanitized():
        print("ok 1 - reading the format # SKIP the extension is built with a sanitizer")
        print("1..1")
        return 0
    with tempfile.TemporaryDirectory(prefix="hiku-format-") as folder:
        os.symlink(os.path.join(examples.ROOT, "corpus"), os.path.join(folder, "corpus"))

        def index(*args):
            done = subprocess.run([os.path.join(examples.BUILD, "hiku"), "index", *args],
                                  cwd=folder, capture_output=True, check=False, timeout=120,
                                  env={"LC_ALL": "C.UTF-8"})
            report(done.returncode == 0, "hiku index %s" % " ".join(args))

        index("--db", "sapporo.db", "corpus")
        check_index(folder, "sapporo.db")
        write_table(folder, 400, "対策")
        index("--db", "big.db", "big.tsv")
        write_table(folder, 390, "方針")
        index("--db", "big.db", "big.tsv")
        check_index(folder, "big.db")
    finish()


if __name__ == "__main__":
    main()
