/* The texts that the cells of an Excel workbook share. Interface to shared_strings.c. */
#ifndef HIKU_CORPUS_SHEET_SHARED_STRINGS_H
#define HIKU_CORPUS_SHEET_SHARED_STRINGS_H

#include "base/buf.h"
#include "corpus/sheet/package.h"
#include "corpus/sheet/spill.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XLSX_MAX_TEXT_BYTES (1U << 20) /* of a cell; Excel's limit is 32,767 characters */

/* Gathers the text of a cell from its runs. Readings (rPh), which Excel shows above it, are no part
 * of it. */
struct rich_text {
    bool in_text;
    size_t in_reading; /* depth */
    bool too_long;
    struct buf text;
};

#define RICH_TEXT_INIT                                                                             \
    {                                                                                              \
        .text = BUF_INIT                                                                           \
    }

void rich_text_start(struct rich_text *rich, const char *element);
void rich_text_end(struct rich_text *rich, const char *element);
void rich_text_add(struct rich_text *rich, const char *text, size_t n_bytes);

/* Writes the text with _x000D_ and the like, which stand for characters, decoded. Appends to OUT.
 */
void xlsx_unescape(const char *text, size_t n_bytes, struct buf *out);

struct strings {
    struct spill texts;
    struct spill ends; /* of each text, as uint64_t */
    uint64_t n;
};

#define STRINGS_INIT                                                                               \
    {                                                                                              \
        .texts = SPILL_INIT, .ends = SPILL_INIT                                                    \
    }

/* Reads the shared texts in the file NAME of PACKAGE. Release in any case. ST_OK; ST_INPUT with a
 * message; ST_NOMEM. */
enum status strings_read(struct strings *strings, struct package *package, const char *name,
                         struct error *error);
void strings_release(struct strings *strings);

/* Adds a text, which gets the next number. ST_OK; ST_NOMEM; ST_INPUT when the temporary file cannot
 * be written. */
enum status strings_add(struct strings *strings, const char *text, size_t n_bytes);

/* Appends the text of this number to OUT; nothing when there is none. ST_OK, ST_INPUT or
 * ST_NOMEM. */
enum status strings_get(struct strings *strings, uint64_t number, struct buf *out);

#endif
