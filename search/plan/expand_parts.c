/* Parts of a term by how they are read: ひなん訓練 = 避難訓練, 見まもり = 見守り. Interface:
 * expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/kana_words.h"
#include "dict/reading.h"

/* A part has this many words at most and kana at least; so many parts are looked up for a term. */
#define MAX_PART_WORDS 4
#define MIN_PART_KANA 2
#define MAX_PART_KANA 12
#define MAX_LOOKUPS 16
#define KANA_BYTES 3
/* A term of more words is a sentence or a title, whose words are looked at one by one. */
#define MAX_TERM_WORDS 6
/* Of more words the kana of one are not looked for, since each takes time; nor of a suffix with
 * fewer kana. */
#define MAX_COMPOUND_WORDS 5
#define MIN_SUFFIX_KANA 3
/* Fewer kana within a word are its okurigana as a rule: 組み合わせ. */
#define MIN_MIXED_KANA 3
#define MAX_GRAMMAR_WORDS 2

/* A part of the term, with the words of the index that are put in its place. */
struct part {
    struct expansion *e;
    size_t start, end; /* bytes of the term */
    bool is_kana;      /* all of it is */
    struct word_chars chars;
    bool ok; /* memory is left */
};

static bool is_kana(const struct expansion *e, const struct token *t)
{
    uint32_t cp;
    for (size_t i = t->start; i < t->end;) {
        i += utf8_decode(e->text + i, t->end - i, &cp);
        if (!utf8_is_hiragana(cp) && !expand_is_katakana(cp))
            return false;
    }
    return true;
}

/* Whether it is a particle behind a noun; others may be parts of a word that MeCab does not know.
 */
static bool is_particle(const struct token *t)
{
    return token_is_of_kind(t, "助詞,格助詞") || token_is_of_kind(t, "助詞,係助詞") ||
           token_is_of_kind(t, "助詞,連体化");
}

/* Appends the readings of the words [FROM, TO); false where one has none. */
static bool read_words(const struct expansion *e, size_t from, size_t to, struct buf *out)
{
    for (size_t i = from; i < to; i++) {
        const struct token *t = &e->tokens->items[i];
        struct span reading = token_reading(tokenizer_analyzer(e->tokenizer), t);
        if (is_kana(e, t))
            reading = (struct span){e->text + t->start, t->end - t->start};
        if (reading.len == 0)
            return false;
        buf_append(out, reading.data, reading.len);
    }
    return !out->failed;
}

/* Takes a word of the index that is read as the part: one that has its kanji too. */
static enum status take_word(void *context, const char *surface, size_t len, int64_t n)
{
    struct part *p = context;
    struct word_chars word;
    (void)n;
    if (!p->is_kana &&
        (!word_chars_read(&word, surface, len) || !kana_stands_for(&word, &p->chars)))
        return ST_OK;
    p->ok = expansion_replace_whole(p->e, p->start, p->end, surface, len);
    return p->ok ? ST_OK : ST_NOMEM;
}

static enum status find_words(struct part *p, const struct buf *key)
{
    const struct word_source *words = p->e->words;
    size_t n_kana = key->len / KANA_BYTES;
    if (n_kana < MIN_PART_KANA || n_kana > MAX_PART_KANA)
        return ST_OK;
    return words->find(words->context, key->data, key->len, take_word, p);
}

/* Puts the words of the index that are read as the words [FROM, TO) of the term in their place. */
static enum status add_part(struct expansion *e, size_t from, size_t to)
{
    const struct token *first = &e->tokens->items[from], *last = &e->tokens->items[to - 1];
    struct part p = {.e = e, .start = first->start, .end = last->end, .is_kana = true, .ok = true};
    struct buf reading = BUF_INIT, key = BUF_INIT;
    enum status st = ST_OK;
    for (size_t i = from; i < to && p.is_kana; i++)
        p.is_kana = is_kana(e, &e->tokens->items[i]);
    if (word_chars_read(&p.chars, e->text + p.start, p.end - p.start) &&
        read_words(e, from, to, &reading) && reading_key(&key, reading.data, reading.len)) {
        st = find_words(&p, &key);
        key.len = 0;
        bool is_word = to - from == 1 && (first->flags & TOKEN_UNKNOWN) == 0; /* 日ごと is no 事 */
        if (st == ST_OK && p.is_kana && from > 0 && !is_word && reading_soften(&reading) &&
            reading_key(&key, reading.data, reading.len))
            st = find_words(&p, &key);
    }
    if (reading.failed || key.failed)
        st = ST_NOMEM;
    buf_release(&reading);
    buf_release(&key);
    return st;
}

/* Whether a part may begin or end between the words NUMBER - 1 and NUMBER: not between two in kana,
 * which may be one, unless either is grammar. */
static bool is_bound(const struct expansion *e, size_t number)
{
    const struct tokens *words = e->tokens;
    if (number == 0 || number == words->n)
        return true;
    const struct token *before = &words->items[number - 1], *behind = &words->items[number];
    return !is_kana(e, before) || !is_kana(e, behind) || expand_is_grammar(before) ||
           expand_is_grammar(behind);
}

/* Whether a word in kana is one that has kanji too: not a pronoun, nor a loan word that the
 * dictionary has, コレラ. */
static bool may_be_native(const struct expansion *e, const struct token *t)
{
    uint32_t first;
    utf8_decode(e->text + t->start, t->end - t->start, &first);
    bool loan = expand_is_katakana(first) && !token_is_name(t);
    return !loan && !expand_is_pronoun(t) && !token_is_of_kind(t, "名詞,接尾");
}

/* Whether the words [FROM, TO) may be written otherwise: some are in kana, and one of them, where
 * all are, is neither grammar nor a verb. */
static bool may_be_other(const struct expansion *e, size_t from, size_t to)
{
    bool kana = false, content = false, all = true;
    for (size_t i = from; i < to; i++) {
        const struct token *t = &e->tokens->items[i];
        if ((t->flags & TOKEN_SYMBOL) != 0)
            return false;
        kana = kana || is_kana(e, t);
        all = all && is_kana(e, t);
        content =
            content || !is_kana(e, t) ||
            (!expand_is_grammar(t) && !token_inflects(t) && (to - from > 1 || may_be_native(e, t)));
    }
    if (!all && is_particle(&e->tokens->items[to - 1]))
        return false; /* 国が is no word, though a name may be written so */
    return kana && content && (from > 0 || to < e->tokens->n || !is_kana(e, e->tokens->items));
}

/* Adds the term with parts of it as words of the index that are read so. */
static enum status add_parts(struct expansion *e)
{
    size_t n = e->tokens->n;
    enum status st = ST_OK;
    unsigned lookups = 0;
    for (size_t from = 0; from < n; from++) {
        for (size_t to = from + 1; to <= n && to <= from + MAX_PART_WORDS && st == ST_OK; to++) {
            if (is_bound(e, from) && is_bound(e, to) && may_be_other(e, from, to) &&
                lookups++ < MAX_LOOKUPS)
                st = add_part(e, from, to);
        }
    }
    return st;
}

/* Where the hiragana begin that a noun of kanji and hiragana ends or begins with, and where they
 * end; false: it has none. */
static bool find_hiragana(const struct expansion *e, const struct token *t, size_t *start,
                          size_t *end)
{
    uint32_t cp;
    size_t n_runs = 0;
    bool before = false;
    for (size_t i = t->start, next; i < t->end; i = next) {
        next = i + utf8_decode(e->text + i, t->end - i, &cp);
        bool hiragana = utf8_is_hiragana(cp);
        if (hiragana && !before) {
            n_runs++;
            *start = i;
        }
        if (hiragana)
            *end = next;
        before = hiragana;
    }
    return n_runs == 1 && (*start > t->start) != (*end < t->end);
}

/* Adds the term with kana in a noun that MeCab has as one word, 脳こうそく, as words of the index.
 */
static enum status add_mixed(struct expansion *e)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < e->tokens->n && st == ST_OK; i++) {
        const struct token *t = &e->tokens->items[i];
        struct part p = {.e = e, .is_kana = true, .ok = true};
        struct buf key = BUF_INIT;
        if (!token_is_of_kind(t, "名詞") || !find_hiragana(e, t, &p.start, &p.end) ||
            p.end - p.start < (size_t)MIN_MIXED_KANA * KANA_BYTES)
            continue;
        if (reading_key(&key, e->text + p.start, p.end - p.start))
            st = key.failed ? ST_NOMEM : find_words(&p, &key);
        buf_release(&key);
    }
    return st;
}

/* Whether it is a noun that may be written in kana: no number nor what counts (か月), and no short
 * suffix (者). */
static bool may_be_in_kana(const struct expansion *e, const struct token *t, struct span reading)
{
    size_t min_kana = token_is_of_kind(t, "名詞,接尾") ? MIN_SUFFIX_KANA : MIN_PART_KANA;
    return token_is_of_kind(t, "名詞") && !token_is_of_kind(t, "名詞,数") &&
           !token_is_of_kind(t, "名詞,接尾,助数詞") && !expand_is_grammar(t) && !is_kana(e, t) &&
           reading.len >= min_kana * KANA_BYTES;
}

/* Whether KANA are other words as a rule: grammar (のうち for 農地), or, few as they are, a verb
 * (いく for 育). More words of grammar are a word that the dictionary lacks: こ|そ|だ|て. */
static enum status are_other_words(const struct expansion *e, const struct buf *kana, bool *are)
{
    struct tokens tokens = {0};
    enum status st =
        kana->failed ? ST_NOMEM : tokenizer_cut(e->tokenizer, kana->data, kana->len, &tokens);
    *are = st == ST_OK && tokens.n <= MAX_GRAMMAR_WORDS;
    for (size_t i = 0; i < tokens.n && *are; i++) {
        bool verb =
            token_inflects(&tokens.items[i]) && kana->len <= (size_t)MIN_PART_KANA * KANA_BYTES;
        *are = verb || expand_is_grammar(&tokens.items[i]);
    }
    tokens_release(&tokens);
    return st;
}

/* Adds the term with a noun of it in kana. */
static enum status replace_by_kana(struct expansion *e, const struct token *t, struct span reading)
{
    struct buf kana = BUF_INIT;
    bool other;
    reading_hiragana(&kana, reading.data, reading.len);
    enum status st = are_other_words(e, &kana, &other);
    if (st == ST_OK && !other && !expansion_replace_whole(e, t->start, t->end, kana.data, kana.len))
        st = ST_NOMEM;
    buf_release(&kana);
    return st;
}

/* Adds the term, a compound or nouns with grammar between them, with one of the nouns in kana. */
static enum status add_kana(struct expansion *e)
{
    const struct tokens *words = e->tokens;
    enum status st = ST_OK;
    bool may_be = words->n > 1 && words->n <= MAX_COMPOUND_WORDS;
    for (size_t i = 0; i < words->n && may_be; i++)
        may_be = (words->items[i].flags & TOKEN_SYMBOL) == 0;
    for (size_t i = 0; i < words->n && may_be && st == ST_OK; i++) {
        const struct token *t = &words->items[i];
        struct span reading = token_reading(tokenizer_analyzer(e->tokenizer), t);
        if (may_be_in_kana(e, t, reading))
            st = replace_by_kana(e, t, reading);
    }
    return st;
}

bool expand_parts(struct expansion *e)
{
    enum status st = expansion_cut(e);
    bool may_be = e->words != NULL && e->tokens->n <= MAX_TERM_WORDS;
    if (st == ST_OK && may_be && e->tokens->n > 1)
        st = add_parts(e);
    if (st == ST_OK && may_be)
        st = add_mixed(e);
    if (st == ST_OK)
        st = add_kana(e);
    e->failed = st;
    return st == ST_OK;
}
