/* How the last texts were cut: a table in which a text takes the place of another. Interface:
 * recent_cuts.h. */
#include "dict/recent_cuts.h"

#include "base/array.h"
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#define N_SLOTS 128 /* a power of two */
/* What is longer is no part of a query as a rule, and would take much memory. */
#define MAX_BYTES 384

/* Tokens with the text behind them. */
struct slot {
    void *data;
    size_t cap; /* bytes */
    size_t n_tokens;
    size_t n_bytes; /* of the text; 0: none is kept */
};

struct recent_cuts {
    struct slot slots[N_SLOTS];
};

struct recent_cuts *recent_cuts_new(void)
{
    return calloc(1, sizeof(struct recent_cuts));
}

void recent_cuts_free(struct recent_cuts *cuts)
{
    for (size_t i = 0; cuts != NULL && i < N_SLOTS; i++)
        free(cuts->slots[i].data);
    free(cuts);
}

static size_t slot_of(const char *text, size_t n_bytes)
{
    return (size_t)(hash_bytes(HASH_SEED, text, n_bytes) >> 32) & (N_SLOTS - 1);
}

bool recent_cuts_find(const struct recent_cuts *cuts, const char *text, size_t n_bytes,
                      struct tokens *tokens)
{
    if (n_bytes == 0 || n_bytes > MAX_BYTES)
        return false;
    const struct slot *slot = &cuts->slots[slot_of(text, n_bytes)];
    size_t n = slot->n_tokens * sizeof *tokens->items;
    if (slot->n_bytes != n_bytes || memcmp((const char *)slot->data + n, text, n_bytes) != 0 ||
        !array_reserve(&tokens->items, &tokens->cap, slot->n_tokens, sizeof *tokens->items))
        return false;
    if (n > 0)
        memcpy(tokens->items, slot->data, n);
    tokens->n = slot->n_tokens;
    return true;
}

void recent_cuts_add(struct recent_cuts *cuts, const char *text, size_t n_bytes,
                     const struct tokens *tokens)
{
    if (n_bytes == 0 || n_bytes > MAX_BYTES)
        return;
    struct slot *slot = &cuts->slots[slot_of(text, n_bytes)];
    size_t n = tokens->n * sizeof *tokens->items;
    slot->n_bytes = 0;
    if (!array_reserve(&slot->data, &slot->cap, n + n_bytes, 1))
        return;
    if (n > 0)
        memcpy(slot->data, tokens->items, n);
    memcpy((char *)slot->data + n, text, n_bytes);
    slot->n_tokens = tokens->n;
    slot->n_bytes = n_bytes;
}
