/* The text of an HTML page outside of its tables. Interface to html_text.c. */
#ifndef HIKU_CORPUS_HTML_HTML_TEXT_H
#define HIKU_CORPUS_HTML_HTML_TEXT_H

#include "corpus/html/html_page.h"

#include <stdbool.h>
#include <stddef.h>

/* Notes STATUS, where it is the page's first that is not ST_OK; stops the parser then. */
void html_page_settle(struct html_page *page, enum status status);

/* Notes that the page cannot be read on; PROBLEM is translated. */
void html_page_refuse(struct html_page *page, const char *problem);

/* Whether the page's text is of use: not beside tables of known columns. */
bool html_text_is_wanted(const struct html_page *page);

/* Notes that TEXT from LINE is left out, if it says something. */
void html_text_note_left(struct html_page *page, struct span text, size_t line);

/* The fragment as lines of text, to be released; the fragment is empty afterwards. */
struct buf html_text_take(struct html_page *page);

/* Adds TEXT to the page's section, or notes that it is left out. */
void html_text_add(struct html_page *page, struct span text);

/* Does so with the text that was gathered outside of cells. */
void html_text_flush(struct html_page *page);

#endif
