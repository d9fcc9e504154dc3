/* A record on its way into the index. Interface: document.h. */
#include "indexer/segments/document.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "dict/word_table.h"

#include <stdlib.h>
#include <string.h>

/* A document whose text has more units than this gives its memory back when it is done. */
#define TRIM_UNITS 8192
/* Or whose texts have more bytes than this. */
#define TRIM_BYTES 32768
/* Texts are analysed this much at a time. */
#define PART_BYTES 65536

void document_init(struct document *d)
{
    *d = (struct document){.id = 0};
    buf_init(&d->key);
    buf_init(&d->number);
    buf_init(&d->date_text);
    buf_init(&d->title);
    buf_init(&d->body);
    buf_init(&d->columns);
    buf_init(&d->part);
    buf_init(&d->tokens);
}

static void release_analysis(struct document *d)
{
    free(d->units);
    free(d->bounds);
    buf_release(&d->tokens);
    d->units = NULL;
    d->bounds = NULL;
    d->n_bounds = 0;
    d->cap_units = d->cap_bounds = 0;
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
    release_analysis(d);
}

void document_trim(struct document *d)
{
    /* What it has as analysed may be gone by now. */
    size_t n_bytes = d->title.cap + d->body.cap + d->columns.cap;
    if (d->cap_units <= TRIM_UNITS && n_bytes <= TRIM_BYTES)
        return;
    document_release(d);
    document_init(d);
}

void document_trim_analysis(struct document *d)
{
    if (d->cap_units > TRIM_UNITS)
        release_analysis(d);
}

static void copy(struct buf *to, struct span from)
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

/* Whether the date is written as Excel counts days, from 1900 on: of 1954 to 2064, which no year or
 * month looks like. */
static bool is_serial(const struct document *d)
{
    const char *text = d->date_text.data;
    return d->date_text.len == 5 && strspn(text, "0123456789") == 5 && text[0] >= '2' &&
           text[0] <= '5';
}

static void date_from_serial(struct document *d, bool since_1904)
{
    enum { EPOCH = 25569, EPOCH_OF_1904 = 24107 }; /* 1970-01-01 */
    day_t epoch = since_1904 ? EPOCH_OF_1904 : EPOCH;
    if (is_serial(d))
        d->dates.first = d->dates.last = (day_t)strtol(d->date_text.data, NULL, 10) - epoch;
}

struct place document_place(const struct document *d)
{
    return (struct place){.part = {d->part.data, d->part.len}, .page = d->page, .line = d->line};
}

/* Whether the text names a time that is not clear enough: with a digit, 上半期, 夏頃. 随時 and 毎月
 * name none. */
static bool looks_like_date(const struct buf *text)
{
    static const char *const words[] = {"半期", "上期", "下期", "前期", "後期", "年度",
                                        "来年", "春",   "夏",   "秋",   "冬",   "頃",
                                        "上旬", "中旬", "下旬", "月末", "年末", "年始"};
    bool found = utf8_has_digit(text->data, text->len);
    for (size_t i = 0; i < sizeof words / sizeof words[0] && !found; i++)
        found = memmem(text->data, text->len, words[i], strlen(words[i])) != NULL;
    return found;
}

const char *document_date_doubt(const struct document *d)
{
    if (is_serial(d))
        return _("a number, taken for a day as Excel counts them");
    if (d->has_several_dates)
        return _("several dates, taken for the time from the first to the last");
    bool doubt = d->dates.first == DAY_NONE && looks_like_date(&d->date_text);
    return doubt ? _("not for certain a date; it stays a text") : NULL;
}

static void take_dates(struct document *d, bool since_1904)
{
    const char *text = d->date_text.data;
    size_t n = d->date_text.len;
    d->dates = (struct date_range){DAY_NONE, DAY_NONE};
    d->has_several_dates = false;
    if (n == 0 || date_parse(text, n, &d->dates))
        return;
    d->has_several_dates = date_parse_several(text, n, &d->dates);
    if (!d->has_several_dates)
        date_from_serial(d, since_1904);
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
    take_dates(d, record->since_1904);
    return failed ? ST_NOMEM : ST_OK;
}

static bool reserve_units(struct document *d, size_t n_units)
{
    size_t n_bytes = n_units / 8 + 1, n_set = d->n_bounds;
    if (!array_reserve(&d->units, &d->cap_units, n_units, sizeof *d->units) ||
        !array_reserve(&d->bounds, &d->cap_bounds, n_bytes, sizeof *d->bounds))
        return false;
    for (; n_set < n_bytes; n_set++)
        d->bounds[n_set] = 0;
    d->n_bounds = n_set;
    return true;
}

/* A token is never longer than FTS5_TOKEN_MAX: what MeCab is given at once is not. */
static bool add_fts5_tokens(struct document *d, const struct analyzer *a, const char *text,
                            const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->n; i++) {
        const struct token *t = &tokens->items[i];
        if (!fts5_takes(t))
            continue;
        struct span form = {text + t->start, t->end - t->start};
        if (t->word == NULL)
            form = fts5_index_form(a, t, form);
        else if (t->word->base.len > 0)
            form = t->word->base;
        fts5_replay_add(&d->tokens, form);
    }
    return !d->tokens.failed;
}

static void add_bound(struct document *d, uint32_t unit)
{
    /* reserve_units has cleared it: NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign) */
    d->bounds[unit / 8] |= (unsigned char)(1U << unit % 8);
}

/* Whether a number goes on at the end of TOKEN, before END of the tokens. */
static bool goes_on(const struct token *token, const struct token *end)
{
    return token + 1 < end && token[1].flags & TOKEN_GOES_ON;
}

/* Appends N_BYTES of TEXT to the units from *AT on, and notes where its tokens meet. */
static bool add_units(struct document *d, const char *text, size_t n_bytes,
                      const struct tokens *tokens, uint32_t *at)
{
    if (!reserve_units(d, (size_t)*at + n_bytes + 1))
        return false;
    const struct token *token = tokens->items, *end = tokens->items + tokens->n;
    uint32_t unit = *at;
    for (size_t byte = 0; byte < n_bytes;) {
        uint32_t cp;
        if (token < end && byte == token->start && !(token->flags & TOKEN_GOES_ON))
            add_bound(d, unit);
        byte += utf8_decode(text + byte, n_bytes - byte, &cp);
        if (cp >= 0x10000) {
            d->units[unit++] = (uint16_t)(0xD7C0 + (cp >> 10));
            cp = 0xDC00 | (cp & 0x3FF);
        }
        d->units[unit++] = (uint16_t)cp;
        if (token < end && byte == token->end) {
            if (!goes_on(token, end))
                add_bound(d, unit);
            token++;
        }
    }
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

/* Analyses a title or body part by part, so that what is known of it in between stays small, and
 * appends it to the units from *AT on, with the 0 behind it. */
static enum status analyze_text(struct document *d, struct analyst *by, const struct buf *text,
                                uint32_t *at)
{
    struct normalizing in = {.text = text->data, .n_bytes = text->len};
    struct normalized *norm = &by->normalized;
    buf_clear(&norm->text);
    norm->after_blank = false;
    do {
        size_t n_done;
        enum status st = normalize_next(norm, &in, PART_BYTES);
        bool is_last = in.at == in.n_bytes;
        n_done = norm->text.len;
        if (st == ST_OK && is_last)
            st = tokenizer_cut(by->tokenizer, norm->text.data, norm->text.len, &by->tokens);
        else if (st == ST_OK)
            st = tokenizer_cut_part(by->tokenizer, norm->text.data, norm->text.len, &by->tokens,
                                    &n_done);
        if (st != ST_OK)
            return st;
        count_words(&by->tokens);
        if (!add_fts5_tokens(d, tokenizer_analyzer(by->tokenizer), norm->text.data, &by->tokens) ||
            !add_units(d, norm->text.data, n_done, &by->tokens, at))
            return ST_NOMEM;
        normalized_drop(norm, n_done);
    } while (in.at < in.n_bytes);
    d->units[(*at)++] = 0;
    return ST_OK;
}

enum status analyst_init(struct analyst *by, const struct analyzer *a,
                         const struct dictionary *dictionary, struct sentence_cache *sentences)
{
    *by = (struct analyst){.normalized = NORMALIZED_INIT};
    return tokenizer_new_bulk(&by->tokenizer, a, dictionary, sentences);
}

void analyst_release(struct analyst *by)
{
    tokenizer_free(by->tokenizer);
    tokens_release(&by->tokens);
    normalized_release(&by->normalized);
    by->tokenizer = NULL;
}

enum status document_analyze(struct document *d, struct analyst *by)
{
    uint32_t at = 0;
    d->n_bounds = 0;
    buf_clear(&d->tokens);
    enum status st = analyze_text(d, by, &d->title, &at);
    if (st != ST_OK)
        return st;
    d->n_title_tokens = d->tokens.len;
    d->n_title_units = at - 1;
    st = analyze_text(d, by, &d->body, &at);
    if (st != ST_OK)
        return st;
    d->n_body_units = at - d->n_title_units - 2;
    return ST_OK;
}
