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

/* Where a list is among the segment's, and how long; n_bytes is 0 when the pair does not occur. */
struct list_place {
    uint64_t offset;
    uint64_t n_bytes;
};

/* A list of which the place is known, and once it was read the bytes too. */
struct cached_list {
    int64_t row; /* postings_row of the segment and the pair; -1: free */
    struct list_place place;
    struct buf list;
};

struct list_cache {
    struct cached_list *slots;
    size_t cap; /* a power of two, or 0 */
    size_t n;
    size_t n_bytes;
};

/* Forgets all. */
void list_cache_clear(struct list_cache *c);
/* Forgets all when it has grown too large. Call it while no list is in use. */
void list_cache_trim(struct list_cache *c);
/* Finds the list of ROW; NULL when it is not there. Valid until the next list is added; the bytes
 * stay until the cache is cleared or trimmed. */
struct cached_list *list_cache_find(const struct list_cache *c, int64_t row);
/* Adds the list of ROW, not there yet, at PLACE, without its bytes. NULL when memory is out. */
struct cached_list *list_cache_add(struct list_cache *c, int64_t row, struct list_place place);
/* Gives LIST its bytes, taken from BYTES. */
void list_cache_fill(struct list_cache *c, struct cached_list *list, struct buf *bytes);

static inline bool cached_list_is_read(const struct cached_list *list)
{
    return list->list.len == list->place.n_bytes;
}

static inline struct packed_list cached_list_bytes(const struct cached_list *list)
{
    return (struct packed_list){(const unsigned char *)list->list.data, list->list.len};
}

#endif
