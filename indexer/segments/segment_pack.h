/* Packing the lists of a segment (segment.h). */
#ifndef HIKU_INDEXER_SEGMENTS_SEGMENT_PACK_H
#define HIKU_INDEXER_SEGMENTS_SEGMENT_PACK_H

#include "base/buf.h"
#include "base/error.h"
#include "indexer/segments/segment_frequencies.h"

#include <stddef.h>
#include <stdint.h>

/* A row of the table lists: in `directory`. */
struct packed_row {
    uint64_t first; /* number of its first list (lists.h) */
    size_t at;
    size_t n_bytes;
};

struct packed_lists {
    struct buf postings;  /* all lists, one behind the other */
    struct buf directory; /* rows that say where each is, one behind the other */
    struct packed_row *rows;
    size_t n_rows;
    size_t cap_rows;
    struct frequency_list *frequent; /* the lists of frequencies, in `postings` behind all others */
    size_t n_frequent;
};

void packed_lists_init(struct packed_lists *p);
void packed_lists_release(struct packed_lists *p);

/* Makes the lists of all pairs in TEXTS and those of frequencies, and packs them into OUT, which is
 * empty. Takes about a quarter of a byte for each unit, and 16 for each place of the most frequent
 * one, while it runs. ST_OK, ST_NOMEM. */
enum status segment_pack(struct packed_lists *out, const struct segment_texts *texts);

#endif
