/* What an Excel workbook of the years before 2007 says of its sheets, texts and formats. Interface
 * to xls_workbook.c. */
#ifndef HIKU_CORPUS_SHEET_XLS_WORKBOOK_H
#define HIKU_CORPUS_SHEET_XLS_WORKBOOK_H

#include "corpus/sheet/biff.h"
#include "corpus/sheet/number_format.h"
#include "corpus/sheet/shared_strings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XLS_MAX_SHEETS 4096
#define XLS_MAX_FORMATS 65536       /* of cells */
#define XLS_MAX_CUSTOM_FORMATS 1024 /* of numbers; each cell's is looked for among them */

struct xls_sheet {
    char *name;
    uint32_t at; /* where it begins in the stream */
    bool hidden;
};

struct xls_number_format {
    uint32_t id;
    struct number_format format;
};

struct xls_workbook {
    struct biff biff;
    struct xls_sheet *sheets;
    size_t n_sheets;
    bool since_1904;
    bool is_locked; /* with a password */
    struct xls_number_format *customs;
    size_t n_customs;
    size_t customs_cap;
    struct number_format *formats; /* by a cell's number of its format */
    size_t n_formats;
    size_t formats_cap;
    struct strings strings;
};

/* Reads what stands before the sheets. Release in any case. ST_OK; ST_INPUT without a message: it
 * is damaged, of a version before 5, or locked (is_locked); ST_NOMEM. */
enum status xls_workbook_read(struct xls_workbook *book, const struct compound *compound);
void xls_workbook_release(struct xls_workbook *book);

/* The format of a cell by the number of its format. */
struct number_format xls_workbook_format(const struct xls_workbook *book, uint32_t number);

#endif
