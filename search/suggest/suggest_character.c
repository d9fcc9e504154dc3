/* What stands in the place of one character of a term, or has one more inside: 障害者差別解消法 for
 * 障害者差別解商法. Interface: suggest.h.
 *
 * Where the parts before and behind an open place stand so far apart is told by the lists of pairs,
 * and which character is there by the texts of some of those records. That needs no words, which
 * MeCab cuts otherwise where one character is wrong. */
#include "search/suggest/suggest.h"

#include "base/utf8.h"
#include "dict/normalize.h"

#include <stdlib.h>
#include <string.h>

/* Parts of shorter terms stand everywhere. */
#define MIN_UNITS 4
#define MAX_UNITS 32
/* Places of a segment whose texts are read. */
#define MAX_TEXTS 32
#define MAX_FOUND 32

struct found_character {
    uint32_t cp;
    size_t n;
};

/* A text of which one unit is open. */
struct open_term {
    struct hiku_results *r;
    struct matcher m;
    const struct segment *segment;
    uint16_t units[MAX_UNITS]; /* the open one is like this */
    size_t n_units;
    size_t open;         /* the number of that unit */
    uint32_t *positions; /* where it stands in the segment */
    size_t n;
    struct found_character found[MAX_FOUND];
    size_t n_found;
    struct normalized text;
};

/* Where the units from FIRST on, up to END, stand, as positions of the open unit: m.positions. */
static enum status find_part(struct open_term *t, size_t first, size_t end)
{
    enum status st = find_positions(&t->m, t->segment, t->units + first, end - first);
    size_t kept = 0;
    for (size_t i = 0; i < t->m.n_positions && st == ST_OK; i++) {
        int64_t position = (int64_t)t->m.positions[i] + (int64_t)t->open - (int64_t)first;
        if (position >= 0)
            t->m.positions[kept++] = (uint32_t)position;
    }
    t->m.n_positions = kept;
    return st;
}

/* Keeps those of t->positions that are among m.positions. */
static void keep_common(struct open_term *t)
{
    size_t kept = 0;
    for (size_t i = 0, k = 0; i < t->n; i++) {
        while (k < t->m.n_positions && t->m.positions[k] < t->positions[i])
            k++;
        if (k < t->m.n_positions && t->m.positions[k] == t->positions[i])
            t->positions[kept++] = t->positions[i];
    }
    t->n = kept;
}

/* Finds where both parts of the term stand; of a part of one unit, which stands everywhere, the
 * texts will tell. The longer part has the wrong character, and is nowhere, unless it is the open
 * one. */
static enum status find_places(struct open_term *t)
{
    size_t first[2] = {0, t->open + 1}, end[2] = {t->open, t->n_units};
    size_t longer = end[1] - first[1] > end[0] ? 1 : 0, shorter = 1 - longer;
    enum status st = find_part(t, first[longer], end[longer]);
    t->n = t->m.n_positions;
    if (st != ST_OK || t->n == 0)
        return st;
    uint32_t *positions = reallocarray(t->positions, t->n, sizeof *positions);
    if (positions == NULL)
        return ST_NOMEM;
    t->positions = positions;
    memcpy(positions, t->m.positions, t->n * sizeof *positions);
    if (end[shorter] - first[shorter] < 2)
        return ST_OK;
    st = find_part(t, first[shorter], end[shorter]);
    keep_common(t);
    return st;
}

static void count_character(struct open_term *t, uint32_t cp, size_t n)
{
    size_t i = 0;
    while (i < t->n_found && t->found[i].cp != cp)
        i++;
    if (i == MAX_FOUND)
        return;
    if (i == t->n_found)
        t->found[t->n_found++] = (struct found_character){.cp = cp};
    t->found[i].n += n;
}

/* Whether A and B are both kanji, both katakana or both hiragana. */
static bool are_alike(uint32_t a, uint32_t b)
{
    return (utf8_is_kanji(a) && utf8_is_kanji(b)) || (utf8_is_katakana(a) && utf8_is_katakana(b)) ||
           (utf8_is_hiragana(a) && utf8_is_hiragana(b));
}

/* Counts the character in TEXT, normalised, at unit AT, where the rest of the term stands around
 * it: N times, for as many places. */
static void look_at(struct open_term *t, const struct buf *text, size_t at, size_t n)
{
    uint32_t cp, open = 0;
    size_t byte = 0;
    for (size_t unit = 0; unit < at - t->open && byte < text->len; unit += cp >= 0x10000 ? 2 : 1)
        byte += utf8_decode(text->data + byte, text->len - byte, &cp);
    for (size_t i = 0; i < t->n_units; i++) {
        if (byte >= text->len)
            return;
        byte += utf8_decode(text->data + byte, text->len - byte, &cp);
        if (i == t->open)
            open = cp;
        else if (cp != t->units[i])
            return;
    }
    if (are_alike(open, t->units[t->open]))
        count_character(t, open, n);
}

/* Whether the text at the place POSITION begins or ends with an open character that is a part of a
 * word which goes on: 社会福祉法施 in 社会福祉法施行令 is nothing to be offered. */
static enum status cuts_word(struct open_term *t, uint32_t position, bool *cuts)
{
    uint32_t edge = t->open == 0 ? position : position + 1;
    *cuts = false;
    if (t->open > 0 && t->open < t->n_units - 1)
        return ST_OK;
    enum status st = segment_load_bounds(t->m.store, t->segment, edge, t->m.error);
    *cuts = st == ST_OK && !segment_is_bound(t->segment, edge);
    return st;
}

/* Reads the record with the place POSITION, which stands for N. */
static enum status read_place(struct open_term *t, uint32_t position, size_t n)
{
    const struct segment *s = t->segment;
    sqlite3_stmt *row = NULL;
    uint32_t doc = position < s->n_units ? segment_doc_at(s, position, 0) : s->n_docs;
    if (doc == s->n_docs || segment_is_dead(s, doc))
        return ST_OK;
    int column = position > s->title_ends[doc] ? 1 : 0;
    size_t start = column == 0 ? s->starts[doc] : s->title_ends[doc] + 1;
    bool cuts = position - start < t->open;
    enum status st = cuts ? ST_OK : cuts_word(t, position, &cuts);
    if (st == ST_OK && !cuts)
        st = store_find_texts(t->m.store, s->base + doc, &row, t->m.error);
    if (st != ST_OK || cuts)
        return st;
    const char *text = (const char *)sqlite3_column_text(row, column);
    st = text == NULL ? ST_NOMEM
                      : normalize(&t->text, text, (size_t)sqlite3_column_bytes(row, column));
    if (st == ST_OK)
        look_at(t, &t->text.text, position - start, n);
    return st;
}

/* Gives the texts that are found to EACH. */
static enum status give(const struct open_term *t, suggest_callback *each, void *context)
{
    enum status st = ST_OK;
    for (size_t i = 0; i < t->n_found && st == ST_OK; i++) {
        struct buf text = BUF_INIT;
        for (size_t k = 0; k < t->n_units; k++)
            buf_add_cp(&text, k == t->open ? t->found[i].cp : t->units[k]);
        st = text.failed ? ST_NOMEM : each(context, buf_span(&text), (int64_t)t->found[i].n);
        buf_release(&text);
    }
    return st;
}

/* Looks at the text's places in all segments, in each at no more than MAX_TEXTS, which are spread
 * evenly, and gives what stands there to EACH. */
static enum status look_everywhere(struct open_term *t, suggest_callback *each, void *context)
{
    enum status st = ST_OK;
    t->n_found = 0;
    for (size_t i = 0; i < t->r->all.n_segments && st == ST_OK; i++) {
        const struct evaluated *e = &t->r->all.segments[i];
        t->m.store = t->r->db->members[e->member].store;
        t->segment = e->segment;
        st = matcher_check(&t->m);
        if (st == ST_OK)
            st = find_places(t);
        size_t step = t->n / MAX_TEXTS + 1;
        for (size_t k = 0; k < t->n && st == ST_OK; k += step) {
            st = matcher_check(&t->m); /* a text may be long */
            if (st == ST_OK)
                st = read_place(t, t->positions[k], step);
        }
    }
    return st == ST_OK ? give(t, each, context) : st;
}

/* Whether all of its characters are one unit, and neither few nor many. */
static bool may_be_opened(const struct spelling *typed)
{
    for (size_t i = 0; i < typed->n_units; i++) {
        if (typed->units[i] >= 0xD800 && typed->units[i] < 0xE000)
            return false;
    }
    return typed->n_units >= MIN_UNITS && typed->n_units < MAX_UNITS;
}

/* Opens unit number I, or a place before it. */
static void open_instead(struct open_term *t, const struct spelling *typed, size_t i)
{
    t->open = i;
    t->n_units = typed->n_units;
    memcpy(t->units, typed->units, typed->n_units * sizeof *typed->units);
}

static void open_before(struct open_term *t, const struct spelling *typed, size_t i)
{
    open_instead(t, typed, i);
    t->n_units = typed->n_units + 1;
    memcpy(t->units + i + 1, typed->units + i, (typed->n_units - i) * sizeof *typed->units);
}

enum status suggest_characters(struct hiku_results *r, const struct term *term,
                               suggest_callback *each, void *context)
{
    const struct spelling *typed = &term->spellings[0];
    struct open_term t = {.r = r, .text = NORMALIZED_INIT};
    enum status st = ST_OK;
    if (!may_be_opened(typed))
        return ST_OK;
    evaluation_matcher(&r->all, r->db, (struct match_options){0}, &t.m);
    for (size_t i = 0; i < typed->n_units && st == ST_OK; i++) {
        open_instead(&t, typed, i);
        st = look_everywhere(&t, each, context);
        if (i == 0 || st != ST_OK)
            continue;
        open_before(&t, typed, i);
        st = look_everywhere(&t, each, context);
    }
    normalized_release(&t.text);
    matcher_release(&t.m);
    free(t.positions);
    return st;
}
