/* The format pdf: the tables of a PDF file with a text layer (pdf_table.h), and its other pages.
 * Interface: format.h. */
#include "corpus/format.h"

#include "base/text.h"
#include "corpus/pdf/pdf_table.h"

#include <stdlib.h>
#include <string.h>

#define MARK "%PDF-"

struct pdf_source {
    struct row_source base;
    struct pdf_words words;
    struct pdf_table table;
    struct row_builder row;
};

static enum status pdf_next(struct row_source *base, struct row *row, bool *found,
                            struct error *error)
{
    struct pdf_source *source = (struct pdf_source *)base;
    (void)error;
    return pdf_table_next(&source->table, &source->row, row, found);
}

static void pdf_close(struct row_source *base)
{
    struct pdf_source *source = (struct pdf_source *)base;
    pdf_table_release(&source->table);
    pdf_words_release(&source->words);
    row_builder_release(&source->row);
    free(source);
}

static enum status read_file(struct pdf_source *source, struct input *in, struct error *error)
{
    int fd = -1;
    enum status status = input_file(in, &fd, error);
    if (status == ST_OK)
        status = pdf_words_read(&source->words, fd, in->path, error);
    if (status == ST_OK && source->words.n == 0)
        return error_set(error, ST_INPUT,
                         _("'%s' has no text, only images; recognise its text (OCR) first"),
                         in->path);
    if (status == ST_OK)
        status = pdf_table_find(&source->table, &source->words);
    return status;
}

static const struct row_source_ops pdf_ops = {.next = pdf_next, .close = pdf_close};

static enum status pdf_open(struct input *in, const struct reader_options *options,
                            struct row_source **made, struct error *error)
{
    (void)options;
    struct pdf_source *source = calloc(1, sizeof *source);
    *made = NULL;
    if (source == NULL)
        return ST_NOMEM;
    source->base.ops = &pdf_ops;
    source->words = (struct pdf_words)PDF_WORDS_INIT;
    source->row = (struct row_builder)ROW_BUILDER_INIT;
    enum status status = read_file(source, in, error);
    if (status == ST_OK)
        *made = &source->base;
    else
        pdf_close(&source->base);
    return status;
}

static bool pdf_detect(const char *head, size_t n_bytes, bool whole)
{
    (void)whole;
    return text_starts_with(head, n_bytes, MARK);
}

const struct format format_pdf = {
    .name = "pdf",
    .endings = ".pdf",
    .text = false,
    .detect = pdf_detect,
    .open = pdf_open,
};
