/* How a source is to be read. */
#ifndef HIKU_CORPUS_TABLE_READER_OPTIONS_H
#define HIKU_CORPUS_TABLE_READER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct reader_options {
    /* Names of the columns by position for a file without a header line, e.g. "id,title,body"
     * ("-" skips one), or mappings by the header's names, e.g. "title=事業名,body=目的"; NULL: they
     * are recognised. */
    const char *columns;
    const char *type;     /* name of a format; NULL: found by content, then by the ending */
    const char *encoding; /* of a text; NULL: declared or detected */
    bool hidden;          /* take rows and sheets that are hidden */
    uint64_t most_rows;   /* to be read; 0: all */
};

#endif
