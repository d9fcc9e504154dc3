/* The formats that can be read. Interface to format.c and to each format's file. */
#ifndef HIKU_CORPUS_FORMAT_H
#define HIKU_CORPUS_FORMAT_H

#include "base/error.h"
#include "corpus/bytes/input.h"
#include "corpus/rows/row.h"
#include "corpus/table/reader_options.h"

#include <stdbool.h>
#include <stddef.h>

struct format {
    const char *name;    /* as --type takes it: "csv" */
    const char *endings; /* of file names, cut by blanks: ".csv .txt" */
    bool text;           /* the input is turned into UTF-8 before open() is called; otherwise it
                            gives the bytes as they are */
    /* Whether a file that starts with HEAD is of this format, by its content. For a text format
     * HEAD may still be in any encoding that has ASCII's characters where ASCII has them. WHOLE:
     * HEAD is the whole file. NULL: only the ending or --type can tell. */
    bool (*detect)(const char *head, size_t n_bytes, bool whole);
    /* For text formats that name their encoding themselves: writes the name found in HEAD to NAME
     * and returns true. May be NULL. */
    bool (*declared)(const char *head, size_t n_bytes, char name[FORMAT_NAME_BYTES]);
    /* Makes *SOURCE over IN, which stays the caller's and outlives the source. ST_OK; ST_INPUT or
     * ST_USAGE with a message; ST_NOMEM. *SOURCE is NULL unless ST_OK. */
    enum status (*open)(struct input *in, const struct reader_options *options,
                        struct row_source **source, struct error *error);
};

extern const struct format format_tsv;
extern const struct format format_csv;
extern const struct format format_json;
extern const struct format format_ndjson;
extern const struct format format_text;
extern const struct format format_xlsx;
extern const struct format format_xls;
extern const struct format format_ods;
extern const struct format format_pdf;
extern const struct format format_html;
extern const struct format format_office; /* none that can be read: tells so */

/* Tells that IN is a document that cannot be read, and how to mend it. Returns ST_INPUT. */
enum status office_refuse(const struct input *in, struct error *error);

/* The format that OPTIONS name, or that the content of IN shows, or its name's ending. A text
 * format's input has been decoded. ST_OK; ST_USAGE (an unknown --type); ST_INPUT with a message
 * (binary, of no known format); ST_NOMEM. */
enum status format_find(struct input *in, const struct reader_options *options,
                        const struct format **format, struct error *error);

/* The format of this NAME; NULL: none. */
const struct format *format_named(const char *name);

/* Whether files of this name are read when a folder is. */
bool format_knows_ending(const char *file);

#endif
