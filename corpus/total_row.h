/* Rows of totals between the records of a table. */
#ifndef HIKU_CORPUS_TOTAL_ROW_H
#define HIKU_CORPUS_TOTAL_ROW_H

#include "corpus/row.h"

/* Whether ROW adds up others: its first cell with a text is 計, 小計, 合計 or the like,
 * letter-spaced or not, and the others are numbers or empty. */
bool is_total_row(const struct row *row);

#endif
