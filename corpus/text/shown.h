/* What a spreadsheet program shows of a cell of text. Interface to shown.c. */
#ifndef HIKU_CORPUS_TEXT_SHOWN_H
#define HIKU_CORPUS_TEXT_SHOWN_H

#include "corpus/rows/sink.h"

/* The text that ="0123" is, as systems write it to keep zeros; and, without its apostrophe, '0123,
 * '=A or '-1, which programs write for the same reason. Any other CELL as it is. Borrowed from
 * CELL.
 */
struct span cell_as_shown(struct span cell);

#endif
