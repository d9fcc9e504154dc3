/* Unpacking chunks with the instructions AVX2, where the processor has them. */
#ifndef HIKU_STORE_RICE_AVX2_H
#define HIKU_STORE_RICE_AVX2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As rice_unpack and rice_unpack_positions (rice.h). False also for a chunk that is left to them
 * because it has wide numbers, and always on other processors; *NEXT is as it was then, and what is
 * in OUT means nothing. */
bool rice_avx2_unpack(const unsigned char *data, size_t n_bytes, size_t n, uint32_t *out);
bool rice_avx2_unpack_positions(const unsigned char *data, size_t n_bytes, size_t n, uint64_t *next,
                                uint32_t *out);

#endif
