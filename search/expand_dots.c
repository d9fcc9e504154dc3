/* Middle dots between katakana words: ファミリー・サポート = ファミリーサポート. Interface:
 * expand.h. */
#include "search/expand.h"

#include "base/utf8.h"

#define DOT 0x30FB
#define DOT_TEXT "・"
/* A term with more places for a dot than this has none or all of them. */
#define MAX_PLACES 4

/* The character before byte AT, and the one there; 0 at the ends. */
static uint32_t before(const struct expansion *e, size_t at)
{
    uint32_t cp = 0;
    size_t start = at > 0 ? utf8_floor(e->text, at - 1) : 0;
    if (at > 0)
        utf8_decode(e->text + start, at - start, &cp);
    return cp;
}

static uint32_t behind(const struct expansion *e, size_t at)
{
    uint32_t cp = 0;
    if (at < e->n_bytes)
        utf8_decode(e->text + at, e->n_bytes - at, &cp);
    return cp;
}

static bool drop_all(struct expansion *e)
{
    struct buf without = BUF_INIT;
    uint32_t cp;
    for (size_t i = 0, n; i < e->n_bytes; i += n) {
        n = utf8_decode(e->text + i, e->n_bytes - i, &cp);
        if (cp != DOT || !expand_is_katakana(before(e, i)) || !expand_is_katakana(behind(e, i + n)))
            buf_append(&without, e->text + i, n);
    }
    bool ok = expansion_add_buf(e, &without);
    buf_release(&without);
    return ok;
}

static bool may_be_dot(const struct expansion *e, size_t at)
{
    return at > 0 && expand_is_katakana(before(e, at)) && expand_is_katakana(behind(e, at));
}

/* One dot where MeCab cuts between katakana, then all of them. */
static bool insert(struct expansion *e)
{
    struct buf all = BUF_INIT;
    size_t n_places = 0, from = 0;
    bool ok = true;
    if (expansion_cut(e) != ST_OK)
        return false;
    for (size_t i = 0; i < e->tokens->n && ok; i++) {
        size_t at = e->tokens->items[i].start;
        if (!may_be_dot(e, at))
            continue;
        if (n_places++ < MAX_PLACES)
            ok = expansion_replace(e, at, at, DOT_TEXT, sizeof DOT_TEXT - 1);
        buf_append(&all, e->text + from, at - from);
        buf_adds(&all, DOT_TEXT);
        from = at;
    }
    buf_append(&all, e->text + from, e->n_bytes - from);
    ok = ok && expansion_add_buf(e, &all);
    buf_release(&all);
    return ok;
}

static bool has_katakana(const struct expansion *e)
{
    for (size_t i = 0; i < e->n_bytes;) {
        uint32_t cp;
        i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
        if (expand_is_katakana(cp))
            return true;
    }
    return false;
}

bool expand_dots(struct expansion *e)
{
    return !has_katakana(e) || (drop_all(e) && insert(e));
}
