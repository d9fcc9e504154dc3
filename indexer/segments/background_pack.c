/* Packing a segment while the next one is built. Interface: background_pack.h. */
#include "indexer/segments/background_pack.h"

void background_pack_init(struct background_pack *p)
{
    *p = (struct background_pack){.status = ST_OK};
    segment_builder_init(&p->segment);
    packed_lists_init(&p->lists);
}

static void *pack(void *argument)
{
    struct background_pack *p = argument;
    const struct segment_texts texts = segment_builder_texts(&p->segment);
    p->status = segment_pack(&p->lists, &texts);
    segment_builder_drop_units(&p->segment);
    return NULL;
}

static void wait_for(struct background_pack *p)
{
    if (p->in_thread)
        pthread_join(p->thread, NULL);
    p->in_thread = false;
}

void background_pack_release(struct background_pack *p)
{
    wait_for(p);
    segment_builder_release(&p->segment);
    packed_lists_release(&p->lists);
    p->under_way = false;
}

void background_pack_start(struct background_pack *p, struct segment_builder *b, int64_t id)
{
    struct segment_builder empty = p->segment;
    p->segment = *b;
    *b = empty;
    b->max_units = p->segment.max_units;
    p->id = id;
    p->under_way = true;
    p->in_thread = pthread_create(&p->thread, NULL, pack, p) == 0;
    if (!p->in_thread)
        pack(p);
}

bool background_pack_is_due(const struct background_pack *p, const struct segment_builder *next)
{
    return p->under_way && next->n_units > next->max_units / 2;
}

enum status background_pack_finish(struct background_pack *p, sqlite3 *db, int *rc)
{
    *rc = SQLITE_OK;
    if (!p->under_way)
        return ST_OK;
    wait_for(p);
    if (p->status == ST_OK)
        *rc = segment_builder_write(&p->segment, &p->lists, db, p->id);
    packed_lists_release(&p->lists);
    segment_builder_empty(&p->segment);
    p->under_way = false;
    return *rc != SQLITE_OK ? ST_IO : p->status;
}
