/* A table cell's content as plain text. */
#ifndef HIKU_CORPUS_ROWS_CELL_H
#define HIKU_CORPUS_ROWS_CELL_H

#include "base/buf.h"
#include "base/error.h"

#include <stddef.h>

/* Appends the text of CELL (valid UTF-8) to OUT. A cell that holds a tag of HTML or a comment is
 * read as HTML; any other is taken as it is. In both, headings in 【】 and bullets that follow
 * white space start lines of their own. No line is empty or has blanks at its ends; no newline
 * ends the text; tabs are blanks; other control characters are left out. Takes time in
 * proportion to N_BYTES. ST_OK or ST_NOMEM. */
enum status cell_to_text(const char *cell, size_t n_bytes, struct buf *out);

/* The same with the lines joined by one blank: for titles, dates, numbers and names. */
enum status cell_to_line(const char *cell, size_t n_bytes, struct buf *out);

#endif
