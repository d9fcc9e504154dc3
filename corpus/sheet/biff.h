/* The records of an Excel workbook of the years before 2007 (MS-XLS). Interface to biff.c. */
#ifndef HIKU_CORPUS_SHEET_BIFF_H
#define HIKU_CORPUS_SHEET_BIFF_H

#include "base/buf.h"
#include "corpus/sheet/compound.h"

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BIFF_MAX_BYTES 8224 /* of a record */
#define BIFF_WINDOW_BYTES (64U << 10)

enum biff_type {
    BIFF_FORMULA = 0x0006,
    BIFF_EOF = 0x000A,
    BIFF_DATE_MODE = 0x0022,
    BIFF_FILE_PASS = 0x002F,
    BIFF_CONTINUE = 0x003C,
    BIFF_CODE_PAGE = 0x0042,
    BIFF_BOUND_SHEET = 0x0085,
    BIFF_MUL_RK = 0x00BD,
    BIFF_RICH_STRING = 0x00D6,
    BIFF_XF = 0x00E0,
    BIFF_MERGED = 0x00E5,
    BIFF_SST = 0x00FC,
    BIFF_LABEL_SST = 0x00FD,
    BIFF_NUMBER = 0x0203,
    BIFF_LABEL = 0x0204,
    BIFF_BOOL_ERR = 0x0205,
    BIFF_STRING = 0x0207,
    BIFF_ROW = 0x0208,
    BIFF_RK = 0x027E,
    BIFF_FORMAT = 0x041E,
    BIFF_BOF = 0x0809
};

enum { BIFF_VERSION_5 = 0x0500, BIFF_VERSION_8 = 0x0600 };

struct biff {
    struct stream stream;
    iconv_t decoder;  /* of the texts of version 5; (iconv_t)-1: none */
    unsigned version; /* BIFF_VERSION_5, BIFF_VERSION_8 */
    uint64_t next;    /* where the record after this one stands */
    uint64_t n_read;  /* bytes of all records so far */
    uint32_t type;    /* of the record: enum biff_type, or one that is not known */
    size_t len;
    size_t at; /* what biff_bytes() and biff_text() take next */
    unsigned char data[BIFF_MAX_BYTES];
    uint64_t window_at;
    size_t window_len;
    unsigned char window[BIFF_WINDOW_BYTES];
};

/* Reads the record at biff->next. False: the stream ends there, or is damaged. */
bool biff_next(struct biff *biff);

/* The number of 2 or 4 bytes at AT of the record; 0 beyond its end. */
uint32_t biff_u16(const struct biff *biff, size_t at);
uint32_t biff_u32(const struct biff *biff, size_t at);

/* Takes N_BYTES from the record and the records that continue it; OUT may be NULL. False: there are
 * not as many. */
bool biff_bytes(struct biff *biff, void *out, size_t n_bytes);

/* Takes a text of N_CHARS characters, in version 8 preceded by its flags and followed by what is no
 * text (fonts, furigana), and appends it to OUT in valid UTF-8. False: it is damaged; OUT then has
 * what could be read. */
bool biff_text(struct biff *biff, size_t n_chars, struct buf *out);

#endif
