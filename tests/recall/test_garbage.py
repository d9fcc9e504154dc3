"""Queries of any bytes: no error, no crash, an answer that can be read; and --timeout ends each kind."""

import json
import random
import subprocess

from texts import ENVIRONMENT, oracle

PIECES = [
    "夜間", "休日", "児童相談所", "か", "katei", "3か月", "令和元年度", "2019-07", "(", ")", "((", "))", '"', "“", "”",
    "-", "－", "−", "--", "OR", "ＯＲ", "AND", "NOT", "|", "｜", "*", "＊", " ", "　", "title:", "件名：", "body:", "label:",
    "担当課:", ":", "：", "date:", "date:令和元年..", "since:", "until:R2", "..", "\\", "'", ";", "%", "^", "~", "{", "}",
    "\u200b", "\u0301", "\u3099", "\ufe0f", "\U000e0100", "\u202e", "\ufeff", "𠮷", "㈱", "ﾞ", "\x01", "\x1b[31m", "\x7f",
]
ODD_BYTES = [b"\xff", b"\xfe", b"\xe3\x81", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\0", b"\r", b"\x80"]


def random_query(rng):
    """Mostly operators and words, sometimes bytes alone. A line end ends the query."""
    if rng.random() < 0.2:
        return bytes(rng.randrange(256) for _ in range(rng.randint(1, 60))).replace(b"\n", b"")
    parts = [rng.choice(ODD_BYTES) if rng.random() < 0.05 else rng.choice(PIECES).encode()
             for _ in range(rng.randint(1, 25))]
    return b"".join(parts)


def long_queries(rng):
    """About a mebibyte each."""
    words = ["".join(rng.choices("児童相談所夜間休日体制会議0123か月", k=rng.randint(1, 6))) for _ in range(60000)]
    return {
        "words": " ".join(words), "alternatives": " OR ".join(words), "exclusions": "夜間 -" + " -".join(words),
        "a text": "".join(words), "a quoted text": '"%s"' % "".join(words), "starts of words": "* ".join(words),
        "columns": " ".join("欄%s:%s" % pair for pair in zip(words[:20000], words)),
        "dates": "date:2019-07 OR " * 40000, "groups": "(夜間 OR 休日) " * 30000,
        "brackets": "(" * 2**20, "nested brackets": "(a " * 2**18, "quotes": '"' * 2**20, "hyphens": "-" * 2**20,
        "stars": "*" * 2**20, "colons": "a:" * 2**19, "letters": "a" * 2**20, "digits": "1" * 2**20,
        "numerals": "三十二万" * 80000, "marks": "か\u3099" * 2**17, "kana": "かていじどうそうだんしつ" * 28000,
        "katakana": "センタ-" * 90000, "repeats": "人々" * 170000, "blanks": " " * 2**20,
    }


def search(lines, *options):
    """The exit code, the hits and the complaints."""
    data = b"".join(b"%d\t%s\n" % item for item in enumerate(lines))
    done = subprocess.run([oracle.HIKU, "search", "--queries", "-", "--format", "jsonl", *options], input=data,
                          capture_output=True, check=False, env=ENVIRONMENT, timeout=300)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def check_random(rng):
    for options in ([], ["--any"], ["--exact"], ["--words", "--field", "title"], ["--explain", "--limit", "1"]):
        code, hits, complaints = search([random_query(rng) for _ in range(400)], *options)
        oracle.ok(code == 0 and hits and not complaints, "400 random queries, %s" % (" ".join(options) or "no options"),
                  "exit code %d" % code, *complaints.splitlines())


def check_long(rng):
    n_stopped = 0
    for name, text in long_queries(rng).items():
        code, _, complaints = search([text.encode()])
        oracle.ok(code in (0, 1) and not complaints, "a mebibyte of %s is answered" % name, code, complaints[:200])
        code, _, complaints = search([text.encode()], "--timeout", "1")
        oracle.ok(code in (0, 1) or (code == 75 and "ran out of time" in complaints),
                  "a mebibyte of %s, 1 ms" % name, code, complaints[:200])
        n_stopped += code == 75
    oracle.ok(n_stopped > 12, "that was too short for most of them", n_stopped)


def main():
    rng = random.Random(oracle.SEED)
    folder = oracle.scratch()
    oracle.hiku("index", "--quiet", oracle.REGISTER)
    check_random(rng)
    check_long(rng)
    folder.cleanup()
    oracle.finish()


main()
