/* Quoted cells of comma-separated tables. Interface: quotes.h. */
#include "corpus/text/quotes.h"

#include <string.h>

/* Returns the offset past the quote that closes the one at OPEN; 0 when there is none, or when
 * the text ends where a doubling quote could still come. */
static size_t close_quote(const char *text, size_t n_bytes, size_t open, bool last)
{
    for (size_t at = open + 1; at < n_bytes;) {
        const char *quote = memchr(text + at, '"', n_bytes - at);
        if (quote == NULL)
            return 0;
        at = (size_t)(quote - text) + 1;
        if (at == n_bytes)
            return last ? at : 0;
        if (text[at] != '"')
            return at;
        at++;
    }
    return 0;
}

static size_t line_end(const char *text, size_t n_bytes, size_t at, bool cr_ends)
{
    while (at < n_bytes && !quotes_is_end(text[at], cr_ends))
        at++;
    return at;
}

static size_t count_ends(const char *text, size_t from, size_t to, bool cr_ends)
{
    size_t n = 0;
    for (size_t at = from; at < to; at++) {
        if (cr_ends && text[at] == '\n' && at > 0 && text[at - 1] == '\r')
            continue;
        n += quotes_is_end(text[at], cr_ends);
    }
    return n;
}

static size_t cell_end(const char *text, size_t n_bytes, size_t at, char delimiter, bool cr_ends)
{
    while (at < n_bytes && text[at] != delimiter && !quotes_is_end(text[at], cr_ends))
        at++;
    return at;
}

/* Whether only the CR of a CR LF lies between the closing quote and the cell's end. */
static bool is_clean(const char *text, size_t close, size_t end)
{
    while (close < end && text[close] == '\r')
        close++;
    return close == end;
}

struct quotes_row quotes_find_end(const char *text, size_t n_bytes, char delimiter, bool cr_ends,
                                  bool last)
{
    struct quotes_row row = {.state = QUOTES_GOOD};
    size_t at = 0;
    for (;; at++) {
        size_t open = at, close = at;
        if (at < n_bytes && text[at] == '"') {
            close = close_quote(text, n_bytes, open, last);
            if (close == 0) {
                row.state = last ? QUOTES_OPEN : QUOTES_MORE;
                row.len = line_end(text, n_bytes, open, cr_ends);
                row.n_ends = count_ends(text, 0, row.len, cr_ends);
                return row;
            }
            row.n_ends += count_ends(text, open, close, cr_ends);
        }
        at = cell_end(text, n_bytes, close, delimiter, cr_ends);
        if (close > open && !is_clean(text, close, at)) {
            row.state = QUOTES_STRAY;
            row.len = line_end(text, n_bytes, open, cr_ends);
            if (row.len < close) {
                row.state = QUOTES_BROKEN;
                row.n_ends = count_ends(text, 0, row.len, cr_ends);
                return row;
            }
        }
        if (at >= n_bytes || text[at] != delimiter)
            break;
    }
    row.len = at;
    if (at == n_bytes && !last)
        row.state = QUOTES_MORE;
    return row;
}

/* Whether a quote that ends a cell may stand before NEXT, an offset. */
static bool is_cell_end(const char *text, size_t n_bytes, size_t next)
{
    return next == n_bytes || text[next] == '\t' || text[next] == '\n' || text[next] == '\r';
}

/* Returns the offset past the quote that closes the one at OPEN in a table cut by tabs; 0 when the
 * cell is not in quotes. *MORE: the text ends before that shows. */
static size_t close_of_tabs(const char *text, size_t n_bytes, size_t open, bool cr_ends,
                            bool always, bool *more)
{
    bool has_tab = false, has_end = false, told = always;
    for (size_t at = open + 1; at < n_bytes && !(has_tab && has_end); at++) {
        has_tab = has_tab || text[at] == '\t';
        has_end = has_end || quotes_is_end(text[at], cr_ends);
        told = told || has_tab || has_end || text[at] == ',';
        if (text[at] != '"')
            continue;
        if (at + 1 < n_bytes && text[at + 1] == '"') {
            told = true;
            at++;
            continue;
        }
        *more = at + 1 == n_bytes;
        return told && is_cell_end(text, n_bytes, at + 1) ? at + 1 : 0;
    }
    *more = !(has_tab && has_end);
    return 0;
}

struct quotes_row quotes_find_end_of_tabs(const char *text, size_t n_bytes, bool cr_ends,
                                          bool always, bool last)
{
    struct quotes_row row = {.state = QUOTES_GOOD};
    for (size_t at = 0;; at++) {
        bool more = false;
        size_t close = at;
        if (at < n_bytes && text[at] == '"')
            close = close_of_tabs(text, n_bytes, at, cr_ends, always, &more);
        if (more && !last) {
            row.state = QUOTES_MORE;
            return row;
        }
        close = close > at ? close : at;
        row.n_ends += count_ends(text, at, close, cr_ends);
        at = cell_end(text, n_bytes, close, '\t', cr_ends);
        if (at >= n_bytes || text[at] != '\t') {
            row.len = at;
            row.state = at == n_bytes && !last ? QUOTES_MORE : QUOTES_GOOD;
            return row;
        }
    }
}

/* Where a cell in quotes really closes whose quote before CLOSE is followed by text: quotes inside
 * that were not doubled, "5"管の整備". CLOSE when no quote ends the cell either. */
static size_t close_behind_stray(const char *text, size_t n_bytes, size_t close, char delimiter)
{
    size_t end = close;
    while (end < n_bytes && text[end] != delimiter)
        end++;
    while (end > close && text[end - 1] == '\r')
        end--;
    return end > close && text[end - 1] == '"' ? end : close;
}

size_t quotes_unquote(const char *text, size_t n_bytes, char delimiter, bool always,
                      struct buf *out)
{
    size_t at = 0, close = 0;
    bool more = false;
    if (n_bytes > 0 && text[0] == '"')
        close = delimiter == '\t' ? close_of_tabs(text, n_bytes, 0, true, always, &more)
                                  : close_quote(text, n_bytes, 0, true);
    if (close > 0) {
        close = close_behind_stray(text, n_bytes, close, delimiter);
        for (at = 1; at + 1 < close; at++) {
            buf_addc(out, text[at]);
            at += text[at] == '"' && text[at + 1] == '"' && at + 2 < close;
        }
        at = close;
    }
    size_t rest = at;
    while (at < n_bytes && text[at] != delimiter)
        at++;
    buf_append(out, text + rest, at - rest);
    return at;
}
