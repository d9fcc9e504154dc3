/* Numbers in the byte order of Microsoft's formats. */
#ifndef HIKU_CORPUS_SHEET_LITTLE_ENDIAN_H
#define HIKU_CORPUS_SHEET_LITTLE_ENDIAN_H

#include <stdint.h>

static inline uint32_t le16(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

static inline uint32_t le32(const unsigned char *bytes)
{
    return le16(bytes) | le16(bytes + 2) << 16;
}

#endif
