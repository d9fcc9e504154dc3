/* A set of 64-bit hashes with open addressing. Interface: key_set.h. */
#include "indexer/key_set.h"

#include <stdlib.h>

static uint64_t *find(const struct key_set *set, uint64_t hash)
{
    size_t i = (size_t)hash & (set->cap - 1);
    while (set->slots[i] != 0 && set->slots[i] != hash)
        i = (i + 1) & (set->cap - 1);
    return &set->slots[i];
}

static bool enlarge(struct key_set *set)
{
    struct key_set larger = {.cap = set->cap > 0 ? set->cap * 2 : 256, .n = set->n};
    larger.slots = calloc(larger.cap, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < set->cap; i++) {
        if (set->slots[i] != 0)
            *find(&larger, set->slots[i]) = set->slots[i];
    }
    free(set->slots);
    *set = larger;
    return true;
}

bool key_set_add(struct key_set *set, uint64_t hash, bool *added)
{
    hash += hash == 0; /* 0 marks a free slot */
    if (set->n >= set->cap / 2 && !enlarge(set))
        return false;
    uint64_t *slot = find(set, hash);
    *added = *slot == 0;
    set->n += *added;
    *slot = hash;
    return true;
}

bool key_set_has(const struct key_set *set, uint64_t hash)
{
    return set->cap > 0 && *find(set, hash + (hash == 0)) != 0;
}

void key_set_release(struct key_set *set)
{
    free(set->slots);
    *set = (struct key_set){0};
}
