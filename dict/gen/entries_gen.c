/* The words that a dictionary lists. Interface: entries_gen.h. */
#include "dict/gen/entries_gen.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

int span_compare(struct span a, struct span b)
{
    int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

bool span_starts(struct span whole, struct span start)
{
    return start.len <= whole.len && memcmp(whole.data, start.data, start.len) == 0;
}

bool span_ends(struct span whole, struct span end)
{
    return end.len <= whole.len && memcmp(whole.data + whole.len - end.len, end.data, end.len) == 0;
}

/* COUNT columns of a line from NUMBER on, from 0. */
static struct span columns(struct span line, unsigned number, unsigned count)
{
    for (; number > 0; number--) {
        const char *comma = memchr(line.data, ',', line.len);
        if (comma == NULL)
            return (struct span){line.data, 0};
        line.len -= (size_t)(comma - line.data) + 1;
        line.data = comma + 1;
    }
    size_t n = 0;
    for (; count > 0 && n < line.len; count--) {
        const char *comma = memchr(line.data + n, ',', line.len - n);
        n = comma != NULL ? (size_t)(comma - line.data) + (count > 1) : line.len;
    }
    return (struct span){line.data, n};
}

static bool is_plain(struct span surface)
{
    uint32_t cp;
    for (size_t i = 0; i < surface.len;) {
        i += utf8_decode(surface.data + i, surface.len - i, &cp);
        if (!utf8_is_kanji(cp) && !utf8_is_hiragana(cp))
            return false;
    }
    return surface.len > 0;
}

/* The inflected forms that queries are made of. */
static bool is_wanted_form(struct span form)
{
    static const char *const forms[] = {"基本形",     "連用形", "連用タ接続",
                                        "連用テ接続", "未然形", "仮定形"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (span_is(form, forms[i]))
            return true;
    }
    return false;
}

static bool is_wanted(const struct entry *e, struct span pos, struct span kind, struct span form)
{
    if (span_is(kind, "固有名詞") || span_is(kind, "数") || span_is(pos, "記号") ||
        span_is(pos, "フィラー"))
        return false;
    return !e->inflects || is_wanted_form(form);
}

static bool add(struct entries *entries, struct span line)
{
    struct span pos = columns(line, 4, 1), form = columns(line, 9, 1);
    struct entry e = {.surface = columns(line, 0, 1),
                      .reading = columns(line, 11, 1),
                      .pos = columns(line, 4, 3),
                      .form = columns(line, 8, 2),
                      .base = columns(line, 10, 1)};
    bool is_verb = span_is(pos, "動詞");
    e.inflects = is_verb || span_is(pos, "形容詞");
    e.is_noun_form = is_verb && span_is(form, "連用形");
    if (!is_wanted(&e, pos, columns(line, 5, 1), form) || !is_plain(e.surface))
        return true;
    if (!array_reserve(&entries->items, &entries->cap, entries->n + 1, sizeof *entries->items))
        return false;
    entries->items[entries->n++] = e;
    return true;
}

enum status entries_read(struct entries *entries, const char *text, size_t n_bytes)
{
    *entries = (struct entries){0};
    while (n_bytes > 0) {
        const char *end = memchr(text, '\n', n_bytes);
        size_t n = end != NULL ? (size_t)(end - text) : n_bytes;
        if (!add(entries, (struct span){text, n}))
            return ST_NOMEM;
        n_bytes -= n + (end != NULL);
        text += n + (end != NULL);
    }
    return ST_OK;
}

size_t span_kanji_at(struct span text)
{
    uint32_t cp = 0;
    size_t n = text.len > 0 ? utf8_decode(text.data, text.len, &cp) : 0;
    return utf8_is_kanji(cp) ? n : 0;
}

size_t span_kana_from(struct span text, size_t at)
{
    size_t i = at;
    uint32_t cp;
    while (i < text.len) {
        size_t n = utf8_decode(text.data + i, text.len - i, &cp);
        if (!utf8_is_hiragana(cp))
            break;
        i += n;
    }
    return i - at;
}

bool span_is_one_kanji(struct span text)
{
    size_t n = span_kanji_at(text);
    return n > 0 && n < text.len && n + span_kana_from(text, n) == text.len;
}

struct span reading_behind_first(struct span reading)
{
    size_t n = reading.len < 3 ? reading.len : 3;
    return (struct span){reading.data + n, reading.len - n};
}

int spans_compare(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return span_compare(*x, *y);
}

size_t spans_find(const void *items, size_t n, size_t item_size, struct span text)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct span *at = (const struct span *)((const char *)items + middle * item_size);
        if (span_compare(*at, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void entries_sort(struct entries *entries)
{
    if (entries->n > 0)
        qsort(entries->items, entries->n, sizeof *entries->items, spans_compare);
}

size_t entries_find(const struct entries *entries, struct span surface)
{
    return spans_find(entries->items, entries->n, sizeof *entries->items, surface);
}

bool entries_have(const struct entries *entries, struct span surface)
{
    size_t i = entries_find(entries, surface);
    return i < entries->n && span_compare(entries->items[i].surface, surface) == 0;
}

/* Whether they have SURFACE with READING, where SAME, or with another one. */
static bool have_read(const struct entries *entries, struct span surface, struct span reading,
                      bool same)
{
    for (size_t i = entries_find(entries, surface);
         i < entries->n && span_compare(entries->items[i].surface, surface) == 0; i++) {
        if ((span_compare(entries->items[i].reading, reading) == 0) == same)
            return true;
    }
    return false;
}

bool entries_have_as(const struct entries *entries, struct span surface, struct span reading)
{
    return have_read(entries, surface, reading, true);
}

bool entries_have_otherwise(const struct entries *entries, struct span surface, struct span reading)
{
    return have_read(entries, surface, reading, false);
}

bool entry_is_noun(const struct entry *e)
{
    return span_starts(e->pos, span_of("名詞"));
}

bool entry_is_potential(const struct entry *e, const struct entries *entries)
{
    static const char ends[][2][8] = {{"ける", "く"}, {"げる", "ぐ"}, {"せる", "す"},
                                      {"てる", "つ"}, {"ねる", "ぬ"}, {"べる", "ぶ"},
                                      {"める", "む"}, {"れる", "る"}, {"える", "う"}};
    bool found = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !found; i++) {
        struct span end = span_of(ends[i][0]);
        if (!span_ends(e->base, end))
            continue;
        struct buf other = BUF_INIT;
        buf_append(&other, e->base.data, e->base.len - end.len);
        buf_adds(&other, ends[i][1]);
        found = entries_have(entries, buf_span(&other));
        buf_release(&other);
    }
    return found;
}

void entries_release(struct entries *entries)
{
    free(entries->items);
    *entries = (struct entries){0};
}
