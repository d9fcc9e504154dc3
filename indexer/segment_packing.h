/* Packing a segment while the next one is built. */
#ifndef HIKU_INDEXER_SEGMENT_PACKING_H
#define HIKU_INDEXER_SEGMENT_PACKING_H

#include "indexer/segment_builder.h"

#include <pthread.h>

/* One segment at most is under way. It is written by the thread that asks for it, at a moment that
 * the documents alone decide, so that the file is always the same. */
struct segment_packing {
    struct segment_builder segment;
    struct packed_lists lists;
    int64_t id;
    pthread_t thread;
    bool under_way;
    bool in_thread;
    enum status status;
};

void segment_packing_init(struct segment_packing *p);
/* Waits for the thread; what is under way is dropped. */
void segment_packing_release(struct segment_packing *p);

/* Starts packing what B holds as the segment number ID, and leaves B empty. Nothing may be under
 * way. */
void segment_packing_start(struct segment_packing *p, struct segment_builder *b, int64_t id);

/* Whether what is packed should be written, for NEXT is half full: by then the thread is done as a
 * rule, and the lists of one segment and the units of two are never in memory together. */
bool segment_packing_is_due(const struct segment_packing *p, const struct segment_builder *next);

/* Waits for the segment under way and writes it; nothing when there is none. ST_OK; ST_IO with
 * SQLite's code in *RC; ST_NOMEM. */
enum status segment_packing_finish(struct segment_packing *p, sqlite3 *db, int *rc);

#endif
