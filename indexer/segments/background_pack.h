/* Packing a segment while the next one is built. */
#ifndef HIKU_INDEXER_SEGMENTS_BACKGROUND_PACK_H
#define HIKU_INDEXER_SEGMENTS_BACKGROUND_PACK_H

#include "indexer/segments/segment_builder.h"

#include <pthread.h>

/* One segment at most is under way. It is written by the thread that asks for it, at a moment that
 * the documents alone decide, so that the file is always the same. */
struct background_pack {
    struct segment_builder segment;
    struct packed_lists lists;
    int64_t id;
    pthread_t thread;
    bool under_way;
    bool in_thread;
    enum status status;
};

void background_pack_init(struct background_pack *p);
/* Waits for the thread; what is under way is dropped. */
void background_pack_release(struct background_pack *p);

/* Starts packing what B holds as the segment number ID, and leaves B empty. Nothing may be under
 * way. */
void background_pack_start(struct background_pack *p, struct segment_builder *b, int64_t id);

/* Whether what is packed should be written, for NEXT is half full: by then the thread is done as a
 * rule, and the lists of one segment and the units of two are never in memory together. */
bool background_pack_is_due(const struct background_pack *p, const struct segment_builder *next);

/* Waits for the segment under way and writes it; nothing when there is none. ST_OK; ST_IO with
 * SQLite's code in *RC; ST_NOMEM. */
enum status background_pack_finish(struct background_pack *p, sqlite3 *db, int *rc);

#endif
