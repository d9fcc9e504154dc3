/* Where the tables of a PDF file are. Interface: pdf_layout.h. */
#include "corpus/pdf/pdf_layout.h"

#include "base/array.h"
#include "base/utf8.h"
#include "corpus/pdf/pdf_columns.h"
#include "corpus/pdf/pdf_form.h"
#include "corpus/pdf/pdf_heading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define APART 1.5F    /* a blank this many times the usual one parts a title from a table above */
#define MOST_TITLES 8 /* lines above a heading; more are a text of their own */
#define MOST_TABLES 1000
#define LOOKED_AT 128 /* lines below a heading, before it is known where its table ends */

void pdf_layout_release(struct pdf_layout *layout)
{
    free(layout->items);
    *layout = (struct pdf_layout){0};
}

bool pdf_has_number(const struct pdf_lines *lines, const struct pdf_block *table, size_t line)
{
    const struct pdf_word *word = &lines->words->items[lines->items[line].first];
    if ((word->left + word->right) / 2 >= table->bounds[0] || word->len == 0)
        return false;
    struct span text = pdf_word_text(lines, word);
    uint32_t cp;
    utf8_decode(text.data, text.len, &cp);
    return utf8_is_digit(cp);
}

static enum status add_block(struct pdf_layout *layout, struct pdf_block block)
{
    if (!array_reserve(&layout->items, &layout->cap, layout->n + 1, sizeof *layout->items))
        return ST_NOMEM;
    layout->items[layout->n++] = block;
    return ST_OK;
}

/* The lines from FIRST to END as a text for each page. */
static enum status add_pages(struct pdf_layout *layout, const struct pdf_lines *lines, size_t first,
                             size_t end)
{
    enum status status = ST_OK;
    for (size_t i = first, next; i < end && status == ST_OK; i = next) {
        next = i + 1;
        while (next < end && lines->items[next].page == lines->items[i].page)
            next++;
        status = add_block(layout, (struct pdf_block){.first = i, .end = next});
    }
    return status;
}

/* Whether a word of the line reaches from one column into another. */
static bool crosses(const struct pdf_lines *lines, const struct pdf_block *table, size_t at)
{
    const struct pdf_line *line = &lines->items[at];
    for (size_t i = line->first; i < line->first + line->n; i++) {
        const struct pdf_word *word = &lines->words->items[i];
        for (size_t k = 0; k + 1 < table->n_columns; k++)
            if (word->left < table->bounds[k] - 1 && word->right > table->bounds[k] + 1)
                return true;
    }
    return false;
}

/* The first line of the page of line AT. */
static size_t page_start(const struct pdf_lines *lines, size_t at)
{
    while (at > 0 && lines->items[at - 1].page == lines->items[at].page)
        at--;
    return at;
}

/* Where the table ends when the pages at its end that are text are left out. */
static size_t trim_pages(const struct pdf_lines *lines, const struct pdf_block *table)
{
    size_t end = table->end;
    while (end > 0 && lines->items[end - 1].page > lines->items[table->heading].page) {
        size_t first = page_start(lines, end - 1), n_crossing = 0, n = 0;
        for (size_t i = first; i < end; i++) {
            bool number = pdf_is_page_number(lines, i);
            n += !number;
            n_crossing += !number && crosses(lines, table, i);
            if (pdf_same_text(lines, i, table->heading))
                return end;
        }
        if (n_crossing * 2 <= n)
            return end;
        end = first;
    }
    return end;
}

/* Where the lines begin that stand above the HEADING of a table as its title, with TABLE (NULL:
 * none) above them. */
static size_t titles_start(const struct pdf_lines *lines, const struct pdf_block *table,
                           size_t heading)
{
    size_t top = page_start(lines, heading), first = heading;
    if (table == NULL || table->heading < top)
        return top;
    float usual = pdf_usual_gap(lines, table->heading, heading);
    while (first > table->heading + 1 && heading - first < MOST_TITLES &&
           (crosses(lines, table, first - 1) ||
            pdf_gap_after(lines, first - 2) > APART * fmaxf(usual, 1)))
        first--;
    return first;
}

/* The table before ends, and the one whose heading stands on this line begins. What lies between
 * is text. */
static enum status begin_table(struct pdf_layout *layout, const struct pdf_lines *lines,
                               size_t heading, const struct pdf_name *names, size_t n_names)
{
    struct pdf_block table = {.heading = heading, .end = heading + 1};
    size_t from = layout->n > 0 ? layout->items[layout->n - 1].end : 0;
    size_t first = page_start(lines, heading);
    table.first = first > from ? first : from;
    if (heading - table.first > MOST_TITLES)
        table.first = heading;
    enum status status = add_pages(layout, lines, from, table.first);
    while (table.end < lines->n && table.end - heading < LOOKED_AT &&
           lines->items[table.end].page == lines->items[heading].page)
        table.end++;
    if (status == ST_OK)
        status = pdf_columns_find(lines, &table, names, n_names);
    return status == ST_OK ? add_block(layout, table) : status;
}

/* Ends the last table before line END, and settles its columns. */
static enum status end_table(struct pdf_layout *layout, const struct pdf_lines *lines, size_t end)
{
    struct pdf_block *table = &layout->items[layout->n - 1];
    struct pdf_name names[PDF_MAX_COLUMNS];
    size_t n_names = 0;
    table->end = end;
    table->end = trim_pages(lines, table);
    enum status status = pdf_heading_lower_names(lines, table->heading, names, &n_names);
    if (status == ST_OK && n_names > 0)
        status = pdf_heading_find_upper(lines, table, names, &n_names);
    if (status == ST_OK)
        status = pdf_columns_find(lines, table, names, n_names);
    for (size_t i = table->heading + 1; i < table->end; i++)
        table->numbered = table->numbered || pdf_has_number(lines, table, i);
    return status;
}

/* What has been found up to a line. */
struct search {
    struct pdf_layout *layout;
    const struct pdf_lines *lines;
    size_t n_tables;
    bool open; /* the last table goes on */
};

static enum status close_table(struct search *s, size_t end)
{
    bool open = s->open;
    s->open = false;
    return open ? end_table(s->layout, s->lines, end) : ST_OK;
}

/* Where line AT begins a page that is a form sheet, goes behind it, and no table goes on there:
 * *NEXT. */
static enum status skip_form(struct search *s, size_t at, size_t *next)
{
    struct buf title = BUF_INIT;
    size_t end = at;
    *next = at;
    if (at > 0 && s->lines->items[at - 1].page == s->lines->items[at].page)
        return ST_OK;
    while (end < s->lines->n && s->lines->items[end].page == s->lines->items[at].page)
        end++;
    enum status status = pdf_form_title(s->lines, at, end, &title);
    if (status == ST_OK && title.len > 0) {
        *next = end;
        status = close_table(s, at);
    }
    buf_release(&title);
    return status;
}

/* Whether the heading of this line is that of the last table again. */
static bool is_same_heading(const struct search *s, size_t at)
{
    const struct pdf_layout *layout = s->layout;
    return s->open && pdf_same_text(s->lines, at, layout->items[layout->n - 1].heading);
}

/* Begins a table where line AT is its heading, or the upper row of it. */
static enum status look_for_table(struct search *s, size_t at)
{
    struct pdf_name names[PDF_MAX_COLUMNS];
    size_t n_names = 0, heading = at;
    bool known = true;
    enum status status = ST_OK;
    if (!is_same_heading(s, at))
        status = pdf_heading_names(s->lines, at, names, &n_names);
    if (status == ST_OK && n_names > 0)
        status = pdf_heading_find_lower(s->lines, at, &heading, &known);
    if (status != ST_OK || n_names == 0 || (heading != at && known) || is_same_heading(s, heading))
        return status;
    if (heading != at)
        status = pdf_heading_lower_names(s->lines, heading, names, &n_names);
    if (status == ST_OK && s->open)
        status = close_table(s, titles_start(s->lines, &s->layout->items[s->layout->n - 1], at));
    s->n_tables++;
    s->open = true;
    return status == ST_OK ? begin_table(s->layout, s->lines, heading, names, n_names) : status;
}

enum status pdf_layout_make(struct pdf_layout *layout, const struct pdf_lines *lines)
{
    struct search s = {.layout = layout, .lines = lines};
    enum status status = ST_OK;
    *layout = (struct pdf_layout){0};
    for (size_t i = 0, next; i < lines->n && status == ST_OK && s.n_tables < MOST_TABLES;
         i = next) {
        status = skip_form(&s, i, &next);
        if (status == ST_OK && next == i) {
            status = look_for_table(&s, i);
            next = i + 1;
        }
    }
    if (status == ST_OK)
        status = close_table(&s, lines->n);
    size_t end = layout->n > 0 ? layout->items[layout->n - 1].end : 0;
    return status == ST_OK ? add_pages(layout, lines, end, lines->n) : status;
}
