/* Compressed files and archives: gz, bz2, xz, zst; the files in a zip or a tar, which may be
 * compressed. Interface to archive.c. */
#ifndef HIKU_CORPUS_BYTES_ARCHIVE_H
#define HIKU_CORPUS_BYTES_ARCHIVE_H

#include "base/error.h"
#include "corpus/bytes/input.h"

#include <stdbool.h>
#include <stddef.h>

/* Limits against files made to exhaust a machine. Tables shrink to a tenth or a thirtieth; what
 * grows by more than ARCHIVE_GROWTH beyond ARCHIVE_FREE_BYTES is no table. */
#define ARCHIVE_GROWTH 500
#define ARCHIVE_FREE_BYTES ((uint64_t)64 << 20)
#define ARCHIVE_MEMBERS 10000 /* of one archive */

/* The length of FILE's name without the ending of a compression (.gz .bz2 .xz .zst). */
size_t archive_stem(const char *file);

/* Whether FILE's name ends in ENDING (.tar), but for the ending of a compression. */
bool archive_stem_ends(const char *file, const char *ending);

/* Whether a file of this name is an archive, by its ending. */
bool archive_has_name(const char *path);

/* Whether the file at PATH is an archive of files: a zip, and not a document that is one (XLSX …),
 * or a tar by its name. */
bool archive_holds_files(const char *path);

/* Calls EACH with the path PATH/MEMBER of every file in the archive at PATH, in its order; the
 * names are UTF-8. What EACH returns, if not ST_OK, ends it. ST_OK; ST_INPUT with a message
 * (damaged, too many members, grows without end); ST_NOMEM. */
enum status archive_list(const char *path,
                         enum status (*each)(void *context, const char *member_path), void *context,
                         struct error *error);

/* Puts what reads the compressed file's content on top of IN, if IN starts as one; with a MEMBER
 * (not NULL), what reads that file of the archive. ST_OK; ST_INPUT with a message; ST_NOMEM. */
enum status archive_open(struct input *in, const char *member, struct error *error);

#endif
