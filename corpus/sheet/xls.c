/* The format xls: the sheets of an Excel workbook of the years before 2007 (MS-XLS, BIFF 5 and 8),
 * one after the other.
 *
 * What cells, dates and merged cells say is as in xlsx. Other documents in compound files are told
 * of as office.c does. Interface: format.h. */
#include "corpus/format.h"

#include "corpus/bytes/archive_name.h"
#include "corpus/sheet/compound.h"
#include "corpus/sheet/sheet_walk.h"
#include "corpus/sheet/xls_sheet.h"

#include <stdlib.h>
#include <string.h>

struct xls_source {
    struct sheet_walk walk; /* first */
    const char *path;
    struct xls_workbook book;
    struct xls_sheet_reader sheet;
};

static struct sheet_info sheet_info(const struct sheet_walk *walk, size_t number)
{
    const struct xls_sheet *sheet = &((const struct xls_source *)walk)->book.sheets[number];
    return (struct sheet_info){.name = sheet->name, .hidden = sheet->hidden, .is_table = true};
}

/* Says why a sheet cannot be read on. */
static enum status tell(const struct xls_source *source, enum status status, struct error *error)
{
    if (status != ST_INPUT)
        return status;
    return error_set(error, status,
                     _("'%s' cannot be read on: sheet '%s' is damaged after row %zu, or its "
                       "merged cells repeat too much; save it as .xlsx"),
                     source->path, sheet_walk_name(&source->walk), source->sheet.row.number);
}

static enum status open_sheet(struct sheet_walk *walk, size_t number, struct error *error)
{
    struct xls_source *source = (struct xls_source *)walk;
    enum status status =
        xls_sheet_open(&source->sheet, &source->book, &source->book.sheets[number]);
    return tell(source, status, error);
}

static void close_sheet(struct sheet_walk *walk)
{
    xls_sheet_close(&((struct xls_source *)walk)->sheet);
}

static enum status next_row(struct sheet_walk *walk, struct row *row, bool *found,
                            struct error *error)
{
    struct xls_source *source = (struct xls_source *)walk;
    enum status status =
        xls_sheet_next(&source->sheet, &walk->builder, &row->place.line, &row->hidden, found);
    row->spanned = source->sheet.row.spanned;
    return tell(source, status, error);
}

static void xls_close(struct row_source *base)
{
    struct xls_source *source = (struct xls_source *)base;
    sheet_walk_release(&source->walk);
    xls_workbook_release(&source->book);
    free(source);
}

/* Says what is wrong with a compound file whose workbook could not be read. */
static enum status refuse(struct xls_source *source, const struct compound *compound,
                          struct input *in, struct error *error)
{
    bool has_name = archive_stem_ends(in->path, ".xls") || archive_stem_ends(in->path, ".xlsx");
    bool is_book = compound_has(compound, "Workbook") || compound_has(compound, "Book") ||
                   (compound->n_entries == 0 && has_name);
    if (source->book.is_locked || compound_has(compound, "EncryptedPackage"))
        return error_set(error, ST_INPUT, _("'%s' needs a password; save it without one"),
                         in->path);
    if (is_book)
        return error_set(error, ST_INPUT,
                         _("'%s' is damaged, or of a version before Excel 5; open it in a "
                           "spreadsheet program and save it as .xlsx"),
                         in->path);
    return office_refuse(in, error);
}

static enum status open_workbook(struct xls_source *source, struct input *in, struct error *error)
{
    struct compound compound;
    source->book.biff.decoder = (iconv_t)-1;
    enum status status = compound_open(&compound, in, error);
    if (status == ST_OK)
        status = xls_workbook_read(&source->book, &compound);
    if (status == ST_INPUT && error->message[0] == '\0')
        status = refuse(source, &compound, in, error);
    compound_close(&compound);
    source->walk.n_sheets = source->book.n_sheets;
    source->walk.since_1904 = source->book.since_1904;
    return status;
}

static enum status xls_open(struct input *in, const struct reader_options *options,
                            struct row_source **made, struct error *error)
{
    static const struct row_source_ops ops = {.next = sheet_walk_next, .close = xls_close};
    static const struct sheet_walk_ops sheets = {sheet_info, open_sheet, close_sheet, next_row};
    struct xls_source *source = calloc(1, sizeof *source);
    *made = NULL;
    if (source == NULL)
        return ST_NOMEM;
    sheet_walk_init(&source->walk, &ops, &sheets, options->hidden);
    source->path = in->path;
    source->book.strings = (struct strings)STRINGS_INIT;
    enum status status = open_workbook(source, in, error);
    if (status == ST_OK)
        *made = &source->walk.base;
    else
        xls_close(&source->walk.base);
    return status;
}

static bool xls_detect(const char *head, size_t n_bytes, bool whole)
{
    (void)whole;
    return n_bytes >= COMPOUND_MARK_BYTES && memcmp(head, COMPOUND_MARK, COMPOUND_MARK_BYTES) == 0;
}

const struct format format_xls = {
    .name = "xls",
    .endings = ".xls .xlt",
    .text = false,
    .detect = xls_detect,
    .open = xls_open,
};
