/* What columns are by what is in them, where their names do not tell. Interface to column_guess.c.
 */
#ifndef HIKU_CORPUS_TABLE_COLUMN_GUESS_H
#define HIKU_CORPUS_TABLE_COLUMN_GUESS_H

#include "base/error.h"
#include "corpus/rows/row.h"
#include "corpus/table/columns.h"

#include <stdbool.h>
#include <stddef.h>

enum text_kind { TEXT_EMPTY, TEXT_NUMBER, TEXT_ADDRESS, TEXT_WORDS };

/* What a cell holds: a number, date, time or code; an address of the web or mail; or words. */
enum text_kind text_kind_of(struct span cell);

/* Gives the date, title and body of COLUMNS, where none has the role, to columns by the cells of
 * SAMPLE, N rows: the date to the first column of dates; the title to the first column of words
 * that differ from row to row, those called a name first; the body to the column of the longest
 * words. Where there are no words at all, the first column with a text is the title. A first column
 * without a name is the id where it holds a number of its own in each row. ST_OK or ST_NOMEM. */
enum status columns_guess(struct columns *columns, const struct row *const *sample, size_t n);

#endif
