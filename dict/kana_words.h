/* Words with kana in the place of kanji. */
#ifndef HIKU_DICT_KANA_WORDS_H
#define HIKU_DICT_KANA_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A longer word is left as it is. */
#define KANA_WORD_MAX_CHARS 24

/* The characters of a word. */
struct word_chars {
    uint32_t cp[KANA_WORD_MAX_CHARS];
    size_t n;
};

/* Reads N_BYTES of UTF-8. False where they are too many characters. */
bool word_chars_read(struct word_chars *chars, const char *text, size_t n_bytes);

/* Whether KANA is KANJI with hiragana in the place of some of its kanji, at least one for each:
 * 呼びかけ of 呼び掛け, ひっ迫 of 逼迫. A word stands for itself. */
bool kana_stands_for(const struct word_chars *kanji, const struct word_chars *kana);

#endif
