/* Places that are written as typed, told from the texts as stored. Interface: match.h. */
#include "search/match.h"

#include "base/utf8.h"
#include "dict/normalize.h"

#include <string.h>

/* One field of a document. */
struct written_text {
    struct span stored;
    struct normalized normalized;
    uint32_t start;   /* position in the segment */
    uint32_t at_unit; /* how far it was walked: UTF-16 units, */
    size_t at_byte;   /* and bytes of the normal form */
};

struct written_search {
    struct matcher *m;
    const struct segment *segment;
    const struct term *term;
    sqlite3_stmt *row; /* of the document at hand; NULL: none yet */
    struct written_text fields[2];
};

static enum status set_text(struct written_text *t, sqlite3_stmt *row, int column, uint32_t start)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    if (text == NULL) /* the columns are never NULL */
        return ST_NOMEM;
    t->stored = (struct span){text, (size_t)sqlite3_column_bytes(row, column)};
    t->start = start;
    t->at_unit = 0;
    t->at_byte = 0;
    return normalize(&t->normalized, t->stored.data, t->stored.len);
}

/* Reads document DOC, which stays until the next one. */
static enum status read_document(struct written_search *w, uint32_t doc)
{
    sqlite3_reset(w->row);
    enum status st = store_find_texts(w->m->store, w->segment->base + doc, &w->row, w->m->error);
    if (st == ST_OK)
        st = set_text(&w->fields[0], w->row, 0, w->segment->starts[doc]);
    return st == ST_OK ? set_text(&w->fields[1], w->row, 1, w->segment->title_ends[doc] + 1) : st;
}

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

static enum status is_written(struct written_search *w, uint32_t doc, uint32_t position, bool *is)
{
    const struct term *term = w->term;
    struct written_text *t = &w->fields[position > w->segment->title_ends[doc]];
    size_t from = byte_of(t, position - t->start), to = from + term->spellings[0].len, start, end;
    *is = false;
    if (to > t->normalized.text.len) /* SQL has changed the text */
        return ST_OK;
    normalized_range(&t->normalized, from, to, &start, &end);
    return term_is_written(term, term->spellings, t->stored.data + start, end - start, is)
               ? ST_OK
               : ST_NOMEM;
}

static enum status keep_written(struct written_search *w)
{
    struct matcher *m = w->m;
    size_t kept = 0;
    uint32_t doc = 0, read = UINT32_MAX;
    enum status st = ST_OK;
    for (size_t i = 0; i < m->n_positions && st == ST_OK; i++) {
        bool is = false;
        doc = segment_doc_at(w->segment, m->positions[i], doc);
        if (segment_is_dead(w->segment, doc)) /* its text is gone */
            continue;
        if (doc != read) {
            st = matcher_check(m);
            if (st == ST_OK)
                st = read_document(w, doc);
            read = doc;
        }
        if (st == ST_OK)
            st = is_written(w, doc, m->positions[i], &is);
        if (is)
            m->positions[kept++] = m->positions[i];
    }
    m->n_positions = kept;
    return st;
}

enum status drop_unwritten(struct matcher *m, const struct segment *segment,
                           const struct term *term)
{
    struct written_search w = {.m = m, .segment = segment, .term = term};
    w.fields[0].normalized = w.fields[1].normalized = (struct normalized)NORMALIZED_INIT;
    enum status st = keep_written(&w);
    sqlite3_reset(w.row);
    normalized_release(&w.fields[0].normalized);
    normalized_release(&w.fields[1].normalized);
    return st == ST_NOMEM ? error_set(m->error, st, _("out of memory")) : st;
}
