/* What a workbook says of its sheets, texts and formats. Interface to xlsx_workbook.c. */
#ifndef HIKU_CORPUS_SHEET_XLSX_WORKBOOK_H
#define HIKU_CORPUS_SHEET_XLSX_WORKBOOK_H

#include "corpus/sheet/number_format.h"
#include "corpus/sheet/package.h"

#include <stdbool.h>
#include <stddef.h>

#define XLSX_MAX_SHEETS 4096
#define XLSX_MAX_FORMATS 65536       /* Excel allows 65,490 cell formats */
#define XLSX_MAX_CUSTOM_FORMATS 1024 /* Excel allows 250 */

struct xlsx_sheet {
    char *name;
    char *relation; /* id */
    char *file;     /* in the package; NULL: it is no table (a chart) */
    bool hidden;
};

struct custom_format {
    unsigned long id;
    struct number_format format;
};

struct xlsx_workbook {
    struct xlsx_sheet *sheets;
    size_t n_sheets;
    char *strings; /* file of the shared texts; NULL: none */
    char *styles;  /* file of the formats; NULL: none */
    bool since_1904;
    struct custom_format *customs;
    size_t n_customs;
    struct number_format *formats; /* by a cell's s= */
    size_t n_formats;
};

/* Reads what PACKAGE says. Release in any case. ST_OK; ST_INPUT with a message; ST_NOMEM. */
enum status xlsx_workbook_read(struct xlsx_workbook *workbook, struct package *package,
                               struct error *error);
void xlsx_workbook_release(struct xlsx_workbook *workbook);

/* The format of a cell whose s= is this. */
struct number_format xlsx_workbook_format(const struct xlsx_workbook *workbook,
                                          unsigned long style);

#endif
