/* The year that a title speaks of: 令和5年度 事務事業評価シート. Interface to year_in_text.c. */
#ifndef HIKU_CORPUS_ROWS_YEAR_IN_TEXT_H
#define HIKU_CORPUS_ROWS_YEAR_IN_TEXT_H

#include "corpus/rows/sink.h"

#include <stdbool.h>

/* Finds the first year that TEXT names, of an era or of four digits: 令和5年度, 2023年, Ｒ５年度;
 * not the year of a day, 令和5年3月1日. *YEAR is that part of it. */
bool year_find(struct span text, struct span *year);

#endif
