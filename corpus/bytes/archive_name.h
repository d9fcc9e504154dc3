/* What the name of a file says of its being compressed or an archive. Interface to archive_name.c.
 */
#ifndef HIKU_CORPUS_BYTES_ARCHIVE_NAME_H
#define HIKU_CORPUS_BYTES_ARCHIVE_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* The length of FILE's name without the ending of a compression (.gz .bz2 .xz .zst). */
size_t archive_stem(const char *file);

/* Whether FILE's name ends in ENDING (.tar), but for the ending of a compression. */
bool archive_stem_ends(const char *file, const char *ending);

/* Whether a file of this name is a tar, compressed or not. */
bool archive_has_tar_name(const char *path);

/* Whether a file of this name is an archive: a zip or a tar. */
bool archive_has_name(const char *path);

#endif
