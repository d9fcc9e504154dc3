/* What is wrong with an index, as a status and a message. Interface to store_error.c. */
#ifndef HIKU_STORE_STORE_ERROR_H
#define HIKU_STORE_STORE_ERROR_H

#include "base/error.h"

#include <sqlite3.h>

/* Says that the index at PATH is damaged and how to mend that; ST_CORRUPT. */
enum status store_corrupt(const char *path, struct error *error);

/* Says that the file at PATH is no index of hiku's; ST_NOT_INDEX. */
enum status store_not_index(const char *path, struct error *error);

/* Says that what was asked for was cancelled, or ran out of time; ST_INTERRUPTED. */
enum status store_interrupted(struct error *error);

/* The status and message for RC, the code of SQLite's last error on DB (NULL: there is no
 * connection). PATH names the index in the message. ST_NOMEM, ST_BUSY, ST_INTERRUPTED, ST_CORRUPT,
 * ST_NOT_INDEX, ST_IO. */
enum status store_sqlite_error(sqlite3 *db, int rc, const char *path, struct error *error);

#endif
