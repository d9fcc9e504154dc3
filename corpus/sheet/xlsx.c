/* The format xlsx: the sheets of an Excel workbook (ECMA-376), one after the other.
 *
 * Texts are as they are stored, numbers as they are shown as far as digits go, dates and times in
 * ISO 8601. What merged cells say: grid.h. Interface: format.h. */
#include "corpus/format.h"

#include "corpus/bytes/zip_head.h"
#include "corpus/sheet/sheet_walk.h"
#include "corpus/sheet/xlsx_sheet.h"

#include <stdlib.h>
#include <string.h>

struct xlsx_source {
    struct sheet_walk walk; /* first */
    struct package package;
    struct xlsx_workbook workbook;
    struct strings strings;
    struct xlsx_sheet_reader sheet;
    struct buf problem; /* of a row */
};

static struct sheet_info sheet_info(const struct sheet_walk *walk, size_t number)
{
    const struct xlsx_sheet *sheet = &((const struct xlsx_source *)walk)->workbook.sheets[number];
    return (struct sheet_info){
        .name = sheet->name, .hidden = sheet->hidden, .is_table = sheet->file != NULL};
}

static enum status open_sheet(struct sheet_walk *walk, size_t number, struct error *error)
{
    struct xlsx_source *source = (struct xlsx_source *)walk;
    const struct xlsx_sheet *sheet = &source->workbook.sheets[number];
    return xlsx_sheet_open(&source->sheet, &source->package, &source->workbook, &source->strings,
                           sheet->file, sheet->name, error);
}

static void close_sheet(struct sheet_walk *walk)
{
    xlsx_sheet_close(&((struct xlsx_source *)walk)->sheet);
}

/* A formula that was never reckoned says nothing: programs that write workbooks leave it so. */
static void note_problem(struct xlsx_source *source, struct row *row)
{
    const char *cell = source->sheet.unreckoned;
    if (cell[0] == '\0')
        return;
    buf_clear(&source->problem);
    buf_addf(&source->problem,
             _("the formula in %s has no value; open the workbook in a spreadsheet program and "
               "save it"),
             cell);
    row->state = ROW_DOUBTFUL;
    row->problem = source->problem.failed ? _("a formula without a value") : source->problem.data;
}

static enum status next_row(struct sheet_walk *walk, struct row *row, bool *found,
                            struct error *error)
{
    struct xlsx_source *source = (struct xlsx_source *)walk;
    enum status status = xlsx_sheet_next(&source->sheet, &walk->builder, &row->place.line,
                                         &row->hidden, found, error);
    row->spanned = source->sheet.row.spanned;
    if (status == ST_OK && *found)
        note_problem(source, row);
    return status;
}

static void xlsx_close(struct row_source *base)
{
    struct xlsx_source *source = (struct xlsx_source *)base;
    sheet_walk_release(&source->walk);
    strings_release(&source->strings);
    xlsx_workbook_release(&source->workbook);
    package_close(&source->package);
    buf_release(&source->problem);
    free(source);
}

static enum status open_workbook(struct xlsx_source *source, struct input *in, struct error *error)
{
    enum status status = package_open(&source->package, in, error);
    if (status == ST_OK)
        status = xlsx_workbook_read(&source->workbook, &source->package, error);
    if (status == ST_OK && source->workbook.strings != NULL)
        status = strings_read(&source->strings, &source->package, source->workbook.strings, error);
    source->walk.n_sheets = source->workbook.n_sheets;
    source->walk.since_1904 = source->workbook.since_1904;
    return status;
}

static enum status xlsx_open(struct input *in, const struct reader_options *options,
                             struct row_source **made, struct error *error)
{
    static const struct row_source_ops ops = {.next = sheet_walk_next, .close = xlsx_close};
    static const struct sheet_walk_ops sheets = {sheet_info, open_sheet, close_sheet, next_row};
    struct xlsx_source *source = calloc(1, sizeof *source);
    *made = NULL;
    if (source == NULL)
        return ST_NOMEM;
    sheet_walk_init(&source->walk, &ops, &sheets, options->hidden);
    source->strings = (struct strings)STRINGS_INIT;
    buf_init(&source->problem);
    enum status status = open_workbook(source, in, error);
    if (status == ST_OK)
        *made = &source->walk.base;
    else
        xlsx_close(&source->walk.base);
    return status;
}

static bool xlsx_detect(const char *head, size_t n_bytes, bool whole)
{
    (void)whole;
    return zip_begins(head, n_bytes) && memmem(head, n_bytes, "xl/", 3) != NULL;
}

const struct format format_xlsx = {
    .name = "xlsx",
    .endings = ".xlsx .xlsm",
    .text = false,
    .detect = xlsx_detect,
    .open = xlsx_open,
};
