/* Whether a word that is spelled like another can stand in its place: 者 in 利用者 is no もの, や
 * in 災害や事故 no 屋. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/lexicon.h"
#include "dict/reading.h"

#include <string.h>

/* MeCab needs so many characters on both sides to know how a word is read there. */
#define CONTEXT 6

static bool is_kana(struct span text)
{
    uint32_t cp;
    for (size_t i = 0; i < text.len;) {
        i += utf8_decode(text.data + i, text.len - i, &cp);
        if (!utf8_is_hiragana(cp) && !utf8_is_katakana(cp))
            return false;
    }
    return true;
}

static bool is_particle(const struct token *token)
{
    return token_is_of_kind(token, "助詞") || token_is_of_kind(token, "助動詞");
}

/* Whether a particle behind another word ends at END: 国が is no 国衙. */
static bool ends_with_particle(const struct expansion *e, size_t start, size_t end)
{
    for (size_t i = 0; i < e->tokens->n; i++) {
        const struct token *t = &e->tokens->items[i];
        if (t->end == end)
            return t->start > start && is_particle(t);
    }
    return false;
}

/* Whether the kana TYPED, two at most, are a part of a term in kana, which is a reading as a whole:
 * がい in がいこく is no 外. */
static bool is_part_of_reading(const struct expansion *e, struct span typed)
{
    return utf8_count(typed.data, typed.len) <= 2 && is_kana(typed) &&
           is_kana((struct span){e->text, e->n_bytes});
}

/* Whether TOKEN is read as KANA, or not known to be read otherwise. */
static bool is_read_as(const struct expansion *e, const struct token *token, struct span kana,
                       enum status *st)
{
    struct span reading = token_reading(tokenizer_analyzer(e->tokenizer), token);
    struct buf katakana = BUF_INIT;
    reading_katakana(&katakana, kana.data, kana.len);
    bool same = reading.len == 0 || (reading.len == katakana.len && katakana.data != NULL &&
                                     memcmp(reading.data, katakana.data, reading.len) == 0);
    if (katakana.failed)
        *st = ST_NOMEM;
    buf_release(&katakana);
    return same;
}

/* Whether a word that inflects is OTHER's kind of word: ある is no 或. */
static bool is_of_kind(const struct token *token, const struct token *other)
{
    static const char *const kinds[] = {"動詞", "形容詞"};
    for (size_t i = 0; token != NULL && i < sizeof kinds / sizeof *kinds; i++) {
        if (token_is_of_kind(token, kinds[i]))
            return token_is_of_kind(other, kinds[i]);
    }
    return true;
}

/* Whether the word [START, END) of TEXT, as MeCab cuts that, is read as KANA, and of the kind of
 * LIKE (NULL: of any). */
static bool is_read_so(struct expansion *e, const struct buf *text, size_t start, size_t end,
                       struct span kana, const struct token *like, enum status *st)
{
    struct tokens tokens = {0};
    *st = text->failed ? ST_NOMEM : tokenizer_cut(e->tokenizer, text->data, text->len, &tokens);
    const struct token *token = *st == ST_OK ? expand_token_at(&tokens, start, end) : NULL;
    bool read_so = token == NULL || (is_of_kind(like, token) && is_read_as(e, token, kana, st));
    tokens_release(&tokens);
    return read_so;
}

/* The byte up to CONTEXT characters before START. */
static size_t context_start(const struct expansion *e, size_t start)
{
    for (int i = 0; i < CONTEXT && start > 0; i++)
        start = utf8_floor(e->text, start - 1);
    return start;
}

static size_t context_end(const struct expansion *e, size_t end)
{
    uint32_t cp;
    for (int i = 0; i < CONTEXT && end < e->n_bytes; i++)
        end += utf8_decode(e->text + end, e->n_bytes - end, &cp);
    return end;
}

/* Whether WORD in the place of TOKEN, the kana [START, END), is read as these are. */
static bool fits_among(struct expansion *e, size_t start, size_t end, struct span word,
                       const struct token *token, enum status *st)
{
    size_t first = context_start(e, start), last = context_end(e, end);
    struct buf text = BUF_INIT;
    buf_append(&text, e->text + first, start - first);
    buf_append(&text, word.data, word.len);
    buf_append(&text, e->text + end, last - end);
    bool fits = is_read_so(e, &text, start - first, start - first + word.len,
                           (struct span){e->text + start, end - start}, token, st);
    buf_release(&text);
    return fits;
}

/* Whether WORD, by itself, is read as TOKEN: 後ろ is not 後 in 終戦後. */
static bool is_read_alike(struct expansion *e, const struct token *token, struct span word,
                          enum status *st)
{
    struct span reading = token_reading(tokenizer_analyzer(e->tokenizer), token);
    struct buf text = BUF_INIT;
    buf_append(&text, word.data, word.len);
    bool alike = reading.len == 0 || is_read_so(e, &text, 0, word.len, reading, NULL, st);
    buf_release(&text);
    return alike;
}

/* Whether a kanji is a word of its own there, which MeCab may read in one of several ways: した後
 * is したあと and したのち, 終戦後 is neither. */
static bool is_by_itself(const struct token *token)
{
    return token_is_of_kind(token, "名詞,非自立");
}

/* Whether WORD, for all of the term, is read as what was typed: 詰まり is 詰り, and that is なじり
 * too. Of what was typed itself only verbs are known by their reading: 認め is no したため. */
static bool is_read_as_typed(struct expansion *e, char rule, struct span word, enum status *st)
{
    const struct spelling *typed = &e->term->spellings[0];
    const struct tokens *tokens = &e->typed_tokens;
    if (rule != LEXICON_MIXED || !is_kana(word))
        return true;
    if (!e->typed_is_cut)
        *st = tokenizer_cut(e->tokenizer, typed->text, typed->len, &e->typed_tokens);
    e->typed_is_cut = *st == ST_OK;
    if (*st != ST_OK || tokens->n != 1 ||
        (e->from[0] == '\0' && !token_is_of_kind(&tokens->items[0], "動詞")))
        return *st == ST_OK;
    return is_read_as(e, &tokens->items[0], word, st);
}

/* Whether the kana [START, END), one alone, stands before a kanji, as ご and お for 御 do. */
static bool may_be_prefix(const struct expansion *e, size_t start, size_t end)
{
    return utf8_count(e->text + start, end - start) > 1 ||
           utf8_is_kanji(utf8_at(e->text, e->n_bytes, end));
}

bool expansion_fits(struct expansion *e, size_t start, size_t end, char rule, struct span word,
                    enum status *st)
{
    struct span typed = {e->text + start, end - start};
    if (start == 0 && end == e->n_bytes)
        return is_read_as_typed(e, rule, word, st);
    if (rule == LEXICON_LISTED)
        return !is_kana(typed) || may_be_prefix(e, start, end);
    if (rule == LEXICON_MIXED && is_part_of_reading(e, typed))
        return false;
    *st = expansion_cut(e);
    const struct token *token = *st == ST_OK ? expand_token_at(e->tokens, start, end) : NULL;
    if (token == NULL)
        return *st == ST_OK && !(rule == LEXICON_MIXED && ends_with_particle(e, start, end));
    if (rule == LEXICON_MIXED && is_kana(word))
        return is_by_itself(token) || is_read_as(e, token, word, st);
    if (rule == LEXICON_MIXED && is_kana(typed))
        return !is_particle(token) && fits_among(e, start, end, word, token, st);
    if ((rule == LEXICON_OKURIGANA || rule == LEXICON_FULL) &&
        utf8_count(typed.data, typed.len) == 1)
        return is_read_alike(e, token, word, st);
    return true;
}
