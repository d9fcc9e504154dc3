/* A 64-bit hash for change detection and fingerprints; not for hostile keys. */
#ifndef HIKU_BASE_HASH_H
#define HIKU_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_SEED UINT64_C(0x9E3779B97F4A7C15)

/* Continues HASH (HASH_SEED at first) with DATA. Feeding the same bytes in other portions gives
 * another value, so each field hashed in turn keeps its boundary. */
uint64_t hash_bytes(uint64_t hash, const void *data, size_t n_bytes);

#endif
