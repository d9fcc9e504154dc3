/* The words of a PDF file with their places. Interface to pdf_words.c.
 *
 * pdftotext of poppler-utils finds them, as a process of its own: what a hostile file makes it do
 * ends with it, its processor time and memory are limited, and its licence (GPL) stays its own. */
#ifndef HIKU_CORPUS_PDF_PDF_WORDS_H
#define HIKU_CORPUS_PDF_PDF_WORDS_H

#include "base/buf.h"
#include "base/error.h"

#include <expat.h>
#include <stdbool.h>
#include <stddef.h>

#define PDF_MAX_WORDS 2000000U
#define PDF_MAX_TEXT_BYTES (64U << 20)
#define PDF_CPU_SECONDS 120U
#define PDF_MEMORY_BYTES (1024UL << 20)

/* In points from the page's upper left corner. */
struct pdf_word {
    float left, top, right, bottom;
    size_t at; /* in the text */
    size_t len;
    size_t page; /* from 1 */
};

struct pdf_words {
    struct pdf_word *items;
    size_t n;
    size_t cap;
    size_t n_pages;
    float width, height; /* the largest of the pages */
    struct buf text;
};

#define PDF_WORDS_INIT                                                                             \
    {                                                                                              \
        .text = BUF_INIT                                                                           \
    }

void pdf_words_release(struct pdf_words *words);

/* Reads the PDF file that FD gives, PATH for messages. ST_OK; ST_INPUT with a message; ST_NOMEM. */
enum status pdf_words_read(struct pdf_words *words, int fd, const char *path, struct error *error);

/* Takes a piece of pdftotext's output (XHTML); the last has IS_LAST. ST_OK; ST_INPUT when it is
 * none or there are too many words; ST_NOMEM. PARSER comes from pdf_words_parser(). */
enum status pdf_words_feed(XML_Parser parser, const char *data, size_t n_bytes, bool is_last);

struct pdf_parse {
    struct pdf_words *words;
    bool in_word;
    bool too_many;
};

/* A parser that adds to PARSE->words; both stay the caller's. NULL: no memory. */
XML_Parser pdf_words_parser(struct pdf_parse *parse);

#endif
