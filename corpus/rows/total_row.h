/* Rows of totals and notes between and below the records of a table. */
#ifndef HIKU_CORPUS_ROWS_TOTAL_ROW_H
#define HIKU_CORPUS_ROWS_TOTAL_ROW_H

#include "corpus/rows/row.h"

/* Whether ROW adds up others: its first cell with a text is 計, 小計, 合計 or the like,
 * letter-spaced or not, and the others are numbers or empty. */
bool is_total_row(const struct row *row);

/* Whether ROW says something about the table: its first cell alone has a text, which begins with ※,
 * （注） or 注. */
bool is_note_row(const struct row *row);

#endif
