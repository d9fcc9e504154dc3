/* Where the tables of a PDF file are, and their columns. Interface to pdf_layout.c.
 *
 * A heading line, which names known columns, begins a table and says how many columns there are;
 * the blank between two of them is the widest that no word below crosses, from the middle of one
 * name to the middle of the next. A first column without a name is found the same way. The same
 * heading again goes on with its table, another one begins another table, with the lines above it
 * that stand apart. Pages before, and those after a table most of whose lines run across its
 * columns, are text. */
#ifndef HIKU_CORPUS_PDF_PDF_LAYOUT_H
#define HIKU_CORPUS_PDF_PDF_LAYOUT_H

#include "corpus/pdf/pdf_lines.h"

#define PDF_MAX_COLUMNS 64

/* Lines that belong together. */
struct pdf_block {
    size_t first;
    size_t end;                    /* the line after the last */
    size_t heading;                /* line, of a table */
    size_t upper;                  /* first line of its heading's upper row; heading: it has none */
    float bounds[PDF_MAX_COLUMNS]; /* right ends of the columns but the last */
    size_t n_columns;              /* 0: the text of a page */
    bool numbered;                 /* the first column holds numbers */
};

struct pdf_layout {
    struct pdf_block *items;
    size_t n;
    size_t cap;
};

/* Cuts the lines into blocks; release in any case. ST_OK or ST_NOMEM. */
enum status pdf_layout_make(struct pdf_layout *layout, const struct pdf_lines *lines);
void pdf_layout_release(struct pdf_layout *layout);

/* Whether the line has a number in the table's first column. */
bool pdf_has_number(const struct pdf_lines *lines, const struct pdf_block *table, size_t line);

#endif
