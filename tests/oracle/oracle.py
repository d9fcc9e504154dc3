"""What the oracle tests share: running hiku, and the normaliser written a second time.

The normaliser follows dict/normalize.h: NFKC and case folding with ゛ and ゜ as combining
marks, dict/variants.tsv, blanks folded."""

import os
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD", os.path.join(ROOT, "build"))
HIKU = os.environ.get("HIKU", os.path.join(BUILD, "hiku"))
SEED = 20190605
sys.path.insert(0, os.path.join(ROOT, "tests"))
from tap import finish, report as ok  # noqa: E402,F401  (for those that import this)

for name in ("HIKU_DB", "HIKU_DICDIR", "NO_COLOR", "COLUMNS", "LANGUAGE"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"

def hiku(*args, stdin=b""):
    """Runs hiku and returns its standard output; any exit code but 0 and 1 is an error."""
    done = subprocess.run([HIKU, *args], input=stdin, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError("%r: %d: %s" % (args, done.returncode, done.stderr.decode()))
    return done.stdout


def preload_sanitizer(build):
    """Starts the script again with the address sanitizer loaded first, when the extension in the
    folder BUILD is built with it."""
    listing = subprocess.run(["ldd", os.path.join(build, "hiku.so")], capture_output=True, text=True,
                             check=True).stdout
    found = [line.split()[2] for line in listing.splitlines() if line.strip().startswith("libasan")]
    if found and "LD_PRELOAD" not in os.environ:
        # Python itself leaves memory to the system when it ends.
        os.environ.update(LD_PRELOAD=found[0], ASAN_OPTIONS="detect_leaks=0")
        os.execv(sys.executable, [sys.executable, *sys.argv])


def scratch():
    """A folder of its own, gone when the test ends."""
    folder = tempfile.TemporaryDirectory(prefix="hiku-")
    os.chdir(folder.name)
    return folder


def _read_variants():
    variants = {}
    with open(os.path.join(ROOT, "dict", "variants.tsv"), encoding="utf-8") as f:
        for line in f.read().split("\n"):
            if not line or line.startswith("#"):
                continue
            source, target = line.split("\t")[:2]
            if source.startswith("U+"):
                first, _, last = source.partition("..")
                last = last or first
                for cp in range(int(first[2:], 16), int(last[2:], 16) + 1):
                    variants[cp] = target
            else:
                variants[ord(source)] = target
    return variants


VARIANTS = _read_variants()
BLANKS = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


VOICED = re.compile("(.)([\u309b\u309c])")


def _compose(match):
    """か゛ as が; what has no voiced form keeps the mark."""
    both = match[1] + {"\u309b": "\u3099", "\u309c": "\u309a"}[match[2]]
    return both if len(unicodedata.normalize("NFKC", both)) == 1 else match[0]


def normalize(text):
    """The normal form of a str."""
    # Control characters are blanks before anything else: NFKC keeps them, str.casefold too.
    text = unicodedata.normalize("NFKC", VOICED.sub(_compose, BLANKS.sub(" ", text))).casefold()
    text = unicodedata.normalize("NFKC", text).translate(VARIANTS)
    return BLANKS.sub(" ", text)


UNITS = "十百千万億兆"
NUMERAL = re.compile("[0-9〇一二三四五六七八九%s]+" % UNITS)


def _goes_on(before, behind):
    """Whether a numeral that ends with one character goes on with the other."""
    both = before + behind
    if set(both) & set("数何幾"):
        return set(both) & set(UNITS)
    return both.isascii() or not re.search("[0-9]", both) or set(both) & set(UNITS)


def _is_separator(normal, at):
    """Whether the character AT stands within a number: 1,000 and 1.5, not 1,2 and 1.2.3 and h30.4."""
    before, behind = normal[:at], normal[at + 1:]
    if not (re.search("[0-9]\\Z", before) and re.match("[0-9]", behind)):
        return False
    if normal[at] == ",":
        return re.search("(?<![0-9])[0-9]{1,3}\\Z", before) and re.match("[0-9]{3}(?![0-9])", behind)
    return normal[at] == "." and not (re.search("([a-z]|[0-9][.])[0-9]+\\Z", before) or
                                      re.match("[0-9]+[.][0-9]", behind))


def bounds_of_tokens(normal, tokens):
    """The places in the text where words begin and end. TOKENS: (start, end, part of speech). The
    parts of a number are one word."""
    bounds = {place for token in tokens for place in token[:2]}
    numerals = {}
    for start, end, pos in tokens:
        if NUMERAL.fullmatch(normal, start, end) or (normal[start:end] in list("数何幾") and
                                                     pos.split(",")[:2] == ["名詞", "数"]):
            numerals[start] = end
    ends = set(numerals.values())
    for at in sorted(ends):
        if at in numerals and _goes_on(normal[at - 1], normal[at]):
            bounds.discard(at)
        if at + 1 in numerals and at + 1 in bounds and _is_separator(normal, at):
            bounds -= {at, at + 1}
    return bounds


REGISTER = os.path.join(ROOT, "corpus", "sapporo")

# Units from which random texts are made; a voicing mark stays with its kana.
KANJI = list("児童相談所虐待夜間休日区市京都東会議副市长長髙﨑学學校") + ["𠮷", "葛\U000e0100", "神"]
KANA = list("あいうのとをかがセンターバスカヵヶー々") + ["か\u3099", "ハ\u309a", "か゛", "フ゜", "ｶ", "ﾞ", "ｾﾝﾀｰ"]
LATIN = list("abcABCｘＹＺßéΣς") + ["e\u0301", "ﬁ"]
DIGITS = list("0123１２３①②Ⅲ㎡,.十百千三数") + ["㋿", "㈱"]
SIGNS = list("・･、。「」【】()（）-−ー〜～%％&#+*:|/") + ["🏠", "👩", "☎\ufe0f"]
SPACES = [" ", "　", "  "]
GROUPS = [KANJI, KANJI, KANA, KANA, LATIN, DIGITS, SIGNS, SPACES]


def random_units(rng, n):
    """N units; the next is often of the same group, as in real text."""
    units, group = [], rng.choice(GROUPS)
    for _ in range(n):
        if rng.random() < 0.4:
            group = rng.choice(GROUPS)
        units.append(rng.choice(group))
    return units
