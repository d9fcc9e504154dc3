/* Building a segment (segment.h) in memory and writing it. */
#ifndef HIKU_INDEXER_SEGMENTS_SEGMENT_BUILDER_H
#define HIKU_INDEXER_SEGMENTS_SEGMENT_BUILDER_H

#include "base/buf.h"
#include "base/error.h"
#include "indexer/segments/document.h"
#include "indexer/segments/segment_pack.h"

#include <sqlite3.h>

/* A segment ends with so many units or SEGMENT_MAX_DOCS documents, whatever comes first. 2^24 units
 * are 32 MiB as text and 64 MiB as positions while they are sorted. */
#define SEGMENT_MAX_UNITS (1U << 24)

struct segment_builder {
    size_t max_units; /* at most SEGMENT_MAX_UNITS */
    int64_t base;     /* id of the first document */
    uint32_t n_docs;
    uint16_t *units;
    size_t n_units;
    size_t cap_units;
    unsigned char *bounds;
    size_t cap_bounds; /* bytes */
    struct buf lengths;
    struct buf dates;
    day_t date_before;
};

void segment_builder_init(struct segment_builder *b);
void segment_builder_release(struct segment_builder *b);

/* Whether D must start another segment. */
bool segment_builder_is_full(const struct segment_builder *b, const struct document *d);

/* Adds an analysed document; ids must be consecutive. ST_OK, ST_NOMEM. */
enum status segment_builder_add(struct segment_builder *b, const struct document *d);

/* What segment_pack needs; valid until B changes. */
struct segment_texts segment_builder_texts(const struct segment_builder *b);

/* Writes the segment with number ID and its LISTS (segment_pack) into DB, inside the caller's
 * transaction. Returns SQLite's code. */
int segment_builder_write(const struct segment_builder *b, const struct packed_lists *lists,
                          sqlite3 *db, int64_t id);

/* Frees the units, which are packed and which nothing else needs; the rest can still be written. */
void segment_builder_drop_units(struct segment_builder *b);

/* Forgets the documents and keeps the memory. */
void segment_builder_empty(struct segment_builder *b);

#endif
