/* Status codes and messages that every room shares.
 *
 * A fallible function returns an enum status and, where it takes a struct error, leaves a message
 * there: problem first, then the subject in quotes, then how to mend it. On ST_OK the struct is
 * untouched. The numbers equal those of enum hiku_status in search/hiku.h. */
#ifndef HIKU_BASE_ERROR_H
#define HIKU_BASE_ERROR_H

#include <libintl.h>

/* Marks a message for translation; the catalogue's domain is "hiku". */
#define _(text) dgettext("hiku", text)
/* Marks a message that is translated where it is printed. */
#define N_(text) (text)

enum status {
    ST_OK = 0,
    ST_NOMEM,       /* out of memory */
    ST_USAGE,       /* an argument that makes no sense */
    ST_INPUT,       /* a source that cannot be read */
    ST_IO,          /* the index cannot be written: disk full, read-only … */
    ST_MISSING,     /* there is no index file */
    ST_NOT_INDEX,   /* the file is no hiku index */
    ST_NEWER,       /* the index has a newer format than this program */
    ST_OLDER,       /* the index has an older format than this program reads */
    ST_DICTIONARY,  /* the index was cut with another dictionary */
    ST_CORRUPT,     /* the index is damaged */
    ST_BUSY,        /* another process holds the index: try again */
    ST_NOT_FOUND,   /* no such record */
    ST_INTERRUPTED, /* cancelled, or out of time */
    ST_LAST
};

struct error {
    char message[1536]; /* UTF-8, NUL-terminated; cut at a character when too long */
};

/* Formats the message and returns STATUS, so that a caller can return error_set(…).
 * ERROR may be NULL: then only the status is passed on. */
enum status error_set(struct error *error, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
