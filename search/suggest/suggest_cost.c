/* What a difference costs. Interface: suggest_cost.h. */
#include "search/suggest/suggest_cost.h"

#include "base/utf8.h"

#include <string.h>

#define COST_EDIT 10.0
#define COST_SHORT 8.0 /* of an edit, shared out among the characters */
#define COST_LENGTH 4.0
#define COST_SOUND 4.0
#define COST_SOUND_EDIT 13.0
#define COST_KANA 6.0
/* Shorter readings are one edit away from too much. */
#define MIN_SOUND_EDIT 4

bool suggest_one_edit(const uint32_t *a, size_t n_a, const uint32_t *b, size_t n_b)
{
    if (n_a > n_b + 1 || n_b > n_a + 1)
        return false;
    size_t head = 0, tail = 0;
    while (head < n_a && head < n_b && a[head] == b[head])
        head++;
    while (tail < n_a - head && tail < n_b - head && a[n_a - 1 - tail] == b[n_b - 1 - tail])
        tail++;
    size_t left_a = n_a - head - tail, left_b = n_b - head - tail;
    if (left_a == 2 && left_b == 2)
        return a[head] == b[head + 1] && a[head + 1] == b[head];
    return left_a + left_b > 0 && left_a <= 1 && left_b <= 1;
}

/* Whether the span, one edit from CHARS, is that with a character typed twice. */
static bool has_one_twice(const struct span_of_words *span, const uint32_t *chars, size_t n_chars)
{
    size_t head = 0;
    while (head < n_chars && head < span->n_chars && chars[head] == span->chars[head])
        head++;
    return span->n_chars > n_chars && head > 0 && span->chars[head] == span->chars[head - 1];
}

/* Counts the kanji and the kana. */
static void count_scripts(const uint32_t *chars, size_t n_chars, size_t *n_kanji, size_t *n_kana)
{
    *n_kanji = *n_kana = 0;
    for (size_t i = 0; i < n_chars; i++) {
        *n_kanji += utf8_is_kanji(chars[i]);
        *n_kana += utf8_is_hiragana(chars[i]) || utf8_is_katakana(chars[i]);
    }
}

/* Whether the word has kana where the span has kanji: 待た for 待起, an inflected verb where the
 * noun 待機 was meant. Who types kanji means kanji. */
static bool puts_kana(const struct span_of_words *span, const uint32_t *chars, size_t n_chars)
{
    size_t n_kanji, n_kana, n_kanji_meant, n_kana_meant;
    count_scripts(chars, n_chars, &n_kanji, &n_kana);
    count_scripts(span->chars, span->n_chars, &n_kanji_meant, &n_kana_meant);
    return n_kana > n_kana_meant && n_kanji < n_kanji_meant;
}

/* What putting the word in the place of the span costs beside COST_KANA; negative: they have
 * nothing in common. */
static double difference(const struct span_of_words *span, const uint32_t *chars, size_t n_chars,
                         const uint32_t *sounds, size_t n_sounds)
{
    bool same_sound = n_sounds > 1 && n_sounds == span->n_sounds &&
                      memcmp(sounds, span->sounds, n_sounds * sizeof *sounds) == 0;
    if (same_sound)
        return COST_SOUND;
    if (n_chars > 1 && suggest_one_edit(span->chars, span->n_chars, chars, n_chars))
        return COST_EDIT + COST_SHORT / (double)span->n_chars +
               (n_chars == span->n_chars || has_one_twice(span, chars, n_chars) ? 0 : COST_LENGTH);
    if (n_sounds >= MIN_SOUND_EDIT && span->n_sounds >= MIN_SOUND_EDIT &&
        suggest_one_edit(span->sounds, span->n_sounds, sounds, n_sounds))
        return COST_SOUND_EDIT;
    return -1;
}

double suggest_cost(const struct span_of_words *span, const uint32_t *chars, size_t n_chars,
                    const uint32_t *sounds, size_t n_sounds)
{
    double cost = difference(span, chars, n_chars, sounds, n_sounds);
    return cost >= 0 && puts_kana(span, chars, n_chars) ? cost + COST_KANA : cost;
}

double suggest_character_cost(bool same_sound, size_t n_chars)
{
    return same_sound ? COST_SOUND : COST_EDIT + COST_SHORT / (double)n_chars;
}
