/* Headings of two rows in a PDF file. Interface to pdf_heading.c.
 *
 * The lower row holds the names by which the heading was found. The lines close above it are its
 * upper row, when each of their names stands over some of those names, as that of a group, or
 * beside all of them, as that of one more column. It is that of a column too between two of them,
 * where the words below stand in a column more. */
#ifndef HIKU_CORPUS_PDF_PDF_HEADING_H
#define HIKU_CORPUS_PDF_PDF_HEADING_H

#include "base/buf.h"
#include "corpus/pdf/pdf_columns.h"

/* Finds the upper row above TABLE's heading, which has the N names NAMES: sets table->upper to its
 * first line (the heading where there is none) and puts the names of its other columns among NAMES.
 * ST_OK or ST_NOMEM. */
enum status pdf_heading_find_upper(const struct pdf_lines *lines, struct pdf_block *table,
                                   struct pdf_name names[PDF_MAX_COLUMNS], size_t *n);

/* The line that holds the lower row of the heading of which LINE, whose names are known ones, is
 * the upper row or a part of it: *LOWER; LINE itself when it is the lower row. *KNOWN: the names
 * there are known ones too. ST_OK or ST_NOMEM. */
enum status pdf_heading_find_lower(const struct pdf_lines *lines, size_t line, size_t *lower,
                                   bool *known);

/* The names of the lower row of a heading, known ones or not. ST_OK or ST_NOMEM. */
enum status pdf_heading_lower_names(const struct pdf_lines *lines, size_t lower,
                                    struct pdf_name names[PDF_MAX_COLUMNS], size_t *n);

/* Whether the upper row of TABLE's heading begins on line AT, here or on another page. */
bool pdf_heading_is_upper(const struct pdf_lines *lines, const struct pdf_block *table, size_t at);

/* Appends the name that the upper row has for the column between two places, or for a group of
 * columns with that one in it; nothing where it has none. AT: the row's first line. ST_OK or
 * ST_NOMEM. */
enum status pdf_heading_upper_cell(const struct pdf_lines *lines, const struct pdf_block *table,
                                   size_t at, float from, float to, struct buf *cell);

#endif
