/* A record on its way into the index. Interface: document.h. */
#include "indexer/document.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "dict/word_table.h"

#include <stdlib.h>
#include <string.h>

/* A document whose text has more units than this gives its memory back when it is done. */
#define TRIM_UNITS 8192

void document_init(struct document *d)
{
    *d = (struct document){.norm_title = NORMALIZED_INIT, .norm_body = NORMALIZED_INIT};
    buf_init(&d->key);
    buf_init(&d->number);
    buf_init(&d->date_text);
    buf_init(&d->title);
    buf_init(&d->body);
    buf_init(&d->columns);
    buf_init(&d->part);
}

void document_release(struct document *d)
{
    buf_release(&d->key);
    buf_release(&d->number);
    buf_release(&d->date_text);
    buf_release(&d->title);
    buf_release(&d->body);
    buf_release(&d->columns);
    buf_release(&d->part);
    normalized_release(&d->norm_title);
    normalized_release(&d->norm_body);
    free(d->tokens);
    free(d->units);
    free(d->bounds);
}

void document_trim(struct document *d)
{
    if (d->cap_units <= TRIM_UNITS && d->columns.cap <= TRIM_UNITS)
        return;
    document_release(d);
    document_init(d);
}

static void copy(struct buf *to, struct slice from)
{
    buf_clear(to);
    buf_append(to, from.data, from.len);
}

static void copy_columns(struct buf *to, const struct record *record)
{
    buf_clear(to);
    buf_addc(to, '{');
    for (size_t i = 0; i < record->n_columns; i++) {
        if (i > 0)
            buf_addc(to, ',');
        json_add_string(to, record->columns[i].name.data, record->columns[i].name.len);
        buf_addc(to, ':');
        json_add_string(to, record->columns[i].value.data, record->columns[i].value.len);
    }
    buf_addc(to, '}');
}

enum status document_take(struct document *d, const struct record *record)
{
    copy(&d->number, record->id);
    copy(&d->date_text, record->date_text);
    copy(&d->title, record->title);
    copy(&d->body, record->body);
    copy_columns(&d->columns, record);
    copy(&d->part, record->place.part);
    d->line = record->place.line;
    d->page = record->place.page;
    d->old_id = 0;
    d->carried = false;
    struct buf *parts[] = {&d->number, &d->date_text, &d->title, &d->body, &d->columns};
    bool failed = d->part.failed;
    d->hash = HASH_SEED;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        d->hash = hash_bytes(d->hash, parts[i]->data, parts[i]->len);
        failed = failed || parts[i]->failed;
    }
    d->dates = (struct date_range){DAY_NONE, DAY_NONE};
    if (d->date_text.len > 0)
        date_parse(d->date_text.data, d->date_text.len, &d->dates);
    return failed ? ST_NOMEM : ST_OK;
}

/* ITEMS with room for N of SIZE bytes, by doubling; NULL when memory is out. */
static void *grow(void *items, size_t *cap, size_t n, size_t size)
{
    if (n <= *cap && items != NULL)
        return items;
    size_t want = *cap * 2 > n ? *cap * 2 : n + 64;
    void *more = realloc(items, want * size);
    if (more != NULL)
        *cap = want;
    return more;
}

static bool reserve_tokens(struct document *d, size_t n)
{
    struct fts5_token *more = grow(d->tokens, &d->cap_tokens, n, sizeof *more);
    d->tokens = more != NULL ? more : d->tokens;
    return more != NULL;
}

static bool reserve_units(struct document *d, size_t n_units, size_t n_bounds)
{
    uint16_t *units = grow(d->units, &d->cap_units, n_units, sizeof *units);
    d->units = units != NULL ? units : d->units;
    uint32_t *bounds = grow(d->bounds, &d->cap_bounds, n_bounds, sizeof *bounds);
    d->bounds = bounds != NULL ? bounds : d->bounds;
    return units != NULL && bounds != NULL;
}

static bool add_fts5_tokens(struct document *d, const struct analyzer *a, const struct buf *text,
                            const struct tokens *tokens)
{
    if (!reserve_tokens(d, d->n_tokens + tokens->n))
        return false;
    for (size_t i = 0; i < tokens->n; i++) {
        const struct token *t = &tokens->items[i];
        if (!fts5_takes(t))
            continue;
        struct span form = {text->data + t->start, t->end - t->start};
        if (t->word == NULL)
            form = fts5_index_form(a, t, form);
        else if (t->word->base.len > 0)
            form = t->word->base;
        d->tokens[d->n_tokens++] = (struct fts5_token){form.data, form.len};
    }
    return true;
}

static void add_bound(struct document *d, uint32_t unit)
{
    if (d->n_bounds == 0 || d->bounds[d->n_bounds - 1] != unit)
        d->bounds[d->n_bounds++] = unit;
}

/* Appends TEXT to the units from *AT on, with the 0 behind it, and notes where its tokens meet. */
static bool add_units(struct document *d, const struct buf *text, const struct tokens *tokens,
                      uint32_t *at)
{
    if (!reserve_units(d, (size_t)*at + text->len + 1, d->n_bounds + tokens->n * 2))
        return false;
    const struct token *token = tokens->items, *end = tokens->items + tokens->n;
    uint32_t unit = *at;
    for (size_t byte = 0; byte < text->len;) {
        uint32_t cp;
        if (token < end && byte == token->start)
            add_bound(d, unit);
        byte += utf8_decode(text->data + byte, text->len - byte, &cp);
        if (cp >= 0x10000) {
            d->units[unit++] = (uint16_t)(0xD7C0 + (cp >> 10));
            cp = 0xDC00 | (cp & 0x3FF);
        }
        d->units[unit++] = (uint16_t)cp;
        if (token < end && byte == token->end) {
            add_bound(d, unit);
            token++;
        }
    }
    d->units[unit++] = 0;
    *at = unit;
    return true;
}

static void count_words(const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->n; i++) {
        if (tokens->items[i].word != NULL)
            tokens->items[i].word->n++;
    }
}

enum status document_analyze(struct document *d, struct tokenizer *t, struct tokens *tokens)
{
    uint32_t at = 0;
    d->n_tokens = d->n_bounds = 0;
    struct normalized *norms[] = {&d->norm_title, &d->norm_body};
    const struct buf *texts[] = {&d->title, &d->body};
    for (int i = 0; i < 2; i++) {
        enum status st = normalize(norms[i], texts[i]->data, texts[i]->len);
        if (st == ST_OK)
            st = tokenizer_cut(t, norms[i]->text.data, norms[i]->text.len, tokens);
        if (st != ST_OK)
            return st;
        count_words(tokens);
        uint32_t start = at;
        if (!add_fts5_tokens(d, tokenizer_analyzer(t), &norms[i]->text, tokens) ||
            !add_units(d, &norms[i]->text, tokens, &at))
            return ST_NOMEM;
        if (i == 0) {
            d->n_title_tokens = d->n_tokens;
            d->n_title_units = at - start - 1;
        } else {
            d->n_body_units = at - start - 1;
        }
    }
    return ST_OK;
}
