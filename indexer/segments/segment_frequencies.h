/* Counting what stands at very many places of a segment, by document (store/frequencies.h). */
#ifndef HIKU_INDEXER_SEGMENTS_SEGMENT_FREQUENCIES_H
#define HIKU_INDEXER_SEGMENTS_SEGMENT_FREQUENCIES_H

#include "base/buf.h"
#include "base/error.h"
#include "store/frequencies.h"

/* The text of a segment (segment.h) that is packed, and what is known of it. All is borrowed. */
struct segment_texts {
    const uint16_t *units;
    size_t n_units;
    const unsigned char *bounds; /* n_units + 1 bits: a token starts or ends there */
    const struct buf *lengths;   /* as in the table segments */
    uint32_t n_docs;
};

struct frequency_lists {
    const unsigned char *bounds;
    uint32_t n_docs;
    uint32_t *ends; /* of each document the end of its title, and of all of it */
    struct frequency_table table;
    struct buf packed; /* the lists, in the order in which they came */
    struct frequency_list {
        uint64_t number; /* lists.h */
        size_t n_places; /* that it counts */
        size_t at;
        size_t n_bytes;
    } * items;
    size_t n;
    size_t cap;
};

/* Makes ready for the lists of TEXTS, which must stay. False when memory is out; release it then
 * too. */
bool frequency_lists_init(struct frequency_lists *f, const struct segment_texts *texts);
void frequency_lists_release(struct frequency_lists *f);

/* Adds the list NUMBER of something of N_UNITS that stands at N POSITIONS, ascending, when that is
 * enough for one (segment_is_frequent). False when memory is out. */
bool frequency_lists_add(struct frequency_lists *f, uint64_t number, size_t n_units,
                         const uint32_t *positions, size_t n);

/* Puts the lists in the order of their numbers. */
void frequency_lists_sort(struct frequency_lists *f);

#endif
