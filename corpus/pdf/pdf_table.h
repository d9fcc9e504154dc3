/* The rows of the tables of a PDF file, and the texts of its other pages. Interface to pdf_table.c.
 *
 * A row has at most one number in its first column; where two numbers meet, the rows part at the
 * widest blank between them. What stands above the first number of a page, apart from it, goes on
 * with the last row of the page before. */
#ifndef HIKU_CORPUS_PDF_PDF_TABLE_H
#define HIKU_CORPUS_PDF_PDF_TABLE_H

#include "corpus/pdf/pdf_layout.h"
#include "corpus/rows/row_builder.h"

#include <stdbool.h>
#include <stddef.h>

struct pdf_table {
    struct pdf_lines lines;
    struct pdf_layout layout;
    size_t block;       /* that the next row is of */
    size_t begun;       /* number from 1 of the last block that gave a row; 0: none */
    size_t next;        /* line to be given */
    bool after_heading; /* the last row given was a heading */
};

/* Sorts the words into lines and finds the tables. Release in any case. ST_OK or ST_NOMEM. */
enum status pdf_table_find(struct pdf_table *table, struct pdf_words *words);
void pdf_table_release(struct pdf_table *table);

/* Gives the next row, or page of text; *FOUND is false at the end. ST_OK or ST_NOMEM. */
enum status pdf_table_next(struct pdf_table *table, struct row_builder *builder, struct row *row,
                           bool *found);

#endif
