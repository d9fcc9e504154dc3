/* Normalisation with a map back to the original. Interface: normalize.h. */
#include "dict/normalize.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "fold_table.h"

#define FOLD_JOINS 0x80000000U
#define FOLD_MAPPED 0x40000000U
#define FOLD_LEN(entry) ((entry) >> 20 & 0x3FF)
#define FOLD_AT(entry) ((entry)&0xFFFFF)

/* A run of marks longer than this is cut: no script needs more, and utf8proc sorts marks in
 * quadratic time. The bound is that of the Stream-Safe Text Format (UAX #15, 13). */
#define MAX_JOINED 30

struct state {
    struct normalized *out;
    const char *text;
    size_t n_bytes;
    size_t at;  /* next byte to read */
    size_t end; /* where to stop, at n_bytes or before */
    bool failed;
};

static uint32_t fold_entry(uint32_t cp)
{
    return fold_pages[fold_index[cp >> 8]][cp & 0xFF];
}

static void add_point(struct state *s, size_t norm, size_t orig, bool replaced)
{
    struct normalized *n = s->out;
    struct norm_point *last = n->n_points > 0 ? &n->points[n->n_points - 1] : NULL;
    if (last != NULL && !replaced && !last->replaced &&
        norm - last->norm == orig - (size_t)last->orig)
        return; /* the copy goes on */
    if (last != NULL && last->norm == norm) {
        last->replaced = replaced; /* an empty unit: its original bytes join this one */
        return;
    }
    if (!array_reserve(&n->points, &n->cap_points, n->n_points + 1, sizeof *n->points) ||
        n->points == NULL) {
        s->failed = true;
        return;
    }
    n->points[n->n_points++] =
        (struct norm_point){(uint32_t)norm, (uint32_t)orig & 0x7FFFFFFF, replaced};
}

static void emit(struct state *s, size_t orig, const char *bytes, size_t n_bytes, bool replaced)
{
    add_point(s, s->out->text.len, orig, replaced);
    buf_append(&s->out->text, bytes, n_bytes);
}

/* A character that vanishes (a variation selector) belongs to the one before it, so that a
 * highlight covers both. */
static void absorb(struct state *s)
{
    struct buf *text = &s->out->text;
    if (text->len == 0 || s->out->n_points == 0)
        return;
    struct norm_point last = s->out->points[s->out->n_points - 1];
    if (last.replaced)
        return;
    size_t start = text->len - 1;
    while (((unsigned char)text->data[start] & 0xC0) == 0x80)
        start--;
    size_t orig = (size_t)last.orig + (start - last.norm);
    if (start == last.norm)
        s->out->points[s->out->n_points - 1].replaced = 1;
    else
        add_point(s, start, orig, true);
}

/* A blank that comes next is one of the run of blanks that is there, also when it carries a mark
 * (゛, ´). */
static bool is_after_blank(const struct state *s)
{
    const struct buf *text = &s->out->text;
    return text->len > 0 ? text->data[text->len - 1] == ' ' : s->out->after_blank;
}

static void emit_blank(struct state *s, size_t orig)
{
    if (is_after_blank(s)) {
        absorb(s);
        return;
    }
    emit(s, orig, " ", 1, true);
}

static void emit_mapped(struct state *s, size_t orig, uint32_t entry)
{
    const char *mapped = (const char *)fold_pool + FOLD_AT(entry);
    size_t len = FOLD_LEN(entry);
    bool repeated = len > 0 && mapped[0] == ' ' && is_after_blank(s);
    emit(s, orig, mapped + repeated, len - repeated, true);
}

static bool is_blank(uint32_t cp)
{
    uint32_t entry = fold_entry(cp);
    return cp == ' ' ||
           ((entry & FOLD_MAPPED) && FOLD_LEN(entry) == 1 && fold_pool[FOLD_AT(entry)] == ' ');
}

/* ゛ and ゜, which stand by themselves, and the marks that compose. */
#define SPACING_VOICED 0x309B
#define SPACING_SEMIVOICED 0x309C
#define VOICED 0x3099
#define SEMIVOICED 0x309A

static bool is_spacing_mark(uint32_t cp)
{
    return cp == SPACING_VOICED || cp == SPACING_SEMIVOICED;
}

uint32_t normalize_composing(uint32_t cp)
{
    if (!is_spacing_mark(cp))
        return cp;
    return cp == SPACING_VOICED ? VOICED : SEMIVOICED;
}

bool normalize_voices(uint32_t kana, uint32_t mark)
{
    char both[8];
    uint32_t cp;
    if (!is_spacing_mark(mark) || kana < 0x80)
        return false;
    size_t n = utf8_encode(kana, both), len = 0;
    n += utf8_encode(normalize_composing(mark), both + n);
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t n_composed =
        utf8proc_map((utf8proc_uint8_t *)both, (utf8proc_ssize_t)n, &composed,
                     UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE);
    if (n_composed > 0)
        len = utf8_decode((char *)composed, (size_t)n_composed, &cp);
    free(composed);
    return len > 0 && len == (size_t)n_composed;
}

/* Whether NEXT belongs to the character BEFORE it. */
static bool joins(uint32_t before, uint32_t next)
{
    return (fold_entry(next) & FOLD_JOINS) || normalize_voices(before, next);
}

/* Copies the run without what vanishes and returns its length in bytes. */
static size_t visible_part(const struct state *s, size_t orig, size_t end,
                           char out[(MAX_JOINED + 1) * 4])
{
    size_t n = 0;
    while (orig < end) {
        uint32_t cp;
        orig += utf8_decode(s->text + orig, end - orig, &cp);
        uint32_t entry = fold_entry(cp);
        if (!(entry & FOLD_MAPPED) || FOLD_LEN(entry) > 0)
            n += utf8_encode(n > 0 ? normalize_composing(cp) : cp, out + n);
    }
    return n;
}

/* A run of characters that compose: the whole run is one replaced unit. */
static void emit_joined(struct state *s, size_t orig, size_t end)
{
    char run[(MAX_JOINED + 1) * 4];
    size_t n_run = visible_part(s, orig, end, run);
    utf8proc_uint8_t *folded = NULL;
    uint32_t first = 0;
    if (n_run == 0) {
        absorb(s);
        return;
    }
    if (utf8_decode(run, n_run, &first) == n_run && is_blank(first)) {
        emit_blank(s, orig);
        return;
    }
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)run, (utf8proc_ssize_t)n_run, &folded,
                     UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (n < 0) { /* the run is valid: only memory can be missing */
        s->failed = true;
        return;
    }
    add_point(s, s->out->text.len, orig, true);
    uint32_t cp;
    size_t i = 0;
    if (is_after_blank(s) && folded[0] == ' ')
        i = 1;
    while (i < (size_t)n) {
        size_t len = utf8_decode((char *)folded + i, (size_t)n - i, &cp);
        uint32_t entry = fold_entry(cp);
        if (entry & FOLD_MAPPED)
            buf_append(&s->out->text, fold_pool + FOLD_AT(entry), FOLD_LEN(entry));
        else
            buf_append(&s->out->text, folded + i, len);
        i += len;
    }
    free(folded);
}

static uint32_t peek(const struct state *s, size_t at, size_t *len)
{
    uint32_t cp = 0;
    *len = at < s->n_bytes ? utf8_decode(s->text + at, s->n_bytes - at, &cp) : 0;
    return cp;
}

static bool is_damaged(const struct state *s, size_t at, size_t len, uint32_t cp)
{
    return cp == UTF8_REPLACEMENT && (len != 3 || memcmp(s->text + at, "\xEF\xBF\xBD", 3) != 0);
}

/* The end of the marks that join the character CP that ends at AT. */
static size_t joined_end(const struct state *s, uint32_t cp, size_t at)
{
    size_t len;
    for (int n = 0; n < MAX_JOINED; n++) {
        uint32_t next = peek(s, at, &len);
        if (len == 0 || !joins(cp, next))
            break;
        cp = next;
        at += len;
    }
    return at;
}

static void step(struct state *s)
{
    uint32_t cp;
    size_t orig = s->at;
    size_t len = utf8_decode(s->text + orig, s->n_bytes - orig, &cp);
    uint32_t entry = fold_entry(cp);
    s->at += len;
    if (is_damaged(s, orig, len, cp)) {
        emit(s, orig, "\xEF\xBF\xBD", 3, true);
        return;
    }
    size_t end = joined_end(s, cp, s->at);
    if (end > s->at || (entry & FOLD_JOINS)) {
        s->at = end;
        emit_joined(s, orig, end);
        return;
    }
    if (is_blank(cp))
        emit_blank(s, orig);
    else if (entry & FOLD_MAPPED)
        emit_mapped(s, orig, entry);
    else
        emit(s, orig, s->text + orig, len, false);
}

/* Copies the run of characters that are their own normal form. */
static void copy_run(struct state *s)
{
    size_t start = s->at, at = start, last = start;
    uint32_t cp = 0, before = 0;
    while (at < s->end) {
        size_t len = utf8_decode(s->text + at, s->n_bytes - at, &cp);
        if (fold_entry(cp) != 0 || cp == ' ' || cp == UTF8_REPLACEMENT)
            break;
        before = cp;
        last = at;
        at += len;
    }
    /* A joining mark takes the character before it along. */
    uint32_t next = 0;
    size_t next_len;
    if (at > start && (next = peek(s, at, &next_len), next_len > 0) && joins(before, next))
        at = last;
    if (at > start) {
        emit(s, start, s->text + start, at - start, false);
        s->at = at;
    }
}

static void run(struct state *s)
{
    while (s->at < s->end && !s->failed) {
        copy_run(s);
        if (s->at < s->end)
            step(s);
    }
}

enum status normalize(struct normalized *out, const char *text, size_t n_bytes)
{
    buf_clear(&out->text);
    out->n_points = 0;
    out->n_orig = n_bytes;
    out->after_blank = false;
    if (n_bytes >= NORMALIZE_MAX_BYTES)
        return ST_INPUT;
    struct state s = {.out = out, .text = text, .n_bytes = n_bytes, .end = n_bytes};
    buf_reserve(&out->text, n_bytes + 16);
    run(&s);
    return s.failed || out->text.failed ? ST_NOMEM : ST_OK;
}

enum status normalize_next(struct normalized *out, struct normalizing *in, size_t n_bytes)
{
    if (in->n_bytes >= NORMALIZE_MAX_BYTES)
        return ST_INPUT;
    size_t left = in->n_bytes - in->at;
    struct state s = {.out = out,
                      .text = in->text,
                      .n_bytes = in->n_bytes,
                      .at = in->at,
                      .end = in->at + (n_bytes < left ? n_bytes : left)};
    out->n_points = 0;
    run(&s);
    in->at = s.at;
    return s.failed || out->text.failed ? ST_NOMEM : ST_OK;
}

void normalized_drop(struct normalized *out, size_t n_bytes)
{
    struct buf *text = &out->text;
    if (n_bytes == 0)
        return;
    out->after_blank = text->data[n_bytes - 1] == ' ';
    memmove(text->data, text->data + n_bytes, text->len - n_bytes);
    text->len -= n_bytes;
    text->data[text->len] = '\0';
}

void normalized_release(struct normalized *n)
{
    buf_release(&n->text);
    free(n->points);
    *n = (struct normalized)NORMALIZED_INIT;
}

static size_t point_at(const struct normalized *n, size_t norm)
{
    size_t low = 0, high = n->n_points;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (n->points[middle].norm <= norm)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void normalized_range(const struct normalized *n, size_t from, size_t to, size_t *start,
                      size_t *end)
{
    size_t i = point_at(n, from);
    *start = n->points[i].orig;
    if (!n->points[i].replaced)
        *start += from - n->points[i].norm;
    i = point_at(n, to - 1);
    if (!n->points[i].replaced)
        *end = (size_t)n->points[i].orig + (to - n->points[i].norm);
    else
        *end = i + 1 < n->n_points ? (size_t)n->points[i + 1].orig : n->n_orig;
}
