/* Places that are written as typed, told from the texts as stored. Interface: match.h. */
#include "search/match/match.h"

#include "base/utf8.h"
#include "dict/normalize.h"

#include <stdint.h>
#include <string.h>

/* One field of a document. */
struct written_text {
    struct span stored;
    bool is_normalized; /* the rest is set */
    struct normalized normalized;
    uint32_t at_unit; /* how far it was walked: UTF-16 units, */
    size_t at_byte;   /* and bytes of the normal form */
};

struct written_search {
    struct matcher *m;
    const struct segment *segment;
    const struct term *term;
    sqlite3_stmt *row;        /* of the document at hand; NULL: none yet */
    struct written_text text; /* the field at hand */
};

/* Walks on to UNIT and gives its byte; at most the text's length. */
static size_t byte_of(struct written_text *t, uint32_t unit)
{
    const struct buf *text = &t->normalized.text;
    while (t->at_unit < unit && t->at_byte < text->len) {
        uint32_t cp;
        t->at_byte += utf8_decode(text->data + t->at_byte, text->len - t->at_byte, &cp);
        t->at_unit += cp >= 0x10000 ? 2 : 1;
    }
    return t->at_byte;
}

/* Whether CP may change what stands before it when that is normalised: a mark, a joiner, a
 * variation selector. Kana, kanji, ASCII and the punctuation between them do not. */
static bool may_combine(uint32_t cp)
{
    bool is_plain = cp < 0x300 || (cp >= 0x3000 && cp < 0x302A) || (cp >= 0x3040 && cp < 0x3099) ||
                    (cp >= 0x30A0 && cp < 0x3100) || (cp >= 0x4E00 && cp < 0xA000) ||
                    (cp >= 0xFF00 && cp < 0xFF61);
    return !is_plain;
}

/* The number of places where TEXT has TYPED; SIZE_MAX where what stands behind one may change it.
 */
static size_t count_typed(struct span text, const char *typed, size_t n_typed)
{
    size_t n = 0;
    uint32_t cp;
    for (size_t at = 0; at + n_typed <= text.len; at++) {
        const char *found = memmem(text.data + at, text.len - at, typed, n_typed);
        if (found == NULL)
            break;
        at = (size_t)(found - text.data);
        if (at + n_typed < text.len) {
            utf8_decode(found + n_typed, text.len - at - n_typed, &cp);
            if (may_combine(cp))
                return SIZE_MAX;
        }
        n++;
    }
    return n;
}

/* Whether all N places of the field at hand are as typed, which is told without normalising it: as
 * many stand there as typed. */
static bool all_are_typed(const struct written_search *w, size_t n)
{
    const char *typed = w->term->typed;
    uint32_t first;
    if (typed == NULL || typed[0] == '\0')
        return false;
    utf8_decode(typed, strlen(typed), &first);
    return !may_combine(first) && count_typed(w->text.stored, typed, strlen(typed)) == n;
}

static enum status is_written(struct written_search *w, uint32_t unit, bool *is)
{
    const struct term *term = w->term;
    struct written_text *t = &w->text;
    enum status st = ST_OK;
    *is = false;
    if (!t->is_normalized)
        st = normalize(&t->normalized, t->stored.data, t->stored.len);
    if (st != ST_OK)
        return st;
    t->is_normalized = true;
    size_t from = byte_of(t, unit), to = from + term->spellings[0].len, start, end;
    if (to > t->normalized.text.len) /* SQL has changed the text */
        return ST_OK;
    normalized_range(&t->normalized, from, to, &start, &end);
    return term_is_written(term, term->spellings, t->stored.data + start, end - start, is)
               ? ST_OK
               : ST_NOMEM;
}

/* Keeps those of the N positions at POSITIONS, all in one field that begins at START, that are
 * written as they must be, at KEPT on. COLUMN: of the row. */
static enum status keep_in_field(struct written_search *w, int column, uint32_t start,
                                 const uint32_t *positions, size_t n, size_t *kept)
{
    const char *text = (const char *)sqlite3_column_text(w->row, column);
    enum status st = ST_OK;
    if (text == NULL) /* the columns are never NULL */
        return ST_NOMEM;
    w->text.stored = (struct span){text, (size_t)sqlite3_column_bytes(w->row, column)};
    w->text.is_normalized = false;
    w->text.at_unit = 0;
    w->text.at_byte = 0;
    bool all = all_are_typed(w, n);
    for (size_t i = 0; i < n && st == ST_OK; i++) {
        bool is = all;
        if (!all)
            st = is_written(w, positions[i] - start, &is);
        if (is)
            w->m->positions[(*kept)++] = positions[i];
    }
    return st;
}

/* Likewise for the N positions at POSITIONS, all in document DOC. */
static enum status keep_in_document(struct written_search *w, uint32_t doc,
                                    const uint32_t *positions, size_t n, size_t *kept)
{
    const struct segment *s = w->segment;
    uint32_t body = s->title_ends[doc] + 1;
    size_t n_title = 0;
    enum status st = matcher_check(w->m);
    if (st == ST_OK && segment_is_dead(s, doc)) /* its text is gone */
        return ST_OK;
    while (n_title < n && positions[n_title] < body)
        n_title++;
    if (st == ST_OK)
        st = store_find_texts(w->m->store, s->base + doc, &w->row, w->m->error);
    if (st == ST_OK && n_title > 0)
        st = keep_in_field(w, 0, s->starts[doc], positions, n_title, kept);
    if (st == ST_OK && n_title < n)
        st = keep_in_field(w, 1, body, positions + n_title, n - n_title, kept);
    return st;
}

static enum status keep_written(struct written_search *w)
{
    struct matcher *m = w->m;
    size_t kept = 0;
    uint32_t doc = 0;
    enum status st = ST_OK;
    for (size_t i = 0, next; i < m->n_positions && st == ST_OK; i = next) {
        doc = segment_doc_at(w->segment, m->positions[i], doc);
        for (next = i + 1; next < m->n_positions; next++) {
            if (segment_doc_at(w->segment, m->positions[next], doc) != doc)
                break;
        }
        st = keep_in_document(w, doc, m->positions + i, next - i, &kept);
    }
    m->n_positions = kept;
    return st;
}

enum status drop_unwritten(struct matcher *m, const struct segment *segment,
                           const struct term *term)
{
    struct written_search w = {.m = m, .segment = segment, .term = term};
    w.text.normalized = (struct normalized)NORMALIZED_INIT;
    enum status st = keep_written(&w);
    normalized_release(&w.text.normalized);
    return st == ST_NOMEM ? error_set(m->error, st, _("out of memory")) : st;
}
