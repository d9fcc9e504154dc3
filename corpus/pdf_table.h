/* A table rebuilt from the places of its words. Interface to pdf_table.c.
 *
 * The heading line, which names known columns, says how many columns there are; the blank between
 * two of them is the widest that no word below crosses, on any page, from the middle of one name to
 * the middle of the next. A first column without a name is found the same way. A row has at most
 * one number in its first column; where two numbers meet, the rows part at the widest blank between
 * them. What stands above the first number of a page, apart from it, goes on with the last row
 * of the page before. */
#ifndef HIKU_CORPUS_PDF_TABLE_H
#define HIKU_CORPUS_PDF_TABLE_H

#include "corpus/pdf_words.h"
#include "corpus/row_builder.h"

#include <stdbool.h>
#include <stddef.h>

#define PDF_MAX_COLUMNS 64

/* Words that stand on one line. */
struct pdf_line {
    size_t first; /* word */
    size_t n;
    float top, bottom;
    size_t page;
};

struct pdf_table {
    struct pdf_words *words; /* sorted by line, then from left to right */
    struct pdf_line *lines;
    size_t n_lines;
    float bounds[PDF_MAX_COLUMNS]; /* right ends of the columns but the last */
    size_t n_columns;              /* 0: there is no table */
    size_t first_line;             /* the heading */
    bool numbered;                 /* the first column holds numbers */
    bool after_heading;            /* the last row given was a heading */
    size_t next;                   /* line to be given */
};

/* Sorts the words into lines and looks for a table. ST_OK or ST_NOMEM. */
enum status pdf_table_find(struct pdf_table *table, struct pdf_words *words);
void pdf_table_release(struct pdf_table *table);

/* Gives the next row of the table; *FOUND is false at the end. ST_OK or ST_NOMEM. */
enum status pdf_table_next(struct pdf_table *table, struct row_builder *builder, struct row *row,
                           bool *found);

/* Appends the text of a line, with blanks where words stand apart. */
void pdf_line_text(const struct pdf_table *table, const struct pdf_line *line, struct buf *out);

#endif
