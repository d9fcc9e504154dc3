/* The rows of one sheet of an Excel workbook of the years before 2007. Interface to xls_sheet.c. */
#ifndef HIKU_CORPUS_SHEET_XLS_SHEET_H
#define HIKU_CORPUS_SHEET_XLS_SHEET_H

#include "corpus/rows/grid.h"
#include "corpus/sheet/merged.h"
#include "corpus/sheet/xls_workbook.h"

#include <stdbool.h>
#include <stddef.h>

#define XLS_MAX_ROWS 65536
#define XLS_MAX_COLUMNS 256

struct xls_sheet_reader {
    struct xls_workbook *book;
    struct merged merged;
    struct cell_spans spans;
    struct grid_row row;
    unsigned char hidden_rows[XLS_MAX_ROWS / 8];
    bool waits; /* the record that was read belongs to the next row */
    bool ended;
    bool awaits_text; /* a formula's cell, whose text comes in a record of its own */
    size_t column;    /* of that cell */
};

/* Begins to read SHEET of BOOK, which outlives it; no other of its sheets is read meanwhile. Close
 * in any case. ST_OK; ST_INPUT without a message: damaged; ST_NOMEM. */
enum status xls_sheet_open(struct xls_sheet_reader *reader, struct xls_workbook *book,
                           const struct xls_sheet *sheet);
void xls_sheet_close(struct xls_sheet_reader *reader);

/* Puts the next row into BUILDER and sets *NUMBER and *HIDDEN; *FOUND is false at the end. ST_OK;
 * ST_INPUT without a message: damaged, or what merged cells repeat is too much; ST_NOMEM. */
enum status xls_sheet_next(struct xls_sheet_reader *reader, struct row_builder *builder,
                           size_t *number, bool *hidden, bool *found);

#endif
