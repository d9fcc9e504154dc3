/* What an Excel workbook of the years before 2007 says of itself. Interface: xls_workbook.h. */
#include "corpus/sheet/xls_workbook.h"

#include "corpus/sheet/little_endian.h"

#include <stdio.h>
#include <stdlib.h>

enum { UTF_16 = 1200, MAC_JAPANESE = 10001, SHIFT_JIS = 932 };

/* ITEMS with room for one more than N; NULL: memory is out, and ITEMS are as they were. */
static void *with_room(void *items, size_t n, size_t *cap, size_t item_bytes)
{
    if (n < *cap)
        return items;
    size_t wanted = *cap == 0 ? 16 : *cap * 2;
    void *more = realloc(items, wanted * item_bytes);
    if (more != NULL)
        *cap = wanted;
    return more;
}

static enum status read_begin(struct xls_workbook *book)
{
    book->biff.version = biff_u16(&book->biff, 0);
    bool known = book->biff.version == BIFF_VERSION_5 || book->biff.version == BIFF_VERSION_8;
    return known ? ST_OK : ST_INPUT;
}

/* Texts of version 5 are in the code page of the computer they were written on. */
static enum status read_code_page(struct xls_workbook *book)
{
    char name[16];
    unsigned page = biff_u16(&book->biff, 0);
    if (book->biff.version == BIFF_VERSION_8 || page == UTF_16 || book->biff.decoder != (iconv_t)-1)
        return ST_OK;
    snprintf(name, sizeof name, "CP%u", page == MAC_JAPANESE ? SHIFT_JIS : page);
    book->biff.decoder = iconv_open("UTF-8", name);
    return ST_OK;
}

static enum status read_bound_sheet(struct xls_workbook *book)
{
    enum { WORKSHEET = 0, VISIBILITY = 4, KIND = 5, NAME = 6 };
    struct biff *biff = &book->biff;
    struct buf name = BUF_INIT;
    if (biff->len <= NAME || book->n_sheets == XLS_MAX_SHEETS)
        return ST_INPUT;
    if (biff->data[KIND] != WORKSHEET) /* a chart or a macro */
        return ST_OK;
    struct xls_sheet sheet = {.at = biff_u32(biff, 0), .hidden = (biff->data[VISIBILITY] & 3) != 0};
    biff->at = NAME + 1;
    bool whole = biff_text(biff, biff->data[NAME], &name);
    sheet.name = whole ? buf_detach(&name) : NULL;
    buf_release(&name);
    struct xls_sheet *more = realloc(book->sheets, (book->n_sheets + 1) * sizeof *more);
    if (more != NULL)
        book->sheets = more;
    if (more == NULL || sheet.name == NULL) {
        free(sheet.name);
        return whole ? ST_NOMEM : ST_INPUT;
    }
    book->sheets[book->n_sheets++] = sheet;
    return ST_OK;
}

static enum status read_format(struct xls_workbook *book)
{
    struct biff *biff = &book->biff;
    struct buf code = BUF_INIT;
    uint32_t id = biff_u16(biff, 0);
    bool wide_count = biff->version == BIFF_VERSION_8;
    if (biff->len < 4 || book->n_customs == XLS_MAX_CUSTOM_FORMATS)
        return ST_INPUT;
    size_t n_chars = wide_count ? biff_u16(biff, 2) : biff->data[2];
    biff->at = wide_count ? 4 : 3;
    void *customs =
        with_room(book->customs, book->n_customs, &book->customs_cap, sizeof *book->customs);
    if (customs == NULL)
        return ST_NOMEM;
    book->customs = customs;
    enum status status = biff_text(biff, n_chars, &code) ? ST_OK : ST_INPUT;
    if (status == ST_OK && code.failed)
        status = ST_NOMEM;
    if (status == ST_OK)
        book->customs[book->n_customs++] = (struct xls_number_format){
            .id = id, .format = number_format_read(code.len > 0 ? code.data : "")};
    buf_release(&code);
    return status;
}

static enum status read_cell_format(struct xls_workbook *book)
{
    uint32_t id = biff_u16(&book->biff, 2);
    struct number_format format = number_format_builtin(id);
    for (size_t i = 0; i < book->n_customs; i++)
        if (book->customs[i].id == id)
            format = book->customs[i].format;
    if (book->n_formats == XLS_MAX_FORMATS)
        return ST_INPUT;
    void *formats =
        with_room(book->formats, book->n_formats, &book->formats_cap, sizeof *book->formats);
    if (formats == NULL)
        return ST_NOMEM;
    book->formats = formats;
    book->formats[book->n_formats++] = format;
    return ST_OK;
}

static enum status read_strings(struct xls_workbook *book)
{
    unsigned char head[8], count[2];
    struct buf text = BUF_INIT;
    if (!biff_bytes(&book->biff, head, sizeof head))
        return ST_INPUT;
    enum status status = ST_OK;
    for (uint32_t i = 0, n = le32(head + 4); status == ST_OK && i < n; i++) {
        buf_clear(&text);
        if (!biff_bytes(&book->biff, count, sizeof count) ||
            !biff_text(&book->biff, le16(count), &text))
            status = ST_INPUT;
        else if (text.failed)
            status = ST_NOMEM;
        else
            status = strings_add(&book->strings, text.len > 0 ? text.data : "", text.len);
    }
    buf_release(&text);
    return status;
}

static enum status read_record(struct xls_workbook *book)
{
    switch (book->biff.type) {
    case BIFF_CODE_PAGE:
        return read_code_page(book);
    case BIFF_DATE_MODE:
        book->since_1904 = biff_u16(&book->biff, 0) == 1;
        return ST_OK;
    case BIFF_FILE_PASS:
        book->is_locked = true;
        return ST_INPUT;
    case BIFF_BOUND_SHEET:
        return read_bound_sheet(book);
    case BIFF_FORMAT:
        return read_format(book);
    case BIFF_XF:
        return read_cell_format(book);
    case BIFF_SST:
        return read_strings(book);
    default:
        return ST_OK;
    }
}

enum status xls_workbook_read(struct xls_workbook *book, const struct compound *compound)
{
    struct biff *biff = &book->biff;
    *book = (struct xls_workbook){.strings = STRINGS_INIT};
    biff->decoder = (iconv_t)-1;
    enum status status = stream_open(&biff->stream, compound, "Workbook");
    if (status == ST_INPUT) {
        stream_close(&biff->stream);
        status = stream_open(&biff->stream, compound, "Book");
    }
    if (status == ST_OK && (!biff_next(biff) || biff->type != BIFF_BOF))
        status = ST_INPUT;
    if (status == ST_OK)
        status = read_begin(book);
    while (status == ST_OK) {
        if (!biff_next(biff))
            return ST_INPUT;
        if (biff->type == BIFF_EOF)
            break;
        status = read_record(book);
    }
    return status;
}

void xls_workbook_release(struct xls_workbook *book)
{
    for (size_t i = 0; i < book->n_sheets; i++)
        free(book->sheets[i].name);
    free(book->sheets);
    free(book->customs);
    free(book->formats);
    strings_release(&book->strings);
    stream_close(&book->biff.stream);
    if (book->biff.decoder != (iconv_t)-1)
        iconv_close(book->biff.decoder);
}

struct number_format xls_workbook_format(const struct xls_workbook *book, uint32_t number)
{
    return number < book->n_formats ? book->formats[number] : number_format_builtin(0);
}
