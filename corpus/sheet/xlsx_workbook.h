/* What a workbook says of its sheets, texts and formats. Interface to xlsx_workbook.c. */
#ifndef HIKU_CORPUS_SHEET_XLSX_WORKBOOK_H
#define HIKU_CORPUS_SHEET_XLSX_WORKBOOK_H

#include "corpus/sheet/xlsx_number.h"
#include "corpus/sheet/xlsx_package.h"

#include <stdbool.h>
#include <stddef.h>

#define WORKBOOK_MAX_SHEETS 4096
#define WORKBOOK_MAX_FORMATS 65536       /* Excel allows 65,490 cell formats */
#define WORKBOOK_MAX_CUSTOM_FORMATS 1024 /* Excel allows 250 */

struct sheet {
    char *name;
    char *relation; /* id */
    char *file;     /* in the package; NULL: it is no table (a chart) */
    bool hidden;
};

struct custom_format {
    unsigned long id;
    struct number_format format;
};

struct workbook {
    struct sheet *sheets;
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
enum status workbook_read(struct workbook *workbook, struct package *package, struct error *error);
void workbook_release(struct workbook *workbook);

/* The format of a cell whose s= is this. */
struct number_format workbook_format(const struct workbook *workbook, unsigned long style);

#endif
