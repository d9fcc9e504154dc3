/* The ways to write okurigana that one word has. Interface: families_gen.h. */
#include "dict/gen/families_gen.h"

#include "base/array.h"
#include "base/utf8.h"
#include "dict/reading.h"

#include <stdlib.h>

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
    bool is_okurigana[MAX_KANJI];
    size_t n_kanji;
};

struct words {
    struct word *items;
    size_t n, cap;
};

/* Cuts the surface into kanji and kana; false when it has anything else or kana in front. */
static bool split(struct word *w)
{
    for (size_t i = 0; i < w->surface.len;) {
        const char *at = w->surface.data + i;
        uint32_t cp;
        size_t len = utf8_decode(at, w->surface.len - i, &cp);
        if (utf8_is_kanji(cp) && w->n_kanji < MAX_KANJI) {
            w->kanji[w->n_kanji] = (struct span){at, len};
            w->kana[w->n_kanji++] = (struct span){at + len, 0};
        } else if (utf8_is_hiragana(cp) && w->n_kanji > 0) {
            w->kana[w->n_kanji - 1].len += len;
        } else {
            return false;
        }
        i += len;
    }
    return w->n_kanji > 0;
}

/* Whether the word's last kana are read at its end; an entry for which they are not is wrong. */
static bool is_read_at_end(const struct word *w)
{
    struct span kana = w->kana[w->n_kanji - 1];
    struct buf katakana = BUF_INIT;
    reading_katakana(&katakana, kana.data, kana.len);
    bool is = span_ends(w->reading, buf_span(&katakana));
    buf_release(&katakana);
    return is;
}

static bool add_word(struct words *words, const struct entry *e, bool inflects)
{
    struct word w = {.surface = e->surface, .reading = e->reading, .inflects = inflects};
    if (!split(&w) || !is_read_at_end(&w))
        return true;
    if (e->is_noun_form && !inflects && w.n_kanji < 2) /* 上がり is not written 上 */
        return true;
    if (!array_reserve(&words->items, &words->cap, words->n + 1, sizeof *words->items))
        return false;
    words->items[words->n++] = w;
    return true;
}

/* A verb is a noun in one of its forms, and loses its last kana as such: 立ち入り, 立入. */
static bool add_entry(struct words *words, const struct entries *entries, const struct entry *e)
{
    bool is_noun = entry_is_noun(e);
    if (!is_noun && !e->inflects)
        return true;
    if (!add_word(words, e, e->inflects))
        return false;
    return !e->is_noun_form || entry_is_potential(e, entries) || add_word(words, e, false);
}

/* By reading, kind and kanji: one word stands together. */
static int compare_words(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    int order = span_compare(x->reading, y->reading);
    if (order == 0 && x->inflects != y->inflects)
        order = x->inflects ? 1 : -1;
    if (order == 0 && x->n_kanji != y->n_kanji)
        order = x->n_kanji < y->n_kanji ? -1 : 1;
    for (size_t i = 0; order == 0 && i < x->n_kanji; i++)
        order = span_compare(x->kanji[i], y->kanji[i]);
    return order;
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
        if (!span_ends(longer, shorter) || (last && full->inflects && shorter.len == 0))
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

/* Finds out which kana belong to the kanji before them, as in 込み: in 元気づけ they are a word of
 * their own. False when memory is out. */
static bool find_okurigana(const struct entries *entries, struct word *w)
{
    struct buf both = BUF_INIT;
    for (size_t i = 0; i < w->n_kanji; i++) {
        buf_clear(&both);
        buf_append(&both, w->kanji[i].data, w->kanji[i].len);
        buf_append(&both, w->kana[i].data, w->kana[i].len);
        w->is_okurigana[i] = span_is(w->kana[i], "っ") || entries_have(entries, buf_span(&both));
    }
    bool ok = !both.failed;
    buf_release(&both);
    return ok;
}

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
    if (!w->is_okurigana[place])
        least = w->kana[place].len;
    for (;;) {
        add_shorter(forms, &shorter, place + 1);
        if (shorter.kana[place].len <= least)
            break;
        shorter.kana[place].data += 3;
        shorter.kana[place].len -= 3;
    }
}

static bool has_kanji_only(struct span text)
{
    uint32_t cp = 0x4E00;
    for (size_t i = 0; i < text.len && utf8_is_kanji(cp);)
        i += utf8_decode(text.data + i, text.len - i, &cp);
    return utf8_is_kanji(cp);
}

/* Whether a word without some of its kana is another word: 生き物, 生物; 見せ付ける, 見付ける. */
static bool is_other_word(const struct entries *entries, const struct word *w, struct span text)
{
    bool other = false, kanji_only = has_kanji_only(text);
    for (size_t i = entries_find(entries, text);
         i < entries->n && span_compare(entries->items[i].surface, text) == 0; i++) {
        if (span_compare(entries->items[i].reading, w->reading) == 0)
            return false;
        /* 差出 of 差出る is 差出 of 差し出す */
        other = other || !kanji_only || !entries->items[i].inflects;
    }
    return other;
}

static enum status keep_form(struct families *f, struct span text)
{
    if (!array_reserve(&f->forms, &f->cap_forms, f->n_forms + 1, sizeof *f->forms))
        return ST_NOMEM;
    f->forms[f->n_forms++] = (struct form){f->strings.len, text.len, f->n};
    buf_append(&f->strings, text.data, text.len);
    return f->strings.failed ? ST_NOMEM : ST_OK;
}

static enum status keep_forms(struct families *f, const struct entries *entries,
                              const struct word *full, const struct forms *forms)
{
    struct family family = {full->reading, full->inflects, f->n_forms, 0};
    enum status st = ST_OK;
    for (size_t i = 0; i < forms->n && st == ST_OK; i++) {
        struct span text = {forms->text[i].data, forms->text[i].len};
        if (i == 0 || !is_other_word(entries, full, text))
            st = keep_form(f, text);
    }
    family.n = f->n_forms - family.first;
    if (st == ST_OK && !array_reserve(&f->items, &f->cap, f->n + 1, sizeof *f->items))
        st = ST_NOMEM;
    if (st == ST_OK)
        f->items[f->n++] = family;
    return st;
}

static void add_text(struct forms *forms, struct span text)
{
    for (size_t i = 0; i < forms->n; i++) {
        if (span_compare((struct span){forms->text[i].data, forms->text[i].len}, text) == 0)
            return;
    }
    if (forms->n < MAX_FORMS)
        buf_append(&forms->text[forms->n++], text.data, text.len);
}

/* Adds what one word is written as. A word with one kanji has only the forms that the dictionary
 * has: 上がり without が is 上り, another word. */
static enum status add_forms(struct families *f, const struct entries *entries,
                             const struct word *full, const struct word *group, size_t n)
{
    struct forms forms = {.n = 0};
    for (size_t i = 0; i < MAX_FORMS; i++)
        buf_init(&forms.text[i]);
    if (full->n_kanji > 1)
        add_shorter(&forms, full, 0);
    else
        write_word(&forms.text[forms.n++], full);
    for (size_t i = 0; i < n; i++)
        add_text(&forms, group[i].surface);
    enum status st = keep_forms(f, entries, full, &forms);
    for (size_t i = 0; i < MAX_FORMS; i++)
        buf_release(&forms.text[i]);
    return st;
}

static enum status add_group(struct families *f, const struct entries *entries,
                             const struct word *group, size_t n)
{
    struct word full = group[0];
    bool has_kana = false;
    for (size_t i = 1; i < n; i++)
        join(&full, &group[i]);
    for (size_t i = 0; i < full.n_kanji; i++)
        has_kana = has_kana || full.kana[i].len > 0;
    if (!has_kana)
        return ST_OK;
    return find_okurigana(entries, &full) ? add_forms(f, entries, &full, group, n) : ST_NOMEM;
}

enum status families_find(struct families *f, const struct entries *entries)
{
    struct words words = {0};
    enum status st = ST_OK;
    *f = (struct families){.strings = BUF_INIT};
    for (size_t i = 0; i < entries->n && st == ST_OK; i++)
        st = add_entry(&words, entries, &entries->items[i]) ? ST_OK : ST_NOMEM;
    if (words.n > 0)
        qsort(words.items, words.n, sizeof *words.items, compare_words);
    for (size_t i = 0, next; i < words.n && st == ST_OK; i = next) {
        for (next = i + 1; next < words.n; next++) {
            if (compare_words(&words.items[i], &words.items[next]) != 0)
                break;
        }
        st = add_group(f, entries, &words.items[i], next - i);
    }
    free(words.items);
    return st;
}

struct span families_form(const struct families *f, size_t number)
{
    return (struct span){f->strings.data + f->forms[number].at, f->forms[number].len};
}

void families_release(struct families *f)
{
    buf_release(&f->strings);
    free(f->forms);
    free(f->items);
    *f = (struct families){.strings = BUF_INIT};
}
