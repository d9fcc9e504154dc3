/* Words by how they are read: かてい = カテイ = katei = 家庭. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/reading.h"

#include <stdlib.h>
#include <string.h>

/* Shorter readings mean too many words, longer ones are whole sentences. */
#define MIN_KANA 3
#define MAX_KANA 24
#define MIN_LATIN 4
/* A word has at most this many kana, a place in the reading this many ways to get there, a reading
 * this many words. */
#define MAX_WORD_KANA 12
#define MAX_PATHS 6
#define MAX_WORDS 8
#define KANA_BYTES 3
#define MIN_BYTES ((size_t)MIN_KANA * KANA_BYTES)
#define MAX_BYTES ((size_t)MAX_KANA * KANA_BYTES)

/* A way to write the beginning of a reading. */
struct path {
    char *text;
    double cost;
};

struct paths {
    struct path items[MAX_PATHS];
    size_t n;
};

struct lattice {
    struct paths at[MAX_KANA + 1];
    size_t from, to; /* the word that is looked up, in kana */
};

static void lattice_release(struct lattice *l)
{
    for (size_t i = 0; i <= MAX_KANA; i++) {
        for (size_t k = 0; k < l->at[i].n; k++)
            free(l->at[i].items[k].text);
    }
}

/* Keeps TEXT, which is owned here, among the cheapest paths. */
static void keep_path(struct paths *paths, char *text, double cost)
{
    size_t at = paths->n;
    for (size_t i = 0; i < paths->n; i++) {
        if (strcmp(paths->items[i].text, text) == 0) { /* the same by other words */
            if (cost < paths->items[i].cost)
                paths->items[i].cost = cost;
            free(text);
            return;
        }
    }
    while (at > 0 && paths->items[at - 1].cost > cost)
        at--;
    if (at == MAX_PATHS) {
        free(text);
        return;
    }
    if (paths->n == MAX_PATHS)
        free(paths->items[--paths->n].text);
    memmove(&paths->items[at + 1], &paths->items[at], (paths->n - at) * sizeof *paths->items);
    paths->items[at] = (struct path){text, cost};
    paths->n++;
}

static enum status add_word(void *context, const char *surface, size_t len, int64_t n)
{
    struct lattice *l = context;
    const struct paths *from = &l->at[l->from];
    double cost = reading_word_cost(n, l->to - l->from);
    for (size_t i = 0; i < from->n; i++) {
        size_t before = strlen(from->items[i].text);
        char *text = malloc(before + len + 1);
        if (text == NULL)
            return ST_NOMEM;
        memcpy(text, from->items[i].text, before);
        memcpy(text + before, surface, len);
        text[before + len] = '\0';
        keep_path(&l->at[l->to], text, from->items[i].cost + cost);
    }
    return ST_OK;
}

/* Whether what was typed is one word of the dictionary: プラスチック is not プラス and 地っ区. */
static bool is_one_word(struct expansion *e, enum status *st)
{
    *st = expansion_cut(e);
    return *st == ST_OK && e->tokens->n == 1 && (e->tokens->items[0].flags & TOKEN_UNKNOWN) == 0;
}

/* Adds what the words of the index can make of a reading (dynamic programming over its kana). */
static bool add_surfaces(struct expansion *e, const struct buf *key)
{
    const struct word_source *source = e->words;
    size_t n = key->len / KANA_BYTES;
    struct lattice l = {.from = 0};
    enum status st = ST_OK;
    if (source == NULL || n > MAX_KANA)
        return true;
    bool one_word = is_one_word(e, &st);
    l.at[0].items[0].text = strdup("");
    l.at[0].n = l.at[0].items[0].text != NULL;
    for (l.from = 0; l.from < n && st == ST_OK && (l.from == 0 || !one_word); l.from++) {
        for (l.to = one_word ? n : l.from + 1;
             l.to <= n && l.to - l.from <= MAX_WORD_KANA && st == ST_OK; l.to++) {
            if (l.at[l.from].n > 0)
                st = source->find(source->context, key->data + l.from * KANA_BYTES,
                                  (l.to - l.from) * KANA_BYTES, MAX_WORDS, add_word, &l);
        }
    }
    bool ok = st != ST_NOMEM;
    for (size_t i = 0; i < l.at[n].n && ok && st == ST_OK; i++)
        ok = expansion_add(e, l.at[n].items[i].text, strlen(l.at[n].items[i].text));
    lattice_release(&l);
    e->failed = st;
    return ok && st == ST_OK;
}

/* Adds a reading in kana of both kinds, and in Latin letters. */
static bool add_scripts(struct expansion *e, const char *kana, size_t n_bytes)
{
    struct buf other = BUF_INIT;
    reading_hiragana(&other, kana, n_bytes);
    bool ok = expansion_add_buf(e, &other);
    buf_clear(&other);
    reading_katakana(&other, kana, n_bytes);
    ok = ok && expansion_add_buf(e, &other);
    buf_clear(&other);
    if (ok && reading_to_latin(&other, kana, n_bytes))
        ok = expansion_add_buf(e, &other);
    buf_release(&other);
    return ok;
}

/* The reading of the text's words one after the other; false where one is unknown or is no word. */
static bool read_words(struct expansion *e, struct buf *kana, enum status *st)
{
    *st = expansion_cut(e);
    const struct analyzer *a = tokenizer_analyzer(e->tokenizer);
    struct buf key = BUF_INIT;
    bool all = *st == ST_OK && e->tokens->n > 0;
    for (size_t i = 0; all && i < e->tokens->n; i++) {
        struct span reading = token_reading(a, &e->tokens->items[i]);
        const struct token *t = &e->tokens->items[i];
        if (reading.len == 0) /* kana that the dictionary does not know */
            reading = (struct span){e->text + t->start, t->end - t->start};
        all = reading_key(&key, reading.data, reading.len);
        buf_append(kana, reading.data, reading.len);
    }
    buf_release(&key);
    return all && !kana->failed;
}

static bool is_latin(const char *text, size_t n_bytes)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz'") == n_bytes;
}

bool expand_readings(struct expansion *e)
{
    struct buf key = BUF_INIT, kana = BUF_INIT;
    enum status st = ST_OK;
    bool ok = true;
    if (is_latin(e->text, e->n_bytes)) {
        if (e->n_bytes >= MIN_LATIN && reading_from_latin(&kana, e->text, e->n_bytes) &&
            reading_key(&key, kana.data, kana.len) && key.len >= MIN_BYTES)
            ok = add_scripts(e, kana.data, kana.len) && add_surfaces(e, &key);
    } else if (reading_key(&key, e->text, e->n_bytes)) {
        if (key.len >= MIN_BYTES)
            ok = add_scripts(e, e->text, e->n_bytes) && add_surfaces(e, &key);
    } else if (read_words(e, &kana, &st) && kana.len >= MIN_BYTES && kana.len <= MAX_BYTES) {
        ok = add_scripts(e, kana.data, kana.len);
    }
    ok = ok && st == ST_OK && !key.failed && !kana.failed;
    buf_release(&key);
    buf_release(&kana);
    return ok;
}
