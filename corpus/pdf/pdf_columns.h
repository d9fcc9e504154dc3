/* The columns of a table by the places of its words. Interface to pdf_columns.c. */
#ifndef HIKU_CORPUS_PDF_PDF_COLUMNS_H
#define HIKU_CORPUS_PDF_PDF_COLUMNS_H

#include "corpus/pdf/pdf_layout.h"

/* A name in a heading line, in points from the page's left. */
struct pdf_name {
    float left, right;
};

float pdf_name_middle(const struct pdf_name *name);

/* Cuts LINE into names where words are more than GAP of their heights apart; returns how many, 0
 * where they are too many. */
size_t pdf_cut_names(const struct pdf_lines *lines, const struct pdf_line *line, float gap,
                     struct pdf_name names[PDF_MAX_COLUMNS]);

/* Cuts LINE into the names of known columns; *N is 0 when it is no heading line. ST_OK or
 * ST_NOMEM. */
enum status pdf_heading_names(const struct pdf_lines *lines, size_t line,
                              struct pdf_name names[PDF_MAX_COLUMNS], size_t *n);

/* The columns in which the words of the lines FROM to END stand, by the blanks between them. ST_OK
 * or ST_NOMEM. */
enum status pdf_columns_of_words(const struct pdf_lines *lines, size_t from, size_t end,
                                 struct pdf_name columns[PDF_MAX_COLUMNS], size_t *n);

/* How far the names stand from the columns of words below them, N of each from left to right;
 * INFINITY where one stands over another column than its own. */
float pdf_names_distance(const struct pdf_name *names, const struct pdf_name *columns, size_t n);

/* Sets the bounds of TABLE's columns by the words of its lines, its heading having these N names.
 * ST_OK or ST_NOMEM. */
enum status pdf_columns_find(const struct pdf_lines *lines, struct pdf_block *table,
                             const struct pdf_name *names, size_t n);

#endif
