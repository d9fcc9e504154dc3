/* Sets of documents: one bit for each, in words of 64. */
#ifndef HIKU_SEARCH_MATCH_BITSET_H
#define HIKU_SEARCH_MATCH_BITSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline size_t bitset_words(uint32_t n_bits)
{
    return ((size_t)n_bits + 63) / 64;
}

static inline bool bitset_has(const uint64_t *set, uint32_t i)
{
    return (set[i / 64] >> i % 64 & 1) != 0;
}

static inline void bitset_add(uint64_t *set, uint32_t i)
{
    set[i / 64] |= UINT64_C(1) << i % 64;
}

#endif
