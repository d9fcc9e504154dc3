/* Words with kana in the place of kanji. Interface: kana_words.h. */
#include "dict/kana_words.h"

#include "base/utf8.h"

bool word_chars_read(struct word_chars *chars, const char *text, size_t n_bytes)
{
    size_t i = 0;
    chars->n = 0;
    while (i < n_bytes && chars->n < KANA_WORD_MAX_CHARS)
        i += utf8_decode(text + i, n_bytes - i, &chars->cp[chars->n++]);
    return i == n_bytes;
}

/* Likewise from character K of KANJI and H of KANA on. */
static bool stands_for(const struct word_chars *kanji, size_t k, const struct word_chars *kana,
                       size_t h)
{
    if (k == kanji->n)
        return h == kana->n;
    if (h < kana->n && kanji->cp[k] == kana->cp[h] && stands_for(kanji, k + 1, kana, h + 1))
        return true;
    for (size_t n = 1; k < kanji->n && utf8_is_kanji(kanji->cp[k]); n++, k++) {
        size_t least = h + n, end = h; /* a kanji has a kana at least */
        while (end < kana->n && utf8_is_hiragana(kana->cp[end])) {
            end++;
            if (end >= least && stands_for(kanji, k + 1, kana, end))
                return true;
        }
    }
    return false;
}

bool kana_stands_for(const struct word_chars *kanji, const struct word_chars *kana)
{
    return stands_for(kanji, 0, kana, 0);
}
