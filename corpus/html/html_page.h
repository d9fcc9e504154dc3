/* From the events of an HTML parser to tables and sections. Interface to html_page.c.
 *
 * A table is one of data when a row of it names known columns, or when the user named the columns;
 * two rows and two columns are the least. Other tables are, of three rows and more, when a row has
 * headings (th) only, or when the rows are alike and have three cells and more; their columns are
 * guessed. Beside a table of known columns any with headings is. A list of terms (dl) is read as a
 * table whose rows begin with a heading. Whatever else stands in a table is text of the page: a
 * table that only lays the page out, with tables or headings of sections inside, is looked through.
 * Inside a table of data another one is text of its cell.
 *
 * A page without a table of known columns is cut into sections at its headings (h1 to h6). Beside
 * such a table the page's text is left out, and told of where it is more than a few words. */
#ifndef HIKU_CORPUS_HTML_HTML_PAGE_H
#define HIKU_CORPUS_HTML_HTML_PAGE_H

#include "corpus/html/html_grid.h"
#include "corpus/rows/sections.h"

#include <libxml/HTMLparser.h>
#include <stdbool.h>
#include <stddef.h>

#define HTML_MAX_DEPTH 512 /* elements inside one another; pages have dozens */
#define HTML_MAX_WAITING_BYTES                                                                     \
    (64U << 20) /* of a table or of a page's text, before its kind is known */

struct html_page {
    htmlParserCtxtPtr parser;    /* borrowed */
    struct row_builder *builder; /* borrowed */
    struct html_grid *open;  /* the tables inside one another that may be of data; the innermost */
    struct html_grid *first; /* tables of data, in the order of the page */
    struct html_grid *last;
    size_t in_inner;   /* tables inside a cell of a table of data */
    size_t in_skipped; /* elements whose content is no text */
    size_t depth;
    size_t events;
    size_t line;       /* of the last event */
    size_t text_line;  /* where the text that is gathered begins */
    size_t table_line; /* of the first table with headings that became text; 0: none did */
    size_t left_line;  /* of the first text that says something and is left out */
    struct sections sections;
    struct buf title;      /* of the page */
    struct buf heading;    /* the last one */
    struct buf fragment;   /* HTML of what is being gathered: a cell, caption, heading or text */
    struct html_cell cell; /* that is being gathered */
    const char *problem;   /* translated, when the status is ST_INPUT */
    enum status status;
    bool any_table_is_data; /* the user named the columns */
    bool any_known;         /* one of the tables of data is by its names, or by the user's */
    bool any_left;          /* left_line is set */
    bool text_seen;
    bool in_cell;
    bool in_caption;
    bool in_heading;
    bool in_title;
};

void html_page_init(struct html_page *page, struct row_builder *builder, bool any_table_is_data);
void html_page_release(struct html_page *page);

/* The handlers that a parser whose user data is the page is to be given. */
void html_page_handlers(htmlSAXHandler *handlers);

/* Ends the page: closes what is open. Sets page->status. */
void html_page_end(struct html_page *page);

#endif
