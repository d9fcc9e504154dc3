/* The format pdf: the table of a PDF file with a text layer (pdf_table.h), else its pages.
 * Interface: format.h. */
#include "corpus/format.h"

#include "corpus/pdf_table.h"
#include "corpus/sections.h"

#include <stdlib.h>
#include <string.h>

#define MARK "%PDF-"

struct pdf_source {
    struct row_source base;
    struct pdf_words words;
    struct pdf_table table;
    struct sections sections;
    struct row_builder row;
};

static enum status make_sections(struct pdf_source *source)
{
    const struct pdf_table *table = &source->table;
    enum status status = ST_OK;
    for (size_t i = 0; i < table->n_lines && status == ST_OK; i++) {
        const struct pdf_line *line = &table->lines[i];
        struct buf *text = &source->sections.text;
        struct buf title = BUF_INIT;
        if (i == 0 || line->page != table->lines[i - 1].page) {
            pdf_line_text(table, line, &title);
            struct slice name = {title.data, title.len};
            status = sections_begin(&source->sections, name, 0, line->page);
        } else {
            pdf_line_text(table, line, text);
            buf_addc(text, '\n');
        }
        if (title.failed || text->failed)
            status = ST_NOMEM;
        buf_release(&title);
    }
    return status;
}

static enum status pdf_next(struct row_source *base, struct row *row, bool *found,
                            struct error *error)
{
    struct pdf_source *source = (struct pdf_source *)base;
    (void)error;
    if (source->table.n_columns > 0)
        return pdf_table_next(&source->table, &source->row, row, found);
    return sections_next(&source->sections, &source->row, row, found);
}

static void pdf_close(struct row_source *base)
{
    struct pdf_source *source = (struct pdf_source *)base;
    pdf_table_release(&source->table);
    pdf_words_release(&source->words);
    sections_release(&source->sections);
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
    if (status == ST_OK && source->table.n_columns == 0)
        status = make_sections(source);
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
    source->sections = (struct sections)SECTIONS_INIT;
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
    return n_bytes >= strlen(MARK) && memcmp(head, MARK, strlen(MARK)) == 0;
}

const struct format format_pdf = {
    .name = "pdf",
    .endings = ".pdf",
    .text = false,
    .detect = pdf_detect,
    .open = pdf_open,
};
