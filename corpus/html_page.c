/* From the events of an HTML parser to tables and sections. Interface: html_page.h. */
#include "corpus/html_page.h"

#include "corpus/html.h"
#include "corpus/html_tag.h"

#include <libxml/SAX2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STREAM_ROWS 200 /* a table of data this long is given while it is read */
#define FEWEST 2        /* rows and columns of a table of data */

/* Elements whose content is none of the page's text: readings (ruby), and what does not show. */
static const char *const skipped[] = {"script", "style", "rt", "rp", "template", "noscript"};

void html_page_init(struct html_page *page, struct row_builder *builder, bool any_table_is_data)
{
    *page = (struct html_page){.builder = builder, .any_table_is_data = any_table_is_data};
    page->sections = (struct sections)SECTIONS_INIT;
    buf_init(&page->title);
    buf_init(&page->fragment);
}

static void free_grids(struct html_grid *grid)
{
    for (struct html_grid *next; grid != NULL; grid = next) {
        next = grid->next;
        html_grid_free(grid);
    }
}

void html_page_release(struct html_page *page)
{
    free_grids(page->first);
    if (page->open != NULL && !page->open->taken)
        html_grid_free(page->open);
    sections_release(&page->sections);
    buf_release(&page->title);
    buf_release(&page->fragment);
}

static void settle(struct html_page *page, enum status status)
{
    if (page->fragment.failed || page->sections.text.failed || page->title.failed)
        status = ST_NOMEM;
    if (page->status == ST_OK)
        page->status = status;
    if (page->status != ST_OK)
        xmlStopParser(page->parser);
}

static void refuse(struct html_page *page, const char *problem)
{
    page->problem = problem;
    settle(page, ST_INPUT);
}

/* Whether the page's text is of use: not beside tables of data. */
static bool wants_text(const struct html_page *page)
{
    return page->first == NULL;
}

/* The fragment as lines of text; the fragment is empty afterwards. */
static struct buf take_lines(struct html_page *page)
{
    struct buf lines = BUF_INIT;
    html_to_lines(page->fragment.data, page->fragment.len, &lines);
    while (lines.len > 0 && lines.data[lines.len - 1] == '\n')
        lines.data[--lines.len] = '\0';
    buf_clear(&page->fragment);
    page->text_seen = false;
    return lines;
}

static struct slice as_slice(const struct buf *text)
{
    return (struct slice){text->data, text->len};
}

static void add_section_text(struct html_page *page, struct slice text)
{
    struct sections *sections = &page->sections;
    if (!wants_text(page) || text.len == 0)
        return;
    if (sections->n == 0)
        settle(page, sections_begin(sections, as_slice(&page->title), page->text_line, 0));
    if (sections->text.len + text.len > HTML_MAX_WAITING_BYTES) {
        refuse(page, _("a page of too many bytes"));
        return;
    }
    buf_append(&sections->text, text.data, text.len);
    buf_addc(&sections->text, '\n');
    settle(page, ST_OK);
}

/* Gives the text gathered outside of cells to the page's section. */
static void flush_text(struct html_page *page)
{
    struct buf lines = take_lines(page);
    add_section_text(page, as_slice(&lines));
    settle(page, lines.failed ? ST_NOMEM : ST_OK);
    buf_release(&lines);
}

/* Text that would be read as HTML again stays escaped HTML. */
static void keep_lookalikes(struct buf *lines)
{
    struct buf escaped = BUF_INIT;
    if (!html_holds_tag(lines->data, lines->len))
        return;
    buf_adds(&escaped, "<span>");
    for (size_t i = 0; i < lines->len; i++) {
        char c = lines->data[i];
        if (c == '<')
            buf_adds(&escaped, "&lt;");
        else if (c == '&')
            buf_adds(&escaped, "&amp;");
        else if (c == '\n')
            buf_adds(&escaped, "<br>");
        else
            buf_addc(&escaped, c);
    }
    buf_release(lines);
    *lines = escaped;
}

static void end_cell(struct html_page *page)
{
    if (!page->in_cell)
        return;
    struct buf lines = take_lines(page);
    keep_lookalikes(&lines);
    enum status status = html_grid_add(page->open, page->cell, as_slice(&lines));
    settle(page, lines.failed ? ST_NOMEM : status);
    buf_release(&lines);
    page->in_cell = false;
    if (page->open->n_bytes > HTML_MAX_WAITING_BYTES)
        refuse(page, _("a table or row of too many bytes"));
}

static void end_caption(struct html_page *page)
{
    if (!page->in_caption)
        return;
    struct buf lines = take_lines(page);
    for (size_t i = 0; i < lines.len; i++)
        if (lines.data[i] == '\n')
            lines.data[i] = ' ';
    buf_append(&page->open->caption, lines.data, lines.len);
    buf_release(&lines);
    page->in_caption = false;
}

/* Puts the open table among those that are given. */
static void take_table(struct html_page *page)
{
    struct html_grid *grid = page->open;
    if (grid->taken)
        return;
    grid->taken = true;
    sections_clear(&page->sections);
    if (page->last != NULL)
        page->last->next = grid;
    else
        page->first = grid;
    page->last = grid;
}

static bool is_data(const struct html_page *page, const struct html_grid *grid)
{
    if (grid->taken)
        return true;
    if (grid->n_rows < FEWEST || grid->widest < FEWEST)
        return false;
    return grid->known || page->any_table_is_data || (grid->any_heading && page->first != NULL);
}

static void end_row(struct html_page *page)
{
    end_cell(page);
    settle(page, html_grid_end_row(page->open));
    if (page->open->n_rows >= STREAM_ROWS && is_data(page, page->open))
        take_table(page);
}

/* A table that is none of data becomes text. */
static void dissolve_table(struct html_page *page)
{
    struct html_grid *grid = page->open;
    struct buf text = BUF_INIT;
    bool tabular = grid->any_heading && grid->n_rows >= FEWEST && grid->widest >= FEWEST;
    if (tabular && page->n_left++ == 0)
        page->left_line = grid->line;
    html_grid_to_text(grid, &text);
    page->open = NULL;
    html_grid_free(grid);
    page->text_line = page->line;
    add_section_text(page, as_slice(&text));
    buf_release(&text);
}

static void end_table(struct html_page *page)
{
    struct html_grid *grid = page->open;
    if (grid == NULL)
        return;
    end_caption(page);
    end_row(page);
    if (page->status == ST_OK && !grid->taken)
        settle(page, html_grid_turn(grid));
    if (page->status == ST_OK && is_data(page, grid)) {
        take_table(page);
        grid->closed = true;
        page->open = NULL;
    } else {
        dissolve_table(page);
    }
}

/* A table inside a table. */
static void begin_table(struct html_page *page)
{
    struct html_grid *outer = page->open;
    if (outer != NULL && (outer->known || is_data(page, outer))) {
        take_table(page);
        page->in_inner++;
        buf_adds(&page->fragment, "<p>");
        return;
    }
    if (outer != NULL) {
        end_cell(page);
        settle(page, html_grid_end_row(outer));
        dissolve_table(page);
    }
    flush_text(page);
    page->open = html_grid_new(page->line, page->builder);
    if (page->open == NULL)
        settle(page, ST_NOMEM);
}

static size_t span_attribute(const xmlChar **attributes, const char *name, size_t most)
{
    for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
        if (strcmp((const char *)attributes[0], name) != 0 || attributes[1] == NULL)
            continue;
        const char *value = (const char *)attributes[1];
        unsigned long n = *value >= '0' && *value <= '9' ? strtoul(value, NULL, 10) : 1;
        if (n == 0)
            n = strcmp(name, "rowspan") == 0 ? most : 1; /* to the table's end */
        return n < most ? n : most;
    }
    return 1;
}

static void begin_cell(struct html_page *page, const char *name, const xmlChar **attributes)
{
    end_cell(page);
    end_caption(page);
    if (!page->open->row_open)
        settle(page, html_grid_begin_row(page->open, page->line));
    buf_clear(&page->fragment);
    page->in_cell = true;
    page->cell =
        (struct html_cell){.n_rows = span_attribute(attributes, "rowspan", HTML_MAX_ROW_SPAN),
                           .n_columns = span_attribute(attributes, "colspan", HTML_MAX_COLUMN_SPAN),
                           .heading = strcmp(name, "th") == 0};
}

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool is_skipped(const char *name)
{
    return is_one_of(name, skipped, sizeof skipped / sizeof skipped[0]);
}

static bool is_heading(const char *name)
{
    return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

/* Passes a tag on that may matter to the layout of the text. */
static void add_tag(struct html_page *page, const char *name, bool closing)
{
    char tag[24];
    struct html_tag known;
    int n = snprintf(tag, sizeof tag, closing ? "</%s>" : "<%s>", name);
    if (n > 0 && (size_t)n < sizeof tag && html_read_tag(tag, (size_t)n, &known) &&
        known.kind != HTML_INLINE && known.kind != HTML_RAW)
        buf_adds(&page->fragment, tag);
}

/* Whether the tag is one of the innermost table, not of a table inside a cell. */
static bool starts_part_of_table(struct html_page *page, const char *name,
                                 const xmlChar **attributes)
{
    if (page->open == NULL || page->in_inner > 0)
        return false;
    if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0) {
        begin_cell(page, name, attributes);
        return true;
    }
    if (strcmp(name, "tr") == 0) {
        end_row(page);
        settle(page, html_grid_begin_row(page->open, page->line));
        return true;
    }
    if (strcmp(name, "caption") != 0)
        return false;
    end_cell(page);
    buf_clear(&page->fragment);
    page->in_caption = true;
    return true;
}

static void begin_title(struct html_page *page)
{
    flush_text(page);
    page->in_title = true;
}

static void begin_heading(struct html_page *page)
{
    flush_text(page);
    page->in_heading = true;
    page->text_line = page->line;
}

static void end_heading(struct html_page *page)
{
    struct buf lines = take_lines(page);
    page->in_heading = false;
    if (wants_text(page))
        settle(page, sections_begin(&page->sections, as_slice(&lines), page->text_line, 0));
    buf_release(&lines);
}

static void count_event(struct html_page *page)
{
    page->events++;
    page->line = (size_t)xmlSAX2GetLineNumber(page->parser);
}

static void on_start(void *context, const xmlChar *element, const xmlChar **attributes)
{
    struct html_page *page = context;
    const char *name = (const char *)element;
    count_event(page);
    if (page->status != ST_OK)
        return;
    if (++page->depth > HTML_MAX_DEPTH)
        refuse(page, _("elements nested too deep"));
    else if (is_skipped(name))
        page->in_skipped++;
    else if (strcmp(name, "table") == 0)
        begin_table(page);
    else if (!starts_part_of_table(page, name, attributes)) {
        if (strcmp(name, "title") == 0 && page->title.len == 0)
            begin_title(page);
        else if (is_heading(name) && !page->in_cell && !page->in_heading)
            begin_heading(page);
        else
            add_tag(page, name, false);
    }
    settle(page, ST_OK);
}

static void end_inner_table(struct html_page *page)
{
    page->in_inner--;
    buf_adds(&page->fragment, "</p>");
}

static void end_title(struct html_page *page)
{
    struct buf lines = take_lines(page);
    buf_append(&page->title, lines.data, lines.len);
    buf_release(&lines);
    page->in_title = false;
}

static bool ends_part_of_table(struct html_page *page, const char *name)
{
    if (page->open == NULL || page->in_inner > 0)
        return false;
    if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0)
        end_cell(page);
    else if (strcmp(name, "tr") == 0)
        end_row(page);
    else if (strcmp(name, "caption") == 0)
        end_caption(page);
    else
        return false;
    return true;
}

static void on_end(void *context, const xmlChar *element)
{
    struct html_page *page = context;
    const char *name = (const char *)element;
    count_event(page);
    if (page->status != ST_OK)
        return;
    page->depth -= page->depth > 0;
    if (is_skipped(name))
        page->in_skipped -= page->in_skipped > 0;
    else if (strcmp(name, "table") == 0 && page->in_inner > 0)
        end_inner_table(page);
    else if (strcmp(name, "table") == 0)
        end_table(page);
    else if (!ends_part_of_table(page, name)) {
        if (strcmp(name, "title") == 0 && page->in_title)
            end_title(page);
        else if (is_heading(name) && page->in_heading)
            end_heading(page);
        else
            add_tag(page, name, true);
    }
    settle(page, ST_OK);
}

static void on_text(void *context, const xmlChar *text, int n_bytes)
{
    struct html_page *page = context;
    count_event(page);
    bool between = page->open != NULL && !page->in_cell && !page->in_caption;
    if (page->status != ST_OK || page->in_skipped > 0 || between)
        return;
    if (!page->text_seen)
        page->text_line = page->line;
    page->text_seen = true;
    for (int i = 0; i < n_bytes; i++) {
        if (text[i] == '<')
            buf_adds(&page->fragment, "&lt;");
        else if (text[i] == '&')
            buf_adds(&page->fragment, "&amp;");
        else
            buf_addc(&page->fragment, (char)text[i]);
    }
    if (page->fragment.len > HTML_MAX_WAITING_BYTES)
        refuse(page, _("a page of too many bytes"));
    settle(page, ST_OK);
}

static void on_other(void *context, const xmlChar *text, int n_bytes)
{
    (void)text;
    (void)n_bytes;
    count_event(context);
}

static void on_comment(void *context, const xmlChar *text)
{
    (void)text;
    count_event(context);
}

void html_page_handlers(htmlSAXHandler *handlers)
{
    *handlers = (htmlSAXHandler){.startElement = on_start,
                                 .endElement = on_end,
                                 .characters = on_text,
                                 .ignorableWhitespace = on_text,
                                 .cdataBlock = on_other,
                                 .comment = on_comment};
}

void html_page_end(struct html_page *page)
{
    if (page->status != ST_OK)
        return;
    page->in_inner = 0;
    if (page->in_heading)
        end_heading(page);
    if (page->open != NULL)
        end_table(page);
    flush_text(page);
}
