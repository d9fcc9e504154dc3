/* Lists of pairs that were read before: a hash table. Interface: list_cache.h. */
#include "store/list_cache.h"

#include <stdlib.h>

/* More than this is not kept for the next query. */
#define MAX_BYTES ((size_t)32 << 20)
/* What an empty list costs, of which there are many. */
#define SLOT_BYTES (2 * sizeof(struct cached_list))
#define FIRST_SLOTS 256
#define FREE_SLOT INT64_C(-1)

void list_cache_clear(struct list_cache *c)
{
    for (size_t i = 0; i < c->cap; i++)
        buf_release(&c->slots[i].list);
    free(c->slots);
    *c = (struct list_cache){0};
}

void list_cache_trim(struct list_cache *c)
{
    if (c->n_bytes > MAX_BYTES)
        list_cache_clear(c);
}

/* Where ROW is, or would be. */
static struct cached_list *find_slot(const struct list_cache *c, int64_t row)
{
    uint64_t hash = (uint64_t)row * UINT64_C(0x9E3779B97F4A7C15);
    size_t i = (size_t)(hash >> 32) & (c->cap - 1);
    while (c->slots[i].row != FREE_SLOT && c->slots[i].row != row)
        i = (i + 1) & (c->cap - 1);
    return &c->slots[i];
}

static bool grow(struct list_cache *c)
{
    struct list_cache larger = {
        .cap = c->cap > 0 ? c->cap * 2 : FIRST_SLOTS, .n = c->n, .n_bytes = c->n_bytes};
    larger.slots = malloc(larger.cap * sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < larger.cap; i++)
        larger.slots[i] = (struct cached_list){.row = FREE_SLOT, .list = BUF_INIT};
    for (size_t i = 0; i < c->cap; i++) {
        if (c->slots[i].row != FREE_SLOT)
            *find_slot(&larger, c->slots[i].row) = c->slots[i];
    }
    free(c->slots);
    *c = larger;
    return true;
}

struct cached_list *list_cache_find(const struct list_cache *c, int64_t row)
{
    struct cached_list *slot = c->n > 0 ? find_slot(c, row) : NULL;
    return slot != NULL && slot->row == row ? slot : NULL;
}

struct cached_list *list_cache_add(struct list_cache *c, int64_t row, struct list_place place)
{
    if (c->n * 2 >= c->cap && !grow(c))
        return NULL;
    struct cached_list *slot = find_slot(c, row);
    *slot = (struct cached_list){row, place, BUF_INIT};
    c->n++;
    c->n_bytes += SLOT_BYTES;
    return slot;
}

void list_cache_fill(struct list_cache *c, struct cached_list *list, struct buf *bytes)
{
    list->list = *bytes;
    buf_init(bytes);
    c->n_bytes += list->list.cap;
}
