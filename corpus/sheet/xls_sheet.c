/* The rows of one sheet. Interface: xls_sheet.h.
 *
 * A sheet is read twice: merged cells stand behind the rows. Cells of a row stand together, the
 * rows in their order. */
#include "corpus/sheet/xls_sheet.h"

#include <stdio.h>
#include <string.h>

/* A file's sheets lie one behind the other. What is read more often than that, since sheets claim
 * the same place, is made to keep a reader busy. */
#define MAX_READINGS 4
#define FREE_BYTES (1U << 20)

/* --- what stands elsewhere than in the rows -----------------------------------------------------
 */

static enum status add_merged(struct xls_sheet_reader *reader)
{
    const struct biff *biff = &reader->book->biff;
    size_t n = biff_u16(biff, 0);
    enum status status = ST_OK;
    for (size_t i = 0; status == ST_OK && i < n && 2 + 8 * (i + 1) <= biff->len; i++) {
        struct cell_span span = {.first_row = biff_u16(biff, 2 + 8 * i) + 1,
                                 .last_row = biff_u16(biff, 4 + 8 * i) + 1,
                                 .first_column = biff_u16(biff, 6 + 8 * i),
                                 .last_column = biff_u16(biff, 8 + 8 * i)};
        if (span.last_row >= span.first_row && span.last_column >= span.first_column &&
            span.last_column < XLS_MAX_COLUMNS)
            status = merged_add(&reader->merged, span);
    }
    return status;
}

static void note_row(struct xls_sheet_reader *reader)
{
    enum { FLAGS = 12, HEIGHT_IS_ZERO = 0x20 };
    const struct biff *biff = &reader->book->biff;
    uint32_t row = biff_u16(biff, 0);
    if ((biff_u16(biff, FLAGS) & HEIGHT_IS_ZERO) != 0)
        reader->hidden_rows[row / 8] |= (unsigned char)(1U << row % 8);
}

/* Reads the next record of the sheet itself: charts in it have records of their own. False: it is
 * damaged. */
static bool next_record(struct xls_sheet_reader *reader)
{
    struct biff *biff = &reader->book->biff;
    size_t depth = 0;
    do {
        if (!biff_next(biff) || biff->n_read > MAX_READINGS * biff->stream.size + FREE_BYTES)
            return false;
        if (biff->type == BIFF_BOF)
            depth++;
        else if (biff->type == BIFF_EOF && depth > 0)
            depth--;
        else if (depth == 0)
            return true;
    } while (true);
}

static bool go_to_start(struct xls_sheet_reader *reader, const struct xls_sheet *sheet)
{
    reader->book->biff.next = sheet->at;
    return biff_next(&reader->book->biff) && reader->book->biff.type == BIFF_BOF;
}

enum status xls_sheet_open(struct xls_sheet_reader *reader, struct xls_workbook *book,
                           const struct xls_sheet *sheet)
{
    *reader = (struct xls_sheet_reader){.book = book, .row = GRID_ROW_INIT};
    enum status status = go_to_start(reader, sheet) ? ST_OK : ST_INPUT;
    while (status == ST_OK && (status = next_record(reader) ? ST_OK : ST_INPUT) == ST_OK &&
           book->biff.type != BIFF_EOF) {
        if (book->biff.type == BIFF_MERGED)
            status = add_merged(reader);
        else if (book->biff.type == BIFF_ROW)
            note_row(reader);
    }
    merged_sort(&reader->merged);
    if (status == ST_OK && !go_to_start(reader, sheet))
        status = ST_INPUT;
    return status;
}

void xls_sheet_close(struct xls_sheet_reader *reader)
{
    merged_release(&reader->merged);
    cell_spans_release(&reader->spans);
    grid_row_release(&reader->row);
}

/* --- cells --------------------------------------------------------------------------------------
 */

static enum status end_cell(struct xls_sheet_reader *reader, size_t column, size_t at)
{
    if (reader->row.text.failed)
        return ST_NOMEM;
    if (column >= XLS_MAX_COLUMNS || reader->row.text.len > GRID_MAX_ROW_BYTES ||
        reader->row.n > (size_t)4 * XLS_MAX_COLUMNS)
        return ST_INPUT;
    return reader->row.text.len > at ? grid_row_add(&reader->row, column, at) : ST_OK;
}

static enum status add_number(struct xls_sheet_reader *reader, size_t column, uint32_t format,
                              double value)
{
    char text[40];
    size_t at = reader->row.text.len;
    int n = snprintf(text, sizeof text, "%.17g", value);
    number_append(&reader->row.text, text, (size_t)n, xls_workbook_format(reader->book, format),
                  reader->book->since_1904);
    return end_cell(reader, column, at);
}

static double double_at(const struct biff *biff, size_t at)
{
    uint64_t bits = (uint64_t)biff_u32(biff, at + 4) << 32 | biff_u32(biff, at);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The short form of a number: 30 bits of a whole one or of the front of a double, which may be a
 * hundred times what is meant. */
static double short_number(uint32_t bits)
{
    enum { TIMES_100 = 1, WHOLE = 2 };
    uint64_t front = (uint64_t)(bits & ~3U) << 32;
    double value;
    memcpy(&value, &front, sizeof value);
    int32_t whole = (int32_t)(bits & ~3U) / 4;
    if ((bits & WHOLE) != 0)
        value = whole;
    return (bits & TIMES_100) != 0 ? value / 100 : value;
}

static enum status add_short_numbers(struct xls_sheet_reader *reader)
{
    const struct biff *biff = &reader->book->biff;
    size_t column = biff_u16(biff, 2);
    enum status status = ST_OK;
    for (size_t at = 4; status == ST_OK && at + 6 <= biff->len; at += 6)
        status =
            add_number(reader, column++, biff_u16(biff, at), short_number(biff_u32(biff, at + 2)));
    return status;
}

static enum status add_text(struct xls_sheet_reader *reader, size_t column, size_t at_count)
{
    struct biff *biff = &reader->book->biff;
    size_t at = reader->row.text.len;
    if (biff->len < at_count + 2)
        return ST_INPUT;
    biff->at = at_count + 2;
    if (!biff_text(biff, biff_u16(biff, at_count), &reader->row.text))
        return ST_INPUT;
    return end_cell(reader, column, at);
}

static enum status add_shared(struct xls_sheet_reader *reader)
{
    size_t at = reader->row.text.len;
    uint32_t number = biff_u32(&reader->book->biff, 6);
    if (number >= reader->book->strings.n)
        return ST_INPUT;
    enum status status = strings_get(&reader->book->strings, number, &reader->row.text);
    return status == ST_OK ? end_cell(reader, biff_u16(&reader->book->biff, 2), at) : status;
}

static enum status add_literal(struct xls_sheet_reader *reader, size_t column, bool is_error,
                               unsigned char value)
{
    static const struct {
        unsigned char code;
        const char *text;
    } errors[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"}};
    size_t at = reader->row.text.len;
    const char *text = value != 0 ? "TRUE" : "FALSE";
    for (size_t i = 0; is_error && i < sizeof errors / sizeof errors[0]; i++)
        if (errors[i].code == value)
            text = errors[i].text;
    buf_adds(&reader->row.text, text);
    return end_cell(reader, column, at);
}

/* The value that was saved with a formula. */
static enum status add_formula(struct xls_sheet_reader *reader)
{
    enum { COLUMN = 2, FORMAT = 4, VALUE = 6, VALUE_END = 14 };
    enum { IS_TEXT, IS_BOOLEAN, IS_ERROR };
    const struct biff *biff = &reader->book->biff;
    size_t column = biff_u16(biff, COLUMN);
    if (biff->len < VALUE_END)
        return ST_INPUT;
    if (biff_u16(biff, VALUE_END - 2) != 0xFFFF)
        return add_number(reader, column, biff_u16(biff, FORMAT), double_at(biff, VALUE));
    unsigned char kind = biff->data[VALUE];
    reader->awaits_text = kind == IS_TEXT;
    reader->column = column;
    if (kind != IS_BOOLEAN && kind != IS_ERROR)
        return ST_OK;
    return add_literal(reader, column, kind == IS_ERROR, biff->data[VALUE + 2]);
}

static bool is_cell(uint32_t type)
{
    return type == BIFF_FORMULA || type == BIFF_MUL_RK || type == BIFF_RICH_STRING ||
           type == BIFF_LABEL_SST || type == BIFF_NUMBER || type == BIFF_LABEL ||
           type == BIFF_BOOL_ERR || type == BIFF_RK;
}

static enum status add_cell(struct xls_sheet_reader *reader)
{
    struct biff *biff = &reader->book->biff;
    size_t column = biff_u16(biff, 2);
    reader->awaits_text = false;
    switch (biff->type) {
    case BIFF_FORMULA:
        return add_formula(reader);
    case BIFF_MUL_RK:
        return add_short_numbers(reader);
    case BIFF_LABEL_SST:
        return add_shared(reader);
    case BIFF_NUMBER:
        return add_number(reader, column, biff_u16(biff, 4), double_at(biff, 6));
    case BIFF_RK:
        return add_number(reader, column, biff_u16(biff, 4), short_number(biff_u32(biff, 6)));
    case BIFF_BOOL_ERR:
        if (biff->len < 8)
            return ST_INPUT;
        return add_literal(reader, column, biff->data[7] != 0, biff->data[6]);
    default: /* texts of version 5 */
        return add_text(reader, column, 6);
    }
}

/* --- rows ---------------------------------------------------------------------------------------
 */

/* Reads the cells up to the first of another row, which waits. */
static enum status read_cells(struct xls_sheet_reader *reader)
{
    struct biff *biff = &reader->book->biff;
    size_t previous = reader->row.number;
    bool begun = false;
    enum status status = ST_OK;
    while (status == ST_OK) {
        if (!reader->waits && !next_record(reader))
            return ST_INPUT;
        reader->waits = false;
        reader->ended = biff->type == BIFF_EOF;
        if (reader->ended)
            return ST_OK;
        if (biff->type == BIFF_STRING && reader->awaits_text) {
            status = add_text(reader, reader->column, 0);
            reader->awaits_text = false;
        } else if (is_cell(biff->type)) {
            size_t number = (size_t)biff_u16(biff, 0) + 1;
            reader->waits = begun && number != reader->row.number;
            if (reader->waits)
                return ST_OK;
            if (!begun && number <= previous)
                return ST_INPUT;
            if (!begun)
                grid_row_begin(&reader->row, number);
            begun = true;
            status = add_cell(reader);
        }
    }
    return status;
}

enum status xls_sheet_next(struct xls_sheet_reader *reader, struct row_builder *builder,
                           size_t *number, bool *hidden, bool *found)
{
    enum status status = ST_OK;
    size_t previous = reader->row.number;
    *found = false;
    if (!reader->ended)
        status = read_cells(reader);
    if (status != ST_OK || reader->row.number == previous)
        return status;
    *found = true;
    *number = reader->row.number;
    *hidden = (reader->hidden_rows[(*number - 1) / 8] & 1U << (*number - 1) % 8) != 0;
    status = merged_use(&reader->merged, *number, &reader->spans);
    return status == ST_OK ? grid_row_build(&reader->row, &reader->spans, builder) : status;
}
