/* The lines of a PDF file's words, by their places. Interface to pdf_lines.c. */
#ifndef HIKU_CORPUS_PDF_PDF_LINES_H
#define HIKU_CORPUS_PDF_PDF_LINES_H

#include "corpus/pdf/pdf_words.h"
#include "corpus/rows/sink.h"

#include <stdbool.h>
#include <stddef.h>

/* Words that stand on one line. */
struct pdf_line {
    size_t first; /* word */
    size_t n;
    float top, bottom;
    size_t page;
};

struct pdf_lines {
    struct pdf_words *words; /* borrowed; sorted by line, then from left to right */
    struct pdf_line *items;  /* from the first page's top on */
    size_t n;
};

/* Sorts the words of lines->words into lines. Free lines->items in any case. ST_OK or ST_NOMEM. */
enum status pdf_lines_make(struct pdf_lines *lines);

struct span pdf_word_text(const struct pdf_lines *lines, const struct pdf_word *word);

/* Appends the words of a line whose middles lie between two places, with blanks where they stand
 * apart. */
void pdf_line_words(const struct pdf_lines *lines, const struct pdf_line *line, float from,
                    float to, struct buf *out);

/* Appends all of a line. */
void pdf_line_text(const struct pdf_lines *lines, const struct pdf_line *line, struct buf *out);

bool pdf_same_text(const struct pdf_lines *lines, size_t a, size_t b);

/* The blank below a line that no word near it reaches into; negative where lines overlap. */
float pdf_gap_after(const struct pdf_lines *lines, size_t line);

/* The blank between lines that half of the lines from FROM to TO have at most, overlaps left out.
 */
float pdf_usual_gap(const struct pdf_lines *lines, size_t from, size_t to);

/* - 12 - alone in the margin. */
bool pdf_is_page_number(const struct pdf_lines *lines, size_t at);

/* The line before which the page of line FROM ends; page numbers are no part of it. */
size_t pdf_page_end(const struct pdf_lines *lines, size_t from);

#endif
