/* The format html: the tables of a page, or its sections. What is a table: html_page.h; what cells
 * over several rows or columns say: grid.h. Interface: format.h. */
#include "corpus/format.h"

#include "corpus/html/html_page.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define CHUNK_BYTES (16U << 10)
#define MAX_TOKEN_BYTES (16U << 20) /* of a tag, comment or script */

struct html_source {
    struct row_source base;
    struct input *in;
    htmlSAXHandler handlers;
    struct html_page page;
    struct row_builder row;
    size_t n_quiet; /* bytes since the parser last told something */
    bool ended;
    bool told_left; /* of text beside the tables */
};

static enum status cannot_read(const struct html_source *source, const char *problem,
                               struct error *error)
{
    return error_set(error, ST_INPUT, _("'%s' cannot be read beyond line %zu: %s"),
                     source->in->path, source->page.line, problem);
}

static enum status page_status(const struct html_source *source, struct error *error)
{
    const struct html_page *page = &source->page;
    return page->status == ST_INPUT ? cannot_read(source, page->problem, error) : page->status;
}

static enum status read_chunk(struct html_source *source, struct error *error)
{
    struct input *in = source->in;
    struct html_page *page = &source->page;
    if (in->start == in->end && !in->eof) {
        enum status status = input_more(in, error);
        if (status != ST_OK)
            return status;
    }
    size_t n = in->end - in->start < CHUNK_BYTES ? in->end - in->start : CHUNK_BYTES;
    size_t events = page->events;
    if (n > 0) {
        htmlParseChunk(page->parser, in->data + in->start, (int)n, 0);
        in->start += n;
        source->n_quiet = page->events == events ? source->n_quiet + n : 0;
    } else if (in->eof) {
        htmlParseChunk(page->parser, "", 0, 1);
        html_page_end(page);
        source->ended = true;
    }
    if (page->status == ST_OK && source->n_quiet > MAX_TOKEN_BYTES)
        return cannot_read(source, _("a tag or text of too many bytes"), error);
    return page_status(source, error);
}

/* Tells that text of the page is left out. */
static void tell_left(struct html_source *source, struct row *row)
{
    source->told_left = true;
    *row = (struct row){.state = ROW_BROKEN,
                        .problem = _("text beside the tables is left out, from here on")};
    row->place.line = source->page.left_line;
    row->text = (struct span){"", 0};
}

static enum status give_table_row(struct html_source *source, struct row *row, bool *found,
                                  struct error *error)
{
    struct html_page *page = &source->page;
    if (page->first == NULL)
        return ST_OK;
    struct html_grid *grid = page->first;
    enum status status = html_grid_next(grid, row, found);
    if (status == ST_INPUT)
        return cannot_read(source, _("cells that span too much"), error);
    if (status != ST_OK || *found || !grid->closed)
        return status;
    if (grid->next == NULL)
        return ST_OK;
    page->first = grid->next;
    html_grid_free(grid);
    return give_table_row(source, row, found, error);
}

/* What follows the tables: the sections of a page without known ones. */
static enum status give_rest(struct html_source *source, struct row *row, bool *found)
{
    struct html_page *page = &source->page;
    if (!page->any_known)
        return sections_next(&page->sections, &source->row, row, found);
    *found = page->any_left && !source->told_left;
    if (*found)
        tell_left(source, row);
    return ST_OK;
}

static enum status html_next(struct row_source *base, struct row *row, bool *found,
                             struct error *error)
{
    struct html_source *source = (struct html_source *)base;
    enum status status = ST_OK;
    *found = false;
    for (;;) {
        status = give_table_row(source, row, found, error);
        if (status != ST_OK || *found)
            return status;
        if (source->ended)
            return give_rest(source, row, found);
        status = read_chunk(source, error);
        if (status != ST_OK)
            return status;
    }
}

static void html_close(struct row_source *base)
{
    struct html_source *source = (struct html_source *)base;
    html_page_release(&source->page);
    if (source->page.parser != NULL)
        htmlFreeParserCtxt(source->page.parser);
    row_builder_release(&source->row);
    free(source);
}

static const struct row_source_ops html_ops = {.next = html_next, .close = html_close};

static enum status html_open(struct input *in, const struct reader_options *options,
                             struct row_source **made, struct error *error)
{
    (void)error;
    struct html_source *source = calloc(1, sizeof *source);
    *made = NULL;
    if (source == NULL)
        return ST_NOMEM;
    source->base.ops = &html_ops;
    source->in = in;
    source->row = (struct row_builder)ROW_BUILDER_INIT;
    html_page_init(&source->page, &source->row, options->columns != NULL);
    html_page_handlers(&source->handlers);
    source->page.parser = htmlCreatePushParserCtxt(&source->handlers, &source->page, NULL, 0, NULL,
                                                   XML_CHAR_ENCODING_UTF8);
    if (source->page.parser == NULL) {
        html_close(&source->base);
        return ST_NOMEM;
    }
    /* The input is UTF-8 already, whatever the page says of itself. */
    htmlCtxtUseOptions(source->page.parser, HTML_PARSE_IGNORE_ENC | HTML_PARSE_NONET |
                                                HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    *made = &source->base;
    return ST_OK;
}

static size_t skip_space(const char *text, size_t n_bytes, size_t at)
{
    while (at < n_bytes && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0')
        at++;
    return at;
}

static bool starts_ignoring_case(const char *text, size_t n_bytes, const char *start)
{
    size_t n = strlen(start);
    return n_bytes >= n && strncasecmp(text, start, n) == 0;
}

static bool html_detect(const char *head, size_t n_bytes, bool whole)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head",  "<body",
                                         "<title",         "<meta", "<table", "<center"};
    (void)whole;
    size_t at = n_bytes >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (;;) {
        at = skip_space(head, n_bytes, at);
        const char *end = NULL;
        if (starts_ignoring_case(head + at, n_bytes - at, "<!--"))
            end = memmem(head + at, n_bytes - at, "-->", 3);
        else if (starts_ignoring_case(head + at, n_bytes - at, "<?xml"))
            end = memmem(head + at, n_bytes - at, "?>", 2);
        if (end == NULL)
            break;
        at = (size_t)(end - head) + (*end == '-' ? 3 : 2);
    }
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (starts_ignoring_case(head + at, n_bytes - at, starts[i]))
            return true;
    return false;
}

/* Finds charset=NAME in a meta element, as both forms of it write. */
static bool html_declared(const char *head, size_t n_bytes, char name[FORMAT_NAME_BYTES])
{
    for (size_t at = 0; at < n_bytes; at++) {
        if (!starts_ignoring_case(head + at, n_bytes - at, "<meta"))
            continue;
        const char *close = memchr(head + at, '>', n_bytes - at);
        size_t end = close != NULL ? (size_t)(close - head) : n_bytes;
        for (; at < end && !starts_ignoring_case(head + at, end - at, "charset"); at++)
            ;
        at = skip_space(head, end, at + strlen("charset"));
        if (at >= end || head[at] != '=')
            continue;
        at = skip_space(head, end, at + 1);
        at += at < end && (head[at] == '"' || head[at] == '\'');
        size_t n = 0;
        while (at + n < end && strchr(" \t\r\n\"';/>", head[at + n]) == NULL)
            n++;
        if (n == 0 || n >= FORMAT_NAME_BYTES)
            continue;
        memcpy(name, head + at, n);
        name[n] = '\0';
        return true;
    }
    return false;
}

const struct format format_html = {
    .name = "html",
    .endings = ".html .htm .xhtml",
    .text = true,
    .detect = html_detect,
    .declared = html_declared,
    .open = html_open,
};
