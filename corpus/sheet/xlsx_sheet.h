/* The rows of one sheet. Interface to xlsx_sheet.c. */
#ifndef HIKU_CORPUS_SHEET_XLSX_SHEET_H
#define HIKU_CORPUS_SHEET_XLSX_SHEET_H

#include "corpus/rows/grid.h"
#include "corpus/sheet/merged.h"
#include "corpus/sheet/package.h"
#include "corpus/sheet/shared_strings.h"
#include "corpus/sheet/xlsx_workbook.h"

#include <stdbool.h>
#include <stddef.h>

#define XLSX_MAX_ROWS 1048576 /* Excel's */
#define XLSX_MAX_ROW_BYTES (64U << 20)
#define XLSX_PLACE_BYTES 16 /* XFD1048576, or the beginning of what is none */

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_BOOLEAN, CELL_TEXT };

struct xlsx_sheet_reader {
    struct package *package;
    const struct xlsx_workbook *workbook;
    struct strings *strings;
    const char *name;  /* of the file in the package */
    const char *title; /* the sheet's name */
    struct xml_part part;
    /* The merged cells of the sheet by their first row, and those that the rows are in. */
    struct merged merged;
    struct cell_spans spans;
    struct grid_row row;
    bool hidden; /* the row */
    bool has_formula;
    char unreckoned[XLSX_PLACE_BYTES]; /* the row's first cell whose formula has no value, or "" */
    bool in_row;
    bool whole; /* the row is whole and waits */
    size_t column;
    enum cell_type type;
    unsigned long style;
    bool in_value;
    struct rich_text rich; /* what the cell's v or is says */
    enum status status;    /* why a handler stopped */
    struct buf problem;    /* what it told */
};

/* Begins to read the sheet in the file NAME; TITLE is for messages. Everything stays borrowed.
 * Close in any case. ST_OK; ST_INPUT with a message; ST_NOMEM. */
enum status xlsx_sheet_open(struct xlsx_sheet_reader *sheet, struct package *package,
                            const struct xlsx_workbook *workbook, struct strings *strings,
                            const char *name, const char *title, struct error *error);
void xlsx_sheet_close(struct xlsx_sheet_reader *sheet);

/* Puts the next row into BUILDER and sets *NUMBER and *HIDDEN; *FOUND is false at the end. ST_OK;
 * ST_INPUT with a message; ST_NOMEM. */
enum status xlsx_sheet_next(struct xlsx_sheet_reader *sheet, struct row_builder *builder,
                            size_t *number, bool *hidden, bool *found, struct error *error);

#endif
