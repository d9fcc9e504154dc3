/* Unpacking by libarchive, with an eye on files that are made to exhaust a machine. Interface to
 * unpack.c. */
#ifndef HIKU_CORPUS_BYTES_UNPACK_H
#define HIKU_CORPUS_BYTES_UNPACK_H

#include "base/buf.h"
#include "base/error.h"

#include <archive.h>
#include <stdbool.h>
#include <stdint.h>

#define UNPACK_BLOCK_BYTES (64U << 10) /* read at a time */

/* Tables shrink to a tenth or a thirtieth; what grows by more than UNPACK_GROWTH beyond
 * UNPACK_FREE_BYTES is no table. */
#define UNPACK_GROWTH 500
#define UNPACK_FREE_BYTES ((uint64_t)64 << 20)

/* What reads a compressed file (gz, bz2, xz, zst), and what reads the files of an archive: a zip,
 * or a tar that may be compressed. To be freed by archive_read_free; NULL when memory is out. */
struct archive *unpack_new_stream(void);
struct archive *unpack_new_files(void);

/* archive_read_next_header with the entry's name in NAME, in UTF-8 whatever the locale; empty when
 * it has none. */
int unpack_next(struct archive *archive, struct archive_entry **entry, struct buf *name);

/* ST_INPUT with the message that the file at PATH, which ARCHIVE reads, is damaged. */
enum status unpack_damaged(const char *path, struct archive *archive, struct error *error);

/* Whether N_UNPACKED bytes are more than a table could become of N_PACKED, or of what ARCHIVE has
 * read up to now. */
bool unpack_is_bomb(uint64_t n_packed, uint64_t n_unpacked);
bool unpack_is_bomb_yet(struct archive *archive, uint64_t n_unpacked);

/* ST_INPUT with the message that the file at PATH is such a one. */
enum status unpack_refuse_bomb(const char *path, struct error *error);

#endif
