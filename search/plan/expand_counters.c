/* 3か月 = 3ヶ月 = 3ケ月 = 3カ月 = 3ヵ月 = 3箇月, likewise か所, か国 … Interface: expand.h. */
#include "search/plan/expand.h"

#include <string.h>

static const char counter_ka[] = "かヶケカヵ箇";
static const char counted[] = "月所国年条項村町店校寺点";
static const char numerals[] = "〇一二三四五六七八九十百千万億数何幾";

/* Whether the three bytes at C are a character of SET (of three bytes each). */
static bool is_in(const char *set, const char *c)
{
    for (; *set != '\0'; set += 3) {
        if (memcmp(set, c, 3) == 0)
            return true;
    }
    return false;
}

static bool is_numeral_before(const char *text, size_t at)
{
    if (at == 0)
        return true; /* the numeral may stand before what was typed */
    if (text[at - 1] >= '0' && text[at - 1] <= '9')
        return true;
    return at >= 3 && is_in(numerals, text + at - 3);
}

bool expand_counters(struct expansion *e)
{
    for (size_t i = 0; i + 6 <= e->n_bytes; i++) {
        if (!is_in(counter_ka, e->text + i) || !is_in(counted, e->text + i + 3) ||
            !is_numeral_before(e->text, i))
            continue;
        for (const char *ka = counter_ka; *ka != '\0'; ka += 3) {
            if (!expansion_replace(e, i, i + 3, ka, 3))
                return false;
        }
        if (expand_has_at(e, i + 3, "所")) /* 一個所, as some write 一箇所 */
            return expansion_replace(e, i, i + 3, "個", 3);
        return true; /* one counter a term: the spellings of two would multiply */
    }
    return true;
}
