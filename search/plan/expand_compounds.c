/* Compounds that no dictionary lists, by their parts: 聴取り = 聴き取り = 聴きとり, 概算払 =
 * 概算払い. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/lexicon.h"

#include <string.h>

/* A compound of two verbs in the term: 聴き取り from START to END, 取り from SECOND on. */
struct compound {
    size_t start, first_kana, second, second_kana, end;
    bool is_noun;        /* the second is a noun as it stands */
    bool is_bare;        /* it has no kana */
    struct span reading; /* where MeCab has it as one word; else of no length */
};

static bool is_kanji_at(const struct expansion *e, size_t at, size_t *n)
{
    uint32_t cp = 0;
    *n = at < e->n_bytes ? utf8_decode(e->text + at, e->n_bytes - at, &cp) : 0;
    return utf8_is_kanji(cp);
}

/* Where the hiragana from AT on end. */
static size_t kana_end(const struct expansion *e, size_t at)
{
    uint32_t cp;
    while (at < e->n_bytes) {
        size_t n = utf8_decode(e->text + at, e->n_bytes - at, &cp);
        if (!utf8_is_hiragana(cp))
            break;
        at += n;
    }
    return at;
}

static bool find(const struct expansion *e, const struct lexicon *l, size_t start, size_t end,
                 char rule, struct lexicon_entry *entry)
{
    return lexicon_find(l, (struct span){e->text + start, end - start}, rule, entry);
}

/* Finds the form of a verb at the second part, as long as it goes. */
static bool find_second(const struct expansion *e, const struct lexicon *l, struct compound *c)
{
    struct lexicon_entry entry;
    size_t last = kana_end(e, c->second_kana);
    for (c->end = last; c->end > c->second_kana; c->end = utf8_floor(e->text, c->end - 1)) {
        c->is_noun = find(e, l, c->second, c->end, LEXICON_SECOND_NOUN, &entry);
        if (c->is_noun || find(e, l, c->second, c->end, LEXICON_SECOND, &entry))
            return true;
    }
    c->is_bare = c->is_noun = true;
    return find(e, l, c->second, c->end, LEXICON_SECOND_BARE, &entry);
}

/* Whether MeCab has TEXT as one word. */
static bool is_word(struct expansion *e, const struct buf *text, enum status *st)
{
    struct tokens tokens = {0};
    *st = text->failed ? ST_NOMEM : tokenizer_cut(e->tokenizer, text->data, text->len, &tokens);
    bool one = *st == ST_OK && tokens.n == 1;
    tokens_release(&tokens);
    return one;
}

/* Whether the text of the compound is written by the lexicon's own lines: *LISTED; false when these
 * lack kana behind the first kanji, as those of 受払い do. */
static bool has_lines(const struct expansion *e, const struct lexicon *l, const struct compound *c,
                      bool *listed)
{
    struct lexicon_entry entry;
    struct span full;
    *listed = true;
    if (find(e, l, c->start, c->end, LEXICON_OKURIGANA, &entry))
        return c->second > c->first_kana;
    *listed = find(e, l, c->start, c->end, LEXICON_FULL, &entry);
    while (*listed && lexicon_word(&entry.words, &full)) {
        size_t n = c->first_kana - c->start;
        uint32_t cp = 0;
        if (full.len > n)
            utf8_decode(full.data + n, full.len - n, &cp);
        if (utf8_is_hiragana(cp))
            return true;
    }
    return false;
}

/* Whether する follows on token NUMBER: 開催さ of 開催される is no 催す. */
static bool is_verbal_noun(const struct expansion *e, size_t number)
{
    static const char suru[] = "する";
    if (number + 1 >= e->tokens->n)
        return false;
    struct span base = token_base(tokenizer_analyzer(e->tokenizer), &e->tokens->items[number + 1]);
    return base.len == sizeof suru - 1 && memcmp(base.data, suru, base.len) == 0;
}

/* The reading of the compound where MeCab has it as one word, no more and no less. */
static struct span reading_of(struct expansion *e, const struct compound *c, enum status *st)
{
    *st = expansion_cut(e);
    const struct token *t = *st == ST_OK ? expand_token_at(e->tokens, c->start, c->end) : NULL;
    return t != NULL ? token_reading(tokenizer_analyzer(e->tokenizer), t) : (struct span){NULL, 0};
}

/* Whether TEXT is read as the compound is: 仕え舞い is no 仕舞い. */
static bool is_read_alike(struct expansion *e, const struct compound *c, const struct buf *text,
                          enum status *st)
{
    struct tokens tokens = {0};
    struct buf reading = BUF_INIT;
    if (c->reading.len == 0)
        return true;
    *st = text->failed ? ST_NOMEM : tokenizer_cut(e->tokenizer, text->data, text->len, &tokens);
    for (size_t i = 0; *st == ST_OK && i < tokens.n; i++) {
        struct span part = token_reading(tokenizer_analyzer(e->tokenizer), &tokens.items[i]);
        buf_append(&reading, part.data, part.len);
    }
    bool alike = *st == ST_OK && reading.len == c->reading.len &&
                 memcmp(reading.data, c->reading.data, reading.len) == 0;
    if (reading.failed)
        *st = ST_NOMEM;
    tokens_release(&tokens);
    buf_release(&reading);
    return alike;
}

/* Whether MeCab has the compound, and maybe more, as one word. */
static bool is_one_token(struct expansion *e, const struct compound *c, enum status *st)
{
    *st = expansion_cut(e);
    for (size_t i = 0; *st == ST_OK && i < e->tokens->n; i++) {
        const struct token *t = &e->tokens->items[i];
        if (t->start <= c->start &&
            (t->end >= c->end || (t->end == c->second_kana && is_verbal_noun(e, i))))
            return true;
    }
    return false;
}

/* Whether the kanji of the first verb stands without kana by right: 見直し. */
static bool has_own_kanji(const struct expansion *e, const struct lexicon *l,
                          const struct compound *c)
{
    struct lexicon_entry entry;
    return find(e, l, c->start, c->first_kana, LEXICON_STEM_BARE, &entry);
}

/* Whether a compound begins at START of which the lexicon and MeCab have not all that is to be
 * known. */
static bool find_compound(struct expansion *e, const struct lexicon *l, size_t start,
                          struct compound *c, struct lexicon_entry *stems, enum status *st)
{
    bool listed;
    size_t n;
    *c = (struct compound){.start = start};
    if (!is_kanji_at(e, start, &n))
        return false;
    c->first_kana = start + n;
    c->second = kana_end(e, c->first_kana);
    if (!is_kanji_at(e, c->second, &n) || !find(e, l, start, c->first_kana, LEXICON_STEM, stems) ||
        (c->second == c->first_kana && has_own_kanji(e, l, c)))
        return false;
    c->second_kana = c->second + n;
    if (!find_second(e, l, c) || has_lines(e, l, c, &listed))
        return false;
    if (listed) {
        c->reading = reading_of(e, c, st);
        return *st == ST_OK && !c->is_bare && expansion_is_aligned(e, start, e->n_bytes, st);
    }
    return !is_one_token(e, c, st) &&
           expansion_is_aligned(e, start, c->is_bare ? c->end : e->n_bytes, st) &&
           (!c->is_bare || expansion_is_aligned(e, c->second, e->n_bytes, st));
}

/* Adds the term with FIRST and SECOND in the place of the compound. */
static bool add(struct expansion *e, const struct compound *c, struct span first,
                struct span second)
{
    struct buf both = BUF_INIT;
    enum status st = ST_OK;
    buf_append(&both, first.data, first.len);
    buf_append(&both, second.data, second.len);
    bool ok = !both.failed;
    if (ok && is_read_alike(e, c, &both, &st))
        ok = expansion_replace(e, c->start, c->end, both.data, both.len);
    buf_release(&both);
    return ok && st == ST_OK;
}

/* Adds the two kanji of the compound, a noun, alone, unless they are another word: 聴取. */
static bool add_kanji(struct expansion *e, const struct compound *c)
{
    struct buf kanji = BUF_INIT;
    enum status st = ST_OK;
    buf_append(&kanji, e->text + c->start, c->first_kana - c->start);
    buf_append(&kanji, e->text + c->second, c->second_kana - c->second);
    bool ok = is_word(e, &kanji, &st) || st != ST_OK ||
              expansion_replace(e, c->start, c->end, kanji.data, kanji.len);
    buf_release(&kanji);
    return ok && st == ST_OK;
}

/* Adds SECOND behind the first verb with all of its kana, STEM, and with those that it may have
 * lost. */
static bool add_with_stem(struct expansion *e, const struct compound *c, struct span stem,
                          struct span second)
{
    size_t n_kanji = c->first_kana - c->start;
    struct buf first = BUF_INIT;
    bool ok = true;
    for (size_t lost = n_kanji; ok && lost <= stem.len;) {
        uint32_t cp;
        buf_clear(&first);
        buf_append(&first, stem.data, n_kanji);
        buf_append(&first, stem.data + lost, stem.len - lost);
        ok = !first.failed && add(e, c, buf_span(&first), second);
        lost += lost < stem.len ? utf8_decode(stem.data + lost, stem.len - lost, &cp) : 1;
    }
    buf_release(&first);
    return ok;
}

/* Adds all ways to write the compound whose first verb is STEM. */
static bool add_ways(struct expansion *e, const struct lexicon *l, const struct compound *c,
                     struct span stem)
{
    struct span second = {e->text + c->second, c->end - c->second}, words;
    struct lexicon_entry entry;
    if (!c->is_bare)
        return add_with_stem(e, c, stem, second);
    bool ok = find(e, l, c->second, c->second_kana, LEXICON_SECOND_BARE, &entry);
    for (words = entry.words; ok && lexicon_word(&words, &second);)
        ok = add_with_stem(e, c, stem, second);
    return ok;
}

/* Whether the kana that the compound's first verb has are the last of those of STEM. */
static bool may_be(const struct expansion *e, const struct compound *c, struct span stem)
{
    size_t n = c->second - c->first_kana;
    return n <= stem.len - (c->first_kana - c->start) &&
           memcmp(stem.data + stem.len - n, e->text + c->first_kana, n) == 0;
}

/* Adds what the compound of verbs at START is written as; *END: where it ends. */
static bool add_compound(struct expansion *e, const struct lexicon *l, size_t start, size_t *end)
{
    struct compound c;
    struct lexicon_entry stems;
    struct span stem;
    enum status st = ST_OK;
    bool ok = true, found = false;
    if (!find_compound(e, l, start, &c, &stems, &st))
        return st == ST_OK;
    while (ok && lexicon_word(&stems.words, &stem)) {
        if (may_be(e, &c, stem)) {
            ok = add_ways(e, l, &c, stem);
            found = true;
        }
    }
    if (found)
        *end = c.end;
    return ok && (!found || !c.is_noun || c.is_bare || add_kanji(e, &c));
}

/* Adds the term with the words of ENTRY in the place of [START, END). */
static bool add_words(struct expansion *e, size_t start, size_t end,
                      const struct lexicon_entry *entry)
{
    struct span words = entry->words, word;
    bool ok = true;
    while (ok && lexicon_word(&words, &word))
        ok = expansion_replace(e, start, end, word.data, word.len);
    return ok;
}

/* Adds the ending of a noun at START, behind kanji, katakana or a digit, with and without its
 * kana. */
static bool add_ending(struct expansion *e, const struct lexicon *l, size_t start)
{
    struct lexicon_entry entry;
    enum status st = ST_OK;
    size_t n;
    bool ok = true;
    if (start == 0 || e->from[0] != '\0' || !is_kanji_at(e, start, &n))
        return true;
    if (utf8_is_hiragana(utf8_before(e->text, start)))
        return true;
    for (size_t end = kana_end(e, start + n);; end = utf8_floor(e->text, end - 1)) {
        if (find(e, l, start, end, LEXICON_ENDING, &entry) &&
            expansion_is_aligned(e, start, end, &st)) {
            ok = add_words(e, start, end, &entry);
            break;
        }
        if (end == start + n || st != ST_OK)
            break;
    }
    return ok && st == ST_OK;
}

/* Adds the term with the longest verb at START, of those with a line by RULE, in its other form. */
static bool add_second(struct expansion *e, const struct lexicon *l, size_t start, size_t least,
                       char rule)
{
    struct lexicon_entry entry;
    for (size_t end = kana_end(e, least); end > least; end = utf8_floor(e->text, end - 1)) {
        if (find(e, l, start, end, rule, &entry))
            return add_words(e, start, end, &entry);
    }
    return true;
}

/* Adds what stands behind a first verb, which ends at AT, in kana for kanji or the other way. */
static bool add_behind(struct expansion *e, const struct lexicon *l, size_t at)
{
    size_t n;
    if (is_kanji_at(e, at, &n))
        return add_second(e, l, at, at + n, LEXICON_IN_KANA);
    return add_second(e, l, at, at, LEXICON_KANA);
}

/* Adds the compound of verbs at START with its second in kana or in kanji: 支え合い = 支えあい. */
static bool add_kana(struct expansion *e, const struct lexicon *l, size_t start)
{
    struct lexicon_entry entry;
    struct span stem;
    enum status st = ST_OK;
    size_t n;
    bool ok = true;
    if (!is_kanji_at(e, start, &n) || !expansion_is_aligned(e, start, e->n_bytes, &st))
        return st == ST_OK;
    if (find(e, l, start, start + n, LEXICON_STEM_BARE, &entry))
        ok = add_behind(e, l, start + n);
    if (!find(e, l, start, start + n, LEXICON_STEM, &entry))
        return ok;
    while (ok && lexicon_word(&entry.words, &stem)) {
        if (stem.len <= e->n_bytes - start && memcmp(e->text + start, stem.data, stem.len) == 0)
            ok = add_behind(e, l, start + stem.len);
    }
    return ok;
}

bool expand_compound_kana(struct expansion *e, const struct lexicon *lexicon)
{
    uint32_t cp;
    bool ok = true;
    for (size_t i = 0; ok && i < e->n_bytes;) {
        ok = add_kana(e, lexicon, i);
        i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
    }
    return ok;
}

bool expand_compounds(struct expansion *e, const struct lexicon *lexicon)
{
    bool ok = true;
    for (size_t i = 0; ok && i < e->n_bytes;) {
        uint32_t cp;
        size_t end = i + utf8_decode(e->text + i, e->n_bytes - i, &cp);
        ok = add_compound(e, lexicon, i, &end) && add_ending(e, lexicon, i);
        i = end;
    }
    return ok;
}
