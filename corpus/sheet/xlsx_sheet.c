/* The rows of one sheet. Interface: xlsx_sheet.h. */
#include "corpus/sheet/xlsx_sheet.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_true(const char *value)
{
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

/* Reads a place such as BC12: *COLUMN from 0, *ROW from 1. Returns where it ends; NULL: it is
 * none. */
static const char *read_place(const char *text, size_t *column, size_t *row)
{
    size_t letters = 0;
    for (; *text >= 'A' && *text <= 'Z' && letters <= GRID_MAX_COLUMNS; text++)
        letters = letters * 26 + (size_t)(*text - 'A') + 1;
    char *end = NULL;
    unsigned long number = *text >= '0' && *text <= '9' ? strtoul(text, &end, 10) : 0;
    if (letters == 0 || letters > GRID_MAX_COLUMNS || number == 0 || number > XLSX_MAX_ROWS)
        return NULL;
    *column = letters - 1;
    *row = number;
    return end;
}

/* --- merged cells, which stand after the rows ---------------------------------------------------
 */

static void on_merged(void *context, const char *name, const char **attributes)
{
    struct xlsx_sheet_reader *sheet = context;
    const char *place = strcmp(name, "mergeCell") == 0 ? xml_attribute(attributes, "ref") : NULL;
    struct cell_span span = {0};
    if (place == NULL)
        return;
    place = read_place(place, &span.first_column, &span.first_row);
    if (place == NULL || *place != ':' ||
        read_place(place + 1, &span.last_column, &span.last_row) == NULL)
        return;
    enum status status = merged_add(&sheet->merged, span);
    if (status == ST_NOMEM)
        sheet->status = status;
    if (status != ST_OK)
        xml_part_refuse(&sheet->part, _("too many merged cells"));
}

static enum status read_merged(struct xlsx_sheet_reader *sheet, struct error *error)
{
    static const struct xml_handlers handlers = {.start = on_merged};
    bool holds = false, exists = false;
    enum status status = package_holds(sheet->package, sheet->name, "mergeCell ", &holds, error);
    if (status != ST_OK || !holds)
        return status;
    status =
        xml_part_open(&sheet->part, sheet->package, sheet->name, &handlers, sheet, &exists, error);
    sheet->part.sheet = sheet->title;
    if (status == ST_OK)
        status = xml_part_read(&sheet->part, error);
    xml_part_close(&sheet->part);
    merged_sort(&sheet->merged);
    return sheet->status != ST_OK ? sheet->status : status;
}

/* --- rows and cells -----------------------------------------------------------------------------
 */

static void stop(struct xlsx_sheet_reader *sheet, enum status status, const char *problem)
{
    sheet->status = status;
    xml_part_refuse(&sheet->part, problem);
}

static void begin_row(struct xlsx_sheet_reader *sheet, const char **attributes)
{
    const char *number = xml_attribute(attributes, "r");
    size_t row = number != NULL ? strtoul(number, NULL, 10) : sheet->row.number + 1;
    if (row <= sheet->row.number || row > XLSX_MAX_ROWS) {
        buf_clear(&sheet->problem);
        buf_addf(&sheet->problem,
                 row > XLSX_MAX_ROWS ? _("row %zu is beyond the last that a sheet has")
                                     : _("row %zu comes behind a later one"),
                 row);
        stop(sheet, ST_INPUT, sheet->problem.failed ? "" : sheet->problem.data);
        return;
    }
    grid_row_begin(&sheet->row, row);
    const char *height = xml_attribute(attributes, "ht");
    sheet->hidden = is_true(xml_attribute(attributes, "hidden")) ||
                    (height != NULL && strtod(height, NULL) <= 0);
    sheet->unreckoned[0] = '\0';
    sheet->in_row = true;
    sheet->column = 0;
}

static enum cell_type type_of(const char *type)
{
    if (type == NULL || strcmp(type, "n") == 0)
        return CELL_NUMBER;
    if (strcmp(type, "s") == 0)
        return CELL_SHARED;
    return strcmp(type, "b") == 0 ? CELL_BOOLEAN : CELL_TEXT; /* str, inlineStr, e, d */
}

static void begin_cell(struct xlsx_sheet_reader *sheet, const char **attributes)
{
    const char *place = xml_attribute(attributes, "r");
    const char *style = xml_attribute(attributes, "s");
    size_t row;
    if (place != NULL && read_place(place, &sheet->column, &row) == NULL) {
        int n_shown = (int)utf8_floor(place, strnlen(place, XLSX_PLACE_BYTES - 1));
        buf_clear(&sheet->problem);
        buf_addf(&sheet->problem, _("cell %.*s is beyond what a sheet has, or none"), n_shown,
                 place);
        stop(sheet, ST_INPUT, sheet->problem.failed ? "" : sheet->problem.data);
        return;
    }
    sheet->has_formula = false;
    sheet->type = type_of(xml_attribute(attributes, "t"));
    sheet->style = style != NULL ? strtoul(style, NULL, 10) : 0;
    buf_clear(&sheet->rich.text);
}

static enum status append_value(struct xlsx_sheet_reader *sheet)
{
    struct buf *out = &sheet->row.text;
    const struct buf *value = &sheet->rich.text;
    if (value->len == 0)
        return ST_OK;
    switch (sheet->type) {
    case CELL_SHARED:
        return strings_get(sheet->strings, strtoull(value->data, NULL, 10), out);
    case CELL_BOOLEAN:
        buf_adds(out, is_true(value->data) ? "TRUE" : "FALSE");
        break;
    case CELL_TEXT:
        xlsx_unescape(value->data, value->len, out);
        break;
    case CELL_NUMBER:
        number_append(out, value->data, value->len,
                      xlsx_workbook_format(sheet->workbook, sheet->style),
                      sheet->workbook->since_1904);
    }
    return ST_OK;
}

/* The row's first formula without a value; the value of a text may be empty. */
static void note_formula(struct xlsx_sheet_reader *sheet)
{
    char letters[COLUMN_LETTERS];
    if (!sheet->has_formula || sheet->type != CELL_NUMBER || sheet->rich.text.len > 0 ||
        sheet->unreckoned[0] != '\0')
        return;
    column_letters(letters, sheet->column);
    /* Excel's columns have three letters at most. */
    snprintf(sheet->unreckoned, sizeof sheet->unreckoned, "%.3s%zu", letters, sheet->row.number);
}

static void end_cell(struct xlsx_sheet_reader *sheet)
{
    note_formula(sheet);
    size_t at = sheet->row.text.len;
    enum status status = append_value(sheet);
    if (status == ST_OK && sheet->row.text.len > at)
        status = grid_row_add(&sheet->row, sheet->column, at);
    sheet->column++;
    if (sheet->row.text.failed || sheet->rich.text.failed)
        status = ST_NOMEM;
    if (status != ST_OK)
        stop(sheet, status, _("no room for the shared texts"));
    else if (sheet->rich.too_long)
        stop(sheet, ST_INPUT, _("a cell of too many bytes"));
    else if (sheet->row.text.len > XLSX_MAX_ROW_BYTES ||
             sheet->row.n > (size_t)2 * GRID_MAX_COLUMNS)
        stop(sheet, ST_INPUT, _("a row of too many cells or bytes"));
}

static void on_start(void *context, const char *name, const char **attributes)
{
    struct xlsx_sheet_reader *sheet = context;
    if (strcmp(name, "row") == 0)
        begin_row(sheet, attributes);
    else if (strcmp(name, "c") == 0 && sheet->in_row)
        begin_cell(sheet, attributes);
    else if (strcmp(name, "f") == 0 && sheet->in_row)
        sheet->has_formula = true;
    else if (strcmp(name, "v") == 0)
        rich_text_start(&sheet->rich, "t");
    else
        rich_text_start(&sheet->rich, name);
}

static void on_end(void *context, const char *name)
{
    struct xlsx_sheet_reader *sheet = context;
    if (strcmp(name, "row") == 0 && sheet->in_row) {
        sheet->in_row = false;
        sheet->whole = true;
        xml_part_pause(&sheet->part);
    } else if (strcmp(name, "c") == 0 && sheet->in_row) {
        end_cell(sheet);
    } else if (strcmp(name, "v") == 0) {
        rich_text_end(&sheet->rich, "t");
    } else {
        rich_text_end(&sheet->rich, name);
    }
}

static void on_text(void *context, const char *text, int n_bytes)
{
    struct xlsx_sheet_reader *sheet = context;
    if (sheet->in_row)
        rich_text_add(&sheet->rich, text, (size_t)n_bytes);
}

enum status xlsx_sheet_open(struct xlsx_sheet_reader *sheet, struct package *package,
                            const struct xlsx_workbook *workbook, struct strings *strings,
                            const char *name, const char *title, struct error *error)
{
    static const struct xml_handlers handlers = {on_start, on_end, on_text};
    *sheet = (struct xlsx_sheet_reader){.package = package,
                                        .workbook = workbook,
                                        .strings = strings,
                                        .name = name,
                                        .title = title,
                                        .problem = BUF_INIT,
                                        .row = GRID_ROW_INIT,
                                        .rich = RICH_TEXT_INIT};
    bool exists = false;
    enum status status = read_merged(sheet, error);
    if (status == ST_OK)
        status = xml_part_open(&sheet->part, package, name, &handlers, sheet, &exists, error);
    sheet->part.sheet = title;
    if (status == ST_OK && !exists)
        status =
            error_set(error, ST_INPUT, _("'%s' is damaged: it has no %s"), package->path, name);
    return status;
}

void xlsx_sheet_close(struct xlsx_sheet_reader *sheet)
{
    xml_part_close(&sheet->part);
    merged_release(&sheet->merged);
    cell_spans_release(&sheet->spans);
    grid_row_release(&sheet->row);
    buf_release(&sheet->rich.text);
    buf_release(&sheet->problem);
}

enum status xlsx_sheet_next(struct xlsx_sheet_reader *sheet, struct row_builder *builder,
                            size_t *number, bool *hidden, bool *found, struct error *error)
{
    enum status status = ST_OK;
    sheet->whole = false;
    if (!sheet->part.ended)
        status = xml_part_read(&sheet->part, error);
    if (sheet->status == ST_NOMEM)
        return ST_NOMEM;
    *found = status == ST_OK && sheet->whole;
    if (!*found)
        return status;
    *number = sheet->row.number;
    *hidden = sheet->hidden;
    status = merged_use(&sheet->merged, sheet->row.number, &sheet->spans);
    if (status == ST_OK)
        status = grid_row_build(&sheet->row, &sheet->spans, builder);
    if (status == ST_INPUT)
        return error_set(error, status, _("'%s' cannot be read on: merged cells repeat too much"),
                         sheet->package->path);
    return status;
}
