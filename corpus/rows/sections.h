/* A text without a table, cut into sections. Interface to sections.c. */
#ifndef HIKU_CORPUS_ROWS_SECTIONS_H
#define HIKU_CORPUS_ROWS_SECTIONS_H

#include "base/buf.h"
#include "base/error.h"
#include "corpus/rows/row_builder.h"

#include <stdbool.h>
#include <stddef.h>

struct section {
    size_t title; /* where its title starts in the text; its body follows */
    size_t body;
    size_t line;
    size_t page;
};

struct sections {
    struct buf text;
    struct section *items;
    size_t n;
    size_t cap;
    size_t next; /* the first that was not given */
};

#define SECTIONS_INIT                                                                              \
    {                                                                                              \
        .text = BUF_INIT                                                                           \
    }

void sections_release(struct sections *sections);

/* Forgets all of them. */
void sections_clear(struct sections *sections);

/* Begins a section with this TITLE, which may be empty. What is appended to sections->text after it
 * is its body. ST_OK or ST_NOMEM. */
enum status sections_begin(struct sections *sections, struct span title, size_t line, size_t page);

/* Gives the next section that has a text, as a row of the kind ROW_SECTION; *FOUND is false when
 * there is none. ST_OK or ST_NOMEM. */
enum status sections_next(struct sections *sections, struct row_builder *builder, struct row *row,
                          bool *found);

#endif
