/* The format ods: the sheets of an OpenDocument spreadsheet (ISO/IEC 26300), one after the other.
 *
 * Each sheet is a part. Texts and numbers are as they are shown, dates and times in ISO 8601. What
 * merged cells say: grid.h. Interface: format.h. */
#include "corpus/format.h"

#include "corpus/bytes/zip_head.h"
#include "corpus/rows/grid.h"
#include "corpus/sheet/ods_styles.h"
#include "corpus/sheet/package.h"

#include <stdlib.h>
#include <string.h>

#define CONTENT "content.xml"
#define MIMETYPE "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
#define MAX_ROWS 1048576
#define MAX_CELL_BYTES (1U << 20)
#define MAX_SPANS 1024          /* over several rows, side by side */
#define REPEATED_ROW_BYTES 4096 /* that a row which comes again counts as, however short it is */

struct ods_source {
    struct row_source base;
    struct package package;
    struct xml_part part;
    struct ods_styles styles;
    struct buf sheet; /* its name */
    bool sheet_is_hidden;
    bool new_part;
    struct grid_row row;
    struct cell_spans spans;
    struct row_builder builder;
    size_t number;     /* of the row that is given, from 1 */
    size_t n_repeated; /* how often it is to be given again */
    uint64_t repeated_bytes;
    bool in_row, row_is_hidden, whole;
    bool in_cell, is_covered;
    size_t column, n_columns; /* of the cell, and over how many it is repeated */
    struct buf text;          /* of the cell */
    bool has_date;            /* it is one, and not what is shown */
    size_t skipped;           /* depth inside of what is no text of the cell: notes, furigana */
    enum status status;       /* why a handler stopped */
};

static void stop(struct ods_source *source, enum status status, const char *problem)
{
    source->status = status;
    xml_part_refuse(&source->part, problem);
}

static size_t count_of(const char **attributes, const char *name)
{
    const char *value = xml_attribute(attributes, name);
    unsigned long n = value != NULL ? strtoul(value, NULL, 10) : 1;
    return n == 0 ? 1 : n < MAX_ROWS ? n : MAX_ROWS;
}

static void begin_sheet(struct ods_source *source, const char **attributes)
{
    const char *name = xml_attribute(attributes, "name");
    buf_clear(&source->sheet);
    buf_adds(&source->sheet, name != NULL ? name : "");
    source->sheet_is_hidden = ods_styles_hide(&source->styles, attributes);
    source->number = 0;
    source->new_part = true;
    cell_spans_release(&source->spans);
}

static void begin_row(struct ods_source *source, const char **attributes)
{
    const char *visibility = xml_attribute(attributes, "visibility");
    source->in_row = true;
    source->row_is_hidden = visibility != NULL && strcmp(visibility, "visible") != 0;
    source->n_repeated = count_of(attributes, "number-rows-repeated");
    source->column = 0;
    grid_row_begin(&source->row, source->number + 1);
}

static void add_span(struct ods_source *source, const char **attributes)
{
    size_t rows = count_of(attributes, "number-rows-spanned");
    size_t columns = count_of(attributes, "number-columns-spanned");
    if (rows == 1 && columns == 1)
        return;
    struct cell_span span = {.first_row = source->row.number,
                             .last_row = source->row.number + rows - 1,
                             .first_column = source->column,
                             .last_column = source->column + columns - 1};
    if (span.last_column >= GRID_MAX_COLUMNS)
        span.last_column = GRID_MAX_COLUMNS - 1;
    if (source->spans.n == MAX_SPANS)
        stop(source, ST_INPUT, _("too many merged cells"));
    else if (cell_spans_add(&source->spans, span) != ST_OK)
        stop(source, ST_NOMEM, "");
}

static void begin_cell(struct ods_source *source, const char **attributes, bool is_covered)
{
    const char *date = xml_attribute(attributes, "date-value");
    source->in_cell = true;
    source->is_covered = is_covered;
    source->n_columns = count_of(attributes, "number-columns-repeated");
    source->skipped = 0;
    buf_clear(&source->text);
    source->has_date = date != NULL;
    buf_adds(&source->text, date != NULL ? date : "");
    char *time = date != NULL && !source->text.failed ? strchr(source->text.data, 'T') : NULL;
    if (time != NULL)
        *time = ' ';
    if (!is_covered)
        add_span(source, attributes);
}

static void end_cell(struct ods_source *source)
{
    source->in_cell = false;
    size_t end = source->column + source->n_columns;
    bool filled = source->text.len > 0 && !source->is_covered;
    if (filled && end > GRID_MAX_COLUMNS) {
        stop(source, ST_INPUT, _("a row of too many cells or bytes"));
        return;
    }
    for (; filled && source->column < end; source->column++) {
        size_t at = source->row.text.len;
        buf_append(&source->row.text, source->text.data, source->text.len);
        if (grid_row_add(&source->row, source->column, at) != ST_OK) {
            stop(source, ST_NOMEM, "");
            return;
        }
        if (source->row.text.len > GRID_MAX_ROW_BYTES) {
            stop(source, ST_INPUT, _("a row of too many cells or bytes"));
            return;
        }
    }
    source->column = end < GRID_MAX_COLUMNS ? end : GRID_MAX_COLUMNS;
}

/* A row that is empty is none, however often it comes. */
static void end_row(struct ods_source *source)
{
    source->in_row = false;
    if (source->number + source->n_repeated > MAX_ROWS && source->row.n > 0) {
        stop(source, ST_INPUT, _("more rows than a sheet has"));
        return;
    }
    size_t n_bytes = source->row.text.len;
    if (n_bytes < REPEATED_ROW_BYTES)
        n_bytes = REPEATED_ROW_BYTES;
    if (source->row.n > 0)
        source->repeated_bytes += (source->n_repeated - 1) * n_bytes;
    if (source->repeated_bytes > GRID_MAX_REPEATED_BYTES) {
        stop(source, ST_INPUT, _("rows that repeat too much"));
        return;
    }
    if (source->row.n == 0) {
        source->number += source->n_repeated;
        return;
    }
    source->whole = true;
    xml_part_pause(&source->part);
}

static void add_text(struct ods_source *source, const char *text, size_t n_bytes)
{
    if (!source->in_cell || source->skipped > 0 || source->has_date)
        return;
    buf_append(&source->text, text, n_bytes);
    if (source->text.failed)
        stop(source, ST_NOMEM, "");
    else if (source->text.len > MAX_CELL_BYTES)
        stop(source, ST_INPUT, _("a cell of too many bytes"));
}

static void start_in_cell(struct ods_source *source, const char *name)
{
    if (source->skipped > 0 || strcmp(name, "annotation") == 0 || strcmp(name, "ruby-text") == 0)
        source->skipped++;
    else if ((strcmp(name, "p") == 0 && source->text.len > 0) || strcmp(name, "line-break") == 0)
        add_text(source, "\n", 1);
    else if (strcmp(name, "s") == 0 || strcmp(name, "tab") == 0)
        add_text(source, " ", 1);
}

static void on_start(void *context, const char *name, const char **attributes)
{
    struct ods_source *source = context;
    if (source->in_cell)
        start_in_cell(source, name);
    else if (strcmp(name, "table") == 0)
        begin_sheet(source, attributes);
    else if (strcmp(name, "table-row") == 0)
        begin_row(source, attributes);
    else if (source->in_row && strcmp(name, "table-cell") == 0)
        begin_cell(source, attributes, false);
    else if (source->in_row && strcmp(name, "covered-table-cell") == 0)
        begin_cell(source, attributes, true);
    else if (!ods_styles_take(&source->styles, name, attributes))
        stop(source, ST_NOMEM, "");
}

static void on_end(void *context, const char *name)
{
    struct ods_source *source = context;
    if (source->skipped > 0)
        source->skipped--;
    else if (source->in_cell &&
             (strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0))
        end_cell(source);
    else if (source->in_row && !source->in_cell && strcmp(name, "table-row") == 0)
        end_row(source);
}

static void on_text(void *context, const char *text, int n_bytes)
{
    add_text(context, text, (size_t)n_bytes);
}

/* Reads on to the next row that is not empty. */
static enum status read_row(struct ods_source *source, struct error *error)
{
    enum status status = ST_OK;
    source->whole = false;
    if (!source->part.ended)
        status = xml_part_read(&source->part, error);
    if (source->status == ST_NOMEM)
        return ST_NOMEM;
    if (status != ST_OK || !source->whole)
        return status;
    status = grid_row_build(&source->row, &source->spans, &source->builder);
    if (status == ST_INPUT)
        return error_set(error, status, _("'%s' cannot be read on: merged cells repeat too much"),
                         source->package.path);
    return status;
}

static enum status ods_next(struct row_source *base, struct row *row, bool *found,
                            struct error *error)
{
    struct ods_source *source = (struct ods_source *)base;
    enum status status = ST_OK;
    if (!source->whole || source->n_repeated == 0)
        status = read_row(source, error);
    *found = status == ST_OK && source->whole;
    if (!*found)
        return status;
    source->n_repeated--;
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_CELLS, .new_part = source->new_part};
    row->place.part = buf_span(&source->sheet);
    row->place.line = ++source->number;
    row->hidden = source->row_is_hidden || source->sheet_is_hidden;
    row->in_grid = true;
    row->spanned = source->row.spanned;
    source->new_part = false;
    return row_builder_finish(&source->builder, row);
}

static void ods_close(struct row_source *base)
{
    struct ods_source *source = (struct ods_source *)base;
    xml_part_close(&source->part);
    package_close(&source->package);
    ods_styles_release(&source->styles);
    cell_spans_release(&source->spans);
    grid_row_release(&source->row);
    row_builder_release(&source->builder);
    buf_release(&source->sheet);
    buf_release(&source->text);
    free(source);
}

static enum status open_content(struct ods_source *source, struct input *in, struct error *error)
{
    static const struct xml_handlers handlers = {on_start, on_end, on_text};
    bool exists = false, is_locked = false;
    enum status status = package_open(&source->package, in, error);
    if (status == ST_OK)
        status = package_holds(&source->package, "META-INF/manifest.xml", "encryption-data",
                               &is_locked, error);
    if (status == ST_OK && is_locked)
        return error_set(error, ST_INPUT, _("'%s' needs a password; save it without one"),
                         in->path);
    if (status == ST_OK)
        status = xml_part_open(&source->part, &source->package, CONTENT, &handlers, source, &exists,
                               error);
    if (status == ST_OK && !exists)
        return error_set(error, ST_INPUT, _("'%s' is damaged: it has no %s"), in->path, CONTENT);
    return status;
}

static enum status ods_open(struct input *in, const struct reader_options *options,
                            struct row_source **made, struct error *error)
{
    static const struct row_source_ops ops = {.next = ods_next, .close = ods_close};
    struct ods_source *source = calloc(1, sizeof *source);
    (void)options;
    *made = NULL;
    if (source == NULL)
        return ST_NOMEM;
    source->base.ops = &ops;
    source->row = (struct grid_row)GRID_ROW_INIT;
    source->styles = (struct ods_styles)ODS_STYLES_INIT;
    source->builder = (struct row_builder)ROW_BUILDER_INIT;
    buf_init(&source->sheet);
    buf_init(&source->text);
    enum status status = open_content(source, in, error);
    if (status == ST_OK)
        *made = &source->base;
    else
        ods_close(&source->base);
    return status;
}

static bool ods_detect(const char *head, size_t n_bytes, bool whole)
{
    (void)whole;
    return zip_begins_with(head, n_bytes, MIMETYPE);
}

const struct format format_ods = {
    .name = "ods",
    .endings = ".ods",
    .text = false,
    .detect = ods_detect,
    .open = ods_open,
};
