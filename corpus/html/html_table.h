/* The tables and lists of terms of an HTML page. Interface to html_table.c. */
#ifndef HIKU_CORPUS_HTML_HTML_TABLE_H
#define HIKU_CORPUS_HTML_HTML_TABLE_H

#include "corpus/html/html_page.h"

#include <stdbool.h>

/* Begins a table, maybe inside a table. */
void html_table_begin(struct html_page *page);

/* Begins a list of terms. One in a cell or inside another is a part of its text. */
void html_table_begin_list(struct html_page *page);

/* Ends a table, or a LIST of terms. */
void html_table_end_either(struct html_page *page, bool list);

/* Ends the open table with all that is open in it. */
void html_table_end(struct html_page *page);

/* The open table only lays the page out: what stood in it is text, and so is what follows. */
void html_table_look_through(struct html_page *page);

/* Whether the tag NAME begins or ends a part of the innermost table, not of a table inside a cell;
 * does so then. */
bool html_table_starts(struct html_page *page, const char *name, const xmlChar **attributes);
bool html_table_ends(struct html_page *page, const char *name);

#endif
