/* Finding out a source's format. Interface: format.h. */
#include "corpus/format.h"

#include "corpus/bytes/archive_list.h"
#include "corpus/bytes/archive_name.h"
#include "corpus/bytes/encoding.h"
#include "corpus/bytes/zip_head.h"

#include <string.h>
#include <strings.h>

#define HEAD_BYTES (64U << 10) /* what detect() is shown */

/* In the order in which they are asked. */
static const struct format *const formats[] = {
    &format_ods,    &format_xls,  &format_office, &format_xlsx, &format_pdf, &format_html,
    &format_ndjson, &format_json, &format_text,   &format_tsv,  &format_csv};
enum { N_FORMATS = sizeof formats / sizeof formats[0] };

const struct format *format_named(const char *name)
{
    for (size_t i = 0; i < N_FORMATS; i++)
        if (strcasecmp(formats[i]->name, name) == 0 && formats[i] != &format_office)
            return formats[i];
    return NULL;
}

static bool has_ending(const struct format *format, const char *file)
{
    size_t stem = archive_stem(file);
    const char *dot = memrchr(file, '.', stem);
    if (dot == NULL)
        return false;
    size_t n_bytes = stem - (size_t)(dot - file);
    for (const char *ending = format->endings; *ending != '\0';) {
        size_t n = strcspn(ending, " ");
        if (n == n_bytes && strncasecmp(ending, dot, n) == 0)
            return true;
        ending += n + (ending[n] == ' ');
    }
    return false;
}

bool format_knows_ending(const char *file)
{
    for (size_t i = 0; i < N_FORMATS; i++)
        if (has_ending(formats[i], file))
            return true;
    return false;
}

/* By the content, else by the ending. */
static const struct format *recognise(const struct input *in)
{
    const char *head = in->data + in->start;
    size_t n_head = in->end - in->start < HEAD_BYTES ? in->end - in->start : HEAD_BYTES;
    for (size_t i = 0; i < N_FORMATS; i++)
        if (formats[i]->detect != NULL && formats[i]->detect(head, n_head, in->eof))
            return formats[i];
    /* Programs write tables as text, and call them .xls so that Excel opens them. */
    bool binary = memchr(head, '\0', n_head) != NULL;
    for (size_t i = 0; i < N_FORMATS; i++)
        if ((formats[i]->text || binary) && has_ending(formats[i], in->path))
            return formats[i];
    return &format_csv;
}

/* Whether a zip or tar archive starts so. */
static bool is_archive(const char *head, size_t n_bytes)
{
    enum { TAR_MARK = 257 };
    return zip_begins(head, n_bytes) ||
           (n_bytes > TAR_MARK + 5 && memcmp(head + TAR_MARK, "ustar", 5) == 0);
}

/* Puts the decoder in place and refuses what is no text even so. */
static enum status begin_text(struct input *in, const struct format *format,
                              const struct reader_options *options, struct error *error)
{
    char name[FORMAT_NAME_BYTES];
    const char *declared = NULL;
    if (is_archive(in->data + in->start, in->end - in->start))
        return error_set(
            error, ST_INPUT,
            _("'%s' is an archive that is damaged, has no tables, grows without end, has "
              "more than %d files, or is inside another; unpack it first"),
            in->path, ARCHIVE_MEMBERS);
    if (format->declared != NULL &&
        format->declared(in->data + in->start, in->end - in->start, name))
        declared = name;
    enum status status = input_decode(in, options->encoding, declared, error);
    if (status == ST_OK)
        status = input_fill(in, HEAD_BYTES, error);
    if (status != ST_OK)
        return status;
    if (in->start == in->end)
        return error_set(error, ST_INPUT, _("'%s' is empty"), in->path);
    size_t n_head = in->end - in->start < HEAD_BYTES ? in->end - in->start : HEAD_BYTES;
    if (memchr(in->data + in->start, '\0', n_head) != NULL)
        return error_set(error, ST_INPUT,
                         _("'%s' is a binary file of no known format; save it as a text or "
                           "spreadsheet"),
                         in->path);
    return ST_OK;
}

enum status format_find(struct input *in, const struct reader_options *options,
                        const struct format **format, struct error *error)
{
    *format = options->type != NULL ? format_named(options->type) : NULL;
    if (options->type != NULL && *format == NULL)
        return error_set(error, ST_USAGE, _("unknown format '%s' in --type"), options->type);
    enum status status = input_fill(in, HEAD_BYTES, error);
    if (status != ST_OK)
        return status;
    if (*format == NULL)
        *format = recognise(in);
    return (*format)->text ? begin_text(in, *format, options, error) : ST_OK;
}
