/* The part of a text that shows why it matches. */
#ifndef HIKU_SEARCH_RESULTS_SNIPPET_H
#define HIKU_SEARCH_RESULTS_SNIPPET_H

#include "base/buf.h"
#include "base/error.h"
#include "search/hiku.h"

/* A snippet holds about this many characters of text. */
#define SNIPPET_CHARS 120

/* Chooses from TEXT, valid UTF-8, the sentences and bullets with the most
 * different matches, the 【heading】 above them first, in the text's order, and writes them to OUT
 * joined by blanks; "…" stands where something is left out. A sentence that is too long is cut
 * around its match. *OUT_RANGES: the highlights in OUT, owned by the caller. Without highlights it
 * is the beginning of the text. ST_OK, ST_NOMEM. */
enum status snippet_make(const struct hiku_text *text, size_t max_chars, struct buf *out,
                         struct hiku_range **out_ranges, size_t *n_out);

#endif
