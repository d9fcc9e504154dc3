/* Words that lose their kana behind a noun, for the lexicon. Interface: endings_gen.h. */
#include "dict/gen/endings_gen.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* So many words must be listed with an ending's kana and without (前払い, 前払), unless it is a
 * suffix. */
#define MIN_BOTH_WAYS 2

static bool is_suffix(const struct entry *e)
{
    return span_starts(e->pos, span_of("名詞,接尾,一般"));
}

/* A word that ends others, and how many of these are listed without its kana as well. */
struct ending {
    struct span text;
    size_t count;
};

/* The last kanji of a noun with the kana behind it; empty when there are none of either. */
static struct span ending_of(const struct entry *e)
{
    struct span text = e->surface, end = {text.data + text.len, 0};
    if (!entry_is_noun(e) || span_kana_from(text, 0) > 0)
        return end;
    for (size_t i = span_kanji_at(text); i < text.len;) {
        struct span rest = {text.data + i, text.len - i};
        size_t n = span_kanji_at(rest);
        if (n == 0)
            return end; /* kana inside */
        if (span_is_one_kanji(rest))
            return rest;
        i += n;
    }
    return end;
}

/* Whether ENTRIES have E without its last N_BYTES, read alike. */
static bool is_listed_without(const struct entries *entries, const struct entry *e, size_t n_bytes)
{
    struct span shorter = {e->surface.data, e->surface.len - n_bytes};
    return entries_have_as(entries, shorter, e->reading);
}

static enum status find_endings(struct ending **out, size_t *n, const struct entries *entries)
{
    size_t cap = 0;
    for (size_t i = 0; i < entries->n; i++) {
        const struct entry *e = &entries->items[i];
        struct span end = ending_of(e);
        bool suffix = span_is_one_kanji(e->surface) && is_suffix(e);
        if (suffix)
            end = e->surface;
        if (end.len == 0 ||
            (!suffix && !is_listed_without(entries, e, end.len - span_kanji_at(end))))
            continue;
        if (!array_reserve(out, &cap, *n + 1, sizeof **out))
            return ST_NOMEM;
        (*out)[(*n)++] = (struct ending){end, suffix ? MIN_BOTH_WAYS : 1};
    }
    return ST_OK;
}

/* Whether the kanji that END begins with ends words with another reading alone: 書 is ショ in
 * 請求書, and not a 書き that has lost its kana. */
static bool is_other_suffix(const struct entries *entries, struct span end)
{
    struct span bare = {end.data, span_kanji_at(end)};
    size_t first = entries_find(entries, end);
    bool other = false;
    for (size_t i = entries_find(entries, bare);
         i < entries->n && span_compare(entries->items[i].surface, bare) == 0; i++) {
        const struct entry *e = &entries->items[i];
        if (!is_suffix(e))
            continue;
        other = true;
        for (size_t k = first; k < entries->n && span_compare(entries->items[k].surface, end) == 0;
             k++) {
            if (span_ends(e->reading, reading_behind_first(entries->items[k].reading)))
                return false;
        }
    }
    return other;
}

/* Whether WHOLE is read with READING, maybe voiced, neither at its start nor at its end. */
static bool is_read_inside(struct span whole, struct span reading)
{
    struct span rest = reading_behind_first(reading);
    uint32_t first, kana;
    utf8_decode(reading.data, reading.len, &first);
    for (size_t i = 3; i + reading.len < whole.len; i += 3) {
        utf8_decode(whole.data + i, whole.len - i, &kana);
        if ((kana == first || kana == first + 1) &&
            memcmp(whole.data + i + 3, rest.data, rest.len) == 0)
            return true;
    }
    return false;
}

/* Adds END with its kana where the noun E has it without them, between other kanji: 仮払い金. */
static enum status add_inside(struct lexicon_builder *b, const struct entry *e, struct span end,
                              struct span reading)
{
    struct span text = e->surface;
    size_t n = span_kanji_at(end);
    enum status st = ST_OK;
    for (size_t i = span_kanji_at(text); i > 0 && i + n < text.len && st == ST_OK;) {
        struct span rest = {text.data + i + n, text.len - i - n};
        if (memcmp(text.data + i, end.data, n) == 0 && span_kanji_at(rest) > 0 &&
            is_read_inside(e->reading, reading)) {
            struct buf full = BUF_INIT;
            buf_append(&full, text.data, i);
            buf_append(&full, end.data, end.len);
            buf_append(&full, rest.data, rest.len);
            st = full.failed ? ST_NOMEM : lexicon_add(b, text, LEXICON_FULL, buf_span(&full));
            if (st == ST_OK)
                st = lexicon_add(b, buf_span(&full), LEXICON_OKURIGANA, text);
            buf_release(&full);
        }
        size_t step = span_kanji_at((struct span){text.data + i, text.len - i});
        i = step > 0 ? i + step : text.len;
    }
    return st;
}

static enum status add_inner(struct lexicon_builder *b, const struct entries *entries,
                             struct span end)
{
    enum status st = ST_OK;
    for (size_t k = entries_find(entries, end);
         k < entries->n && span_compare(entries->items[k].surface, end) == 0; k++) {
        for (size_t i = 0; i < entries->n && st == ST_OK; i++) {
            if (!entries->items[i].inflects)
                st = add_inside(b, &entries->items[i], end, entries->items[k].reading);
        }
    }
    return st;
}

enum status endings_add(struct lexicon_builder *b, const struct entries *entries)
{
    struct ending *endings = NULL;
    size_t n = 0;
    enum status st = find_endings(&endings, &n, entries);
    if (n > 0)
        qsort(endings, n, sizeof *endings, spans_compare);
    for (size_t i = 0, next; i < n && st == ST_OK; i = next) {
        size_t count = 0;
        for (next = i; next < n && span_compare(endings[next].text, endings[i].text) == 0; next++)
            count += endings[next].count;
        struct span bare = {endings[i].text.data, span_kanji_at(endings[i].text)};
        if (count < MIN_BOTH_WAYS)
            continue;
        st = lexicon_add(b, endings[i].text, LEXICON_ENDING, bare);
        if (st == ST_OK && !is_other_suffix(entries, endings[i].text))
            st = lexicon_add(b, bare, LEXICON_ENDING, endings[i].text);
        if (st == ST_OK)
            st = add_inner(b, entries, endings[i].text);
    }
    free(endings);
    return st;
}
