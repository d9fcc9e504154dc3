/* Recognising one tag of HTML. Interface to html_tag.c. */
#ifndef HIKU_CORPUS_ROWS_HTML_TAG_H
#define HIKU_CORPUS_ROWS_HTML_TAG_H

#include <stdbool.h>
#include <stddef.h>

enum html_kind {
    HTML_INLINE, /* does not show in plain text */
    HTML_BLOCK,  /* stands on lines of its own */
    HTML_LIST,   /* a block of items */
    HTML_ITEM,   /* an item of a list */
    HTML_CELL,   /* kept apart from its neighbour by a blank */
    HTML_RAW     /* its content is no text */
};

struct html_tag {
    const char *name; /* of the element, in small letters; static */
    enum html_kind kind;
    bool closing;
    size_t len; /* bytes, from < to > */
};

/* Whether TEXT, which starts with <, starts with a whole tag of an element that HTML knows. */
bool html_read_tag(const char *text, size_t n_bytes, struct html_tag *tag);

#endif
