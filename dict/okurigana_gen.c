/* Ways to write okurigana, out of a dictionary. Interface: okurigana_gen.h. */
#include "dict/okurigana_gen.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Words with more kanji, or more kana behind one, are left as they are. */
#define MAX_KANJI 4
#define MAX_FORMS 24

/* A word as kanji, each with the kana behind it. */
struct word {
    struct span surface;
    struct span reading;
    bool inflects;
    struct span kanji[MAX_KANJI];
    struct span kana[MAX_KANJI]; /* behind each kanji; may be empty */
    size_t n_kanji;
};

struct words {
    struct word *items;
    size_t n, cap;
};

static bool is_kanji(uint32_t cp)
{
    return (cp >= 0x4E00 && cp <= 0x9FFF) || cp == 0x3005;
}

static bool is_hiragana(uint32_t cp)
{
    return cp >= 0x3041 && cp <= 0x3096;
}

/* Cuts the surface into kanji and kana; false when it has anything else or kana in front. */
static bool split(struct word *w)
{
    for (size_t i = 0; i < w->surface.len;) {
        const char *at = w->surface.data + i;
        uint32_t cp;
        size_t len = utf8_decode(at, w->surface.len - i, &cp);
        if (is_kanji(cp) && w->n_kanji < MAX_KANJI) {
            w->kanji[w->n_kanji] = (struct span){at, len};
            w->kana[w->n_kanji++] = (struct span){at + len, 0};
        } else if (is_hiragana(cp) && w->n_kanji > 0) {
            w->kana[w->n_kanji - 1].len += len;
        } else {
            return false;
        }
        i += len;
    }
    return w->n_kanji > 0;
}

/* The column of a line, from 0. */
static struct span column(struct span line, unsigned number)
{
    for (; number > 0; number--) {
        const char *comma = memchr(line.data, ',', line.len);
        if (comma == NULL)
            return (struct span){line.data, 0};
        line.len -= (size_t)(comma - line.data) + 1;
        line.data = comma + 1;
    }
    const char *comma = memchr(line.data, ',', line.len);
    if (comma != NULL)
        line.len = (size_t)(comma - line.data);
    return line;
}

static bool is(struct span s, const char *text)
{
    return s.len == strlen(text) && memcmp(s.data, text, s.len) == 0;
}

/* The inflected forms that queries are made of. */
static bool is_wanted(struct span pos, struct span kind, struct span form)
{
    static const char *const forms[] = {"基本形",     "連用形", "連用タ接続",
                                        "連用テ接続", "未然形", "仮定形"};
    if (is(pos, "名詞"))
        return !is(kind, "固有名詞") && !is(kind, "数");
    if (!is(pos, "動詞") && !is(pos, "形容詞"))
        return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (is(form, forms[i]))
            return true;
    }
    return false;
}

static bool add_word(struct words *words, struct span line)
{
    struct word w = {.surface = column(line, 0), .reading = column(line, 11)};
    struct span pos = column(line, 4);
    if (!is_wanted(pos, column(line, 5), column(line, 9)) || !split(&w))
        return true;
    w.inflects = !is(pos, "名詞");
    if (!array_reserve(&words->items, &words->cap, words->n + 1, sizeof *words->items))
        return false;
    words->items[words->n++] = w;
    return true;
}

static int compare_spans(struct span a, struct span b)
{
    int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* By reading, kind and kanji: one word stands together. */
static int compare_words(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    int order = compare_spans(x->reading, y->reading);
    if (order == 0 && x->inflects != y->inflects)
        order = x->inflects ? 1 : -1;
    if (order == 0 && x->n_kanji != y->n_kanji)
        order = x->n_kanji < y->n_kanji ? -1 : 1;
    for (size_t i = 0; order == 0 && i < x->n_kanji; i++)
        order = compare_spans(x->kanji[i], y->kanji[i]);
    return order;
}

static bool ends_with(struct span whole, struct span end)
{
    return end.len <= whole.len && memcmp(whole.data + whole.len - end.len, end.data, end.len) == 0;
}

/* Takes the longer kana of W at each place into FULL; false when one is not the end of the other:
 * then it is another word (起こる, 起きる). */
static bool join(struct word *full, const struct word *w)
{
    struct word joined = *full;
    for (size_t i = 0; i < w->n_kanji; i++) {
        bool last = i + 1 == w->n_kanji;
        struct span longer = w->kana[i].len > full->kana[i].len ? w->kana[i] : full->kana[i];
        struct span shorter = w->kana[i].len > full->kana[i].len ? full->kana[i] : w->kana[i];
        if (!ends_with(longer, shorter) || (last && full->inflects && shorter.len == 0))
            return false;
        joined.kana[i] = longer;
    }
    *full = joined;
    return true;
}

static void write_word(struct buf *out, const struct word *w)
{
    for (size_t i = 0; i < w->n_kanji; i++) {
        buf_append(out, w->kanji[i].data, w->kanji[i].len);
        buf_append(out, w->kana[i].data, w->kana[i].len);
    }
}

struct forms {
    struct buf text[MAX_FORMS];
    size_t n;
};

/* Adds all forms of W that leave out kana from the kanji at PLACE on. What inflects keeps its end.
 */
static void add_shorter(struct forms *forms, const struct word *w, size_t place)
{
    if (forms->n == MAX_FORMS)
        return;
    if (place == w->n_kanji) {
        write_word(&forms->text[forms->n++], w);
        return;
    }
    struct word shorter = *w;
    size_t least = place + 1 == w->n_kanji && w->inflects ? 3 : 0;
    for (;;) {
        add_shorter(forms, &shorter, place + 1);
        if (shorter.kana[place].len <= least)
            break;
        shorter.kana[place].data += 3;
        shorter.kana[place].len -= 3;
    }
}

/* Adds what one word is written as. A word with one kanji has only the forms that the dictionary
 * has: 上がり without が is 上り, another word. */
static enum status add_forms(struct lexicon_builder *b, const struct word *full,
                             const struct word *group, size_t n)
{
    struct forms forms = {.n = 0};
    for (size_t i = 0; i < MAX_FORMS; i++)
        buf_init(&forms.text[i]);
    if (full->n_kanji > 1) {
        add_shorter(&forms, full, 0);
    } else {
        write_word(&forms.text[forms.n++], full);
        for (size_t i = 0; i < n && forms.n < MAX_FORMS; i++)
            buf_append(&forms.text[forms.n++], group[i].surface.data, group[i].surface.len);
    }
    enum status st = ST_OK;
    struct span whole = {forms.text[0].data, forms.text[0].len};
    for (size_t i = 1; i < forms.n && st == ST_OK; i++) {
        struct span shorter = {forms.text[i].data, forms.text[i].len};
        st = lexicon_add(b, whole, LEXICON_OKURIGANA, shorter);
        if (st == ST_OK)
            st = lexicon_add(b, shorter, LEXICON_FULL, whole);
    }
    for (size_t i = 0; i < MAX_FORMS; i++)
        buf_release(&forms.text[i]);
    return st;
}

static enum status add_group(struct lexicon_builder *b, const struct word *group, size_t n)
{
    struct word full = group[0];
    bool has_kana = false;
    for (size_t i = 1; i < n; i++)
        join(&full, &group[i]);
    for (size_t i = 0; i < full.n_kanji; i++)
        has_kana = has_kana || full.kana[i].len > 0;
    return has_kana ? add_forms(b, &full, group, n) : ST_OK;
}

enum status okurigana_read(struct lexicon_builder *b, const char *text, size_t n_bytes)
{
    struct words words = {0};
    enum status st = ST_OK;
    while (n_bytes > 0 && st == ST_OK) {
        const char *end = memchr(text, '\n', n_bytes);
        size_t n = end != NULL ? (size_t)(end - text) : n_bytes;
        if (!add_word(&words, (struct span){text, n}))
            st = ST_NOMEM;
        n_bytes -= n + (end != NULL);
        text += n + (end != NULL);
    }
    if (words.n > 0)
        qsort(words.items, words.n, sizeof *words.items, compare_words);
    for (size_t i = 0, next; i < words.n && st == ST_OK; i = next) {
        for (next = i + 1; next < words.n; next++) {
            if (compare_words(&words.items[i], &words.items[next]) != 0)
                break;
        }
        st = add_group(b, &words.items[i], next - i);
    }
    free(words.items);
    return st;
}
