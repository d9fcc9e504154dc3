/* Words by how they are read: かてい = カテイ = katei = 家庭. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/cheapest.h"
#include "base/utf8.h"
#include "dict/reading.h"

#include <stdlib.h>
#include <string.h>

/* Shorter readings mean too many words, longer ones are whole sentences. */
#define MIN_KANA 3
#define MAX_KANA 24
#define MIN_LATIN 4
/* A word has at most this many kana, a place in the reading this many ways to get there. */
#define MAX_WORD_KANA 12
#define MAX_PATHS 6
#define KANA_BYTES 3
/* So many vowels of Latin letters may be long ones, each written so or not. */
#define MAX_LONG 4
/* With a long vowel it has three kana. */
#define MIN_SHORT_BYTES ((size_t)2 * KANA_BYTES)
/* A single kana is too many words as it is. */
#define MIN_SOFT_BYTES ((size_t)2 * KANA_BYTES)
#define MIN_BYTES ((size_t)MIN_KANA * KANA_BYTES)
#define MAX_BYTES ((size_t)MAX_KANA * KANA_BYTES)

/* A way to write the beginning of a reading. */
struct path {
    double cost; /* first: cheapest.h */
    char *text;
    bool has_kana, has_kanji; /* words that are all kana, and others */
};

struct paths {
    struct path items[MAX_PATHS]; /* the cheapest first */
    size_t n;
};

struct lattice {
    struct paths at[MAX_KANA + 1];
    size_t n;        /* kana of the reading */
    size_t from, to; /* the word that is looked up, in kana */
    bool is_word;    /* one word, and not in kana, is read as all of it */
    bool is_loan;    /* kanji are no part of it, and not all of it where the dictionary has it */
    bool is_known;
};

static void lattice_release(struct lattice *l)
{
    for (size_t i = 0; i <= MAX_KANA; i++) {
        for (size_t k = 0; k < l->at[i].n; k++)
            free(l->at[i].items[k].text);
    }
}

/* The path with this TEXT; NULL: there is none. */
static struct path *find_path(struct paths *paths, const char *text)
{
    for (size_t i = 0; i < paths->n; i++) {
        if (strcmp(paths->items[i].text, text) == 0)
            return &paths->items[i];
    }
    return NULL;
}

static void drop_path(struct paths *paths, struct path *path)
{
    size_t n_behind = paths->n - (size_t)(path - paths->items) - 1;
    free(path->text);
    memmove(path, path + 1, n_behind * sizeof *path);
    paths->n--;
}

/* Keeps PATH, whose text is owned here, among the cheapest. */
static void keep_path(struct paths *paths, struct path path)
{
    struct path *same = find_path(paths, path.text); /* by other words */
    if (same != NULL && same->cost > path.cost) {
        drop_path(paths, same);
        same = NULL;
    }
    size_t at = cheapest_place(paths->items, paths->n, sizeof path, path.cost);
    if (same != NULL || at == MAX_PATHS) {
        free(path.text);
        return;
    }
    if (paths->n == MAX_PATHS)
        free(paths->items[MAX_PATHS - 1].text);
    cheapest_insert(paths->items, &paths->n, MAX_PATHS, sizeof path, at, &path);
}

static bool is_kana(const char *text, size_t n_bytes)
{
    uint32_t cp;
    for (size_t i = 0; i < n_bytes;) {
        i += utf8_decode(text + i, n_bytes - i, &cp);
        if (!utf8_is_hiragana(cp) && !expand_is_katakana(cp))
            return false;
    }
    return true;
}

static bool has_kanji(const char *text, size_t n_bytes)
{
    uint32_t cp = 0;
    for (size_t i = 0; i < n_bytes && !utf8_is_kanji(cp);)
        i += utf8_decode(text + i, n_bytes - i, &cp);
    return utf8_is_kanji(cp);
}

static enum status add_word(void *context, const char *surface, size_t len, int64_t n)
{
    struct lattice *l = context;
    const struct paths *from = &l->at[l->from];
    double cost = reading_word_cost(n, l->to - l->from);
    bool all = l->from == 0 && l->to == l->n;
    if (l->is_loan && (l->is_known || !all) && has_kanji(surface, len))
        return ST_OK;
    bool kana = is_kana(surface, len);
    l->is_word = l->is_word || (all && !kana);
    for (size_t i = 0; i < from->n; i++) {
        size_t before = strlen(from->items[i].text);
        char *text = malloc(before + len + 1);
        if (text == NULL)
            return ST_NOMEM;
        memcpy(text, from->items[i].text, before);
        memcpy(text + before, surface, len);
        text[before + len] = '\0';
        keep_path(&l->at[l->to],
                  (struct path){from->items[i].cost + cost, text, from->items[i].has_kana || kana,
                                from->items[i].has_kanji || !kana});
    }
    return ST_OK;
}

/* Whether what was typed is one word of the dictionary: プラスチック is not プラス and 地っ区. */
static bool is_one_word(struct expansion *e, enum status *st)
{
    *st = expansion_cut(e);
    return *st == ST_OK && e->tokens->n == 1 && (e->tokens->items[0].flags & TOKEN_UNKNOWN) == 0;
}

static bool begins_with_katakana(const struct expansion *e)
{
    uint32_t first;
    utf8_decode(e->text, e->n_bytes, &first);
    return utf8_is_katakana(first);
}

static bool is_place(const struct token *token)
{
    return token_is_of_kind(token, "名詞,固有名詞,地域");
}

/* Whether it is the name of a country, which no other word is read as: ハイチ is no 配置. */
static bool is_country(const struct token *token)
{
    return token_is_of_kind(token, "名詞,固有名詞,地域,国");
}

/* Makes the mark of a long vowel at the start of KANA the vowel that begins a word there:
 * じょ|うんえい is ジョ and ーンエー in the key of all of it. Whether it stands there. */
static bool begin_with_vowel(struct buf *kana, uint32_t before)
{
    static const char mark[] = "ー";
    const size_t n = sizeof mark - 1;
    uint32_t vowel = reading_vowel(before);
    const char *first = vowel == U'エ' || vowel == U'イ' ? "イ" : vowel == U'ア' ? "ア" : "ウ";
    if (!text_starts_with(kana->data, kana->len, mark))
        return false;
    memcpy(kana->data, first, n);
    if (text_starts_with(kana->data + n, kana->len - n, first)) /* うけつけ|いいん */
        memcpy(kana->data + n, mark, n);
    return true;
}

/* Looks for the words between two places of the reading, behind others also as they are read by
 * themselves: 避難所 is ひなんじょ, with しょ. */
static enum status find_words(struct expansion *e, const struct buf *key, struct lattice *l)
{
    const struct word_source *source = e->words;
    const char *kana = key->data + l->from * KANA_BYTES;
    size_t n_bytes = (l->to - l->from) * KANA_BYTES;
    struct buf soft = BUF_INIT;
    enum status st = source->find(source->context, kana, n_bytes, add_word, l);
    if (st != ST_OK || l->from == 0 || n_bytes < MIN_SOFT_BYTES)
        return st;
    buf_append(&soft, kana, n_bytes);
    if (!soft.failed && (begin_with_vowel(&soft, utf8_before(key->data, l->from * KANA_BYTES)) ||
                         reading_soften(&soft)))
        st = source->find(source->context, soft.data, soft.len, add_word, l);
    buf_release(&soft);
    return st;
}

/* What is read longer is seldom another word: to look takes time. */
#define MAX_NAME_BYTES ((size_t)4 * KANA_BYTES)

/* So many words of grammar beside each other are grammar; more may be a word that the dictionary
 * lacks: こ|そ|だ|て. */
#define MAX_GRAMMAR_WORDS 2

/* Whether kana are nothing that a word is read as: grammar (もので is no 物 and 出), or of both
 * scripts, where katakana are a word as they stand. */
static bool is_no_reading(struct expansion *e, enum status *st)
{
    bool hiragana = false, katakana = false, content = false;
    uint32_t cp;
    for (size_t i = 0; i < e->n_bytes;) {
        i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
        hiragana = hiragana || utf8_is_hiragana(cp);
        katakana = katakana || utf8_is_katakana(cp);
    }
    *st = expansion_cut(e);
    content = *st != ST_OK || e->tokens->n > MAX_GRAMMAR_WORDS;
    for (size_t i = 0; !content && i < e->tokens->n; i++)
        content = !expand_is_grammar(&e->tokens->items[i]) &&
                  (e->tokens->n > 1 || !expand_is_pronoun(&e->tokens->items[i]));
    return (hiragana && katakana) || !content;
}

/* Whether TEXT begins with a kana of the script that what was typed begins with. */
static bool is_of_script(const struct expansion *e, const char *text)
{
    uint32_t typed, other;
    utf8_decode(e->text, e->n_bytes, &typed);
    utf8_decode(text, strlen(text), &other);
    return utf8_is_hiragana(typed) == utf8_is_hiragana(other);
}

/* Whether it is katakana as only loan words have them: コード is no 高度, ツーリズム no 通 and
 * リズム. */
static bool is_loan(const struct expansion *e)
{
    bool loan = false;
    uint32_t cp;
    for (size_t i = 0; i < e->n_bytes;) {
        i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
        if (!expand_is_katakana(cp))
            return false;
        loan = loan || utf8_is_one_of(cp, U"ーァィゥェォヴ");
    }
    return loan;
}

/* Adds what the words of the index can make of a reading (dynamic programming over its kana). */
static bool add_surfaces(struct expansion *e, const struct buf *key)
{
    size_t n = key->len / KANA_BYTES;
    struct lattice l = {.n = n};
    enum status st = ST_OK;
    if (e->words == NULL || n > MAX_KANA)
        return true;
    bool one_word = is_one_word(e, &st);
    if (one_word && is_country(&e->tokens->items[0]))
        return true;
    l.is_loan = is_loan(e);
    l.is_known = one_word || (l.is_loan && expansion_is_in_index(e, e->text, e->n_bytes));
    l.at[0].items[0].text = strdup("");
    l.at[0].n = l.at[0].items[0].text != NULL;
    for (l.from = 0; l.from < n && st == ST_OK && (l.from == 0 || !one_word); l.from++) {
        for (l.to = one_word ? n : l.from + 1;
             l.to <= n && l.to - l.from <= MAX_WORD_KANA && st == ST_OK; l.to++) {
            if (l.at[l.from].n > 0)
                st = find_words(e, key, &l);
        }
    }
    bool ok = st != ST_NOMEM;
    for (size_t i = 0; i < l.at[n].n && ok && st == ST_OK; i++) {
        const struct path *path = &l.at[n].items[i];
        /* Where the index has 外国, がいこく is no 外 and こく; add_scripts knows kana alone. */
        if (!path->has_kana ||
            (one_word ? is_of_script(e, path->text) : !(l.is_word && path->has_kanji)))
            ok = expansion_add(e, path->text, strlen(path->text));
    }
    lattice_release(&l);
    e->failed = st;
    return ok && st == ST_OK;
}

/* Whether WORDS, KANA cut by MeCab, are what texts hold at every turn: し|て|い of していない,
 * ない|よう, か|どう. */
static bool is_phrase(const struct tokens *words, const struct buf *kana)
{
    const struct token *t = words->items;
    if (words->n == 3)
        return token_is_of_kind(&t[0], "動詞") && token_is_of_kind(&t[1], "助詞,接続助詞") &&
               token_is_of_kind(&t[2], "動詞,非自立");
    return words->n == 2 && ((text_starts_with(kana->data, kana->len, "ない") &&
                              token_is_of_kind(&t[1], "名詞,非自立")) ||
                             (token_is_of_kind(&t[0], "助詞") && token_is_of_kind(&t[1], "副詞")));
}

/* Whether WORDS are the name of a place or, two at most, grammar: one alone only where KATAKANA
 * were typed for it, since 皆様 is みなさま. */
static bool is_place_or_grammar(const struct tokens *words, bool katakana)
{
    if (words->n == 0 || words->n > MAX_GRAMMAR_WORDS)
        return false;
    const struct token *first = &words->items[0];
    if (words->n == 1 && (first->flags & TOKEN_UNKNOWN) == 0)
        return is_place(first) ||
               (katakana && (expand_is_grammar(first) || expand_is_pronoun(first)));
    return words->n == MAX_GRAMMAR_WORDS && expand_is_grammar(first) &&
           expand_is_grammar(&words->items[1]);
}

/* Whether the dictionary has KANA, which what was typed is read as, as another word: as the name of
 * a place, which 配置 is not (ハイチ), or as grammar, which コレラ, 農地 and 内容
 * are not (これら, の|うち, ない|よう). */
static bool is_other_word(struct expansion *e, const struct buf *kana)
{
    struct tokens tokens = {0};
    const struct token *typed = e->is_cut && e->tokens->n == 1 ? &e->tokens->items[0] : NULL;
    bool may_be = typed != NULL && kana->len <= MAX_NAME_BYTES && !token_is_name(typed);
    if (!may_be && !begins_with_katakana(e))
        return false;
    e->failed =
        kana->failed ? ST_NOMEM : tokenizer_cut(e->tokenizer, kana->data, kana->len, &tokens);
    bool other = e->failed == ST_OK && (is_phrase(&tokens, kana) ||
                                        is_place_or_grammar(&tokens, begins_with_katakana(e)));
    tokens_release(&tokens);
    return other;
}

/* Adds KANA, a reading, unless it is another word. */
static bool add_script(struct expansion *e, const struct buf *kana)
{
    if (!kana->failed && term_has_spelling(e->term, kana->data, kana->len))
        return true;
    return is_other_word(e, kana) ? e->failed == ST_OK
                                  : e->failed == ST_OK && expansion_add_buf(e, kana);
}

/* Whether KANA lengthens an o or u before it, of which Latin letters often show nothing: tokyo. */
static bool lengthens(uint32_t before, uint32_t kana)
{
    uint32_t vowel = reading_vowel(before);
    return (kana == U'ウ' && (vowel == U'オ' || vowel == U'ウ')) ||
           (kana == U'オ' && vowel == U'オ');
}

/* Adds a reading in Latin letters without what lengthens an o or u. */
static bool add_short_latin(struct expansion *e, const char *kana, size_t n_bytes)
{
    struct buf katakana = BUF_INIT, shorter = BUF_INIT, latin = BUF_INIT;
    uint32_t before = 0, cp;
    reading_katakana(&katakana, kana, n_bytes);
    for (size_t i = 0; i < katakana.len; before = cp) {
        i += utf8_decode(katakana.data + i, katakana.len - i, &cp);
        if (!lengthens(before, cp))
            buf_add_cp(&shorter, cp);
    }
    bool ok = !katakana.failed && !shorter.failed;
    if (ok && shorter.len < katakana.len && reading_to_latin(&latin, shorter.data, shorter.len) &&
        latin.len >= MIN_LATIN)
        ok = expansion_add_buf(e, &latin);
    buf_release(&katakana);
    buf_release(&shorter);
    buf_release(&latin);
    return ok;
}

/* Adds a reading in kana of both kinds, and, where LATIN, in Latin letters. */
static bool add_scripts(struct expansion *e, const char *kana, size_t n_bytes, bool latin)
{
    struct buf other = BUF_INIT;
    reading_hiragana(&other, kana, n_bytes);
    bool ok = add_script(e, &other);
    buf_clear(&other);
    reading_katakana(&other, kana, n_bytes);
    ok = ok && add_script(e, &other);
    buf_clear(&other);
    if (ok && latin && reading_to_latin(&other, kana, n_bytes))
        ok = expansion_add_buf(e, &other) && add_short_latin(e, kana, n_bytes);
    buf_release(&other);
    return ok;
}

/* The reading of the text's words one after the other; false where one is unknown or is no word. */
static bool read_words(struct expansion *e, struct buf *kana, enum status *st)
{
    *st = expansion_cut(e);
    const struct analyzer *a = tokenizer_analyzer(e->tokenizer);
    struct buf key = BUF_INIT;
    bool all = *st == ST_OK && e->tokens->n > 0;
    for (size_t i = 0; all && i < e->tokens->n; i++) {
        struct span reading = token_reading(a, &e->tokens->items[i]);
        const struct token *t = &e->tokens->items[i];
        if (reading.len == 0) /* kana that the dictionary does not know */
            reading = (struct span){e->text + t->start, t->end - t->start};
        all = reading_key(&key, reading.data, reading.len);
        buf_append(kana, reading.data, reading.len);
    }
    buf_release(&key);
    return all && !kana->failed;
}

static enum status add_whole_word(void *context, const char *surface, size_t len, int64_t n)
{
    struct expansion *e = context;
    (void)n;
    return expansion_add(e, surface, len) ? ST_OK : ST_NOMEM;
}

/* Writes KEY with ー behind those of its kana that end in o or u whose bits are set in WHICH. The
 * number of all such kana. */
static unsigned lengthen(const struct buf *key, unsigned which, struct buf *out)
{
    unsigned n = 0;
    for (size_t i = 0; i < key->len;) {
        uint32_t cp, next = utf8_at(key->data, key->len, i + KANA_BYTES);
        size_t len = utf8_decode(key->data + i, key->len - i, &cp);
        bool may_be_long = cp != U'ッ' && !utf8_is_one_of(next, U"ーァィゥェォャュョ");
        uint32_t vowel = may_be_long ? reading_vowel(cp) : 0;
        buf_append(out, key->data + i, len);
        if ((vowel == U'オ' || vowel == U'ウ') && n < MAX_LONG && which >> n++ & 1)
            buf_adds(out, "ー");
        i += len;
    }
    return n;
}

/* Adds the words that are read as KEY when some o and u of Latin letters are long: tokyo. */
static bool add_long_words(struct expansion *e, const struct buf *key)
{
    struct buf longer = BUF_INIT;
    unsigned n = lengthen(key, 0, &longer);
    enum status st = longer.failed ? ST_NOMEM : ST_OK;
    for (unsigned which = 1; which < 1U << n && st == ST_OK && e->words != NULL; which++) {
        buf_clear(&longer);
        lengthen(key, which, &longer);
        st = longer.failed
                 ? ST_NOMEM
                 : e->words->find(e->words->context, longer.data, longer.len, add_whole_word, e);
    }
    buf_release(&longer);
    e->failed = st;
    return st == ST_OK;
}

static bool is_latin(const char *text, size_t n_bytes)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz'") == n_bytes;
}

/* Adds what a text in Latin letters is read as; KANA and KEY are to hold how. */
static bool expand_latin(struct expansion *e, struct buf *kana, struct buf *key)
{
    if (e->n_bytes < MIN_LATIN || !reading_from_latin(kana, e->text, e->n_bytes) ||
        !reading_key(key, kana->data, kana->len))
        return true;
    bool ok = key->len < MIN_BYTES ||
              (add_scripts(e, kana->data, kana->len, true) && add_surfaces(e, key));
    return ok && (key->len < MIN_SHORT_BYTES || add_long_words(e, key));
}

bool expand_readings(struct expansion *e)
{
    struct buf key = BUF_INIT, kana = BUF_INIT;
    enum status st = ST_OK;
    bool ok = true;
    if (is_latin(e->text, e->n_bytes)) {
        ok = expand_latin(e, &kana, &key);
    } else if (reading_key(&key, e->text, e->n_bytes)) {
        if (key.len >= MIN_BYTES && !is_no_reading(e, &st) && st == ST_OK)
            ok = add_scripts(e, e->text, e->n_bytes, true) && add_surfaces(e, &key);
    } else if (read_words(e, &kana, &st) && kana.len >= MIN_BYTES && kana.len <= MAX_BYTES) {
        /* Nobody writes a compound in Latin letters: gakkoukyuushoku. */
        ok = add_scripts(e, kana.data, kana.len, e->tokens->n == 1) && expand_parts(e);
    } else if (st == ST_OK && e->n_bytes <= MAX_BYTES) {
        ok = expand_parts(e);
    }
    ok = ok && st == ST_OK && !key.failed && !kana.failed;
    buf_release(&key);
    buf_release(&kana);
    return ok;
}
