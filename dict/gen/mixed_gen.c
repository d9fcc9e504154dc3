/* Kana in the place of kanji, for the lexicon. Interface: mixed_gen.h. */
#include "dict/gen/mixed_gen.h"

#include "base/array.h"
#include "base/utf8.h"
#include "dict/kana_words.h"

#include <stdlib.h>

/* How many words kana may stand for: those of grammar all mean the same (全て, 総て); two that
 * share a kanji nearly always do (障害, 障碍); of more the kanji find the kana, but not the other
 * way round. */
#define MAX_GRAMMAR_WORDS 4
#define MAX_BOTH_WORDS 2
#define MAX_WORDS 3
#define MIN_KANA_BYTES 9
/* Of kana that several words share: 画し and 隠し are かくし. */
#define MIN_SHARED_BYTES 12
/* か月 and 箇月 have a rule of their own. */
#define COUNTERS "名詞,接尾,助数詞"

/* A way to write the word of a group. */
struct way {
    struct span text;
    struct word_chars chars;
    bool is_shorter; /* another way has more kanji */
};

struct ways {
    struct way *items;
    size_t n, cap;
};

static int compare_words(const void *a, const void *b)
{
    const struct entry *const *x = a, *const *y = b;
    int order = span_compare((*x)->reading, (*y)->reading);
    if (order == 0)
        order = span_compare((*x)->pos, (*y)->pos);
    return order != 0 ? order : span_compare((*x)->form, (*y)->form);
}

static int compare_all(const void *a, const void *b)
{
    const struct entry *const *x = a, *const *y = b;
    int order = compare_words(a, b);
    return order != 0 ? order : span_compare((*x)->surface, (*y)->surface);
}

/* Reads TEXT in the forms that characters have today: 障礙 is 障碍. *ALL: whether it is not too
 * long.
 */
static enum status read_chars(struct word_chars *chars, struct span text,
                              struct normalized *scratch, bool *all)
{
    enum status st = normalize(scratch, text.data, text.len);
    *all = st == ST_OK && word_chars_read(chars, scratch->text.data, scratch->text.len);
    return st;
}

static size_t count_kanji(const struct word_chars *chars)
{
    size_t n = 0;
    for (size_t i = 0; i < chars->n; i++)
        n += utf8_is_kanji(chars->cp[i]);
    return n;
}

static bool is_short_for(const struct way *kana, const struct way *kanji)
{
    return count_kanji(&kana->chars) < count_kanji(&kanji->chars) &&
           kana_stands_for(&kanji->chars, &kana->chars);
}

/* The next kanji of a word from *I on, what is repeated in the place of 々; 0 at the end. */
static uint32_t next_kanji(const struct word_chars *chars, size_t *i)
{
    for (; *i < chars->n; ++*i) {
        uint32_t cp = chars->cp[*i];
        if (utf8_is_kanji(cp)) {
            bool repeats = cp == 0x3005 && *i > 0;
            ++*i;
            return repeats ? chars->cp[*i - 2] : cp;
        }
    }
    return 0;
}

static bool has_same_kanji(const struct way *a, const struct way *b)
{
    size_t i = 0, k = 0;
    uint32_t x, y;
    do {
        x = next_kanji(&a->chars, &i);
        y = next_kanji(&b->chars, &k);
    } while (x == y && x != 0);
    return x == y;
}

/* How many words, by their kanji, KANA may stand for; those with fewer kanji are not counted. */
static size_t count_words(const struct ways *ways, const struct way *kana)
{
    size_t n = 0;
    for (size_t i = 0; i < ways->n; i++) {
        bool counted = ways->items[i].is_shorter || !is_short_for(kana, &ways->items[i]);
        for (size_t k = 0; k < i && !counted; k++)
            counted = !ways->items[k].is_shorter && is_short_for(kana, &ways->items[k]) &&
                      has_same_kanji(&ways->items[k], &ways->items[i]);
        n += !counted;
    }
    return n;
}

static bool starts(struct span pos, const char *kind)
{
    return span_starts(pos, span_of(kind));
}

static bool is_grammar(struct span pos)
{
    static const char *const kinds[] = {"接続詞",        "副詞",        "連体詞",      "助詞",
                                        "名詞,副詞可能", "名詞,代名詞", "名詞,非自立", "名詞,接尾"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (starts(pos, kinds[i]))
            return true;
    }
    return false;
}

/* Whether the word only stands behind others, whose kanji tell words apart: 取り, 採り. */
static bool is_part(struct span pos)
{
    return starts(pos, "名詞,接尾") || starts(pos, "名詞,非自立");
}

/* Whether KANA are words of grammar whose kanji do not mean the same: 物 and 者, 様 and 用. */
static bool is_several(const struct way *kana)
{
    static const char *const several[] = {"もの", "よう"};
    for (size_t i = 0; i < sizeof several / sizeof *several; i++) {
        if (span_compare(kana->text, span_of(several[i])) == 0)
            return true;
    }
    return false;
}

/* What a word in kana is looked up for. */
enum ways_round { NONE = 0, KANJI_TO_KANA = 1, BOTH = 3 };

static enum ways_round judge(const struct way *kana, const struct ways *ways,
                             const struct entry *word)
{
    size_t n_words = count_words(ways, kana);
    if (is_grammar(word->pos)) {
        if (is_several(kana))
            return KANJI_TO_KANA;
        return n_words <= MAX_GRAMMAR_WORDS ? BOTH : NONE;
    }
    bool alone = count_kanji(&kana->chars) == 0;
    if (alone && kana->text.len < (n_words > 1 ? MIN_SHARED_BYTES : MIN_KANA_BYTES))
        return NONE;
    if (n_words <= (alone ? 1 : MAX_BOTH_WORDS))
        return BOTH;
    return n_words <= MAX_WORDS && (!alone || word->inflects) ? KANJI_TO_KANA : NONE;
}

/* Whether both have as many kanji and the same kana, some at least: 全て and 総て. */
static bool has_same_kana(const struct way *a, const struct way *b)
{
    size_t n_kana = 0, n = a->chars.n;
    bool same = n == b->chars.n;
    for (size_t i = 0; i < n && same; i++) {
        bool kanji = utf8_is_kanji(a->chars.cp[i]);
        same = kanji ? utf8_is_kanji(b->chars.cp[i]) : a->chars.cp[i] == b->chars.cp[i];
        n_kana += !kanji;
    }
    return same && n_kana > 0;
}

/* Adds the other words of grammar that are KANA too, for KANJI, one of them. */
static enum status add_alike(struct lexicon_builder *b, const struct ways *ways,
                             const struct way *kana, const struct way *kanji)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < ways->n && st == ST_OK; i++) {
        const struct way *other = &ways->items[i];
        if (other != kanji && is_short_for(kana, other) && has_same_kana(kanji, other))
            st = lexicon_add(b, kanji->text, LEXICON_MIXED, other->text);
    }
    return st;
}

/* Whether ENTRIES have SPELLED with a reading that WORD has not: 着い is 着く too, and no 着衣. */
static bool is_other_word(const struct entries *entries, struct span spelled, struct span word)
{
    for (size_t i = entries_find(entries, spelled);
         i < entries->n && span_compare(entries->items[i].surface, spelled) == 0; i++) {
        if (!entries_have_as(entries, word, entries->items[i].reading))
            return true;
    }
    return false;
}

/* Adds what KANA stands for, and the other way round. */
static enum status add_way(struct lexicon_builder *b, const struct entries *entries,
                           const struct ways *ways, const struct way *kana,
                           const struct entry *word)
{
    enum ways_round wanted = judge(kana, ways, word);
    enum status st = ST_OK;
    for (size_t i = 0; i < ways->n && st == ST_OK && wanted != NONE; i++) {
        const struct way *kanji = &ways->items[i];
        if (!is_short_for(kana, kanji) || is_other_word(entries, kana->text, kanji->text))
            continue;
        st = lexicon_add(b, kanji->text, LEXICON_MIXED, kana->text);
        if (st == ST_OK && wanted == BOTH)
            st = lexicon_add(b, kana->text, LEXICON_MIXED, kanji->text);
        if (st == ST_OK && wanted == BOTH && is_grammar(word->pos) && !is_part(word->pos))
            st = add_alike(b, ways, kana, kanji);
    }
    return st;
}

static enum status add_group(struct lexicon_builder *b, const struct entries *entries,
                             struct ways *ways, const struct entry *word)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < ways->n; i++) { /* all of them first: they are counted by it */
        for (size_t k = 0; k < ways->n && !ways->items[i].is_shorter; k++)
            ways->items[i].is_shorter = is_short_for(&ways->items[i], &ways->items[k]);
    }
    for (size_t i = 0; i < ways->n && st == ST_OK; i++) {
        if (ways->items[i].is_shorter)
            st = add_way(b, entries, ways, &ways->items[i], word);
    }
    return st;
}

static enum status add_surface(struct ways *ways, struct span surface, struct normalized *scratch)
{
    struct way way = {.text = surface};
    bool all = true;
    if (ways->n > 0 && span_compare(ways->items[ways->n - 1].text, surface) == 0)
        return ST_OK;
    enum status st = read_chars(&way.chars, surface, scratch, &all);
    if (st != ST_OK || !all)
        return st;
    if (!array_reserve(&ways->items, &ways->cap, ways->n + 1, sizeof *ways->items))
        return ST_NOMEM;
    ways->items[ways->n++] = way;
    return ST_OK;
}

enum status mixed_add(struct lexicon_builder *b, const struct entries *entries)
{
    const struct entry **sorted = malloc((entries->n + 1) * sizeof *sorted);
    struct normalized scratch = NORMALIZED_INIT;
    struct ways ways = {0};
    enum status st = sorted != NULL ? ST_OK : ST_NOMEM;
    size_t n = 0;
    for (size_t i = 0; i < entries->n && st == ST_OK; i++) {
        if (!starts(entries->items[i].pos, COUNTERS))
            sorted[n++] = &entries->items[i];
    }
    if (n > 0)
        qsort(sorted, n, sizeof *sorted, compare_all);
    for (size_t i = 0, next; i < n && st == ST_OK; i = next) {
        ways.n = 0;
        for (next = i; next < n && compare_words(&sorted[i], &sorted[next]) == 0; next++)
            st = st != ST_OK ? st : add_surface(&ways, sorted[next]->surface, &scratch);
        if (st == ST_OK)
            st = add_group(b, entries, &ways, sorted[i]);
    }
    normalized_release(&scratch);
    free(ways.items);
    free(sorted);
    return st;
}
