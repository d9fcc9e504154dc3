/* The distinct words that one thread has met. Interface: word_table.h. */
#include "dict/word_table.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* Words and their texts do not move, so that tokens may point to them. */
#define BLOCK_WORDS 1024
#define BLOCK_BYTES (32U << 10)

struct block {
    struct block *next;
    struct word words[BLOCK_WORDS];
};

struct text_block {
    struct text_block *next;
    char bytes[BLOCK_BYTES];
};

struct word_table {
    const struct analyzer *analyzer;
    struct word **slots; /* NULL: free */
    size_t cap;          /* a power of two */
    size_t n;
    struct block *blocks;
    size_t n_in_block; /* words in the first */
    struct text_block *texts;
    size_t n_text; /* bytes in the first */
};

struct word_table *word_table_new(const struct analyzer *analyzer)
{
    struct word_table *t = calloc(1, sizeof *t);
    if (t == NULL)
        return NULL;
    t->analyzer = analyzer;
    t->cap = 4096;
    t->slots = calloc(t->cap, sizeof(struct word *));
    if (t->slots == NULL) {
        free(t);
        return NULL;
    }
    return t;
}

void word_table_free(struct word_table *t)
{
    if (t == NULL)
        return;
    for (struct block *b = t->blocks, *next; b != NULL; b = next) {
        next = b->next;
        free(b);
    }
    for (struct text_block *b = t->texts, *next; b != NULL; b = next) {
        next = b->next;
        free(b);
    }
    free((void *)t->slots);
    free(t);
}

bool word_table_takes(struct span surface)
{
    if (surface.len > WORD_TABLE_MAX_BYTES)
        return false;
    for (size_t i = 0; i < surface.len; i++) {
        if (surface.data[i] < '0' || surface.data[i] > '9')
            return true;
    }
    return false;
}

static bool grow(struct word_table *t)
{
    size_t cap = t->cap * 2;
    struct word **slots = calloc(cap, sizeof(struct word *));
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < t->cap; i++) {
        if (t->slots[i] == NULL)
            continue;
        size_t to = (size_t)t->slots[i]->hash & (cap - 1);
        while (slots[to] != NULL)
            to = (to + 1) & (cap - 1);
        slots[to] = t->slots[i];
    }
    free((void *)t->slots);
    t->slots = slots;
    t->cap = cap;
    return true;
}

static struct word *new_word(struct word_table *t)
{
    if (t->blocks == NULL || t->n_in_block == BLOCK_WORDS) {
        struct block *block = malloc(sizeof *block);
        if (block == NULL)
            return NULL;
        block->next = t->blocks;
        t->blocks = block;
        t->n_in_block = 0;
    }
    return &t->blocks->words[t->n_in_block++];
}

static const char *copy_text(struct word_table *t, struct span text)
{
    if (t->texts == NULL || BLOCK_BYTES - t->n_text < text.len) {
        struct text_block *block = malloc(sizeof *block);
        if (block == NULL)
            return NULL;
        block->next = t->texts;
        t->texts = block;
        t->n_text = 0;
    }
    char *copy = t->texts->bytes + t->n_text;
    memcpy(copy, text.data, text.len);
    t->n_text += text.len;
    return copy;
}

static struct word *add(struct word_table *t, uint64_t hash, const char *feature,
                        struct span surface, uint32_t flags)
{
    if (t->n * 2 >= t->cap && !grow(t))
        return NULL;
    size_t i = (size_t)hash & (t->cap - 1);
    while (t->slots[i] != NULL)
        i = (i + 1) & (t->cap - 1);
    const char *text = copy_text(t, surface);
    struct word *w = text != NULL ? new_word(t) : NULL;
    if (w == NULL)
        return NULL;
    struct token token = {.end = (uint32_t)surface.len, .feature = feature};
    *w = (struct word){.hash = hash, .feature = feature, .surface = {text, surface.len}};
    w->flags = flags | token_class(t->analyzer, feature, surface);
    w->base = token_base(t->analyzer, &token);
    if (w->base.len == surface.len && memcmp(w->base.data, text, surface.len) == 0)
        w->base.len = 0;
    w->reading = token_reading(t->analyzer, &token);
    t->slots[i] = w;
    t->n++;
    return w;
}

uint64_t word_table_hash(const char *feature, struct span surface, uint32_t flags)
{
    uint64_t hash = HASH_SEED ^ (uint64_t)(uintptr_t)feature;
    if (flags & TOKEN_UNKNOWN) /* all of a class have one line */
        return hash_bytes(hash, surface.data, surface.len);
    return hash_bytes(hash, &surface.len, sizeof surface.len);
}

void word_table_prefetch(const struct word_table *t, const uint64_t *hashes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        __builtin_prefetch(&t->slots[(size_t)hashes[i] & (t->cap - 1)]);
    for (size_t i = 0; i < n; i++)
        __builtin_prefetch(t->slots[(size_t)hashes[i] & (t->cap - 1)], 1);
}

struct word *word_table_find(struct word_table *t, uint64_t hash, const char *feature,
                             struct span surface, uint32_t flags)
{
    for (size_t i = (size_t)hash & (t->cap - 1); t->slots[i] != NULL; i = (i + 1) & (t->cap - 1)) {
        struct word *w = t->slots[i];
        if (w->hash == hash && w->feature == feature && w->surface.len == surface.len &&
            memcmp(w->surface.data, surface.data, surface.len) == 0)
            return w;
    }
    return add(t, hash, feature, surface, flags);
}

enum status word_table_each(const struct word_table *t, each_table_word *each, void *context)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < t->cap && st == ST_OK; i++) {
        if (t->slots[i] != NULL)
            st = each(context, t->slots[i]);
    }
    return st;
}
