/* A set of texts. Interface: string_set.h. */
#include "base/string_set.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

/* The slot that holds TEXT or, where none does, will get it. */
static const char **find(const struct string_set *set, const char *text)
{
    size_t i = (size_t)hash_bytes(HASH_SEED, text, strlen(text)) & (set->cap - 1);
    while (set->slots[i] != NULL && strcmp(set->slots[i], text) != 0)
        i = (i + 1) & (set->cap - 1);
    return &set->slots[i];
}

static bool enlarge(struct string_set *set)
{
    struct string_set larger = {.cap = set->cap > 0 ? set->cap * 2 : 64, .n = set->n};
    larger.slots = calloc(larger.cap, sizeof *larger.slots);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < set->cap; i++) {
        if (set->slots[i] != NULL)
            *find(&larger, set->slots[i]) = set->slots[i];
    }
    free(set->slots);
    *set = larger;
    return true;
}

bool string_set_add(struct string_set *set, const char *text, bool *added)
{
    if (set->n >= set->cap / 2 && !enlarge(set))
        return false;
    const char **slot = find(set, text);
    *added = *slot == NULL;
    if (*added) {
        *slot = text;
        set->n++;
    }
    return true;
}

bool string_set_has(const struct string_set *set, const char *text)
{
    return set->cap > 0 && *find(set, text) != NULL;
}

void string_set_release(struct string_set *set)
{
    free(set->slots);
    *set = (struct string_set){0};
}
