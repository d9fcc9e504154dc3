/* The part of a text that shows why it matches. Interface: snippet.h. */
#include "search/results/snippet.h"

#include "base/array.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char ellipsis[] = "…";

/* A sentence, a bullet or a heading: what a snippet takes or leaves as a whole. */
struct piece {
    size_t start; /* bytes of the text */
    size_t end;
    size_t n_chars;
    size_t n_matches;
    bool new_line; /* it begins a line */
    bool heading;  /* 【…】 */
    bool taken;
};

struct pieces {
    struct piece *items;
    size_t n;
    size_t cap;
};

static bool add_piece(struct pieces *p, const char *text, size_t start, size_t end, bool new_line)
{
    while (start < end && text[start] == ' ')
        start++;
    while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\r'))
        end--;
    if (start == end)
        return true;
    if (!array_reserve(&p->items, &p->cap, p->n + 1, sizeof *p->items))
        return false;
    struct piece piece = {.start = start, .end = end, .new_line = new_line};
    piece.n_chars = utf8_count(text + start, end - start);
    piece.heading = end - start >= 6 && memcmp(text + start, "【", 3) == 0 &&
                    memcmp(text + end - 3, "】", 3) == 0;
    p->items[p->n++] = piece;
    return true;
}

/* Cuts the text at line ends and behind 。. */
static bool cut(struct pieces *p, const char *text, size_t n)
{
    size_t start = 0;
    bool new_line = true;
    for (size_t i = 0; i < n; i++) {
        bool line_end = text[i] == '\n';
        bool stop = n - i >= 3 && memcmp(text + i, "。", 3) == 0;
        if (!line_end && !stop)
            continue;
        if (!add_piece(p, text, start, line_end ? i : i + 3, new_line))
            return false;
        new_line = line_end;
        start = line_end ? i + 1 : i + 3;
        i = start - 1;
    }
    return add_piece(p, text, start, n, new_line);
}

static void count_matches(struct pieces *p, const struct hiku_range *ranges, size_t n)
{
    size_t r = 0;
    for (size_t i = 0; i < p->n; i++) {
        while (r < n && ranges[r].end <= p->items[i].start)
            r++;
        for (size_t k = r; k < n && ranges[k].start < p->items[i].end; k++)
            p->items[i].n_matches++;
    }
}

/* Takes a piece if there is room, or so much of MAX_CHARS left that a part of it is worth showing;
 * the heading above it comes along. */
static bool take(struct pieces *p, size_t i, size_t max_chars, size_t *left)
{
    if (p->items[i].taken || (p->items[i].n_chars > *left && *left < max_chars / 3))
        return false;
    p->items[i].taken = true;
    *left -= p->items[i].n_chars < *left ? p->items[i].n_chars : *left;
    for (size_t k = i; k > 0 && !p->items[i].heading; k--) {
        struct piece *above = &p->items[k - 1];
        if (!above->heading)
            continue;
        if (!above->taken && above->n_chars < *left) {
            above->taken = true;
            *left -= above->n_chars;
        }
        break;
    }
    return true;
}

static void choose(struct pieces *p, size_t max_chars)
{
    size_t left = max_chars;
    while (left > 0) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < p->n; i++) {
            if (!p->items[i].taken && p->items[i].n_matches > 0 &&
                (best == SIZE_MAX || p->items[i].n_matches > p->items[best].n_matches))
                best = i;
        }
        if (best == SIZE_MAX || !take(p, best, max_chars, &left))
            break;
    }
    /* What room is left shows how the text goes on behind the first match, or begins. */
    size_t from = 0;
    while (from < p->n && !p->items[from].taken)
        from++;
    for (size_t i = from < p->n ? from : 0; i < p->n && left > 0; i++) {
        if (!p->items[i].taken && (p->items[i].n_chars > left || !take(p, i, max_chars, &left))) {
            if (from == p->n && i == 0)
                p->items[0].taken = true; /* the only piece is too long: it will be cut */
            break;
        }
    }
}

struct writer {
    const struct hiku_text *text;
    struct buf *out;
    struct hiku_range *out_ranges;
    size_t n_out;
};

/* Copies bytes of the text with the highlights that lie in them. */
static void copy(struct writer *w, size_t start, size_t end)
{
    size_t at = w->out->len;
    buf_append(w->out, w->text->data + start, end - start);
    for (size_t i = 0; i < w->text->n_highlights; i++) {
        size_t from = w->text->highlights[i].start > start ? w->text->highlights[i].start : start;
        size_t to = w->text->highlights[i].end < end ? w->text->highlights[i].end : end;
        if (from < to)
            w->out_ranges[w->n_out++] = (struct hiku_range){at + from - start, at + to - start};
    }
}

/* The place N characters before (or, with FORWARD, behind) AT, within [LOW, HIGH]. */
static size_t move(const char *text, size_t at, size_t low, size_t high, size_t n, bool forward)
{
    while (n > 0 && (forward ? at < high : at > low)) {
        at = forward ? at + 1 : at - 1;
        while (at > low && at < high && ((unsigned char)text[at] & 0xC0) == 0x80)
            at = forward ? at + 1 : at - 1;
        n--;
    }
    return at;
}

/* A piece that is too long is cut around its first match. *AFTER_GAP: "…" stands before it already;
 * then whether one stands behind it. */
static void copy_piece(struct writer *w, const struct piece *p, size_t max_chars, bool *after_gap)
{
    size_t start = p->start, end = p->end;
    if (p->n_chars > max_chars) {
        size_t match = p->start, i = 0;
        while (i < w->text->n_highlights && w->text->highlights[i].end <= p->start)
            i++;
        if (i < w->text->n_highlights && w->text->highlights[i].start < p->end)
            match =
                w->text->highlights[i].start > p->start ? w->text->highlights[i].start : p->start;
        start = move(w->text->data, match, p->start, p->end, max_chars / 3, false);
        end = move(w->text->data, start, p->start, p->end, max_chars, true);
        if (end == p->end) /* a match near the end leaves room for more before it */
            start = move(w->text->data, end, p->start, p->end, max_chars, false);
    }
    if (start > p->start && !*after_gap)
        buf_adds(w->out, ellipsis);
    copy(w, start, end);
    *after_gap = end < p->end;
    if (*after_gap)
        buf_adds(w->out, ellipsis);
}

static void write_pieces(struct writer *w, const struct pieces *p, size_t max_chars)
{
    bool gap = false, marked = false; /* something was left out; "…" says so already */
    for (size_t i = 0; i < p->n; i++) {
        if (!p->items[i].taken) {
            gap = true;
            continue;
        }
        if (gap && !marked) {
            buf_adds(w->out, w->out->len > 0 ? " … " : "… ");
            marked = true;
        } else if (w->out->len > 0 && (gap || p->items[i].new_line)) {
            buf_addc(w->out, ' ');
        }
        gap = false;
        copy_piece(w, &p->items[i], max_chars, &marked);
    }
    if (gap && !marked)
        buf_adds(w->out, w->out->len > 0 ? " …" : ellipsis);
}

enum status snippet_make(const struct hiku_text *text, size_t max_chars, struct buf *out,
                         struct hiku_range **out_ranges, size_t *n_out)
{
    struct pieces pieces = {0};
    enum status st = ST_NOMEM;
    buf_clear(out);
    *n_out = 0;
    *out_ranges = NULL;
    if (cut(&pieces, text->data, text->len)) {
        /* A range that crosses the ends of pieces is shown as one range in each. */
        *out_ranges = malloc((text->n_highlights + pieces.n + 1) * sizeof **out_ranges);
    }
    if (*out_ranges != NULL) {
        struct writer w = {text, out, *out_ranges, 0};
        count_matches(&pieces, text->highlights, text->n_highlights);
        choose(&pieces, max_chars);
        write_pieces(&w, &pieces, max_chars);
        *n_out = w.n_out;
        st = out->failed ? ST_NOMEM : ST_OK;
    }
    free(pieces.items);
    if (*n_out == 0) {
        free(*out_ranges);
        *out_ranges = NULL;
    }
    return st;
}
