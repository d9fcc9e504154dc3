/* The format xls: the sheets of an Excel workbook of the years before 2007 (MS-XLS, BIFF 5 and 8),
 * one after the other.
 *
 * What cells, dates and merged cells say is as in xlsx. Other documents in compound files are told
 * of as office.c does. Interface: format.h. */
#include "corpus/format.h"

#include "corpus/bytes/archive.h"
#include "corpus/sheet/compound.h"
#include "corpus/sheet/xls_sheet.h"

#include <stdlib.h>
#include <string.h>

struct xls_source {
    struct row_source base;
    const char *path;
    bool take_hidden;
    struct xls_workbook book;
    struct xls_sheet_reader sheet;
    struct row_builder row;
    size_t next_sheet;
    bool sheet_is_open;
    bool new_part;
};

static struct slice part_name(const struct xls_source *source)
{
    const char *name = source->book.sheets[source->next_sheet - 1].name;
    return (struct slice){name, strlen(name)};
}

static void close_sheet(struct xls_source *source)
{
    if (source->sheet_is_open)
        xls_sheet_close(&source->sheet);
    source->sheet_is_open = false;
}

/* Goes to the next sheet. A hidden one that is not wanted gives one row that says so. */
static enum status begin_sheet(struct xls_source *source, struct row *row, bool *found)
{
    const struct xls_sheet *sheet = &source->book.sheets[source->next_sheet++];
    if (!sheet->hidden || source->take_hidden) {
        source->sheet_is_open = true;
        source->new_part = true;
        return xls_sheet_open(&source->sheet, &source->book, sheet);
    }
    row_tell_hidden_sheet(row, part_name(source));
    *found = true;
    return ST_OK;
}

static enum status read_row(struct xls_source *source, struct row *row, bool *found)
{
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_CELLS};
    enum status status =
        xls_sheet_next(&source->sheet, &source->row, &row->place.line, &row->hidden, found);
    if (status != ST_OK || !*found)
        return status;
    row->place.part = part_name(source);
    row->new_part = source->new_part;
    row->in_grid = true;
    row->spanned = source->sheet.row.spanned;
    row->since_1904 = source->book.since_1904;
    source->new_part = false;
    return row_builder_finish(&source->row, row);
}

static enum status xls_next(struct row_source *base, struct row *row, bool *found,
                            struct error *error)
{
    struct xls_source *source = (struct xls_source *)base;
    enum status status = ST_OK;
    *found = false;
    while (status == ST_OK && !*found) {
        if (source->sheet_is_open) {
            status = read_row(source, row, found);
            if (status == ST_OK && !*found)
                close_sheet(source);
        } else if (source->next_sheet < source->book.n_sheets) {
            status = begin_sheet(source, row, found);
        } else {
            break;
        }
    }
    if (status == ST_INPUT)
        return error_set(error, status,
                         _("'%s' cannot be read on: sheet '%s' is damaged after row %zu, or its "
                           "merged cells repeat too much; save it as .xlsx"),
                         source->path, part_name(source).data, source->sheet.row.number);
    return status;
}

static void xls_close(struct row_source *base)
{
    struct xls_source *source = (struct xls_source *)base;
    close_sheet(source);
    xls_workbook_release(&source->book);
    row_builder_release(&source->row);
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
    return status;
}

static enum status xls_open(struct input *in, const struct reader_options *options,
                            struct row_source **made, struct error *error)
{
    static const struct row_source_ops ops = {.next = xls_next, .close = xls_close};
    struct xls_source *source = calloc(1, sizeof *source);
    *made = NULL;
    if (source == NULL)
        return ST_NOMEM;
    source->base.ops = &ops;
    source->path = in->path;
    source->take_hidden = options->hidden;
    source->row = (struct row_builder)ROW_BUILDER_INIT;
    source->book.strings = (struct strings)STRINGS_INIT;
    enum status status = open_workbook(source, in, error);
    if (status == ST_OK)
        *made = &source->base;
    else
        xls_close(&source->base);
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
