"""Draws queries from texts: parts of 1 to 12 characters, where words begin and end and anywhere."""

import re
import unicodedata

MAX_CHARS = 12
QUOTES = set('"“”„‟＂〝〞〟')
# What the query language gives a meaning outside of quotes, in its normal form.
OPERATORS = set('()|*:-"') | QUOTES
CLASSES = {
    "kanji": re.compile("[\u3400-\u9fff々]"), "hiragana": re.compile("[ぁ-ゖ]"),
    "katakana": re.compile("[ァ-ヺー]"), "half width": re.compile("[ｦ-ﾟ]"),
    "latin": re.compile("[A-Za-zＡ-Ｚａ-ｚ]"), "digit": re.compile("[0-9０-９①-⑳Ⅰ-Ⅻ]"),
    "line end": re.compile("[\n\r]"), "blank": re.compile("[ \u3000]"),
    "sign": re.compile("[^\\w\\s]"), "rare": re.compile("[^\u0000-\u33ff\u4e00-\u9fff\uff00-\uffef]"),
}
WORD_OPERATORS = ("OR", "AND", "NOT")


def is_plain(query, normal):
    """Whether a query without quotes asks for nothing but itself."""
    return (not OPERATORS & set(normal) and
            not any(c.isspace() or unicodedata.category(c) == "Cc" for c in query + normal) and
            unicodedata.normalize("NFKC", query) not in WORD_OPERATORS)


class Drawer:
    """Queries from the texts of DOCUMENTS, [(title, body)]. NORMALIZE gives a text's normal form,
    CUT the places where its words begin and end, ascending."""

    def __init__(self, rng, documents, normalize, cut):
        self.rng = rng
        self.texts = [text for pair in documents for text in pair if text.strip()]
        self.normalize = normalize
        self.cut = cut
        # Texts that have a character of each class: the rare ones are drawn as often as others.
        self.with_class = {}
        for name, pattern in CLASSES.items():
            having = [text for text in self.texts if pattern.search(text)]
            if having:
                self.with_class[name] = having

    def _anywhere(self):
        """A part that holds a character of a class drawn first."""
        name = self.rng.choice(sorted(self.with_class))
        text = self.rng.choice(self.with_class[name])
        place = self.rng.choice(list(CLASSES[name].finditer(text))).start()
        n = self.rng.randint(1, MAX_CHARS)
        start = max(0, min(place - self.rng.randrange(n), len(text) - n))
        return text[start:start + n]

    def _aligned(self):
        """A part that begins where a word does and ends where one does."""
        text = self.rng.choice(self.texts)
        bounds = self.cut(text)
        if len(bounds) < 2:
            return ""
        first = self.rng.randrange(len(bounds) - 1)
        ends = [end for end in bounds[first + 1:first + 1 + MAX_CHARS]
                if 0 < end - bounds[first] <= MAX_CHARS]
        return text[bounds[first]:self.rng.choice(ends)] if ends else ""

    def draw(self, n):
        """N distinct queries that can stand in quotes and ask for something, as [(text, normal
        form)]; fewer when the texts do not have so many."""
        queries, tries = {}, 0
        while len(queries) < n and tries < n * 20:
            tries += 1
            text = self._aligned() if tries % 2 else self._anywhere()
            if QUOTES & set(text) or "\t" in text:
                continue
            # Blanks at the ends are dropped by the query language.
            normal = self.normalize(text).strip(" ")
            if normal:
                queries.setdefault(normal, text)
        return [(text, normal) for normal, text in queries.items()]
