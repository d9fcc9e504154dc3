/* Numbers that look random and are the same on every machine (D. E. Knuth's MMIX generator). */
#ifndef HIKU_TESTS_RANDOM_H
#define HIKU_TESTS_RANDOM_H

#include <stdint.h>

static inline uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 32);
}

#endif
