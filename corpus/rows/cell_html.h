/* Fragments of HTML, as they stand in table cells, as lines of text.
 *
 * Only tags of elements that HTML knows are markup. Whatever else starts with < (<協働>, a < b,
 * <<強調>>) is text and stays, which a parser of whole documents would take away. Nesting does not
 * matter to the text, so none is kept: no depth is too deep, and time grows with the length. */
#ifndef HIKU_CORPUS_ROWS_CELL_HTML_H
#define HIKU_CORPUS_ROWS_CELL_HTML_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether TEXT holds a tag of an HTML element or a comment. */
bool cell_holds_html(const char *text, size_t n_bytes);

/* Appends TEXT's content to OUT (whose `failed` tells when memory ran out): block elements on lines
 * of their own, list items marked by ・ where they have no bullet, entities decoded, runs of
 * white space as one blank. Scripts, styles and comments are left out. */
void cell_html_to_lines(const char *text, size_t n_bytes, struct buf *out);

#endif
