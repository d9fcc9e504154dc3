/* A segment's text, put together again from its lists. */
#ifndef HIKU_STORE_SEGMENT_TEXT_H
#define HIKU_STORE_SEGMENT_TEXT_H

#include "store/store.h"

/* Fills UNITS (segment->n_units of them, all 0) with the segment's text: every unit but the 0s
 * begins a pair, and the pair's list says where. ST_OK; with a message ST_CORRUPT, ST_BUSY, ST_IO,
 * ST_NOMEM. */
enum status segment_text(struct store *store, const struct segment *segment, uint16_t *units,
                         struct error *error);

#endif
