/* Middle dots between words, and blanks between katakana: ファミリー・サポート = ファミリーサポート
 * = ファミリー サポート, 児童・生徒 = 児童生徒. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <string.h>
#include <uchar.h>

#define DOT 0x30FB
/* A term with more places for a dot than this has none or all of them. */
#define MAX_PLACES 3
#define KANA_BYTES 3
/* A part that the dictionary knows has this many katakana, one that it does not at least two:
 * ステイ and デイ stand beside ショート and サービス only. */
#define MIN_KNOWN ((size_t)3 * KANA_BYTES)
#define MIN_UNKNOWN ((size_t)2 * KANA_BYTES)

/* Words that are not all katakana are listed (児童・生徒), up to three of this many characters. */
#define MAX_LISTED 3
#define MIN_LISTED_CHARS 2

/* Where a dot stands between two words, or may stand, in order. */
struct dot_places {
    struct {
        size_t start, end; /* bytes of e->text; start == end: there is none */
    } at[16];
    size_t n;
    bool listed; /* not all between katakana */
};

/* Whether a word may begin with it: no ン, long vowel or small kana. */
static bool may_begin(uint32_t cp)
{
    static const char never[] = "ンーァィゥェォッャュョヮ";
    char kana[4];
    size_t len = utf8_encode(cp, kana);
    return expand_is_katakana(cp) && memmem(never, sizeof never - 1, kana, len) == NULL;
}

static void add_place(struct dot_places *places, size_t start, size_t end)
{
    if (places->n < sizeof places->at / sizeof *places->at) {
        places->at[places->n].start = start;
        places->at[places->n++].end = end;
    }
}

/* Whether PART of TEXT is a word of the dictionary or, where that lacks WORD too, of the index. */
static bool is_known(struct expansion *e, const struct token *word, const struct buf *text,
                     const struct token *part)
{
    if ((part->flags & TOKEN_UNKNOWN) == 0)
        return true;
    return (word->flags & TOKEN_UNKNOWN) != 0 &&
           expansion_is_in_index(e, text->data + part->start, part->end - part->start);
}

/* Bytes of the longer part of WORD that is known, where it is cut at AT; 0: none is. */
static size_t known_part(struct expansion *e, const struct token *word, size_t at, enum status *st)
{
    struct tokens parts = {0};
    struct buf text = BUF_INIT;
    size_t longest = 0;
    buf_append(&text, e->text + word->start, at - word->start);
    buf_addc(&text, ' ');
    buf_append(&text, e->text + at, word->end - at);
    *st = text.failed ? ST_NOMEM : tokenizer_cut(e->tokenizer, text.data, text.len, &parts);
    for (size_t i = 0; *st == ST_OK && parts.n == 2 && i < 2; i++) {
        const struct token *t = &parts.items[i];
        size_t len = t->end - t->start;
        if (len >= MIN_KNOWN && len > longest && is_known(e, word, &text, t))
            longest = len;
    }
    if (*st == ST_OK)
        *st = e->failed;
    tokens_release(&parts);
    buf_release(&text);
    return longest;
}

static bool is_katakana(const struct expansion *e, const struct token *word)
{
    for (size_t i = word->start; i < word->end; i += KANA_BYTES) {
        if (!expand_is_katakana(utf8_at(e->text, e->n_bytes, i)))
            return false;
    }
    return true;
}

/* Adds the place inside WORD where the longest word that is known begins or ends:
 * ショート ステイ, not ショー トステイ. */
static enum status find_inside(struct expansion *e, const struct token *word,
                               struct dot_places *places)
{
    enum status st = ST_OK;
    size_t best = 0, longest = 0;
    if (word->end - word->start < MIN_KNOWN + MIN_UNKNOWN || !is_katakana(e, word))
        return ST_OK;
    for (size_t at = word->start + MIN_UNKNOWN; at + MIN_UNKNOWN <= word->end && st == ST_OK;
         at += KANA_BYTES) {
        bool may = may_begin(utf8_at(e->text, e->n_bytes, at)) && utf8_before(e->text, at) != U'ッ';
        size_t len = may ? known_part(e, word, at, &st) : 0;
        best = len > longest ? at : best;
        longest = len > longest ? len : longest;
    }
    if (longest > 0)
        add_place(places, best, best);
    return st;
}

static bool is_letter(uint32_t cp)
{
    return utf8_is_kanji(cp) || utf8_is_hiragana(cp) || expand_is_katakana(cp);
}

static bool is_between_katakana(const struct expansion *e, size_t start, size_t end)
{
    return expand_is_katakana(utf8_before(e->text, start)) &&
           may_begin(utf8_at(e->text, e->n_bytes, end));
}

/* Adds the dots of WORD: MeCab may have one alone, or as a part of a word. */
static void find_dots(struct expansion *e, const struct token *word, struct dot_places *places)
{
    uint32_t cp;
    for (size_t at = word->start, len; at < word->end; at += len) {
        len = utf8_decode(e->text + at, e->n_bytes - at, &cp);
        if (cp != DOT || !is_letter(utf8_before(e->text, at)) ||
            !is_letter(utf8_at(e->text, e->n_bytes, at + len)))
            continue;
        places->listed = places->listed || !is_between_katakana(e, at, at + len);
        add_place(places, at, at + len);
    }
}

/* Whether the words may be those of a list. */
static bool may_be_listed(const struct expansion *e)
{
    const struct tokens *words = e->tokens;
    bool may = words->n <= MAX_LISTED;
    for (size_t i = 0; i < words->n && may; i++) {
        const struct token *t = &words->items[i];
        may = (t->flags & (TOKEN_SYMBOL | TOKEN_FUNCTION)) == 0 && !token_inflects(t) &&
              is_letter(utf8_at(e->text, e->n_bytes, t->start)) &&
              utf8_count(e->text + t->start, t->end - t->start) >= MIN_LISTED_CHARS;
    }
    return may;
}

static enum status find_places(struct expansion *e, struct dot_places *places)
{
    enum status st = expansion_cut(e);
    bool listed = st == ST_OK && may_be_listed(e);
    for (size_t i = 0; st == ST_OK && i < e->tokens->n; i++) {
        const struct token *t = &e->tokens->items[i];
        bool begins = i > 0 && t->start == t[-1].end;
        bool katakana = begins && is_between_katakana(e, t->start, t->start);
        places->listed = places->listed || (begins && listed && !katakana);
        if (katakana || (begins && listed))
            add_place(places, t->start, t->start);
        find_dots(e, t, places);
        st = find_inside(e, t, places);
    }
    return st;
}

/* Adds the term with WITH at the places of the set CHOSEN, and nothing at the others. */
static bool add_form(struct expansion *e, const struct dot_places *places, uint32_t chosen,
                     const char *with)
{
    struct buf other = BUF_INIT;
    size_t from = 0;
    for (size_t i = 0; i < places->n; i++) {
        buf_append(&other, e->text + from, places->at[i].start - from);
        if (chosen >> i & 1)
            buf_adds(&other, with);
        from = places->at[i].end;
    }
    buf_append(&other, e->text + from, e->n_bytes - from);
    bool ok = expansion_add_buf(e, &other);
    buf_release(&other);
    return ok;
}

/* Dots at all places, at some, or at none; blanks at all or at one. */
static bool add_forms(struct expansion *e, const struct dot_places *places)
{
    uint32_t all = (1U << places->n) - 1, step = places->n > MAX_PLACES ? all : 1;
    bool ok = true;
    for (uint32_t chosen = 0; ok && chosen <= all; chosen += step)
        ok = add_form(e, places, chosen, "・");
    if (places->listed)
        return ok;
    ok = ok && add_form(e, places, all, " ");
    for (size_t i = 0; ok && i < places->n && places->n <= MAX_PLACES; i++)
        ok = add_form(e, places, 1U << i, " ");
    return ok;
}

/* Adds the quarter of a year with a dot behind its number, as budgets have it, or without:
 * 第1・四半期.
 */
static bool add_quarter(struct expansion *e)
{
    static const char quarter[] = "四半期", dot[] = "・";
    const char *found = strstr(e->text, quarter);
    size_t at = found != NULL ? (size_t)(found - e->text) : 0, n = sizeof dot - 1;
    if (at == 0)
        return true;
    if (at > n && expand_has_at(e, at - n, dot))
        return expansion_replace(e, at - n, at, "", 0);
    return expansion_replace(e, at, at, dot, n);
}

bool expand_dots(struct expansion *e)
{
    struct dot_places places = {.n = 0};
    if (!add_quarter(e))
        return false;
    enum status st = find_places(e, &places);
    if (st != ST_OK)
        e->failed = st;
    return st == ST_OK && (places.n == 0 || add_forms(e, &places));
}
