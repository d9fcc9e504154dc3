/* Streams of compound files (MS-CFB), in which Office programs before 2007 keep their documents.
 * Interface to compound.c. */
#ifndef HIKU_CORPUS_SHEET_COMPOUND_H
#define HIKU_CORPUS_SHEET_COMPOUND_H

#include "base/error.h"
#include "corpus/bytes/input.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COMPOUND_MARK "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
#define COMPOUND_MARK_BYTES 8
#define COMPOUND_MAX_ENTRIES 65536 /* of the directory */

struct compound {
    int fd; /* borrowed from the input */
    uint64_t size;
    unsigned sector_shift;
    uint32_t *next; /* of each sector, the one that follows it in its stream */
    size_t n_sectors;
    unsigned char *entries; /* of the directory */
    size_t n_entries;
    uint32_t mini_cutoff;
    uint32_t first_mini; /* sector of the table of small sectors */
};

/* A stream of the file: where its blocks lie. */
struct stream {
    int fd;
    unsigned block_shift;
    uint64_t *blocks; /* their offsets in the file */
    size_t n_blocks;
    uint64_t size; /* bytes */
};

/* Reads the tables of the file that IN is, which outlives COMPOUND. Takes 8 bytes for each 512 of
 * the file at most. Close in any case. ST_OK; ST_INPUT: no compound file, or damaged (no message
 * unless IN itself failed); ST_NOMEM. */
enum status compound_open(struct compound *compound, struct input *in, struct error *error);
void compound_close(struct compound *compound);

/* Whether the file has a stream of this ASCII name in its root. */
bool compound_has(const struct compound *compound, const char *name);

/* Finds the stream NAME in the root. STREAM stays valid when COMPOUND is closed; close it in any
 * case. ST_OK; ST_INPUT without a message: there is none, or it is damaged; ST_NOMEM. */
enum status stream_open(struct stream *stream, const struct compound *compound, const char *name);
void stream_close(struct stream *stream);

/* Copies up to N_BYTES from AT to DATA and returns how many; fewer only at the end of the stream or
 * where the file cannot be read. */
size_t stream_read(const struct stream *stream, uint64_t at, void *data, size_t n_bytes);

#endif
