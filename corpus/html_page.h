/* From the events of an HTML parser to tables and sections. Interface to html_page.c.
 *
 * A table is one of data when a row of it names known columns, or when the user named the columns;
 * two rows and two columns are the least. Once a page has such a table, other tables with headings
 * (th) are given too. Whatever else stands in a table is text of the page: a table that only lays
 * the page out, with tables inside, is looked through. Inside a table of data another one is text
 * of its cell. A page without a table of data is cut into sections at its headings (h1 to h6). */
#ifndef HIKU_CORPUS_HTML_PAGE_H
#define HIKU_CORPUS_HTML_PAGE_H

#include "corpus/html_grid.h"
#include "corpus/sections.h"

#include <libxml/HTMLparser.h>
#include <stdbool.h>
#include <stddef.h>

#define HTML_MAX_DEPTH 512 /* elements inside one another; pages have dozens */
#define HTML_MAX_WAITING_BYTES                                                                     \
    (64U << 20) /* of a table or of a page's text, before its kind is known */

struct html_page {
    htmlParserCtxtPtr parser;    /* borrowed */
    bool any_table_is_data;      /* the user named the columns */
    struct row_builder *builder; /* borrowed */
    struct html_grid *open;  /* the tables inside one another that may be of data; the innermost */
    struct html_grid *first; /* tables of data, in the order of the page */
    struct html_grid *last;
    struct sections sections;
    struct buf title;      /* of the page */
    struct buf fragment;   /* HTML of what is being gathered: a cell, caption, heading or text */
    struct html_cell cell; /* that is being gathered */
    bool in_cell;
    bool in_caption;
    bool in_heading;
    bool in_title;
    size_t in_inner;   /* tables inside a cell of a table of data */
    size_t in_skipped; /* elements whose content is no text */
    size_t depth;
    size_t line;      /* of the last event */
    size_t text_line; /* where the text that is gathered begins */
    bool text_seen;
    size_t n_left;    /* tables with headings that came before the first of data */
    size_t left_line; /* of the first of them */
    enum status status;
    const char *problem; /* translated, when that is ST_INPUT */
    size_t events;
};

void html_page_init(struct html_page *page, struct row_builder *builder, bool any_table_is_data);
void html_page_release(struct html_page *page);

/* The handlers that a parser whose user data is the page is to be given. */
void html_page_handlers(htmlSAXHandler *handlers);

/* Ends the page: closes what is open. Sets page->status. */
void html_page_end(struct html_page *page);

#endif
