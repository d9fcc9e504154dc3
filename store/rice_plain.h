/* Unpacking chunks on any processor. */
#ifndef HIKU_STORE_RICE_PLAIN_H
#define HIKU_STORE_RICE_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As rice_unpack and rice_unpack_positions (rice.h). */
bool rice_plain_unpack(const unsigned char *data, size_t n_bytes, size_t n, uint32_t *out);
bool rice_plain_unpack_positions(const unsigned char *data, size_t n_bytes, size_t n,
                                 uint64_t *next, uint32_t *out);

#endif
