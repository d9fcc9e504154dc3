/* The texts that the cells of an Excel workbook share. Interface: shared_strings.h. */
#include "corpus/sheet/shared_strings.h"

#include <stdlib.h>
#include <string.h>

#define ESCAPE_BYTES 7 /* _x000D_ */

void rich_text_start(struct rich_text *rich, const char *element)
{
    if (strcmp(element, "rPh") == 0)
        rich->in_reading++;
    else if (strcmp(element, "t") == 0)
        rich->in_text = true;
}

void rich_text_end(struct rich_text *rich, const char *element)
{
    if (strcmp(element, "rPh") == 0 && rich->in_reading > 0)
        rich->in_reading--;
    else if (strcmp(element, "t") == 0)
        rich->in_text = false;
}

void rich_text_add(struct rich_text *rich, const char *text, size_t n_bytes)
{
    if (!rich->in_text || rich->in_reading > 0)
        return;
    rich->too_long = rich->too_long || rich->text.len + n_bytes > XLSX_MAX_TEXT_BYTES;
    if (!rich->too_long)
        buf_append(&rich->text, text, n_bytes);
}

/* Reads _xHHHH_ at TEXT. */
static bool read_escape(const char *text, size_t n_bytes, uint32_t *cp)
{
    if (n_bytes < ESCAPE_BYTES || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return false;
    char digits[5] = {text[2], text[3], text[4], text[5], '\0'};
    if (strspn(digits, "0123456789abcdefABCDEF") != 4)
        return false;
    *cp = (uint32_t)strtoul(digits, NULL, 16);
    return *cp != 0 && (*cp < 0xD800 || *cp > 0xDFFF);
}

void xlsx_unescape(const char *text, size_t n_bytes, struct buf *out)
{
    size_t at = 0;
    for (const char *found;
         at < n_bytes && (found = memchr(text + at, '_', n_bytes - at)) != NULL;) {
        size_t start = (size_t)(found - text);
        uint32_t cp;
        buf_append(out, text + at, start - at);
        if (read_escape(found, n_bytes - start, &cp)) {
            buf_add_cp(out, cp);
            at = start + ESCAPE_BYTES;
        } else {
            buf_addc(out, '_');
            at = start + 1;
        }
    }
    buf_append(out, text + at, n_bytes - at);
}

enum status strings_add(struct strings *strings, const char *text, size_t n_bytes)
{
    enum status status = spill_append(&strings->texts, text, n_bytes);
    if (status == ST_OK)
        status = spill_append(&strings->ends, &strings->texts.len, sizeof strings->texts.len);
    strings->n += status == ST_OK;
    return status;
}

struct reading {
    struct strings *strings;
    struct xml_part part;
    struct rich_text rich;
    struct buf text;
    enum status status;
};

static void on_start(void *context, const char *name, const char **attributes)
{
    (void)attributes;
    struct reading *reading = context;
    if (strcmp(name, "si") == 0)
        buf_clear(&reading->rich.text);
    else
        rich_text_start(&reading->rich, name);
}

static void end_text(struct reading *reading)
{
    struct strings *strings = reading->strings;
    buf_clear(&reading->text);
    xlsx_unescape(reading->rich.text.data, reading->rich.text.len, &reading->text);
    enum status status = reading->text.failed || reading->rich.text.failed ? ST_NOMEM : ST_OK;
    if (status == ST_OK)
        status = strings_add(strings, reading->text.data, reading->text.len);
    reading->status = status;
    if (status != ST_OK)
        xml_part_refuse(&reading->part, _("no room for the shared texts"));
    else if (reading->rich.too_long)
        xml_part_refuse(&reading->part, _("a cell of too many bytes"));
}

static void on_end(void *context, const char *name)
{
    struct reading *reading = context;
    if (strcmp(name, "si") == 0)
        end_text(reading);
    else
        rich_text_end(&reading->rich, name);
}

static void on_text(void *context, const char *text, int n_bytes)
{
    struct reading *reading = context;
    rich_text_add(&reading->rich, text, (size_t)n_bytes);
}

enum status strings_read(struct strings *strings, struct package *package, const char *name,
                         struct error *error)
{
    static const struct xml_handlers handlers = {on_start, on_end, on_text};
    struct reading reading = {.strings = strings, .rich = RICH_TEXT_INIT, .text = BUF_INIT};
    bool exists = false;
    enum status status =
        xml_part_open(&reading.part, package, name, &handlers, &reading, &exists, error);
    if (status == ST_OK && exists)
        status = xml_part_read(&reading.part, error);
    if (reading.status == ST_NOMEM)
        status = ST_NOMEM;
    xml_part_close(&reading.part);
    buf_release(&reading.rich.text);
    buf_release(&reading.text);
    return status;
}

void strings_release(struct strings *strings)
{
    spill_release(&strings->texts);
    spill_release(&strings->ends);
    strings->n = 0;
}

enum status strings_get(struct strings *strings, uint64_t number, struct buf *out)
{
    uint64_t ends[2] = {0, 0}; /* of the text before and of this one */
    if (number >= strings->n)
        return ST_OK;
    size_t n = number > 0 ? 2 : 1;
    enum status status = spill_read(&strings->ends, (number - n + 1) * sizeof ends[0], &ends[2 - n],
                                    n * sizeof ends[0]);
    size_t len = (size_t)(ends[1] - ends[0]);
    if (status != ST_OK || len == 0)
        return status;
    if (!buf_reserve(out, len))
        return ST_NOMEM;
    status = spill_read(&strings->texts, ends[0], out->data + out->len, len);
    if (status == ST_OK) {
        out->len += len;
        out->data[out->len] = '\0';
    }
    return status;
}
