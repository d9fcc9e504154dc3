/* Quoted cells of comma-separated tables. Interface to quotes.c. */
#ifndef HIKU_CORPUS_TEXT_QUOTES_H
#define HIKU_CORPUS_TEXT_QUOTES_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum quotes_state {
    QUOTES_MORE,   /* the row goes on after the text */
    QUOTES_GOOD,   /* a whole row */
    QUOTES_STRAY,  /* a whole row with text after a closing quote */
    QUOTES_BROKEN, /* a quote that closes on another line, in the middle of text */
    QUOTES_OPEN    /* a quote that is never closed */
};

struct quotes_row {
    enum quotes_state state;
    size_t len;    /* of the row without its line end; a broken or open one is taken to the end of
                      the line in which the quote opens, so that the next line is read anew */
    size_t n_ends; /* line ends inside the row */
};

/* Whether the character ends a line; CR does not where CR_ENDS is false. */
static inline bool quotes_is_end(char c, bool cr_ends)
{
    return c == '\n' || (cr_ends && c == '\r');
}

/* Finds the end of the row that TEXT starts with. LAST: nothing comes after TEXT. */
struct quotes_row quotes_find_end(const char *text, size_t n_bytes, char delimiter, bool cr_ends,
                                  bool last);

/* The same for a table cut by tabs, where quotes may as well be text. A cell is in quotes when a
 * quote begins it, another ends it, those between are doubled, and it holds a tab, line ends, a
 * comma or a doubled quote, or ALWAYS is set; tabs and line ends together it does not hold. Other
 * quotes are text. The row is whole, or goes on after the text. */
struct quotes_row quotes_find_end_of_tabs(const char *text, size_t n_bytes, bool cr_ends,
                                          bool always, bool last);

/* Appends the content of the cell that TEXT, a whole row's rest, starts with to OUT; returns the
 * cell's length in TEXT. ALWAYS as above, for a DELIMITER that is a tab. */
size_t quotes_unquote(const char *text, size_t n_bytes, char delimiter, bool always,
                      struct buf *out);

#endif
