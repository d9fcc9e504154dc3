/* Readings in Latin letters whose long vowels have a mark: Tōkyō = Tôkyô = toukyou. Interface:
 * expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <uchar.h>

static const struct long_vowel {
    char32_t marked[3]; /* by Hepburn and by Kunrei */
    char letters[3];    /* as typed on keyboards; ou and oo are one in readings */
} long_vowels[] = {{U"āâ", "aa"}, {U"īî", "ii"}, {U"ūû", "uu"}, {U"ēê", "ee"}, {U"ōô", "ou"}};
#define N_LONG_VOWELS (sizeof long_vowels / sizeof *long_vowels)

static const char *letters_of(uint32_t cp)
{
    for (size_t i = 0; i < N_LONG_VOWELS; i++) {
        if (cp == long_vowels[i].marked[0] || cp == long_vowels[i].marked[1])
            return long_vowels[i].letters;
    }
    return NULL;
}

/* Writes the text without the marks; whether it had any. */
static bool write_letters(const struct expansion *e, struct buf *out)
{
    bool any = false;
    uint32_t cp;
    for (size_t i = 0, len; i < e->n_bytes; i += len) {
        len = utf8_decode(e->text + i, e->n_bytes - i, &cp);
        const char *letters = letters_of(cp);
        if (letters != NULL)
            buf_adds(out, letters);
        else
            buf_append(out, e->text + i, len);
        any = any || letters != NULL;
    }
    return any;
}

bool expand_marked_readings(struct expansion *e)
{
    struct buf letters = BUF_INIT;
    bool ok = true;
    if (write_letters(e, &letters) && !letters.failed) {
        struct expansion typed = *e;
        e->text = letters.data;
        e->n_bytes = letters.len;
        e->tokens = &e->other_tokens;
        e->is_cut = false;
        ok = expand_readings(e);
        e->text = typed.text;
        e->n_bytes = typed.n_bytes;
        e->tokens = typed.tokens;
        e->is_cut = typed.is_cut;
    } else if (!letters.failed) {
        ok = expand_readings(e);
    }
    ok = ok && !letters.failed;
    buf_release(&letters);
    return ok;
}
