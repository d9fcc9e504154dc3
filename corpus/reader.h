/* Turning sources into records: what every reader gives and how it is called.
 *
 * A reader streams: it calls sink->record once for each record, in the order of the source. What
 * it cannot read it gives to sink->problem and skips; nothing is dropped in silence. */
#ifndef HIKU_CORPUS_READER_H
#define HIKU_CORPUS_READER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of valid UTF-8, not NUL-terminated, borrowed from whoever made it. */
struct slice {
    const char *data;
    size_t len; /* bytes */
};

/* A column that is none of id, date, title, body; its name is its position where the heading has
 * none. Columns without text in a record are left out. */
struct column {
    struct slice name;
    struct slice value;
};

/* One measure as its source gives it, cells already turned into plain text. All slices are valid
 * only during the call that passes the record. */
struct record {
    struct slice id;        /* number in the source; empty where it has none */
    struct slice date_text; /* as published; may be empty */
    struct slice title;
    struct slice body; /* paragraphs and bullets are separate lines */
    const struct column *columns;
    size_t n_columns;
    size_t line; /* of the source, from 1 */
};

struct reader_sink {
    void *context;
    /* Returns ST_OK to go on; anything else stops the reader, which returns it. */
    enum status (*record)(void *context, const struct record *record);
    /* A row that was skipped, or taken with doubt. PROBLEM is a translated phrase without file or
     * line; EXCERPT shows the row (may be empty). */
    void (*problem)(void *context, size_t line, const char *problem, struct slice excerpt);
};

struct reader_options {
    /* Names of the columns by position for a file without a header line, e.g. "id,title,body"
     * ("-" skips one), or mappings by the header's names, e.g. "title=事業名,body=目的"; NULL: they
     * are recognised. */
    const char *columns;
};

/* Reads the table at PATH (UTF-8, tab- or comma-separated by its content).
 * ST_OK; ST_INPUT with a message (missing, unreadable, a folder, empty, binary, no table in it);
 * ST_USAGE for a --columns that does not fit; ST_NOMEM; or what sink->record returned. */
enum status reader_read(const char *path, const struct reader_options *options,
                        const struct reader_sink *sink, struct error *error);

#endif
