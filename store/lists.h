/* The lists of a segment: where pairs of units stand, and how often. Interface to lists.c; how they
 * are packed: postings.h, frequencies.h. */
#ifndef HIKU_STORE_LISTS_H
#define HIKU_STORE_LISTS_H

#include "base/error.h"
#include "store/list_cache.h"
#include "store/segment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The list of the pair FIRST SECOND in *OUT (packed, see postings.h), empty when the pair does not
 * occur: read, or from before (store->lists, list_cache.h). ST_OK; with a message ST_NOMEM,
 * ST_CORRUPT, ST_BUSY, ST_IO. */
enum status segment_pair(struct store *store, const struct segment *segment, uint16_t first,
                         uint16_t second, struct packed_list *out, struct error *error);

/* Lets go of what is read of the lists in the file; the next list takes it up again. */
void lists_close(struct store *store);

/* How long that list is, which is told without reading it; 0 when the pair does not occur. Statuses
 * as segment_pair. */
enum status segment_pair_bytes(struct store *store, const struct segment *segment, uint16_t first,
                               uint16_t second, uint64_t *n_bytes, struct error *error);

/* Whether the N_UNITS (1 or 2) UNITS have a list of frequencies in a loaded SEGMENT. */
bool segment_has_frequencies(const struct segment *segment, const uint16_t *units, size_t n_units);

/* That list (packed, see frequencies.h); empty when there is none. Statuses as segment_pair. */
enum status segment_frequencies(struct store *store, const struct segment *segment,
                                const uint16_t *units, size_t n_units, struct packed_list *out,
                                struct error *error);

/* Notes which lists of frequencies the segment has; segment_load calls it. */
enum status segment_load_frequent(struct store *store, struct segment *segment,
                                  struct error *error);

/* The list of this NUMBER. Statuses as segment_pair. */
enum status segment_list(struct store *store, const struct segment *segment, uint64_t number,
                         struct packed_list *out, struct error *error);

/* Takes the list of this NUMBER: packed, valid during the call. Anything but ST_OK ends the walk.
 */
typedef enum status segment_list_callback(void *context, uint64_t number, const unsigned char *data,
                                          size_t n_bytes);

/* Calls EACH for every list with a number from LOW to HIGH, ascending. ST_OK; with a message those
 * of segment_pair; what EACH returned. */
enum status segment_lists(struct store *store, const struct segment *segment, uint64_t low,
                          uint64_t high, segment_list_callback *each, void *context,
                          struct error *error);

/* Numbers of lists. Those of positions have the pair's: the pairs that begin with UNIT are those
 * from (UNIT, 0) on. A list of frequencies has FREQUENCY_LISTS more than the pair, or than the
 * unit. */
#define FREQUENCY_LISTS (UINT64_C(1) << 32)
#define LIST_NUMBER_BITS 33
#define LIST_NUMBER_MAX ((UINT64_C(1) << LIST_NUMBER_BITS) - 1)

static inline uint32_t segment_pair_number(uint16_t first, uint16_t second)
{
    return (uint32_t)first << 16 | second;
}

/* Whether what stands at N_PLACES of a segment of N_DOCS documents has a list of frequencies. Where
 * a document has a place or more on average, it takes a fraction of the list of positions. A single
 * unit, N_UNITS being 1, has its places in hundreds of lists, one for each pair: fewer are enough.
 */
static inline bool segment_is_frequent(size_t n_places, size_t n_units, uint32_t n_docs)
{
    return n_places >= 64 && n_places >= (n_units > 1 ? n_docs : n_docs / 4);
}

/* Ids of rows. A segment's lists, one behind the other, are cut into rows of `postings` numbered
 * from 0; a row of `lists` says where lists are, and has the number of the first list there. */
static inline int64_t postings_row(int64_t segment, uint64_t number)
{
    return segment << LIST_NUMBER_BITS | (int64_t)number;
}

static inline int64_t row_segment(int64_t row)
{
    return row >> LIST_NUMBER_BITS;
}

/* The bytes of a row of `postings`; a segment's last is shorter. With SQLite's own two fill a page
 * of 32 KiB. */
#define POSTINGS_ROW_BYTES 16340

#endif
