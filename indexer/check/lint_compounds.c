/* Rare compounds and their neighbours. Interface: lint_compounds.h.
 *
 * Two words are one edit apart when they share a string that is made by leaving out at most one
 * character of each (the deletion neighbourhoods of Bocek, Hunt, Stiller: Fast similarity search in
 * large dictionaries, 2007): so that each word is compared with few others. */
#include "indexer/check/lint_compounds.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Shorter compounds have neighbours that are words of their own (北区, 南区). */
#define MIN_CHARS 4
#define MAX_CHARS 20
/* A compound that is met more often than this is no misprint. */
#define MAX_RARE 2
/* How many times as often its neighbour must be met. */
#define TIMES_AS_FREQUENT 3

static bool is_noun(const struct analyzer *a, const struct token *t)
{
    struct span pos = token_pos(a, t);
    return !(t->flags & TOKEN_SYMBOL) && (text_starts_with(pos.data, pos.len, "名詞") ||
                                          text_starts_with(pos.data, pos.len, "接頭") ||
                                          text_starts_with(pos.data, pos.len, "接尾"));
}

bool compound_next(const struct analyzer *a, const struct tokens *tokens, size_t *at,
                   struct compound *out)
{
    while (*at < tokens->n && !is_noun(a, &tokens->items[*at]))
        ++*at;
    if (*at == tokens->n)
        return false;
    *out = (struct compound){.start = tokens->items[*at].start};
    do {
        out->end = tokens->items[(*at)++].end;
        out->n_words++;
    } while (*at < tokens->n && tokens->items[*at].start == out->end &&
             is_noun(a, &tokens->items[*at]));
    return true;
}

enum status compound_count(struct vocabulary *v, const struct buf *text, const struct compound *c)
{
    struct span word = {text->data + c->start, c->end - c->start};
    size_t n_chars = utf8_count(word.data, word.len);
    char n_words = (char)(c->n_words < 100 ? c->n_words : 100);
    if (n_chars < MIN_CHARS || n_chars > MAX_CHARS)
        return ST_OK;
    return vocabulary_add(v, word, (struct span){&n_words, 1}, 1);
}

/* A string of a frequent compound's neighbourhood. */
struct shortened {
    uint64_t hash;
    const struct vocabulary_word *word;
};

struct neighbourhood {
    struct shortened *items;
    size_t n, cap;
};

static struct span surface_of(const struct vocabulary *v, const struct vocabulary_word *w)
{
    return (struct span){v->strings.data + w->text, w->surface_len};
}

static char words_of(const struct vocabulary *v, const struct vocabulary_word *w)
{
    return v->strings.data[w->text + w->surface_len];
}

/* Calls EACH for the hash of the word without its character at each inner place, and of all of it.
 * The first and the last character are left in: what differs there is a prefix or a suffix. */
static bool each_shortened(struct span word, bool (*each)(void *context, uint64_t hash),
                           void *context)
{
    bool ok = each(context, hash_bytes(HASH_SEED, word.data, word.len));
    uint32_t cp;
    for (size_t i = utf8_decode(word.data, word.len, &cp), len; i < word.len && ok; i += len) {
        char shorter[MAX_CHARS * 4];
        len = utf8_decode(word.data + i, word.len - i, &cp);
        if (i + len == word.len)
            break;
        memcpy(shorter, word.data, i);
        memcpy(shorter + i, word.data + i + len, word.len - i - len);
        ok = each(context, hash_bytes(HASH_SEED, shorter, word.len - len));
    }
    return ok;
}

struct adding {
    struct neighbourhood *all;
    const struct vocabulary_word *word;
};

static bool add_shortened(void *context, uint64_t hash)
{
    const struct adding *a = context;
    struct neighbourhood *all = a->all;
    if (!array_reserve(&all->items, &all->cap, all->n + 1, sizeof *all->items))
        return false;
    all->items[all->n++] = (struct shortened){hash, a->word};
    return true;
}

static int compare_shortened(const void *a, const void *b)
{
    const struct shortened *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static bool is_number(uint32_t cp)
{
    return utf8_is_one_of(cp, U"0123456789〇一二三四五六七八九十百千");
}

/* Whether what differs is no number: 第1回 is no misprint of 第2回. */
static bool differs_in_words(struct span a, struct span b)
{
    uint32_t x = 0, y = 0;
    size_t i = 0, k = 0;
    while (i < a.len && k < b.len) {
        size_t n = utf8_decode(a.data + i, a.len - i, &x),
               m = utf8_decode(b.data + k, b.len - k, &y);
        if (x != y)
            break;
        i += n;
        k += m;
    }
    return !is_number(x) && !is_number(y);
}

static int compare_spans(struct span a, struct span b)
{
    int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

struct looking {
    const struct vocabulary *v;
    const struct neighbourhood *all;
    const struct vocabulary_word *rare;
    const struct vocabulary_word *best;
    bool is_frequent; /* after all */
};

static bool look_up_shortened(void *context, uint64_t hash)
{
    struct looking *l = context;
    struct span rare = surface_of(l->v, l->rare);
    size_t low = 0, high = l->all->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (l->all->items[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < l->all->n && l->all->items[low].hash == hash; low++) {
        const struct vocabulary_word *w = l->all->items[low].word;
        struct span frequent = surface_of(l->v, w);
        bool same = compare_spans(rare, frequent) == 0;
        l->is_frequent = l->is_frequent || (same && w->n > MAX_RARE); /* it is cut in two ways */
        if (same)
            continue;
        bool often =
            w->n >= l->rare->n * TIMES_AS_FREQUENT && (l->best == NULL || w->n > l->best->n);
        /* A misprint is cut into more words than what was meant; what is longer is rather a
         * compound of its own (公共的団体). */
        bool likely = words_of(l->v, w) < words_of(l->v, l->rare) &&
                      utf8_count(rare.data, rare.len) <= utf8_count(frequent.data, frequent.len);
        if (often && likely && differs_in_words(rare, frequent))
            l->best = w;
    }
    return true;
}

static int compare_rare(const void *a, const void *b)
{
    const struct rare_compound *x = a, *y = b;
    return compare_spans(x->rare, y->rare);
}

enum status rare_compounds_find(struct rare_compounds *out, const struct vocabulary *v)
{
    struct neighbourhood all = {0};
    bool ok = true;
    *out = (struct rare_compounds){0};
    out->items = malloc((v->n + 1) * sizeof *out->items);
    for (size_t i = 0; i < v->cap && ok; i++) {
        struct adding a = {&all, &v->slots[i]};
        if (v->slots[i].hash != 0 && v->slots[i].n > 1)
            ok = each_shortened(surface_of(v, a.word), add_shortened, &a);
    }
    if (all.n > 0)
        qsort(all.items, all.n, sizeof *all.items, compare_shortened);
    for (size_t i = 0; i < v->cap && ok && out->items != NULL; i++) {
        struct looking l = {.v = v, .all = &all, .rare = &v->slots[i]};
        if (l.rare->hash == 0 || l.rare->n > MAX_RARE)
            continue;
        each_shortened(surface_of(v, l.rare), look_up_shortened, &l);
        if (l.best != NULL && !l.is_frequent)
            out->items[out->n++] =
                (struct rare_compound){surface_of(v, l.rare), surface_of(v, l.best)};
    }
    free(all.items);
    if (!ok || out->items == NULL)
        return ST_NOMEM;
    qsort(out->items, out->n, sizeof *out->items, compare_rare);
    return ST_OK;
}

const struct span *rare_compounds_look_up(const struct rare_compounds *r, struct span word)
{
    struct rare_compound wanted = {.rare = word};
    const struct rare_compound *found =
        r->n > 0 ? bsearch(&wanted, r->items, r->n, sizeof *r->items, compare_rare) : NULL;
    return found != NULL ? &found->frequent : NULL;
}

void rare_compounds_release(struct rare_compounds *r)
{
    free(r->items);
    *r = (struct rare_compounds){0};
}
