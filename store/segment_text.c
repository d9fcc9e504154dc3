/* A segment's text, put together again from its lists. Interface: segment_text.h. */
#include "store/segment_text.h"

#include "store/postings.h"

struct target {
    const struct segment *segment;
    uint16_t *units;
};

/* Writes the first unit of a pair at each of its places. */
static enum status place_list(void *context, uint64_t number, const unsigned char *data,
                              size_t n_bytes)
{
    const struct target *t = context;
    struct postings p;
    uint32_t chunk[POSTINGS_CHUNK];
    size_t n;
    postings_open(&p, data, n_bytes);
    while ((n = postings_next(&p, 0, chunk)) > 0) {
        for (size_t i = 0; i < n; i++) {
            if (chunk[i] >= t->segment->n_units)
                return ST_CORRUPT;
            t->units[chunk[i]] = (uint16_t)(number >> 16);
        }
    }
    return p.bad ? ST_CORRUPT : ST_OK;
}

enum status segment_text(struct store *store, const struct segment *segment, uint16_t *units,
                         struct error *error)
{
    struct target t = {segment, units};
    return segment_lists(store, segment, 0, UINT32_MAX, place_list, &t, error);
}
