/* Text for the eye: display widths, cutting and wrapping, and nothing that could steer a terminal.
 */
#ifndef HIKU_SEARCH_WRITE_DISPLAY_H
#define HIKU_SEARCH_WRITE_DISPLAY_H

#include "base/buf.h"
#include "search/hiku.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct display {
    bool color;          /* mark highlights with escape sequences */
    bool wide_ambiguous; /* ※, ○, Ⅰ … take two columns, as in fonts made for Japanese */
};

/* The character to show for CP: a blank for a line end or tab, U+FFFD for other control characters
 * and for those that turn the direction of the text (U+202A–202E, U+2066–2069). */
uint32_t display_safe(uint32_t cp);

/* Columns that TEXT takes once made safe. */
size_t display_width(const char *text, size_t n_bytes, const struct display *display);

/* Appends TEXT made safe; display_add_lines keeps line ends, and indents each further line by
 * INDENT blanks. */
void display_add(struct buf *out, const char *text, size_t n_bytes);
void display_add_lines(struct buf *out, const char *text, size_t n_bytes, size_t indent);

/* Appends the days of a date, YYYY-MM-DD, as ISO 8601 writes a period: 2019-06-01/2020-03-31; an
 * end that is not known as .. (ISO 8601-2). LAST may be empty. */
void display_add_days(struct buf *out, const char *first, const char *last);

/* Appends RECORD's date as published, with its days in brackets where they say more:
 * 令和元年7月8日 (2019-07-08); or whichever of the two there is. */
void display_add_date(struct buf *out, const struct hiku_record *record);

void display_pad(struct buf *out, size_t n_columns);

/* Appends TEXT and blanks up to N_COLUMNS. */
void display_add_padded(struct buf *out, const char *text, size_t n_columns,
                        const struct display *display);

/* Appends the bytes [START, END) of TEXT made safe, with its highlights when DISPLAY has colour.
 * Line ends are kept where KEEP_LINES is set. */
void display_add_marked(struct buf *out, const struct hiku_text *text, size_t start, size_t end,
                        bool keep_lines, const struct display *display);

/* Appends TEXT on one line of at most N_COLUMNS. When it is longer … stands for its end, and for
 * its beginning too where its first match would not be seen otherwise. Returns the columns used. */
size_t display_add_cut(struct buf *out, const struct hiku_text *text, size_t n_columns,
                       const struct display *display);

/* Appends TEXT from byte FROM as at most MAX_LINES lines of at most N_COLUMNS, each indented by
 * INDENT and ended with a line end; the last ends in … when there is more. Lines neither begin with
 * closing marks nor end with opening ones, and ASCII words stay whole, where that is possible. */
void display_add_wrapped(struct buf *out, const struct hiku_text *text, size_t indent,
                         size_t n_columns, size_t max_lines, const struct display *display);

#endif
