/* Readings: kana of either kind, Latin letters, and one key for what sounds alike. */
#ifndef HIKU_DICT_READING_H
#define HIKU_DICT_READING_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All functions take N_BYTES of normalised UTF-8 and append to OUT. */

/* The key of a reading: katakana, a vowel that lengthens the one before it as ー (カテイ: カテー),
 * ヂ and ヅ as ジ and ズ. False, with OUT cut back, where TEXT has anything but kana. */
bool reading_key(struct buf *out, const char *text, size_t n_bytes);

/* Makes the first kana of KANA, of either script, what it is where no other word stands before it,
 * in katakana: びき is ヒき, づくり is ツくり. False, with KANA as it was, where it is no kana that
 * changes so. */
bool reading_soften(struct buf *kana);

/* Which of アイウエオ a katakana ends in, 0: none. */
uint32_t reading_vowel(uint32_t kana);

/* Kana in the other script; what is no kana stays. */
void reading_hiragana(struct buf *out, const char *text, size_t n_bytes);
void reading_katakana(struct buf *out, const char *text, size_t n_bytes);

/* Latin letters to katakana, by Hepburn and Kunrei (ISO 3602) and as typed on keyboards. False,
 * with OUT cut back, where TEXT is not all syllables. */
bool reading_from_latin(struct buf *out, const char *text, size_t n_bytes);

/* Kana to Latin letters by Hepburn, vowels as they are written (sou), ー left out. False likewise.
 */
bool reading_to_latin(struct buf *out, const char *text, size_t n_bytes);

/* What a word of N_KANA that COUNT places have costs where words make up a reading: fewer words are
 * better, frequent ones too, and a single kana is a word too often. */
double reading_word_cost(int64_t count, size_t n_kana);

#endif
