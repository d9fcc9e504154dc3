/* From the events of an HTML parser to tables and sections. Interface: html_page.h. */
#include "corpus/html/html_page.h"

#include "base/text.h"
#include "corpus/html/html_table.h"
#include "corpus/html/html_text.h"
#include "corpus/rows/html_tag.h"

#include <libxml/SAX2.h>
#include <stdio.h>
#include <string.h>

/* Elements whose content is none of the page's text: readings (ruby), and what does not show. */
static const char *const skipped[] = {"script", "style", "rt", "rp", "template", "noscript"};

void html_page_init(struct html_page *page, struct row_builder *builder, bool any_table_is_data)
{
    *page = (struct html_page){.builder = builder, .any_table_is_data = any_table_is_data};
    page->sections = (struct sections)SECTIONS_INIT;
    buf_init(&page->title);
    buf_init(&page->heading);
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
    buf_release(&page->heading);
    buf_release(&page->fragment);
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

static void begin_title(struct html_page *page)
{
    html_text_flush(page);
    page->in_title = true;
}

/* Whether a heading of a section begins here: in no cell, or in one of a table that only lays the
 * page out. */
static bool starts_section(const struct html_page *page, const char *name)
{
    const struct html_grid *grid = page->open;
    bool data = grid != NULL && (grid->taken || grid->known || grid->heading_row ||
                                 page->any_table_is_data || page->in_inner > 0);
    return is_heading(name) && !page->in_heading && !page->in_caption && !data;
}

static void begin_heading(struct html_page *page)
{
    if (page->open != NULL)
        html_table_look_through(page);
    html_text_flush(page);
    page->in_heading = true;
    page->text_line = page->line;
}

static void end_heading(struct html_page *page)
{
    struct buf lines = html_text_take(page);
    page->in_heading = false;
    buf_clear(&page->heading);
    for (size_t i = 0; i < lines.len; i++)
        buf_addc(&page->heading, lines.data[i] != '\n' ? lines.data[i] : ' ');
    if (html_text_is_wanted(page))
        html_page_settle(page,
                         sections_begin(&page->sections, buf_span(&lines), page->text_line, 0));
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
        html_page_refuse(page, _("elements nested too deep"));
    else if (is_skipped(name))
        page->in_skipped++;
    else if (strcmp(name, "table") == 0)
        html_table_begin(page);
    else if (strcmp(name, "dl") == 0)
        html_table_begin_list(page);
    else if (!html_table_starts(page, name, attributes)) {
        if (strcmp(name, "title") == 0 && page->title.len == 0)
            begin_title(page);
        else if (starts_section(page, name))
            begin_heading(page);
        else
            add_tag(page, name, false);
    }
    html_page_settle(page, ST_OK);
}

static void end_title(struct html_page *page)
{
    struct buf lines = html_text_take(page);
    buf_append(&page->title, lines.data, lines.len);
    buf_release(&lines);
    page->in_title = false;
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
    else if (strcmp(name, "table") == 0 || strcmp(name, "dl") == 0)
        html_table_end_either(page, *name == 'd');
    else if (!html_table_ends(page, name)) {
        if (strcmp(name, "title") == 0 && page->in_title)
            end_title(page);
        else if (is_heading(name) && page->in_heading)
            end_heading(page);
        else
            add_tag(page, name, true);
    }
    html_page_settle(page, ST_OK);
}

static void on_text(void *context, const xmlChar *text, int n_bytes)
{
    struct html_page *page = context;
    count_event(page);
    bool between = page->open != NULL && !page->in_cell && !page->in_caption;
    if (page->status != ST_OK || page->in_skipped > 0 ||
        (between && text_is_blank((const char *)text, (size_t)n_bytes)))
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
        html_page_refuse(page, _("a page of too many bytes"));
    html_page_settle(page, ST_OK);
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
        html_table_end(page);
    html_text_flush(page);
}
