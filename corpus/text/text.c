/* The format text: a text without a table, a record for each of its sections.
 *
 * A section begins at a heading: a line that starts with # or ■, counts chapters or articles
 * (第三章), or is in 【】 as a whole; or a short line alone between blank lines that ends no
 * sentence. Interface: format.h. */
#include "corpus/format.h"

#include "base/text.h"
#include "base/utf8.h"
#include "corpus/rows/row_builder.h"
#include "corpus/rows/sections.h"

#include <stdlib.h>
#include <string.h>

#define SHORT_BYTES 120       /* 40 kanji: longer lines are no headings */
#define MAX_BYTES (64U << 20) /* of the whole text */
#define FEWEST_LINES 3        /* that tell a text from a table of one column */
#define CELLS_SHARE 5         /* one line in so many may hold a comma */

struct text_source {
    struct row_source base;
    struct sections sections;
    struct row_builder row;
};

/* 第三章, 第12条 and the like. */
static bool counts_chapters(struct span line)
{
    static const char *const units[] = {"章", "節", "条", "編", "部"};
    static const char digits[] = "0123456789０１２３４５６７８９一二三四五六七八九十百";
    if (!text_starts_with(line.data, line.len, "第"))
        return false;
    size_t at = strlen("第");
    for (size_t n; at < line.len; at += n) {
        uint32_t cp;
        n = utf8_decode(line.data + at, line.len - at, &cp);
        if (memmem(digits, sizeof digits - 1, line.data + at, n) == NULL)
            break;
    }
    struct span rest = {line.data + at, line.len - at};
    for (size_t i = 0; at > strlen("第") && i < sizeof units / sizeof units[0]; i++)
        if (text_starts_with(rest.data, rest.len, units[i]))
            return true;
    return false;
}

static bool is_marked(struct span line)
{
    if (line.len == 0 || line.len > SHORT_BYTES)
        return false;
    return text_starts_with(line.data, line.len, "# ") ||
           text_starts_with(line.data, line.len, "## ") ||
           text_starts_with(line.data, line.len, "### ") ||
           text_starts_with(line.data, line.len, "■") || counts_chapters(line) ||
           (text_starts_with(line.data, line.len, "【") &&
            text_ends_with(line.data, line.len, "】"));
}

/* The line that TEXT starts with, blanks at its end left out; *TAKEN counts its line end. */
static struct span next_line(const char *text, size_t n_bytes, size_t *taken)
{
    const char *end = memchr(text, '\n', n_bytes);
    size_t len = end != NULL ? (size_t)(end - text) : n_bytes;
    *taken = len + (end != NULL);
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t' || text[len - 1] == '\r'))
        len--;
    return (struct span){text, len};
}

static bool is_alone(struct span line, struct span before, struct span after)
{
    return line.len > 0 && line.len <= SHORT_BYTES && before.len == 0 && after.len == 0 &&
           !text_ends_with(line.data, line.len, "。") && !text_ends_with(line.data, line.len, ".");
}

static enum status cut(struct text_source *source, const char *text, size_t n_bytes)
{
    struct span before = {"", 0};
    enum status status = ST_OK;
    struct sections *sections = &source->sections;
    for (size_t at = 0, taken, number = 1; at < n_bytes && status == ST_OK; at += taken, number++) {
        size_t unused;
        struct span line = next_line(text + at, n_bytes - at, &taken);
        struct span after = next_line(text + at + taken, n_bytes - at - taken, &unused);
        bool heading = is_marked(line) || is_alone(line, before, after);
        if (heading)
            status = sections_begin(sections, line, number, 0);
        else if (sections->n == 0)
            status = sections_begin(sections, (struct span){"", 0}, number, 0);
        if (!heading) {
            buf_append(&sections->text, line.data, line.len);
            buf_addc(&sections->text, '\n');
        }
        before = line;
    }
    return sections->text.failed ? ST_NOMEM : status;
}

static enum status text_next(struct row_source *base, struct row *row, bool *found,
                             struct error *error)
{
    struct text_source *source = (struct text_source *)base;
    (void)error;
    return sections_next(&source->sections, &source->row, row, found);
}

static void text_close(struct row_source *base)
{
    struct text_source *source = (struct text_source *)base;
    sections_release(&source->sections);
    row_builder_release(&source->row);
    free(source);
}

static const struct row_source_ops text_ops = {.next = text_next, .close = text_close};

static enum status read_all(struct input *in, struct error *error)
{
    enum status status = ST_OK;
    while (status == ST_OK && !in->eof && in->end - in->start <= MAX_BYTES)
        status = input_more(in, error);
    if (status == ST_OK && in->end - in->start > MAX_BYTES)
        return error_set(error, ST_INPUT, _("'%s' is too long for a text without a table"),
                         in->path);
    return status;
}

static enum status text_open(struct input *in, const struct reader_options *options,
                             struct row_source **made, struct error *error)
{
    (void)options;
    *made = NULL;
    struct text_source *source = calloc(1, sizeof *source);
    if (source == NULL)
        return ST_NOMEM;
    source->base.ops = &text_ops;
    source->sections = (struct sections)SECTIONS_INIT;
    source->row = (struct row_builder)ROW_BUILDER_INIT;
    enum status status = read_all(in, error);
    if (status == ST_OK)
        status = cut(source, in->data + in->start, in->end - in->start);
    if (status == ST_OK)
        *made = &source->base;
    else
        text_close(&source->base);
    return status;
}

/* A text has marked headings, and lines that are not cut into cells. */
static bool text_detect(const char *head, size_t n_bytes, bool whole)
{
    size_t n_lines = 0, n_cut = 0, n_marked = 0;
    (void)whole;
    for (size_t at = 0, taken; at < n_bytes; at += taken) {
        struct span line = next_line(head + at, n_bytes - at, &taken);
        if (line.len > 0 && memchr(line.data, '\t', line.len) != NULL)
            return false;
        n_lines += line.len > 0;
        n_cut += line.len > 0 && (memchr(line.data, ',', line.len) != NULL ||
                                  memchr(line.data, ';', line.len) != NULL);
        n_marked += is_marked(line);
    }
    return n_marked > 0 && n_lines >= FEWEST_LINES && n_cut * CELLS_SHARE < n_lines;
}

const struct format format_text = {
    .name = "text",
    .endings = ".md .text",
    .text = true,
    .detect = text_detect,
    .open = text_open,
};
