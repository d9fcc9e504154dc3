/* 人々 = 人人. Interface: expand.h. */
#include "search/expand.h"

#include "base/utf8.h"

#include <string.h>

static bool is_kanji(const char *c, size_t left)
{
    uint32_t cp;
    return left >= 3 && utf8_decode(c, left, &cp) == 3 &&
           ((cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF));
}

/* All marks of the text become what they repeat, or all repetitions become marks. */
bool expand_repeats(struct expansion *e)
{
    const char *text = e->text;
    struct buf doubled = BUF_INIT, marked = BUF_INIT;
    for (size_t i = 0; i < e->n_bytes;) {
        uint32_t cp;
        size_t len = utf8_decode(text + i, e->n_bytes - i, &cp);
        bool after_kanji = i >= 3 && is_kanji(text + i - 3, 3);
        if (after_kanji && len == 3 && memcmp(text + i, "々", 3) == 0)
            buf_append(&doubled, text + i - 3, 3);
        else
            buf_append(&doubled, text + i, len);
        if (after_kanji && len == 3 && memcmp(text + i, text + i - 3, 3) == 0)
            buf_adds(&marked, "々");
        else
            buf_append(&marked, text + i, len);
        i += len;
    }
    bool ok = expansion_add_buf(e, &doubled) && expansion_add_buf(e, &marked);
    buf_release(&doubled);
    buf_release(&marked);
    return ok;
}
