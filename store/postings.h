/* Lists of ascending positions, packed.
 *
 * A list is: the number of positions (varint), then chunks of up to 128 of them. A chunk is: the
 * sum of its gaps (varint), which lets a reader that looks further on skip it; the width of the
 * packed gaps in bits (1 byte); the bytes of its exceptions (varint); the gaps' low bits, packed
 * without padding between them; for each gap that is wider an exception (its index in the chunk,
 * 1 byte; the bits above the width, varint). A gap is the distance to the position before, less one
 * but for a list's first. The packing is PForDelta: Zukowski, Héman, Nes, Boncz: Super-Scalar
 * RAM-CPU Cache Compression, ICDE 2006. */
#ifndef HIKU_STORE_POSTINGS_H
#define HIKU_STORE_POSTINGS_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POSTINGS_CHUNK 128

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "packed lists are read as little-endian words: this machine needs a byte swap in unpack()"
#endif

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
 * returns how many it holds: all of the chunk's, also those below FROM. 0 at the end or when bad.
 */
size_t postings_next(struct postings *p, uint32_t from, uint32_t *out);

#endif
