/* The text of an HTML page outside of its tables. Interface: html_text.h. */
#include "corpus/html/html_text.h"

#include "corpus/rows/cell_html.h"

#include <string.h>

#define PROSE_BYTES 60 /* of a text that says something: some twenty characters, with a 。 */

void html_page_settle(struct html_page *page, enum status status)
{
    if (page->fragment.failed || page->sections.text.failed || page->title.failed ||
        page->heading.failed)
        status = ST_NOMEM;
    if (page->status == ST_OK)
        page->status = status;
    if (page->status != ST_OK)
        xmlStopParser(page->parser);
}

void html_page_refuse(struct html_page *page, const char *problem)
{
    page->problem = problem;
    html_page_settle(page, ST_INPUT);
}

bool html_text_is_wanted(const struct html_page *page)
{
    return !page->any_known;
}

void html_text_note_left(struct html_page *page, struct span text, size_t line)
{
    bool prose = text.len >= PROSE_BYTES && memmem(text.data, text.len, "。", 3) != NULL;
    if (prose && !page->any_left)
        page->left_line = line;
    page->any_left = page->any_left || prose;
}

struct buf html_text_take(struct html_page *page)
{
    struct buf lines = BUF_INIT;
    cell_html_to_lines(page->fragment.data, page->fragment.len, &lines);
    while (lines.len > 0 && lines.data[lines.len - 1] == '\n')
        lines.data[--lines.len] = '\0';
    buf_clear(&page->fragment);
    page->text_seen = false;
    return lines;
}

void html_text_add(struct html_page *page, struct span text)
{
    struct sections *sections = &page->sections;
    if (!html_text_is_wanted(page))
        html_text_note_left(page, text, page->text_line);
    if (!html_text_is_wanted(page) || text.len == 0)
        return;
    if (sections->n == 0)
        html_page_settle(page,
                         sections_begin(sections, buf_span(&page->title), page->text_line, 0));
    if (sections->text.len + text.len > HTML_MAX_WAITING_BYTES) {
        html_page_refuse(page, _("a page of too many bytes"));
        return;
    }
    buf_append(&sections->text, text.data, text.len);
    buf_addc(&sections->text, '\n');
    html_page_settle(page, ST_OK);
}

void html_text_flush(struct html_page *page)
{
    struct buf lines = html_text_take(page);
    html_text_add(page, buf_span(&lines));
    html_page_settle(page, lines.failed ? ST_NOMEM : ST_OK);
    buf_release(&lines);
}
