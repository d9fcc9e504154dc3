/* Polite prefixes: お問い合わせ finds 問い合わせ, which stands in お問い合わせ as it is. Interface:
 * expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

/* A shorter word is another one without its prefix. */
#define MIN_CHARS 2

/* The bytes of お, ご or 御 at the beginning; 0: there is none. */
static size_t prefix_of(const struct expansion *e)
{
    static const char *const prefixes[] = {"お", "ご", "御"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (expand_has_at(e, 0, prefixes[i]))
            return strlen(prefixes[i]);
    }
    return 0;
}

/* Whether MeCab takes the first N bytes for a prefix: お金 and ご飯 are words of their own. */
static bool is_prefix(struct expansion *e, size_t n)
{
    e->failed = expansion_cut(e);
    const struct token *t = e->failed == ST_OK ? expand_token_at(e->tokens, 0, n) : NULL;
    return t != NULL && token_is_of_kind(t, "接頭詞");
}

bool expand_honorifics(struct expansion *e)
{
    size_t n = prefix_of(e);
    uint32_t next = utf8_at(e->text, e->n_bytes, n);
    if (n == 0 || !utf8_is_kanji(next) || utf8_count(e->text + n, e->n_bytes - n) < MIN_CHARS)
        return true;
    return is_prefix(e, n) ? expansion_add(e, e->text + n, e->n_bytes - n) : e->failed == ST_OK;
}
