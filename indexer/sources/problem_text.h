/* Where in its source a problem is. Interface to problem_text.c. */
#ifndef HIKU_INDEXER_SOURCES_PROBLEM_TEXT_H
#define HIKU_INDEXER_SOURCES_PROBLEM_TEXT_H

#include "base/buf.h"
#include "corpus/reader.h"

/* Appends PROBLEM, translated, behind the page and the sheet or table that PLACE names; its line
 * stands elsewhere. */
void problem_text(struct buf *out, const struct place *place, const char *problem);

#endif
