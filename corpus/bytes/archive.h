/* Reading what is compressed (gz, bz2, xz, zst), or a file in a zip or a tar. Interface to
 * archive.c. */
#ifndef HIKU_CORPUS_BYTES_ARCHIVE_H
#define HIKU_CORPUS_BYTES_ARCHIVE_H

#include "base/error.h"
#include "corpus/bytes/input.h"

/* Puts what reads the compressed file's content on top of IN, if IN starts as one; with a MEMBER
 * (not NULL), what reads that file of the archive. ST_OK; ST_INPUT with a message; ST_NOMEM. */
enum status archive_open(struct input *in, const char *member, struct error *error);

#endif
