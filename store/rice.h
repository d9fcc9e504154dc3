/* Chunks of up to 128 numbers, most of them small, as a string of bits, the lowest of a byte first,
 * up to a whole byte: for each 32 numbers the width w of their low parts (5 bits); the low w bits
 * of each number; of each number the bits above, as so many 0s and a 1. That is a Rice code (R. F.
 * Rice: Some Practical Universal Noiseless Coding Techniques, JPL 79-22, 1979) with its two halves
 * apart, so that the low parts are read without waiting for the high ones. */
#ifndef HIKU_STORE_RICE_H
#define HIKU_STORE_RICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error                                                                                             \
    "packed numbers are little-endian words: this machine needs a byte swap wherever one is copied"
#endif

#define RICE_CHUNK 128
/* Numbers that share a width, and the bits that say it. */
#define RICE_BLOCK 32
#define RICE_WIDTH_BITS 5
/* More bytes than a chunk ever takes: at a width of 31 a number of 32 bits has 33. */
#define RICE_CHUNK_BYTES (RICE_CHUNK * 36 / 8)

/* Packs N (1 to RICE_CHUNK) numbers into OUT, which has room for RICE_CHUNK_BYTES, and returns the
 * bytes they took. */
size_t rice_pack(unsigned char *out, const uint32_t *numbers, size_t n);

/* Unpacks N (1 to RICE_CHUNK) numbers from N_BYTES of DATA. False when they do not end with the
 * data, or one passes 32 bits. */
bool rice_unpack(const unsigned char *data, size_t n_bytes, size_t n, uint32_t *out);

/* The same as ascending positions: the first is *NEXT plus the first number, each other one 1 plus
 * its number behind the one before. *NEXT becomes the place behind the last. False when they pass
 * 32 bits, too. */
bool rice_unpack_positions(const unsigned char *data, size_t n_bytes, size_t n, uint64_t *next,
                           uint32_t *out);

#endif
