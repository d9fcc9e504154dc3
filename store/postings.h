/* Lists of ascending positions, packed.
 *
 * A list is: the number of positions (varint); of one position that itself (varint), else chunks of
 * up to 128 positions. Before each chunk but the last stand the sum of its gaps and its bytes (two
 * varints), which let a reader that looks further on skip it. A gap is the distance to the position
 * before, less one but for a list's first.
 *
 * A chunk is packed with a Rice code (rice.h). */
#ifndef HIKU_STORE_POSTINGS_H
#define HIKU_STORE_POSTINGS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POSTINGS_CHUNK 128

/* Appends N (at least 1) strictly ascending positions. */
void postings_encode(struct buf *out, const uint32_t *positions, size_t n);

/* Goes through one list, chunk by chunk. */
struct postings {
    const unsigned char *at;
    const unsigned char *end;
    size_t n;      /* positions in the whole list */
    size_t left;   /* positions in the chunks not yet read */
    uint32_t last; /* the last position of the chunks read or skipped */
    bool started;
    bool bad; /* the data are damaged */
};

/* Starts reading the list in DATA. The bytes must stay while it is read. */
void postings_open(struct postings *p, const unsigned char *data, size_t n_bytes);

/* Unpacks the next chunk that holds a position >= FROM into OUT (room for POSTINGS_CHUNK) and
 * returns how many it holds: all of the chunk's, also those below FROM. The last chunk is given
 * even where all of it is below. 0 at the end or when bad. */
size_t postings_next(struct postings *p, uint32_t from, uint32_t *out);

#endif
