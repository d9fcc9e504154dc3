/* The format xlsx: the sheets of an Excel workbook (ECMA-376), one after the other.
 *
 * Each sheet is a part. Texts are as they are stored, numbers as they are shown as far as digits
 * go, dates and times in ISO 8601. What merged cells say: grid.h. Interface: format.h. */
#include "corpus/format.h"

#include "corpus/bytes/archive.h"
#include "corpus/sheet/xlsx_sheet.h"

#include <stdlib.h>
#include <string.h>

struct xlsx_source {
    struct row_source base;
    bool take_hidden;
    const char *path;
    struct package package;
    struct xlsx_workbook workbook;
    struct strings strings;
    struct xlsx_sheet_reader sheet;
    struct row_builder row;
    struct buf problem; /* of a row */
    size_t next_sheet;
    bool sheet_is_open;
    bool new_part;
};

static enum status open_sheet(struct xlsx_source *source, const struct xlsx_sheet *sheet,
                              struct error *error)
{
    source->sheet_is_open = true;
    source->new_part = true;
    return xlsx_sheet_open(&source->sheet, &source->package, &source->workbook, &source->strings,
                           sheet->file, sheet->name, error);
}

static void close_sheet(struct xlsx_source *source)
{
    if (source->sheet_is_open)
        xlsx_sheet_close(&source->sheet);
    source->sheet_is_open = false;
}

static struct slice part_name(const struct xlsx_source *source)
{
    const char *name = source->workbook.sheets[source->next_sheet - 1].name;
    return (struct slice){name, strlen(name)};
}

/* Goes to the next sheet. A hidden one that is not wanted gives one row that says so. */
static enum status begin_sheet(struct xlsx_source *source, struct row *row, bool *found,
                               struct error *error)
{
    const struct xlsx_sheet *sheet = &source->workbook.sheets[source->next_sheet++];
    if (sheet->file == NULL)
        return ST_OK;
    if (!sheet->hidden || source->take_hidden)
        return open_sheet(source, sheet, error);
    row_tell_hidden_sheet(row, part_name(source));
    *found = true;
    return ST_OK;
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

static enum status read_row(struct xlsx_source *source, struct row *row, bool *found,
                            struct error *error)
{
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_CELLS};
    enum status status =
        xlsx_sheet_next(&source->sheet, &source->row, &row->place.line, &row->hidden, found, error);
    if (status != ST_OK || !*found)
        return status;
    row->place.part = part_name(source);
    row->new_part = source->new_part;
    row->in_grid = true;
    row->spanned = source->sheet.row.spanned;
    row->since_1904 = source->workbook.since_1904;
    source->new_part = false;
    note_problem(source, row);
    return row_builder_finish(&source->row, row);
}

static enum status xlsx_next(struct row_source *base, struct row *row, bool *found,
                             struct error *error)
{
    struct xlsx_source *source = (struct xlsx_source *)base;
    enum status status = ST_OK;
    *found = false;
    while (status == ST_OK && !*found) {
        if (source->sheet_is_open) {
            status = read_row(source, row, found, error);
            if (!*found)
                close_sheet(source);
        } else if (source->next_sheet < source->workbook.n_sheets) {
            status = begin_sheet(source, row, found, error);
        } else {
            break;
        }
    }
    return status;
}

static void xlsx_close(struct row_source *base)
{
    struct xlsx_source *source = (struct xlsx_source *)base;
    close_sheet(source);
    strings_release(&source->strings);
    xlsx_workbook_release(&source->workbook);
    package_close(&source->package);
    row_builder_release(&source->row);
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
    return status;
}

static const struct row_source_ops xlsx_ops = {.next = xlsx_next, .close = xlsx_close};

static enum status xlsx_open(struct input *in, const struct reader_options *options,
                             struct row_source **made, struct error *error)
{
    struct xlsx_source *source = calloc(1, sizeof *source);
    *made = NULL;
    if (source == NULL)
        return ST_NOMEM;
    source->base.ops = &xlsx_ops;
    source->path = in->path;
    source->take_hidden = options->hidden;
    source->strings = (struct strings)STRINGS_INIT;
    source->row = (struct row_builder)ROW_BUILDER_INIT;
    buf_init(&source->problem);
    enum status status = open_workbook(source, in, error);
    if (status == ST_OK)
        *made = &source->base;
    else
        xlsx_close(&source->base);
    return status;
}

static bool xlsx_detect(const char *head, size_t n_bytes, bool whole)
{
    (void)whole;
    return n_bytes > ARCHIVE_MARK_BYTES &&
           memcmp(head, ARCHIVE_ZIP_MARK, ARCHIVE_MARK_BYTES) == 0 &&
           memmem(head, n_bytes, "xl/", 3) != NULL;
}

const struct format format_xlsx = {
    .name = "xlsx",
    .endings = ".xlsx .xlsm",
    .text = false,
    .detect = xlsx_detect,
    .open = xlsx_open,
};
