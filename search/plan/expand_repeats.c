/* 人々 = 人人, いすゞ = いすず. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <string.h>

#define KANJI_MARK 0x3005 /* 々 */

static bool is_kanji(uint32_t cp)
{
    return utf8_is_kanji(cp) && cp != KANJI_MARK;
}

/* か as が; 0 for what has no voiced form of its own. */
static uint32_t voiced(uint32_t cp)
{
    uint32_t kana = utf8_is_katakana(cp) ? cp - UTF8_KATAKANA_SHIFT : cp;
    bool pairs = (kana >= 0x304B && kana <= 0x3061 && kana % 2 == 1) || /* か to ち */
                 (kana >= 0x3064 && kana <= 0x3068 && kana % 2 == 0) || /* つ to と */
                 (kana >= 0x306F && kana <= 0x307B && kana % 3 == 0);   /* は to ほ */
    return pairs ? cp + 1 : 0;
}

/* What MARK repeats behind BEFORE; 0 where it is no mark or stands for nothing. */
static uint32_t repeated(uint32_t before, uint32_t mark)
{
    bool kana = utf8_is_hiragana(before) || utf8_is_katakana(before);
    uint32_t first = utf8_is_katakana(before) ? 0x30FD : 0x309D; /* ヽ ヾ, ゝ ゞ */
    if (mark == KANJI_MARK)
        return is_kanji(before) ? before : 0;
    if (!kana || (mark != first && mark != first + 1))
        return 0;
    return mark == first || voiced(before) == 0 ? before : voiced(before);
}

/* The mark for CP behind BEFORE; 0 where it repeats nothing. */
static uint32_t mark_for(uint32_t before, uint32_t cp)
{
    uint32_t first = utf8_is_katakana(before) ? 0x30FD : 0x309D;
    if (is_kanji(before))
        return cp == before ? KANJI_MARK : 0;
    if (!utf8_is_hiragana(before) && !utf8_is_katakana(before))
        return 0;
    return cp == before ? first : cp == voiced(before) ? first + 1 : 0;
}

/* All marks of the text become what they repeat, or all repetitions become marks. */
bool expand_repeats(struct expansion *e)
{
    struct buf doubled = BUF_INIT, marked = BUF_INIT;
    uint32_t before = 0;
    bool any = false;
    if (strcmp(e->from, "numerals") == 0) /* 一八三三 is not 一八三々 */
        return true;
    for (size_t i = 0; i < e->n_bytes;) {
        uint32_t cp;
        i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
        uint32_t plain = repeated(before, cp);
        uint32_t mark = mark_for(before, cp);
        before = plain != 0 ? plain : cp;
        any = any || plain != 0 || mark != 0;
        buf_add_cp(&doubled, before);
        buf_add_cp(&marked, mark != 0 ? mark : cp);
    }
    bool ok = !any || (expansion_add_buf(e, &doubled) && expansion_add_buf(e, &marked));
    buf_release(&doubled);
    buf_release(&marked);
    return ok;
}
