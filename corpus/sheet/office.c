/* Documents of office programs that cannot be read: what they are, and how to mend it. They are a
 * format of their own so that a folder that holds some tells so. Interface: format.h. */
#include "corpus/format.h"

#include "base/text.h"
#include "corpus/bytes/zip_head.h"

#include <string.h>

#define OPEN_DOCUMENT "mimetypeapplication/vnd.oasis.opendocument"

static bool holds(const char *head, size_t n_bytes, const char *text)
{
    return memmem(head, n_bytes, text, strlen(text)) != NULL;
}

static bool office_detect(const char *head, size_t n_bytes, bool whole)
{
    (void)whole;
    if (text_starts_with(head, n_bytes, "{\\rtf") || zip_begins_with(head, n_bytes, OPEN_DOCUMENT))
        return true;
    return zip_begins(head, n_bytes) &&
           (holds(head, n_bytes, "word/document.xml") ||
            holds(head, n_bytes, "ppt/presentation.xml")) &&
           !holds(head, n_bytes, "xl/workbook.xml");
}

enum status office_refuse(const struct input *in, struct error *error)
{
    return error_set(error, ST_INPUT,
                     _("'%s' is a document of an office program that cannot be read; save its "
                       "tables as .xlsx or .csv, or all of it as PDF"),
                     in->path);
}

static enum status office_open(struct input *in, const struct reader_options *options,
                               struct row_source **source, struct error *error)
{
    (void)options;
    *source = NULL;
    return office_refuse(in, error);
}

const struct format format_office = {
    .name = "office",
    .endings = ".xlsb .odt .doc .docx .rtf .jtd",
    .text = false,
    .detect = office_detect,
    .open = office_open,
};
