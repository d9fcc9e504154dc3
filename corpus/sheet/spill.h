/* A long string of bytes, at first in memory, then in a temporary file. Interface to spill.c. */
#ifndef HIKU_CORPUS_SHEET_SPILL_H
#define HIKU_CORPUS_SHEET_SPILL_H

#include "base/buf.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define SPILL_MEMORY_BYTES (24U << 20)

struct spill {
    struct buf memory; /* all of it while file is NULL */
    FILE *file;        /* without a name; removed when closed */
    uint64_t len;
};

#define SPILL_INIT                                                                                 \
    {                                                                                              \
        .memory = BUF_INIT                                                                         \
    }

void spill_release(struct spill *spill);

/* Appends to it. ST_OK; ST_NOMEM; ST_INPUT when the temporary file cannot be written. */
enum status spill_append(struct spill *spill, const void *data, size_t n_bytes);

/* Copies N_BYTES from AT, which must be there, to DATA. ST_OK or ST_INPUT. */
enum status spill_read(struct spill *spill, uint64_t at, void *data, size_t n_bytes);

#endif
