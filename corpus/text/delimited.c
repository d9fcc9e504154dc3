/* Tables as text, cut by tabs, commas, semicolons or bars: the formats tsv and csv.
 *
 * Memory is bounded by the longest row. A cell in quotes may hold delimiters, line ends and doubled
 * quotes (RFC 4180); in tables cut by tabs, of which most have no quoting, under conditions. */
#include "base/array.h"
#include "base/buf.h"
#include "corpus/format.h"

#include "corpus/rows/grid.h"
#include "corpus/text/quotes.h"
#include "corpus/text/shown.h"
#include "corpus/text/sniff.h"

#include <stdlib.h>
#include <string.h>

#define HEAD_BYTES (64U << 10) /* looked at for the form: title lines and some dozens of rows */
#define ROW_BYTES (128U << 20) /* that a row may have, and a quote that is not closed */

struct rows {
    struct row_source base;
    struct input *in; /* borrowed */
    char delimiter;
    bool cr_ends;       /* lines end in CR, as on old Macintoshes */
    bool always_quoted; /* cells of a table cut by tabs, as those of its first row */
    size_t n_before;    /* cells of the row before */
    size_t line;        /* of the window's start */
    bool in_rest;       /* the window begins within a row that is too long */
    struct buf problem; /* scratch */
    struct buf unquoted;
    struct span *cells;
    size_t cells_cap;
};

/* Where a row lies in the window. */
struct extent {
    size_t len;      /* without its line end */
    size_t n_ends;   /* line ends inside */
    size_t end_size; /* bytes of its line end; 0 at the end of the file */
};

static enum status out_of_memory(const struct rows *rows, struct error *error)
{
    return error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), rows->in->path);
}

/* The length of the line that the window starts with; the window's length when its end is not
 * there. */
static size_t line_length(const char *text, size_t n_bytes, bool cr_ends)
{
    const char *lf = memchr(text, '\n', n_bytes);
    size_t len = lf != NULL ? (size_t)(lf - text) : n_bytes;
    const char *cr = cr_ends ? memchr(text, '\r', len) : NULL;
    return cr != NULL ? (size_t)(cr - text) : len;
}

/* Finds the row that the window starts with. Returns false when it goes on after the window. */
static bool find_row(struct rows *rows, struct extent *extent, struct row *row)
{
    const char *text = rows->in->data + rows->in->start;
    size_t n_bytes = rows->in->end - rows->in->start;
    struct quotes_row found = {.state = QUOTES_GOOD};
    bool last = rows->in->eof || n_bytes >= ROW_BYTES;
    found.len = line_length(text, n_bytes, rows->cr_ends);
    if (memchr(text, '"', found.len) != NULL)
        found =
            rows->delimiter == '\t'
                ? quotes_find_end_of_tabs(text, n_bytes, rows->cr_ends, rows->always_quoted, last)
                : quotes_find_end(text, n_bytes, rows->delimiter, rows->cr_ends, last);
    bool cr_last = found.len + 1 == n_bytes && text[found.len] == '\r';
    if (!last && (found.state == QUOTES_MORE || found.len == n_bytes || cr_last))
        return false;
    *extent = (struct extent){.len = found.len, .n_ends = found.n_ends};
    extent->end_size = found.len < n_bytes;
    if (found.len + 1 < n_bytes && text[found.len] == '\r' && text[found.len + 1] == '\n')
        extent->end_size = 2;
    if (found.state == QUOTES_STRAY) {
        row->state = ROW_DOUBTFUL;
        row->problem = _("text after a closing quote");
    } else if (found.state != QUOTES_GOOD) {
        row->state = ROW_BROKEN;
        row->problem = found.state == QUOTES_OPEN
                           ? _("a quote that is never closed")
                           : _("a quote that opens and closes in the middle of text");
    }
    if (!rows->in->eof && found.len == n_bytes) {
        row->state = ROW_BROKEN;
        row->problem = _("a row of too many bytes");
        rows->in_rest = true;
    }
    return true;
}

/* Leaves out the rest of a row that is too long. */
static enum status skip_rest(struct rows *rows, struct error *error)
{
    struct input *in = rows->in;
    uint64_t from;
    while (rows->in_rest) {
        size_t n_bytes = in->end - in->start;
        size_t len = line_length(in->data + in->start, n_bytes, rows->cr_ends);
        input_take_damage(in, len, &from);
        rows->in_rest = len == n_bytes;
        in->start += len + !rows->in_rest;
        if (!rows->in_rest || in->eof)
            break;
        enum status status = input_more(in, error);
        if (status != ST_OK)
            return status;
    }
    return ST_OK;
}

static void note_damage(struct rows *rows, struct row *row, uint64_t from)
{
    buf_clear(&rows->problem);
    buf_addf(&rows->problem, _("damaged %s from byte %llu on, read as U+FFFD"), rows->in->encoding,
             (unsigned long long)from + 1);
    row->state = ROW_DOUBTFUL;
    row->problem = rows->problem.data;
}

/* False when memory is out. */
static bool add_cell(struct rows *rows, struct row *row, struct span cell)
{
    if (row->n_cells == GRID_MAX_COLUMNS) {
        row->state = ROW_BROKEN;
        buf_clear(&rows->problem);
        buf_addf(&rows->problem, _("a row of more than %d columns"), GRID_MAX_COLUMNS);
        row->problem = rows->problem.failed ? "" : rows->problem.data;
        return true;
    }
    if (!array_reserve(&rows->cells, &rows->cells_cap, row->n_cells + 1, sizeof *rows->cells))
        return false;
    rows->cells[row->n_cells++] = cell_as_shown(cell);
    return true;
}

static bool split_plain(struct rows *rows, struct row *row)
{
    const char *at = row->text.data, *end = at + row->text.len;
    for (;;) {
        const char *stop = memchr(at, rows->delimiter, (size_t)(end - at));
        struct span cell = {at, (size_t)((stop != NULL ? stop : end) - at)};
        if (!add_cell(rows, row, cell))
            return false;
        if (stop == NULL || row->state == ROW_BROKEN)
            return true;
        at = stop + 1;
    }
}

static bool split_quoted(struct rows *rows, struct row *row)
{
    struct buf *out = &rows->unquoted;
    buf_clear(out);
    if (!buf_reserve(out, row->text.len)) /* once, for the cells point into it */
        return false;
    for (size_t at = 0;; at++) {
        size_t from = out->len;
        at += quotes_unquote(row->text.data + at, row->text.len - at, rows->delimiter,
                             rows->always_quoted, out);
        struct span cell = {out->data + from, out->len - from};
        if (!add_cell(rows, row, cell))
            return false;
        if (at >= row->text.len || row->state == ROW_BROKEN)
            return true;
    }
}

/* Whether a row cut by tabs is like the row before when its quotes are text, and not when they hold
 * tabs. */
static bool is_like_before_without_quotes(const struct rows *rows, const struct row *row)
{
    size_t n_plain = 1;
    for (size_t i = 0; i < row->text.len; i++)
        n_plain += row->text.data[i] == '\t';
    return rows->delimiter == '\t' && n_plain == rows->n_before && row->n_cells != n_plain &&
           memchr(row->text.data, '\n', row->text.len) == NULL;
}

/* Cuts the row's text into cells. */
static bool fill_row(struct rows *rows, struct row *row)
{
    while (row->text.len > 0 && row->text.data[row->text.len - 1] == '\r')
        row->text.len--;
    if (row->state == ROW_BROKEN)
        return true;
    bool quoted = row->text.len > 0 && memchr(row->text.data, '"', row->text.len) != NULL;
    bool done = quoted ? split_quoted(rows, row) : split_plain(rows, row);
    if (done && quoted && is_like_before_without_quotes(rows, row)) {
        row->n_cells = 0;
        done = split_plain(rows, row);
    }
    rows->n_before = row->n_cells;
    row->cells = rows->cells;
    row->n_cells = row->state == ROW_BROKEN ? 0 : row->n_cells;
    return done;
}

static enum status next(struct row_source *source, struct row *row, bool *found,
                        struct error *error)
{
    struct rows *rows = (struct rows *)source;
    struct input *in = rows->in;
    struct extent extent;
    *row = (struct row){.state = ROW_GOOD};
    *found = false;
    enum status rest = rows->in_rest ? skip_rest(rows, error) : ST_OK;
    if (rest != ST_OK)
        return rest;
    for (;;) {
        if (in->start == in->end && in->eof)
            return ST_OK;
        if (in->start < in->end && find_row(rows, &extent, row))
            break;
        enum status status = input_more(in, error);
        if (status != ST_OK)
            return status;
    }
    uint64_t from;
    if (input_take_damage(in, extent.len, &from) && row->state == ROW_GOOD)
        note_damage(rows, row, from);
    row->place.line = rows->line;
    row->text = (struct span){in->data + in->start, extent.len};
    in->start += extent.len + extent.end_size;
    rows->line += extent.n_ends + 1;
    *found = true;
    return fill_row(rows, row) ? ST_OK : out_of_memory(rows, error);
}

static void close_rows(struct row_source *source)
{
    struct rows *rows = (struct rows *)source;
    buf_release(&rows->problem);
    buf_release(&rows->unquoted);
    free(rows->cells);
    free(rows);
}

/* Makes *SOURCE; DELIMITER 0: found out from the first bytes. */
static enum status open_rows(struct input *in, char delimiter, struct row_source **source,
                             struct error *error)
{
    static const struct row_source_ops ops = {next, close_rows};
    *source = NULL;
    enum status status = input_fill(in, HEAD_BYTES, error);
    if (status != ST_OK)
        return status;
    struct rows *rows = malloc(sizeof *rows);
    if (rows == NULL)
        return error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), in->path);
    *rows = (struct rows){
        .base = {&ops},
        .in = in,
        .delimiter = delimiter,
        .line = 1,
        .problem = BUF_INIT,
        .unquoted = BUF_INIT,
    };
    const char *head = in->data + in->start;
    size_t n_head = in->end - in->start < HEAD_BYTES ? in->end - in->start : HEAD_BYTES;
    if (delimiter == '\0')
        rows->delimiter = sniff_delimiter(head, n_head);
    rows->cr_ends = sniff_cr_ends(head, n_head);
    rows->always_quoted = sniff_quoted_cells(head, n_head);
    *source = &rows->base;
    return ST_OK;
}

static enum status open_found(struct input *in, const struct reader_options *options,
                              struct row_source **source, struct error *error)
{
    (void)options;
    return open_rows(in, '\0', source, error);
}

static enum status open_tsv(struct input *in, const struct reader_options *options,
                            struct row_source **source, struct error *error)
{
    (void)options;
    return open_rows(in, '\t', source, error);
}

/* What a text is when it is of no other format: its delimiter is found out. */
const struct format format_csv = {
    .name = "csv",
    .endings = ".csv .tsv .txt",
    .text = true,
    .open = open_found,
};

const struct format format_tsv = {
    .name = "tsv",
    .endings = "",
    .text = true,
    .open = open_tsv,
};
