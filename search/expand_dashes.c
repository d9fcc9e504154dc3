/* Long vowel marks: センター = センタ-, コンピューター = コンピュータ. Interface: expand.h. */
#include "search/expand.h"

#include "base/utf8.h"

#include <string.h>

#define LONG_MARK 0x30FC
/* Katakana words have a long vowel at their end or not from this many characters on, it included
 * (JIS Z 8301): サーバー is サーバ, カバー is not カバ. */
#define MIN_WITH_MARK 4

static bool is_katakana(uint32_t cp)
{
    return (cp >= 0x30A1 && cp <= 0x30FA) || cp == LONG_MARK;
}

/* A minus sign or hyphen typed for the long vowel mark, all of them either way. */
static bool add_hyphens(struct expansion *e)
{
    struct buf long_mark = BUF_INIT, hyphen = BUF_INIT;
    uint32_t before = 0;
    for (size_t i = 0; i < e->n_bytes;) {
        uint32_t cp;
        size_t len = utf8_decode(e->text + i, e->n_bytes - i, &cp);
        bool is_mark = (cp == '-' || cp == LONG_MARK) && is_katakana(before);
        buf_append(&long_mark, is_mark ? "ー" : e->text + i, is_mark ? 3 : len);
        buf_append(&hyphen, is_mark ? "-" : e->text + i, is_mark ? 1 : len);
        before = is_mark ? LONG_MARK : cp;
        i += len;
    }
    bool ok = expansion_add_buf(e, &long_mark) && expansion_add_buf(e, &hyphen);
    buf_release(&long_mark);
    buf_release(&hyphen);
    return ok;
}

/* The long vowel at the end of each katakana word left out. */
static bool drop_last(struct expansion *e)
{
    struct buf shorter = BUF_INIT;
    size_t n_kana = 0;
    for (size_t i = 0; i < e->n_bytes;) {
        uint32_t cp, next = 0;
        size_t len = utf8_decode(e->text + i, e->n_bytes - i, &cp);
        if (i + len < e->n_bytes)
            utf8_decode(e->text + i + len, e->n_bytes - i - len, &next);
        n_kana = is_katakana(cp) ? n_kana + 1 : 0;
        if (cp != LONG_MARK || is_katakana(next) || n_kana < MIN_WITH_MARK)
            buf_append(&shorter, e->text + i, len);
        i += len;
    }
    /* センタ also begins センタク: whole words only. */
    bool ok = !shorter.failed && expansion_add_whole(e, shorter.data, shorter.len);
    buf_release(&shorter);
    return ok;
}

/* サーバ室 = サーバー室: a long vowel at the end of each katakana word that has none. At the end of
 * the term it is not needed: サーバ stands inside サーバー. */
static bool add_last(struct expansion *e)
{
    static const char longable[] = "アカサタナハマヤラワガザダバパャュョイリティディ";
    struct buf longer = BUF_INIT;
    size_t n_kana = 0;
    for (size_t i = 0; i < e->n_bytes;) {
        uint32_t cp, next = 0;
        size_t len = utf8_decode(e->text + i, e->n_bytes - i, &cp);
        if (i + len < e->n_bytes)
            utf8_decode(e->text + i + len, e->n_bytes - i - len, &next);
        n_kana = is_katakana(cp) ? n_kana + 1 : 0;
        buf_append(&longer, e->text + i, len);
        if (n_kana >= MIN_WITH_MARK - 1 && cp != LONG_MARK && next != 0 && !is_katakana(next) &&
            next != '-' && memmem(longable, sizeof longable - 1, e->text + i, len) != NULL)
            buf_adds(&longer, "ー");
        i += len;
    }
    bool ok = expansion_add_buf(e, &longer);
    buf_release(&longer);
    return ok;
}

bool expand_dashes(struct expansion *e)
{
    return add_hyphens(e) && drop_last(e) && add_last(e);
}
