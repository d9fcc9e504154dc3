/* The tables and lists of terms of an HTML page. Interface: html_table.h. */
#include "corpus/html/html_table.h"

#include "corpus/html/html_text.h"
#include "corpus/rows/cell_html.h"

#include <stdlib.h>
#include <string.h>

#define STREAM_ROWS 200 /* a table of data this long is given while it is read */
#define FEWEST 2        /* rows and columns of a table of data */
#define FEWEST_ROWS 3   /* of one whose columns are not known */

/* Text that would be read as HTML again stays escaped HTML. */
static void keep_lookalikes(struct buf *lines)
{
    struct buf escaped = BUF_INIT;
    if (!cell_holds_html(lines->data, lines->len))
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
    struct buf lines = html_text_take(page);
    keep_lookalikes(&lines);
    enum status status = ST_OK;
    if (page->open->is_list && page->open->last->n > 1)
        html_grid_extend(page->open, buf_span(&lines));
    else
        status = html_grid_add(page->open, page->cell, buf_span(&lines));
    html_page_settle(page, lines.failed ? ST_NOMEM : status);
    buf_release(&lines);
    page->in_cell = false;
    if (page->open->n_bytes > HTML_MAX_WAITING_BYTES)
        html_page_refuse(page, _("a table or row of too many bytes"));
}

static void end_caption(struct html_page *page)
{
    if (!page->in_caption)
        return;
    struct buf lines = html_text_take(page);
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
    grid->by_form = !grid->known && !page->any_table_is_data;
    if (!grid->by_form && html_text_is_wanted(page)) {
        size_t line = page->sections.n > 0 ? page->sections.items[0].line : 0;
        html_text_note_left(page, buf_span(&page->sections.text), line);
        if (page->table_line > 0 && !page->any_left)
            page->left_line = page->table_line;
        page->any_left = page->any_left || page->table_line > 0;
        sections_clear(&page->sections);
        page->any_known = true;
    }
    if (page->last != NULL)
        page->last->next = grid;
    else
        page->first = grid;
    page->last = grid;
}

/* Whether the open table is one of data. CLOSED: all its rows are there. */
static bool is_data(const struct html_page *page, const struct html_grid *grid, bool closed)
{
    if (grid->taken)
        return true;
    if (grid->n_rows < FEWEST || grid->widest < FEWEST)
        return false;
    if (grid->known || grid->is_form || page->any_table_is_data ||
        (grid->any_heading && page->any_known))
        return true;
    return (grid->heading_row && grid->n_rows >= FEWEST_ROWS) ||
           (closed && html_grid_is_regular(grid));
}

static void end_row(struct html_page *page)
{
    end_cell(page);
    html_page_settle(page, html_grid_end_row(page->open));
    if (page->open->n_rows >= STREAM_ROWS && !page->open->taken &&
        is_data(page, page->open, page->open->n_rows % STREAM_ROWS == 0))
        take_table(page);
}

/* A table that is none of data becomes text. */
static void dissolve_table(struct html_page *page)
{
    struct html_grid *grid = page->open;
    struct buf text = BUF_INIT;
    bool tabular = grid->any_heading && grid->n_rows >= FEWEST && grid->widest >= FEWEST;
    if (tabular && page->table_line == 0)
        page->table_line = grid->line;
    html_grid_to_text(grid, &text);
    page->open = NULL;
    html_grid_free(grid);
    page->text_line = page->line;
    html_text_add(page, buf_span(&text));
    buf_release(&text);
}

void html_table_end(struct html_page *page)
{
    struct html_grid *grid = page->open;
    if (grid == NULL)
        return;
    end_caption(page);
    end_row(page);
    if (page->status == ST_OK && !grid->taken)
        html_page_settle(page, html_grid_turn(grid, page->any_known || page->any_table_is_data));
    if (page->status == ST_OK && !grid->taken && !grid->known && !grid->is_list)
        html_page_settle(page, html_grid_look_for_form(grid));
    if (page->status == ST_OK && is_data(page, grid, true)) {
        take_table(page);
        grid->closed = true;
        page->open = NULL;
    } else {
        dissolve_table(page);
    }
}

void html_table_look_through(struct html_page *page)
{
    end_cell(page);
    html_page_settle(page, html_grid_end_row(page->open));
    dissolve_table(page);
}

void html_table_begin(struct html_page *page)
{
    struct html_grid *outer = page->open;
    if (outer != NULL && !outer->is_list && (outer->known || is_data(page, outer, false))) {
        take_table(page);
        page->in_inner++;
        buf_adds(&page->fragment, "<p>");
        return;
    }
    if (outer != NULL)
        html_table_look_through(page);
    html_text_flush(page);
    page->open = html_grid_new(page->line, page->builder);
    if (page->open == NULL) {
        html_page_settle(page, ST_NOMEM);
        return;
    }
    buf_append(&page->open->heading, page->heading.data, page->heading.len);
}

void html_table_begin_list(struct html_page *page)
{
    if (page->open != NULL) {
        page->in_inner += page->open->is_list;
        buf_adds(&page->fragment, "<p>");
        return;
    }
    html_table_begin(page);
    if (page->open != NULL)
        page->open->is_list = true;
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

/* A term of a list, or what is said of it. */
static void begin_item(struct html_page *page, const char *name)
{
    bool term = strcmp(name, "dt") == 0;
    end_cell(page);
    if (term)
        end_row(page);
    if (term || !page->open->row_open)
        html_page_settle(page, html_grid_begin_row(page->open, page->line));
    html_text_flush(page); /* what stands between cells */
    page->in_cell = page->status == ST_OK;
    page->cell = (struct html_cell){.n_rows = 1, .n_columns = 1, .heading = term};
}

static void begin_cell(struct html_page *page, const char *name, const xmlChar **attributes)
{
    end_cell(page);
    end_caption(page);
    if (!page->open->row_open)
        html_page_settle(page, html_grid_begin_row(page->open, page->line));
    html_text_flush(page); /* what stands between cells */
    page->in_cell = true;
    page->cell =
        (struct html_cell){.n_rows = span_attribute(attributes, "rowspan", HTML_MAX_ROW_SPAN),
                           .n_columns = span_attribute(attributes, "colspan", HTML_MAX_COLUMN_SPAN),
                           .heading = strcmp(name, "th") == 0};
}

bool html_table_starts(struct html_page *page, const char *name, const xmlChar **attributes)
{
    if (page->open == NULL || page->in_inner > 0)
        return false;
    if (page->open->is_list) {
        bool item = strcmp(name, "dt") == 0 || strcmp(name, "dd") == 0;
        if (item)
            begin_item(page, name);
        return item;
    }
    if (strcmp(name, "td") == 0 || strcmp(name, "th") == 0) {
        begin_cell(page, name, attributes);
        return true;
    }
    if (strcmp(name, "tr") == 0) {
        end_row(page);
        html_page_settle(page, html_grid_begin_row(page->open, page->line));
        return true;
    }
    if (strcmp(name, "caption") != 0)
        return false;
    end_cell(page);
    html_text_flush(page); /* what stands between cells */
    page->in_caption = true;
    return true;
}

static void end_inner_table(struct html_page *page)
{
    page->in_inner--;
    buf_adds(&page->fragment, "</p>");
}

void html_table_end_either(struct html_page *page, bool list)
{
    bool own = page->open != NULL && page->open->is_list == list;
    if (page->in_inner > 0 && (!list || own))
        end_inner_table(page);
    else if (own)
        html_table_end(page);
    else if (list)
        buf_adds(&page->fragment, "</p>");
}

bool html_table_ends(struct html_page *page, const char *name)
{
    if (page->open == NULL || page->in_inner > 0)
        return false;
    if (page->open->is_list) {
        bool item = strcmp(name, "dt") == 0 || strcmp(name, "dd") == 0;
        if (item)
            end_cell(page);
        return item;
    }
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
