/* Long vowel marks: センター = センタ-, コンピューター = コンピュータ; and those of periods: 4~6月
 * = 4-6月. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <string.h>

#define LONG_MARK 0x30FC
/* Katakana words have a long vowel at their end or not from this many characters on, it included
 * (JIS Z 8301): サーバー is サーバ, カバー is not カバ. */
#define MIN_WITH_MARK 4

/* A minus sign or hyphen typed for the long vowel mark, all of them either way. */
static bool add_hyphens(struct expansion *e)
{
    struct buf long_mark = BUF_INIT, hyphen = BUF_INIT;
    uint32_t before = 0;
    bool any = false;
    for (size_t i = 0; i < e->n_bytes;) {
        uint32_t cp;
        size_t len = utf8_decode(e->text + i, e->n_bytes - i, &cp);
        bool is_mark = (cp == '-' || cp == LONG_MARK) && expand_is_katakana(before);
        buf_append(&long_mark, is_mark ? "ー" : e->text + i, is_mark ? 3 : len);
        buf_append(&hyphen, is_mark ? "-" : e->text + i, is_mark ? 1 : len);
        before = is_mark ? LONG_MARK : cp;
        any = any || is_mark;
        i += len;
    }
    bool ok = !any || (expansion_add_buf(e, &long_mark) && expansion_add_buf(e, &hyphen));
    buf_release(&long_mark);
    buf_release(&hyphen);
    return ok;
}

/* A character of a term. Zeroed it stands before the first. */
struct character {
    size_t start;
    size_t end;
    uint32_t cp;
    uint32_t next; /* the one behind it; 0: none */
    size_t n_kana; /* katakana of its word up to it, without a gap */
    bool is_last;  /* the katakana of its word end with it */
    bool inner;    /* words that MeCab cuts out of a run of katakana count too */
};

/* Whether a word that MeCab cuts out of what was typed ends at AT. */
static bool is_word_end(const struct expansion *e, size_t at)
{
    for (size_t i = 0; e->is_cut && i < e->tokens->n; i++) {
        if (e->tokens->items[i].end == at)
            return true;
    }
    return false;
}

/* Goes on to the next one; false at the end. */
static bool go_on(const struct expansion *e, struct character *c)
{
    c->start = c->end;
    if (c->start >= e->n_bytes)
        return false;
    c->end += utf8_decode(e->text + c->start, e->n_bytes - c->start, &c->cp);
    c->next = 0;
    if (c->end < e->n_bytes)
        utf8_decode(e->text + c->end, e->n_bytes - c->end, &c->next);
    if (c->is_last)
        c->n_kana = 0;
    c->n_kana = expand_is_katakana(c->cp) ? c->n_kana + 1 : 0;
    c->is_last =
        !expand_is_katakana(c->next) || (c->inner && c->n_kana > 0 && is_word_end(e, c->end));
    return true;
}

/* The long vowel at the end of each katakana word left out. INNER: シティー in シティーセールス is
 * one. */
static bool drop_last(struct expansion *e, bool inner)
{
    struct buf shorter = BUF_INIT;
    size_t from = 0;
    for (struct character c = {.inner = inner}; go_on(e, &c);) {
        if (c.cp != LONG_MARK || !c.is_last || c.n_kana < MIN_WITH_MARK)
            continue;
        buf_append(&shorter, e->text + from, c.start - from);
        from = c.end;
    }
    if (from == 0)
        return true;
    buf_append(&shorter, e->text + from, e->n_bytes - from);
    /* センタ also begins センタク: whole words only. */
    bool ok = !shorter.failed && expansion_add_whole(e, shorter.data, shorter.len);
    buf_release(&shorter);
    return ok;
}

/* サーバ室 = サーバー室: a long vowel at the end of each katakana word that has none. At the end of
 * the term it is not needed: サーバ stands inside サーバー. */
static bool add_last(struct expansion *e, bool inner)
{
    static const char32_t longable[] = U"アカサタナハマヤラワガザダバパャュョイリティディ";
    struct buf longer = BUF_INIT;
    size_t from = 0;
    for (struct character c = {.inner = inner}; go_on(e, &c);) {
        if (c.n_kana < MIN_WITH_MARK - 1 || c.cp == LONG_MARK || c.next == 0 || !c.is_last ||
            c.next == '-' || !utf8_is_one_of(c.cp, longable))
            continue;
        buf_append(&longer, e->text + from, c.end - from);
        buf_adds(&longer, "ー");
        from = c.end;
    }
    if (from == 0)
        return true;
    buf_append(&longer, e->text + from, e->n_bytes - from);
    bool ok = expansion_add_buf(e, &longer);
    buf_release(&longer);
    return ok;
}

/* Whether a number with a unit ends a period at AT: 4-6月, but not 3-2号. */
static bool ends_period(const struct expansion *e, size_t at)
{
    while (at < e->n_bytes && utf8_is_digit((unsigned char)e->text[at]))
        at++;
    return utf8_is_one_of(utf8_at(e->text, e->n_bytes, at), U"月日年歳才時人名回件台%度割分");
}

/* A hyphen between two numbers for the wave of a period, and the other way. */
static bool add_waves(struct expansion *e)
{
    const char *at = strpbrk(e->text, "~-");
    bool ok = true;
    for (; at != NULL && ok; at = strpbrk(at + 1, "~-")) {
        size_t i = (size_t)(at - e->text);
        bool digits =
            i > 0 && utf8_is_digit((unsigned char)at[-1]) && utf8_is_digit((unsigned char)at[1]);
        if (digits && ends_period(e, i + 1))
            ok = expansion_replace(e, i, i + 1, *at == '~' ? "-" : "~", 1);
    }
    return ok;
}

/* How many katakana stand beside each other at most. */
static size_t longest_run(const struct expansion *e)
{
    size_t n_kana = 0, longest = 0;
    for (size_t i = 0; i < e->n_bytes;) {
        uint32_t cp;
        i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
        n_kana = expand_is_katakana(cp) ? n_kana + 1 : 0;
        longest = n_kana > longest ? n_kana : longest;
    }
    return longest;
}

bool expand_dashes(struct expansion *e)
{
    size_t n_kana = longest_run(e);
    if (n_kana == 0)
        return add_waves(e);
    /* Words of katakana may stand beside each other. */
    bool several = e->from[0] == '\0' && n_kana >= (size_t)2 * (MIN_WITH_MARK - 1);
    e->failed = several ? expansion_cut(e) : ST_OK;
    return e->failed == ST_OK && add_hyphens(e) && drop_last(e, false) && add_last(e, false) &&
           (!e->is_cut || (drop_last(e, true) && add_last(e, true))) && add_waves(e);
}
