/* Telling a table from a text: whether a row looks like a heading line. */
#ifndef HIKU_CORPUS_TABLE_KNOWN_HEADING_H
#define HIKU_CORPUS_TABLE_KNOWN_HEADING_H

#include "base/error.h"
#include "corpus/rows/sink.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether these cells are a heading line by the usual names of its columns: *KNOWN. ST_OK or
 * ST_NOMEM. */
enum status is_known_heading(const struct span *cells, size_t n_cells, bool *known);

#endif
