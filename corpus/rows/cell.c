/* A table cell's content as plain text: lines, bullets and headings. Interface: cell.h. */
#include "corpus/rows/cell.h"

#include "base/text.h"
#include "corpus/rows/cell_html.h"
#include "corpus/rows/cell_marks.h"

#include <stdbool.h>
#include <string.h>

#define HEADING_OPEN "【"
#define HEADING_CLOSE "】"
#define BRACKET_BYTES 3

/* The text being laid out in lines. */
struct layout {
    struct buf *out;
    size_t first;      /* where the cell's text starts in out */
    size_t line_start; /* where the current line starts in out */
    bool in_heading;   /* the line starts with 【 and its 】 has not come */
    bool after_close;  /* the line is 【…】 and nothing else so far */
};

static size_t trailing_blank(const char *text, size_t n_bytes)
{
    for (size_t n = 1; n <= 3 && n <= n_bytes; n++)
        if (cell_blank(text + n_bytes - n, n) == n)
            return n;
    return 0;
}

static void trim(struct layout *l)
{
    size_t n;
    while ((n = trailing_blank(l->out->data + l->line_start, l->out->len - l->line_start)) > 0)
        l->out->len -= n;
    if (l->out->cap > 0)
        l->out->data[l->out->len] = '\0';
}

static void end_line(struct layout *l)
{
    trim(l);
    if (l->out->len > l->line_start)
        buf_addc(l->out, '\n');
    l->line_start = l->out->len;
    l->in_heading = l->after_close = false;
}

static void add_blank(struct layout *l, const char *text, size_t n_bytes)
{
    if (l->after_close)
        end_line(l);
    else if (l->out->len > l->line_start)
        buf_append(l->out, n_bytes == 1 ? " " : text, n_bytes);
}

/* What starts a line of its own when white space stands before it. */
static void add_opener(struct layout *l, const char *text, size_t n_bytes, bool heading)
{
    size_t used = l->out->len - l->line_start;
    if (trailing_blank(l->out->data + l->line_start, used) > 0)
        end_line(l);
    l->after_close = false;
    if (heading && l->out->len == l->line_start)
        l->in_heading = true;
    buf_append(l->out, text, n_bytes);
}

static void add_close(struct layout *l)
{
    buf_adds(l->out, HEADING_CLOSE);
    l->after_close = l->in_heading;
    l->in_heading = false;
}

/* Whether the character at TEXT needs a look. Kana and many kanji are passed by their first two
 * bytes, for this is called for every byte of the text. */
static bool is_special(const char *text, size_t n_bytes)
{
    unsigned char c = (unsigned char)*text;
    if (c > 0x7F && c < 0xE4 && c >= 0xC2) {
        if (c == 0xC2)
            return true;
        if (c == 0xE2)
            return cell_bullet(text, n_bytes) > 0;
        if (c != 0xE3 || n_bytes < BRACKET_BYTES)
            return false;
        unsigned char d = (unsigned char)text[1], e = (unsigned char)text[2];
        return (d == 0x80 && (e == 0x80 || e == 0x90 || e == 0x91)) || /* U+3000, 【, 】 */
               (d == 0x83 && e == 0xBB);                               /* ・ */
    }
    return c <= ' ' || c == 0x7F;
}

/* Adds the special character at TEXT and returns its length. */
static size_t add_special(struct layout *l, const char *text, size_t n_bytes)
{
    unsigned char c = (unsigned char)*text;
    size_t n = cell_blank(text, n_bytes);
    if (n > 0) {
        add_blank(l, text, n);
        return n;
    }
    if (c == '\n' || c == '\r') {
        end_line(l);
        return 1;
    }
    if (c < ' ' || c == 0x7F)
        return 1;
    if (c == 0xC2) { /* U+0080 to U+009F are control characters too */
        if (n_bytes >= 2 && (unsigned char)text[1] >= 0xA0)
            buf_append(l->out, text, 2);
        return n_bytes >= 2 ? 2 : 1;
    }
    if (text_starts_with(text, n_bytes, HEADING_CLOSE)) {
        add_close(l);
        return BRACKET_BYTES;
    }
    n = cell_bullet(text, n_bytes);
    add_opener(l, text, n > 0 ? n : BRACKET_BYTES, n == 0);
    return n > 0 ? n : BRACKET_BYTES;
}

static void lay_out(const char *text, size_t n_bytes, struct buf *out)
{
    struct layout l = {.out = out, .first = out->len, .line_start = out->len};
    const char *end = text + n_bytes;
    while (text < end) {
        const char *plain = text;
        while (text < end && !is_special(text, (size_t)(end - text)))
            text++;
        if (text > plain) {
            buf_append(out, plain, (size_t)(text - plain));
            l.after_close = false;
        }
        if (text < end)
            text += add_special(&l, text, (size_t)(end - text));
    }
    trim(&l);
    if (out->len == l.line_start && out->len > l.first)
        out->data[--out->len] = '\0';
}

enum status cell_to_text(const char *cell, size_t n_bytes, struct buf *out)
{
    if (!cell_holds_html(cell, n_bytes)) {
        lay_out(cell, n_bytes, out);
        return out->failed ? ST_NOMEM : ST_OK;
    }
    struct buf text = BUF_INIT;
    cell_html_to_lines(cell, n_bytes, &text);
    bool failed = text.failed;
    if (!failed)
        lay_out(text.data, text.len, out);
    buf_release(&text);
    return failed || out->failed ? ST_NOMEM : ST_OK;
}

enum status cell_to_line(const char *cell, size_t n_bytes, struct buf *out)
{
    size_t first = out->len;
    enum status status = cell_to_text(cell, n_bytes, out);
    if (status != ST_OK)
        return status;
    for (char *at = out->data + first; (at = strchr(at, '\n')) != NULL;)
        *at = ' ';
    return ST_OK;
}
