/* Kana for kanji that official writing avoids, for the lexicon. Interface: uncommon_gen.h. */
#include "dict/gen/uncommon_gen.h"

#include "base/array.h"
#include "base/utf8.h"
#include "dict/reading.h"

#include <stdlib.h>
#include <string.h>

/* Longer words, and longer readings of one kanji, are left as they are. */
#define MAX_CHARS 8
#define MAX_KANA 5
/* Bytes of one kana, and of kana that say enough without any kanji. */
#define KANA ((size_t)3)
#define MIN_ALONE (4 * KANA)
/* So many words may share a spelling of kana and kanji. */
#define MAX_SHARED 3
/* 々 has no reading of its own. */
#define REPEATED 0x3005

/* A word and which part of its reading each of its characters has. */
struct parts {
    const struct entries *entries;
    const struct common_kanji *common;
    bool with_new; /* those of 2010 are common */
    struct span reading;
    uint32_t cps[MAX_CHARS];
    size_t n;
    size_t now[MAX_CHARS + 1];   /* where each begins, while looking; */
    size_t found[MAX_CHARS + 1]; /* as found */
    size_t n_own;                /* how many kanji are read as they are alone, */
    size_t found_own;            /* in the way found */
    bool any, differs;           /* whether some way was found, and others for uncommon kanji */
};

static int compare_items(const void *a, const void *b)
{
    const struct common_kanji_item *x = a, *y = b;
    return (x->cp > y->cp) - (x->cp < y->cp);
}

/* Whether character NUMBER is a kanji that is to be written in kana. */
static bool is_uncommon(const struct parts *p, size_t number)
{
    struct common_kanji_item key = {p->cps[number], false};
    if (!utf8_is_kanji(key.cp))
        return false;
    const struct common_kanji_item *item =
        bsearch(&key, p->common->items, p->common->n, sizeof key, compare_items);
    return item == NULL || (item->is_new && !p->with_new);
}

/* The vowel that a syllable which ends with KANA has, as the bit of one of アイウエオ; 0: none. */
static unsigned vowel(uint32_t kana)
{
    static const char rows[5][64] = {"アカサタナハマヤラワガザダバパャ",
                                     "イキシチニヒミリギジヂビピ", "ウクスツヌフムユルグズヅブプュ",
                                     "エケセテネヘメレゲゼデベペ",
                                     "オコソトノホモヨロヲゴゾドボポョ"};
    char text[5] = "";
    utf8_encode(kana, text);
    for (unsigned i = 0; i < 5; i++) {
        if (strstr(rows[i], text) != NULL)
            return 1U << i;
    }
    return 0;
}

/* Whether a Chinese reading may end with TAIL behind a syllable with VOWEL. */
static bool is_tail(uint32_t tail, unsigned before)
{
    enum { A = 1, I = 2, U = 4, E = 8, O = 16 };
    switch (tail) {
    case 0x30F3: /* ン */
    case 0x30C3: /* ッ */
    case 0x30C4: /* ツ */
        return before != 0;
    case 0x30A4: /* イ */
        return (before & (A | U | E)) != 0;
    case 0x30A6: /* ウ */
        return (before & (U | O)) != 0;
    case 0x30AF: /* ク */
        return (before & (A | I | U | O)) != 0;
    case 0x30AD: /* キ */
        return (before & (I | E)) != 0;
    case 0x30C1: /* チ */
        return (before & (A | I)) != 0;
    default:
        return false;
    }
}

/* Whether TEXT, katakana, has the form of a kanji's Chinese reading: a syllable, maybe with ャ, ュ
 * or ョ, maybe with one kana more. */
static bool is_chinese(struct span text)
{
    uint32_t cps[3];
    size_t n = text.len / KANA, used = 1;
    if (n == 0 || n > 3)
        return false;
    for (size_t i = 0; i < n; i++)
        utf8_decode(text.data + i * KANA, KANA, &cps[i]);
    bool small_first = cps[0] == 0x30E3 || cps[0] == 0x30E5 || cps[0] == 0x30E7;
    if (vowel(cps[0]) == 0 || small_first)
        return false;
    if (n > 1 && vowel(cps[0]) == 2 && (cps[1] == 0x30E3 || cps[1] == 0x30E5 || cps[1] == 0x30E7))
        used = 2;
    return used == n || (used + 1 == n && is_tail(cps[used], vowel(cps[used - 1])));
}

/* Whether TEXT is how the kanji CP alone is read, maybe voiced. */
static bool is_own_reading(const struct entries *entries, uint32_t cp, struct span text)
{
    char kanji[4];
    struct span surface = {kanji, utf8_encode(cp, kanji)};
    uint32_t first, other;
    utf8_decode(text.data, text.len, &first);
    for (size_t i = entries_find(entries, surface);
         i < entries->n && span_compare(entries->items[i].surface, surface) == 0; i++) {
        struct span reading = entries->items[i].reading;
        if (reading.len != text.len || !entry_is_noun(&entries->items[i]))
            continue;
        utf8_decode(reading.data, reading.len, &other);
        if ((first == other || first == other + 1) &&
            span_ends(text, reading_behind_first(reading)))
            return true;
    }
    return false;
}

/* Keeps the way where most kanji are read as they are alone: 閾値 is イキ and チ, not イ and キチ.
 */
static void keep_way(struct parts *p)
{
    if (p->any && p->n_own < p->found_own)
        return;
    if (!p->any || p->n_own > p->found_own) {
        memcpy(p->found, p->now, sizeof p->found);
        p->found_own = p->n_own;
        p->any = true;
        p->differs = false;
    }
    for (size_t i = 0; i < p->n; i++) {
        bool same = p->now[i] == p->found[i] && p->now[i + 1] == p->found[i + 1];
        p->differs = p->differs || (!same && is_uncommon(p, i));
    }
}

/* Finds all ways to share the reading from p->now[NUMBER] on among the characters from NUMBER on.
 */
static void share(struct parts *p, size_t number)
{
    size_t from = p->now[number], left = p->reading.len - from;
    uint32_t kana;
    if (number == p->n) {
        if (left == 0)
            keep_way(p);
        return;
    }
    if (left == 0)
        return;
    if (utf8_is_hiragana(p->cps[number])) {
        utf8_decode(p->reading.data + from, left, &kana);
        p->now[number + 1] = from + KANA;
        if (kana == p->cps[number] + UTF8_KATAKANA_SHIFT)
            share(p, number + 1);
        return;
    }
    for (size_t n = KANA; n <= left && n <= MAX_KANA * KANA; n += KANA) {
        struct span text = {p->reading.data + from, n};
        p->now[number + 1] = from + n;
        bool own = is_own_reading(p->entries, p->cps[number], text);
        p->n_own += own;
        if (own || is_chinese(text))
            share(p, number + 1);
        p->n_own -= own;
    }
}

/* Shares out the reading of E. False when it has no uncommon kanji, is too long, or can be shared
 * in several ways that matter. */
static bool read_parts(struct parts *p, const struct entry *e)
{
    bool uncommon = false;
    p->n = p->n_own = 0;
    p->any = p->differs = false;
    p->reading = e->reading;
    for (size_t i = 0; i < e->surface.len; p->n++) {
        if (p->n == MAX_CHARS)
            return false;
        i += utf8_decode(e->surface.data + i, e->surface.len - i, &p->cps[p->n]);
        if (p->cps[p->n] == REPEATED)
            return false;
        uncommon = uncommon || is_uncommon(p, p->n);
    }
    if (!uncommon || p->n < 2 || p->reading.len % KANA != 0)
        return false;
    p->now[0] = 0;
    share(p, 0);
    return p->any && !p->differs;
}

/* Writes the word with hiragana for its uncommon kanji; *ALONE: nothing else is left. */
static void write_kana(struct buf *out, const struct parts *p, bool *alone)
{
    *alone = true;
    for (size_t i = 0; i < p->n; i++) {
        bool stays = !is_uncommon(p, i);
        *alone = *alone && !(stays && utf8_is_kanji(p->cps[i]));
        if (stays)
            buf_add_cp(out, p->cps[i]);
        else
            reading_hiragana(out, p->reading.data + p->found[i], p->found[i + 1] - p->found[i]);
    }
}

/* The words that have been written in kana. */
struct written {
    struct pair {
        struct span kana; /* first: spans_compare; in `strings` once all are there */
        struct span word;
        size_t at;
    } * items;
    size_t n, cap;
    struct buf strings;
};

static enum status keep(struct written *w, const struct buf *kana, struct span word)
{
    if (!array_reserve(&w->items, &w->cap, w->n + 1, sizeof *w->items))
        return ST_NOMEM;
    w->items[w->n++] = (struct pair){{NULL, kana->len}, word, w->strings.len};
    buf_append(&w->strings, kana->data, kana->len);
    return w->strings.failed ? ST_NOMEM : ST_OK;
}

/* The readings of all nouns, sorted. */
struct readings {
    struct known {
        struct span reading; /* first: spans_compare */
        struct span word;
    } * items;
    size_t n;
};

static enum status know_readings(struct readings *r, const struct entries *entries)
{
    *r = (struct readings){malloc((entries->n + 1) * sizeof *r->items), 0};
    if (r->items == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < entries->n; i++)
        r->items[r->n++] = (struct known){entries->items[i].reading, entries->items[i].surface};
    qsort(r->items, r->n, sizeof *r->items, spans_compare);
    return ST_OK;
}

/* Whether no other word is read as E is. */
static bool is_read_alone(const struct readings *r, const struct entry *e)
{
    for (size_t i = spans_find(r->items, r->n, sizeof *r->items, e->reading);
         i < r->n && span_compare(r->items[i].reading, e->reading) == 0; i++) {
        if (span_compare(r->items[i].word, e->surface) != 0)
            return false;
    }
    return true;
}

/* Keeps what E is with kana, as PARTS are set, if it is a word of its own. */
static enum status write_word(struct written *w, struct parts *parts,
                              const struct readings *readings, const struct entry *e)
{
    struct buf kana = BUF_INIT;
    enum status st = ST_OK;
    bool alone = false;
    if (!read_parts(parts, e))
        return ST_OK;
    write_kana(&kana, parts, &alone);
    if (kana.failed)
        st = ST_NOMEM;
    else if (!entries_have_otherwise(parts->entries, buf_span(&kana), e->reading) &&
             (!alone || (kana.len >= MIN_ALONE && is_read_alone(readings, e))))
        st = keep(w, &kana, e->surface);
    buf_release(&kana);
    return st;
}

/* Whether the word has none of the forms that normalisation folds: those of today say the same. */
static bool is_of_today(struct span word, struct normalized *scratch, enum status *st)
{
    *st = normalize(scratch, word.data, word.len);
    return *st == ST_OK && scratch->text.len == word.len &&
           memcmp(scratch->text.data, word.data, word.len) == 0;
}

static enum status find_written(struct written *w, const struct readings *readings,
                                const struct entries *entries, const struct common_kanji *common)
{
    struct parts parts = {.entries = entries, .common = common};
    struct normalized scratch = NORMALIZED_INIT;
    enum status st = ST_OK;
    for (size_t i = 0; i < entries->n && st == ST_OK; i++) {
        const struct entry *e = &entries->items[i];
        if (e->inflects || !entry_is_noun(e) || !is_of_today(e->surface, &scratch, &st))
            continue;
        parts.with_new = false;
        st = write_word(w, &parts, readings, e);
        parts.with_new = true;
        if (st == ST_OK)
            st = write_word(w, &parts, readings, e);
    }
    normalized_release(&scratch);
    return st;
}

/* Adds the N words at PAIRS that have one spelling in kana. */
static enum status add_pairs(struct lexicon_builder *b, const struct pair *pairs, size_t n)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        st = lexicon_add(b, pairs[i].word, LEXICON_MIXED, pairs[i].kana);
        if (st == ST_OK && n <= MAX_SHARED)
            st = lexicon_add(b, pairs[i].kana, LEXICON_MIXED, pairs[i].word);
    }
    return st;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    int order = span_compare(x->kana, y->kana);
    return order != 0 ? order : span_compare(x->word, y->word);
}

static enum status add_written(struct lexicon_builder *b, struct written *w)
{
    enum status st = ST_OK;
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++)
        w->items[i].kana.data = w->strings.data + w->items[i].at;
    if (w->n > 0)
        qsort(w->items, w->n, sizeof *w->items, compare_pairs);
    for (size_t i = 0; i < w->n; i++) { /* a word is there once for each part of speech */
        if (n == 0 || compare_pairs(&w->items[i], &w->items[n - 1]) != 0)
            w->items[n++] = w->items[i];
    }
    for (size_t i = 0, next; i < n && st == ST_OK; i = next) {
        for (next = i + 1; next < n && span_compare(w->items[next].kana, w->items[i].kana) == 0;)
            next++;
        st = add_pairs(b, &w->items[i], next - i);
    }
    return st;
}

enum status uncommon_add(struct lexicon_builder *b, const struct entries *entries,
                         const struct common_kanji *common)
{
    struct written written = {.strings = BUF_INIT};
    struct readings readings = {0};
    enum status st = know_readings(&readings, entries);
    if (st == ST_OK)
        st = find_written(&written, &readings, entries, common);
    if (st == ST_OK)
        st = add_written(b, &written);
    buf_release(&written.strings);
    free(written.items);
    free(readings.items);
    return st;
}

enum status common_kanji_read(struct common_kanji *common, const char *text, size_t n_bytes)
{
    bool comment = false, is_new = false;
    *common = (struct common_kanji){0};
    for (size_t i = 0; i < n_bytes;) {
        uint32_t cp;
        i += utf8_decode(text + i, n_bytes - i, &cp);
        comment = cp == '#' || (comment && cp != '\n');
        is_new = cp == '+' || (is_new && cp != '\n');
        if (comment || !utf8_is_kanji(cp))
            continue;
        if (!array_reserve(&common->items, &common->cap, common->n + 1, sizeof *common->items))
            return ST_NOMEM;
        common->items[common->n++] = (struct common_kanji_item){cp, is_new};
    }
    if (common->n > 0)
        qsort(common->items, common->n, sizeof *common->items, compare_items);
    return ST_OK;
}

void common_kanji_release(struct common_kanji *common)
{
    free(common->items);
    *common = (struct common_kanji){0};
}
