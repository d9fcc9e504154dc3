/* Lists of pairs that were read before: the queries of one language ask for the same ones again and
 * again, and finding and copying a list costs as much as unpacking it. */
#ifndef HIKU_STORE_LIST_CACHE_H
#define HIKU_STORE_LIST_CACHE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A list's bytes, borrowed (postings.h); none when the pair does not occur. */
struct packed_list {
    const unsigned char *data;
    size_t n_bytes;
};

struct list_cache {
    struct cached_list {
        int64_t row; /* postings_row of the segment and the pair; -1: free */
        struct buf list;
    } * slots;
    size_t cap; /* a power of two, or 0 */
    size_t n;
    size_t n_bytes;
};

/* Forgets all. */
void list_cache_clear(struct list_cache *c);
/* Forgets all when it has grown too large. Call it while no list is in use. */
void list_cache_trim(struct list_cache *c);
/* Finds the list of ROW: false when it is not there. The bytes stay until the cache is cleared or
 * trimmed. */
bool list_cache_find(const struct list_cache *c, int64_t row, struct packed_list *out);
/* Adds the list of ROW (not there yet), whose contents it takes from LIST, and finds it. False when
 * memory is out; LIST then is as it was. */
bool list_cache_add(struct list_cache *c, int64_t row, struct buf *list, struct packed_list *out);

#endif
