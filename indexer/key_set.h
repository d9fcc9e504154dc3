/* A set of 64-bit hashes: the keys met while one source is read. */
#ifndef HIKU_INDEXER_KEY_SET_H
#define HIKU_INDEXER_KEY_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct key_set {
    uint64_t *slots; /* 0: free */
    size_t cap;      /* a power of two, or 0 */
    size_t n;
};

/* Adds HASH. *ADDED tells whether it is new. False when memory is out. */
bool key_set_add(struct key_set *set, uint64_t hash, bool *added);
bool key_set_has(const struct key_set *set, uint64_t hash);
void key_set_release(struct key_set *set);

#endif
