/* Synonyms, misprints, okurigana and kana for kanji by the lexicons: 児相 = 児童相談所, 取組 =
 * 取り組み. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/lexicon.h"

#include <string.h>

/* A word of the term that a lexicon has. */
struct found_word {
    size_t start, end;          /* bytes of the term */
    struct lexicon_range lines; /* that begin with it, its own ones first */
};

/* Takes the next line of the word by one of RULES. */
static bool next_line(const struct lexicon *lexicon, struct found_word *word, const char *rules,
                      struct lexicon_entry *entry)
{
    while (lexicon_next(lexicon, &word->lines, entry) &&
           entry->key.len == word->end - word->start) {
        if (entry->rule != '\0' && strchr(rules, entry->rule) != NULL)
            return true;
    }
    return false;
}

/* Finds the longest key of the lexicon at PLACE that has a line of one of RULES, which are bits. */
static bool longest_key(const struct lexicon_keys *keys, const struct lexicon_place *place,
                        uint32_t rules, struct found_word *out)
{
    for (size_t i = place[1].first; i > place[0].first; i--) {
        const struct lexicon_key *key = &keys->keys[i - 1];
        if ((key->rules & rules) != 0) {
            *out = (struct found_word){place->start, key->end, key->lines};
            return true;
        }
    }
    return false;
}

/* A synonym, or a word with kana for kanji, of this many characters is found as a whole word only:
 * 教委, but not in 宗教委員会. */
#define SHORT_WORD 3

static bool is_kana(uint32_t cp)
{
    return utf8_is_hiragana(cp) || utf8_is_katakana(cp);
}

static bool is_all_kana(struct span word)
{
    uint32_t cp;
    for (size_t i = 0; i < word.len;) {
        i += utf8_decode(word.data + i, word.len - i, &cp);
        if (!is_kana(cp))
            return false;
    }
    return true;
}

/* Whether WORD is all in kana, or begins with hiragana and ends with kanji: は種, which
 * では種まき has. */
static bool may_be_parts(struct span word)
{
    uint32_t cp = 0;
    bool kana = true, first = true, hiragana_first = false;
    for (size_t i = 0; i < word.len; first = false) {
        i += utf8_decode(word.data + i, word.len - i, &cp);
        hiragana_first = hiragana_first || (first && utf8_is_hiragana(cp));
        kana = kana && is_kana(cp);
    }
    return kana || (hiragana_first && utf8_is_kanji(cp));
}

static bool is_kana_rule(char rule)
{
    return rule == LEXICON_MIXED || rule == LEXICON_LISTED;
}

/* Whether WORD, which stands for all of a term by RULE, is looked for as a whole word only. */
static bool is_whole(char rule, struct span word)
{
    if (utf8_count(word.data, word.len) > SHORT_WORD)
        return false;
    return rule == LEXICON_SYNONYM || (is_kana_rule(rule) && may_be_parts(word));
}

/* Whether WORD, which lacks kana, is the beginning of several words: 組み合, with which 組み合わせ
 * begins too, is 組み合い only by itself. */
static bool begins_others(const struct lexicon *lexicon, char rule, struct span word)
{
    struct lexicon_entry full;
    struct span first, second;
    return (rule == LEXICON_OKURIGANA || rule == LEXICON_FULL) &&
           lexicon_find(lexicon, word, LEXICON_FULL, &full) && lexicon_word(&full.words, &first) &&
           lexicon_word(&full.words, &second);
}

/* The last character of WORD where a verb's form can end in it: き of 種まき; else 0. */
static uint32_t verb_ending(struct span word)
{
    uint32_t last = utf8_before(word.data, word.len);
    return utf8_is_one_of(last, U"いきしちにみりぎびえけせてめれげべ") ? last : 0;
}

static bool ends_with_kanji(struct span word)
{
    return utf8_is_kanji(utf8_before(word.data, word.len));
}

/* Bytes behind the word found that WORD, with kana for its kanji, has as well: ipadic has 種蒔 as
 * 種まき, and MeCab cuts 種蒔|き. */
static size_t n_repeated(struct expansion *e, const struct found_word *found, char rule,
                         struct span word, enum status *st)
{
    struct span typed = {e->text + found->start, found->end - found->start};
    uint32_t ending = verb_ending(word), cp = 0;
    if (rule != LEXICON_MIXED || ending == 0 || !ends_with_kanji(typed) ||
        utf8_at(e->text, e->n_bytes, found->end) != ending)
        return 0;
    size_t len = utf8_decode(e->text + found->end, e->n_bytes - found->end, &cp);
    *st = expansion_cut(e);
    const struct token *token =
        *st == ST_OK ? expand_token_at(e->tokens, found->end, found->end + len) : NULL;
    return token != NULL && expand_is_grammar(token) ? len : 0;
}

/* Adds the term with WORD, which has kanji for the last kana of the word found, and the last of
 * these behind it: 種まき is 種蒔 and 種蒔き. */
static bool add_with_ending(struct expansion *e, const struct found_word *found, char rule,
                            struct span word)
{
    struct span typed = {e->text + found->start, found->end - found->start};
    uint32_t first = utf8_at(typed.data, typed.len, 0), ending = verb_ending(typed);
    if (rule != LEXICON_MIXED || ending == 0 || !utf8_is_kanji(first) || !ends_with_kanji(word))
        return true;
    struct buf longer = BUF_INIT;
    buf_append(&longer, word.data, word.len);
    buf_add_cp(&longer, ending);
    bool ok =
        !longer.failed && expansion_replace(e, found->start, found->end, longer.data, longer.len);
    buf_release(&longer);
    return ok;
}

/* Adds the term with WORD, which the lexicon has by RULE, in the place of the word found. */
static bool add_one(struct expansion *e, const struct lexicon *lexicon,
                    const struct found_word *found, char rule, struct span word)
{
    bool alone = found->start == 0 && found->end == e->n_bytes;
    size_t n_chars = utf8_count(word.data, word.len);
    bool one_character = n_chars == 1 && is_kana_rule(rule);
    enum status st = ST_OK;
    size_t end = found->end + n_repeated(e, found, rule, word, &st);
    if (st != ST_OK || !add_with_ending(e, found, rule, word))
        return false;
    if (alone && (one_character || is_whole(rule, word)))
        return expansion_add_whole(e, word.data, word.len);
    if (begins_others(lexicon, rule, word))
        return expansion_replace_whole(e, found->start, end, word.data, word.len);
    /* 届け is not looked for as 届, which stands in too much */
    return (alone && n_chars == 1) || expansion_replace(e, found->start, end, word.data, word.len);
}

/* Adds the term with each of the words of ENTRY, a line of the word found, in its place. */
static bool add_words(struct expansion *e, const struct lexicon *lexicon,
                      const struct found_word *found, const struct lexicon_entry *entry)
{
    bool alone = found->start == 0 && found->end == e->n_bytes;
    struct span words = entry->words, word;
    enum status st = ST_OK;
    bool ok = true;
    while (ok && lexicon_word(&words, &word)) {
        /* 等 is not looked for as ら: a kana by itself is grammar, unless a list has it (お, ご).
         */
        bool one_kana = utf8_count(word.data, word.len) == 1 && is_all_kana(word);
        if (alone && one_kana && entry->rule == LEXICON_MIXED)
            continue;
        if (expansion_fits(e, found->start, found->end, entry->rule, word, &st))
            ok = add_one(e, lexicon, found, entry->rule, word);
        else
            ok = st == ST_OK;
    }
    return ok;
}

/* Adds the forms of the words with all their kana, which ENTRY has: those and the ones with fewer.
 */
static bool add_forms(struct expansion *e, const struct lexicon *lexicon,
                      const struct found_word *found, const struct lexicon_entry *entry)
{
    struct span words = entry->words, full;
    struct lexicon_entry other;
    bool ok = add_words(e, lexicon, found, entry);
    while (ok && lexicon_word(&words, &full)) {
        struct lexicon_range range =
            lexicon_narrow(lexicon, lexicon_all(lexicon), full.data, full.len);
        while (ok && lexicon_next(lexicon, &range, &other) && other.key.len == full.len) {
            if (other.rule == LEXICON_OKURIGANA)
                ok = add_words(e, lexicon, found, &other);
        }
    }
    return ok;
}

/* Whether the bytes [START, END) of e->text stand as they were typed, and so does what follows:
 * 組み合 of 組み合わせ is no word of its own. */
static bool is_typed(const struct expansion *e, size_t start, size_t end)
{
    const struct spelling *typed = &e->term->spellings[0];
    size_t n = e->n_bytes < typed->len ? e->n_bytes : typed->len, first = 0, last = 0;
    while (first < n && e->text[first] == typed->text[first])
        first++;
    while (last < n && e->text[e->n_bytes - 1 - last] == typed->text[typed->len - 1 - last])
        last++;
    bool same = e->n_bytes == typed->len && first == n;
    return end < first || start >= e->n_bytes - last || same;
}

/* Whether the full form may follow on what has been made of WORD so far. What has fewer kana may be
 * another word too: 探し出す is 探出す, and that is 探り出す. */
static bool may_be_full(const struct expansion *e, const struct found_word *word)
{
    bool by_kana = strcmp(e->from, "okurigana") == 0 || strcmp(e->from, "mixed") == 0;
    return !by_kana || is_typed(e, word->start, word->end);
}

static bool add_word(struct expansion *e, const struct lexicon *lexicon, const char *rules,
                     const struct found_word *word)
{
    struct found_word rest = *word;
    struct lexicon_entry entry;
    bool ok = true;
    while (ok && next_line(lexicon, &rest, rules, &entry)) {
        if (entry.rule != LEXICON_FULL)
            ok = add_words(e, lexicon, word, &entry);
        else if (may_be_full(e, word))
            ok = add_forms(e, lexicon, word, &entry);
    }
    return ok;
}

/* Whether the word found is a kanji that counts, as 円 in 1000円: no kana stand for it (つぶら). */
static bool is_counter(const struct expansion *e, const struct found_word *word)
{
    return word->start > 0 && utf8_is_digit((unsigned char)e->text[word->start - 1]) &&
           utf8_count(e->text + word->start, word->end - word->start) == 1;
}

/* Whether the word found is kanji alone, two or more, and one kanji ends the word of MeCab that
 * begins with it: 交叉 in 交叉点, which the list of such words would otherwise have to repeat. */
static bool is_before_suffix(struct expansion *e, const struct found_word *word, enum status *st)
{
    uint32_t cp = 0;
    size_t n = 0, at = word->start;
    for (; at < word->end; n++) {
        at += utf8_decode(e->text + at, word->end - at, &cp);
        if (!utf8_is_kanji(cp))
            return false;
    }
    if (n < 2 || at == e->n_bytes)
        return false;
    at += utf8_decode(e->text + at, e->n_bytes - at, &cp);
    if (!utf8_is_kanji(cp))
        return false;
    *st = expansion_cut(e);
    return *st == ST_OK && expand_token_at(e->tokens, word->start, at) != NULL;
}

/* Whether the word found is kana alone and, behind kanji, ends a noun that MeCab has as one word:
 * ごみ in 粗大ごみ. */
static bool is_behind_kanji(struct expansion *e, const struct found_word *word, enum status *st)
{
    struct span text = {e->text + word->start, word->end - word->start};
    if (word->start == 0 || !is_all_kana(text) || utf8_count(text.data, text.len) < 2)
        return false;
    if (!utf8_is_kanji(utf8_before(e->text, word->start)))
        return false;
    *st = expansion_cut(e);
    for (size_t i = 0; *st == ST_OK && i < e->tokens->n; i++) {
        const struct token *t = &e->tokens->items[i];
        if (t->end == word->end)
            return t->start < word->start && !token_inflects(t);
    }
    return false;
}

/* Whether the word found stands for itself in the term. */
static bool stands_alone(struct expansion *e, const struct found_word *word, const char *rules,
                         enum status *st)
{
    if (is_counter(e, word))
        return false;
    bool alone = expansion_is_aligned(e, word->start, word->end, st);
    if (alone || *st != ST_OK || strchr(rules, LEXICON_LISTED) == NULL)
        return alone;
    return is_before_suffix(e, word, st) || (*st == ST_OK && is_behind_kanji(e, word, st));
}

static const struct lexicon *lexicon_of(const struct expansion *e, size_t number)
{
    return analyzer_lexicon(tokenizer_analyzer(e->tokenizer), number);
}

/* The keys of a lexicon in the text; NULL when memory is out. */
static const struct lexicon_keys *find_keys(struct expansion *e, size_t number)
{
    const struct spelling *spelling = &e->term->spellings[0];
    struct span typed = {spelling->text, spelling->len}, text = {e->text, e->n_bytes};
    struct lexicon_keys *keys = &e->typed_keys[number];
    const struct lexicon_keys none = {0};
    const struct lexicon *lexicon = lexicon_of(e, number);
    if (keys->n_places == 0 && !lexicon_keys_find(keys, lexicon, typed, &none, typed))
        return NULL;
    if (e->text == typed.data)
        return keys;
    return lexicon_keys_find(&e->other_keys, lexicon, text, keys, typed) ? &e->other_keys : NULL;
}

static uint32_t rule_bits(const char *rules)
{
    uint32_t bits = 0;
    for (; *rules != '\0'; rules++)
        bits |= lexicon_rule_bit(*rules);
    return bits;
}

static bool add_by_lexicon(struct expansion *e, size_t number, const char *rules)
{
    const struct lexicon_keys *keys = find_keys(e, number);
    uint32_t bits = rule_bits(rules);
    size_t end = 0;
    for (size_t i = 0; keys != NULL && i < keys->n_places; i++) {
        struct found_word word;
        enum status st = ST_OK;
        if (keys->places[i].start < end || !longest_key(keys, &keys->places[i], bits, &word))
            continue;
        if (stands_alone(e, &word, rules, &st)) {
            if (!add_word(e, lexicon_of(e, number), rules, &word))
                return false;
            end = word.end;
        }
        if (st != ST_OK)
            return false;
    }
    return keys != NULL;
}

static bool add_by_rules(struct expansion *e, const char *rules)
{
    for (size_t i = 0; i < ANALYZER_LEXICONS; i++) {
        if (lexicon_of(e, i) != NULL && !add_by_lexicon(e, i, rules))
            return false;
    }
    return true;
}

bool expand_synonyms(struct expansion *e)
{
    return add_by_rules(e, "s");
}

bool expand_misprints(struct expansion *e)
{
    return add_by_rules(e, "mw");
}

static bool add_by_parts(struct expansion *e,
                         bool (*add)(struct expansion *e, const struct lexicon *lexicon))
{
    bool ok = true;
    for (size_t i = 0; ok && i < ANALYZER_LEXICONS; i++)
        ok = lexicon_of(e, i) == NULL || add(e, lexicon_of(e, i));
    return ok;
}

bool expand_okurigana(struct expansion *e)
{
    return add_by_rules(e, "of") && add_by_parts(e, expand_compounds);
}

bool expand_mixed(struct expansion *e)
{
    return add_by_rules(e, "kl") && add_by_parts(e, expand_compound_kana) &&
           (e->from[0] != '\0' || expand_honorifics(e));
}
