/* Words whose readings, one after the other, are a query in kana but for one kana:
 * かていじどうそうだんし for 家庭児童相談室. Interface: suggest.h.
 *
 * Each word of the index is laid at each place of the query where its reading stands, as it is or
 * with one edit; the cheapest ways from the query's beginning to its end that have one edit are
 * found by dynamic programming. */
#include "search/suggest/suggest.h"

#include "base/cheapest.h"
#include "base/utf8.h"
#include "dict/reading.h"
#include "search/suggest/suggest_cost.h"
#include "store/words.h"

#include <stdlib.h>
#include <string.h>

/* Shorter queries are one edit away from too much, longer ones are sentences. */
#define MIN_KANA 6
#define MAX_KANA 24
/* A word has at most this many kana; a place in the query this many words and this many ways there.
 */
#define MAX_WORD_KANA 12
#define MAX_WORDS 6
#define MAX_PATHS SUGGEST_MAX_READINGS
/* What an edit costs beside reading_word_cost. */
#define EDIT_COST 4.0

struct word {
    double cost; /* first: cheapest.h */
    char *surface;
};

struct words {
    struct word items[MAX_WORDS]; /* the cheapest first */
    size_t n;
};

/* A way to a place of the query: a word behind another way, which ends where the word begins. */
struct path {
    double cost;             /* first: cheapest.h */
    const struct word *word; /* NULL: the query's beginning */
    const struct path *before;
};

struct paths {
    struct path items[MAX_PATHS]; /* the cheapest first */
    size_t n;
};

struct lattice {
    uint32_t kana[MAX_KANA];
    size_t n;
    const char *key;                                    /* of the word that is looked at */
    struct words words[MAX_KANA][MAX_WORD_KANA + 2][2]; /* by place, kana and edits */
    struct paths at[MAX_KANA + 1][2];                   /* by place and edits */
};

/* Keeps a copy of SURFACE, which is owned by WORDS, among the cheapest. */
static enum status keep_word(struct words *words, const char *surface, size_t len, double cost)
{
    struct word word = {.cost = cost};
    size_t at = cheapest_place(words->items, words->n, sizeof word, cost);
    if (at == MAX_WORDS)
        return ST_OK;
    word.surface = strndup(surface, len);
    if (word.surface == NULL)
        return ST_NOMEM;
    if (words->n == MAX_WORDS)
        free(words->items[MAX_WORDS - 1].surface);
    cheapest_insert(words->items, &words->n, MAX_WORDS, sizeof word, at, &word);
    return ST_OK;
}

static enum status look_at_word(void *context, const char *surface, size_t len, int64_t count)
{
    struct lattice *l = context;
    uint32_t reading[MAX_WORD_KANA];
    size_t n = 0, n_bytes = strlen(l->key);
    enum status st = ST_OK;
    for (size_t i = 0; i < n_bytes;) {
        if (n == MAX_WORD_KANA)
            return ST_OK;
        i += utf8_decode(l->key + i, n_bytes - i, &reading[n++]);
    }
    double cost = reading_word_cost(count, n);
    for (size_t from = 0; from < l->n && n > 0 && st == ST_OK; from++) {
        for (size_t part = n > 1 ? n - 1 : 1; part <= n + 1 && from + part <= l->n; part++) {
            const uint32_t *here = l->kana + from;
            bool same = part == n && memcmp(here, reading, n * sizeof *here) == 0;
            bool near = !same && n > 1 &&
                        (here[0] == reading[0] || here[part - 1] == reading[n - 1]) &&
                        suggest_one_edit(here, part, reading, n);
            if ((same || near) && st == ST_OK)
                st = keep_word(&l->words[from][part][near], surface, len,
                               cost + (near ? EDIT_COST : 0));
        }
    }
    return st;
}

static void keep_path(struct paths *paths, struct path path)
{
    size_t at = cheapest_place(paths->items, paths->n, sizeof path, path.cost);
    if (at < MAX_PATHS)
        cheapest_insert(paths->items, &paths->n, MAX_PATHS, sizeof path, at, &path);
}

/* Goes on from all ways to place FROM with EDITS by the words that stand there with MORE. */
static void go_on(struct lattice *l, size_t from, size_t edits, size_t more)
{
    const struct paths *paths = &l->at[from][edits];
    for (size_t part = 1; part <= MAX_WORD_KANA + 1 && from + part <= l->n; part++) {
        const struct words *words = &l->words[from][part][more];
        for (size_t w = 0; w < words->n; w++) {
            for (size_t p = 0; p < paths->n; p++)
                keep_path(&l->at[from + part][edits + more],
                          (struct path){paths->items[p].cost + words->items[w].cost,
                                        &words->items[w], &paths->items[p]});
        }
    }
}

static void find_paths(struct lattice *l)
{
    keep_path(&l->at[0][0], (struct path){.cost = 0});
    for (size_t from = 0; from < l->n; from++) {
        go_on(l, from, 0, 0);
        go_on(l, from, 0, 1);
        go_on(l, from, 1, 0);
    }
}

static void write_path(struct buf *out, const struct path *path)
{
    if (path->word == NULL)
        return;
    write_path(out, path->before);
    buf_adds(out, path->word->surface);
}

static void lattice_free(struct lattice *l)
{
    for (size_t i = 0; i < MAX_KANA; i++) {
        for (size_t k = 0; k < MAX_WORD_KANA + 2; k++) {
            for (size_t w = 0; w < l->words[i][k][0].n; w++)
                free(l->words[i][k][0].items[w].surface);
            for (size_t w = 0; w < l->words[i][k][1].n; w++)
                free(l->words[i][k][1].items[w].surface);
        }
    }
    free(l);
}

/* Reads the kana of TEXT, which may be in Latin letters, as words are read; false where they are
 * none, or too few or many. */
static bool read_kana(struct lattice *l, struct span text)
{
    struct buf key = BUF_INIT, kana = BUF_INIT;
    if (reading_from_latin(&kana, text.data, text.len))
        text = buf_span(&kana);
    bool all = !kana.failed && reading_key(&key, text.data, text.len) && !key.failed;
    for (size_t i = 0; all && i < key.len; l->n++) {
        all = l->n < MAX_KANA;
        if (all)
            i += utf8_decode(key.data + i, key.len - i, &l->kana[l->n]);
    }
    buf_release(&kana);
    buf_release(&key);
    return all && l->n >= MIN_KANA;
}

enum status suggest_by_reading(struct hiku_results *r, struct span text,
                               char *found[SUGGEST_MAX_READINGS], size_t *n)
{
    struct lattice *l = calloc(1, sizeof *l);
    enum status st = l != NULL ? ST_OK : ST_NOMEM;
    *n = 0;
    if (st == ST_OK && read_kana(l, text)) {
        for (size_t i = 0; i < r->db->n_members && st == ST_OK; i++)
            st = store_all_words(r->db->members[i].store, &l->key, look_at_word, l, &r->db->error);
        find_paths(l);
        const struct paths *paths = &l->at[l->n][1];
        for (size_t i = 0; i < paths->n && st == ST_OK; i++) {
            struct buf surface = BUF_INIT;
            write_path(&surface, &paths->items[i]);
            found[*n] = buf_detach(&surface);
            st = found[*n] != NULL ? ST_OK : ST_NOMEM;
            *n += st == ST_OK;
        }
    }
    if (l != NULL)
        lattice_free(l);
    return st;
}
