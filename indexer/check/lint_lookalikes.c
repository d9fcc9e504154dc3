/* Characters that look like those of another script. Interface: lint_lookalikes.h.
 *
 * Texts that were scanned or typed in haste have them, and nobody sees it; a search for the word
 * finds nothing. A character that stands between those of another script is looked at, and is taken
 * for a mistake only where the dictionary has the word with the other one. */
#include "indexer/check/lint_lookalikes.h"

#include "base/utf8.h"

#include <string.h>
#include <uchar.h>

/* Katakana, and what looks the same among kanji; and hiragana that do among katakana. */
static const char32_t katakana[] = U"ーニカロタエトハオチヘベペリ",
                      others[] = U"一二力口夕工卜八才千へべぺり";
/* Characters of a word on each side that are looked at. */
#define MAX_SIDE 12

/* A character that may be meant for another, and its bytes in the text. */
struct suspect {
    size_t start;
    size_t end;
    uint32_t meant;
};

/* The character of TO beside that of FROM that CP is; 0: it is none. */
static uint32_t counterpart(uint32_t cp, const char32_t *from, const char32_t *to)
{
    for (size_t i = 0; from[i] != 0; i++) {
        if (from[i] == cp)
            return to[i];
    }
    return 0;
}

/* What the character CP, the bytes [START, END) of TEXT, may be meant for; 0: for itself. */
static uint32_t meant_at(const struct buf *text, size_t start, size_t end, uint32_t cp)
{
    uint32_t left = utf8_before(text->data, start), right = utf8_at(text->data, text->len, end);
    uint32_t kana = counterpart(cp, others, katakana);
    bool begins = utf8_is_one_of(cp, U"べぺ") && !utf8_is_hiragana(left);
    if (kana != 0 && (utf8_is_katakana_or_mark(left) || begins) && utf8_is_katakana_or_mark(right))
        return kana;
    uint32_t other = counterpart(cp, katakana, others);
    /* Behind a blank or a mark it is rather the number of a paragraph (エ 学校), as in 第一号ロ中.
     */
    if (utf8_is_one_of(left, U"号項条款節章表欄"))
        return 0;
    bool among_kanji = !utf8_is_katakana_or_mark(right) &&
                       (utf8_is_kanji(left) || (utf8_is_hiragana(left) && utf8_is_kanji(right)));
    return other != 0 && utf8_is_kanji(other) && among_kanji ? other : 0;
}

/* Writes TEXT around S, with what is meant in its place, to OUT; returns where that part of the
 * text begins. */
static size_t write_meant(struct buf *out, const struct buf *text, const struct suspect *s)
{
    size_t from = s->start, to = s->end;
    uint32_t cp;
    for (int i = 0; i < MAX_SIDE && from > 0; i++)
        from = utf8_floor(text->data, from - 1);
    for (int i = 0; i < MAX_SIDE && to < text->len; i++)
        to += utf8_decode(text->data + to, text->len - to, &cp);
    buf_append(out, text->data + from, s->start - from);
    buf_add_cp(out, s->meant);
    buf_append(out, text->data + s->end, to - s->end);
    return from;
}

/* Whether WORD of TEXT, which has the N_BYTES at AT, is one of the dictionary, no name (the 二関 of
 * 法ニ関スル) and not the end of a longer word in katakana. */
static bool is_word(const struct token *word, const struct buf *text, size_t at, size_t n_bytes)
{
    bool holds =
        word->start <= at && word->end >= at + n_bytes && word->end - word->start > n_bytes;
    uint32_t first = utf8_at(text->data, text->len, word->start);
    return holds &&
           !(utf8_is_katakana_or_mark(first) &&
             utf8_is_katakana_or_mark(utf8_before(text->data, word->start))) &&
           (word->flags & (TOKEN_UNKNOWN | TOKEN_SYMBOL | TOKEN_FUNCTION)) == 0 &&
           !token_is_name(word);
}

/* Looks whether the dictionary has a word with what is meant in the place of S. */
static enum status look(struct tokenizer *t, const struct buf *text, const struct suspect *s,
                        struct lookalike *out, bool *found)
{
    struct buf other = BUF_INIT;
    struct tokens tokens = {0};
    char encoded[4];
    size_t n_bytes = utf8_encode(s->meant, encoded);
    size_t first = write_meant(&other, text, s);
    enum status st = other.failed ? ST_NOMEM : tokenizer_cut(t, other.data, other.len, &tokens);
    for (size_t i = 0; i < tokens.n && st == ST_OK && !*found; i++) {
        const struct token *word = &tokens.items[i];
        if (!is_word(word, &other, s->start - first, n_bytes))
            continue;
        *found = true;
        out->start = first + word->start;
        out->end = first + word->end + (s->end - s->start) - n_bytes;
        buf_clear(&out->intended);
        buf_append(&out->intended, other.data + word->start, word->end - word->start);
        st = out->intended.failed ? ST_NOMEM : ST_OK;
    }
    tokens_release(&tokens);
    buf_release(&other);
    return st;
}

enum status lookalike_next(struct tokenizer *t, const struct buf *text, size_t *at,
                           struct lookalike *out, bool *found)
{
    enum status st = ST_OK;
    *found = false;
    while (*at < text->len && st == ST_OK && !*found) {
        uint32_t cp;
        size_t end = *at + utf8_decode(text->data + *at, text->len - *at, &cp);
        struct suspect s = {*at, end, meant_at(text, *at, end, cp)};
        if (s.meant != 0)
            st = look(t, text, &s, out, found);
        *at = *found && out->end > end ? out->end : end;
    }
    return st;
}
