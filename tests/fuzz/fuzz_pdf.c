/* PDF: the input is what pdftotext writes, words and their places; it reads the file itself in a
 * process of its own. */
#include "tests/fuzz/fuzz.h"

#include "corpus/pdf/pdf_table.h"

#include <stdlib.h>

static void read_rows(struct pdf_words *words)
{
    struct pdf_table table;
    struct row_builder builder = ROW_BUILDER_INIT;
    struct row row;
    bool found = true;
    if (pdf_table_find(&table, words) != ST_OK)
        abort();
    while (found) {
        if (pdf_table_next(&table, &builder, &row, &found) != ST_OK)
            abort();
        for (size_t i = 0; found && i < row.n_cells; i++)
            fuzz_check_text(row.cells[i].data, row.cells[i].len);
    }
    row_builder_release(&builder);
    pdf_table_release(&table);
}

void fuzz_pdf(const uint8_t *data, size_t n_bytes)
{
    struct pdf_words words = PDF_WORDS_INIT;
    struct pdf_parse parse = {.words = &words};
    XML_Parser parser = pdf_words_parser(&parse);
    if (parser == NULL)
        abort();
    if (pdf_words_feed(parser, (const char *)data, n_bytes, true) == ST_OK)
        read_rows(&words);
    XML_ParserFree(parser);
    pdf_words_release(&words);
}
