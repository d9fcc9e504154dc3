/* Recognising a zip archive, which many formats are, by its first bytes (APPNOTE.TXT 4.3.7). */
#ifndef HIKU_CORPUS_BYTES_ZIP_HEAD_H
#define HIKU_CORPUS_BYTES_ZIP_HEAD_H

#include "base/text.h"

#define ZIP_MARK_BYTES 4     /* of "PK" 3 4, the signature */
#define ZIP_FIRST_NAME_AT 30 /* the name of the first file, behind which its content stands */

/* Whether the N_BYTES at HEAD are of a zip archive with a file in it. */
static inline bool zip_begins(const char *head, size_t n_bytes)
{
    return text_starts_with(head, n_bytes, "PK\3\4");
}

/* Whether they are, and its first file's name and content begin with NAME, which holds both where
 * it is longer than the name. */
static inline bool zip_begins_with(const char *head, size_t n_bytes, const char *name)
{
    return zip_begins(head, n_bytes) && n_bytes > ZIP_FIRST_NAME_AT &&
           text_starts_with(head + ZIP_FIRST_NAME_AT, n_bytes - ZIP_FIRST_NAME_AT, name);
}

#endif
