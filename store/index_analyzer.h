/* The dictionary that an index was cut with. */
#ifndef HIKU_STORE_INDEX_ANALYZER_H
#define HIKU_STORE_INDEX_ANALYZER_H

#include "base/error.h"
#include "dict/analyzer.h"

#include <sqlite3.h>

/* Opens the dictionary for the index DB: DICDIR and USERDIC when the caller names them, else what
 * the index says it was made with, as far as it is still there, else the default. DB may be NULL.
 * Statuses as analyzer_open, or those of store_sqlite_error. */
enum status index_analyzer_open(struct analyzer **out, sqlite3 *db, const char *dicdir,
                                const char *userdic, struct error *error);

/* ST_OK when ANALYZER cuts as the index DB at PATH was cut, else ST_DICTIONARY with a message that
 * names the mend. */
enum status index_analyzer_check(const struct analyzer *analyzer, sqlite3 *db, const char *path,
                                 struct error *error);

/* Compares with a fingerprint that was read elsewhere. Statuses as above. */
enum status index_analyzer_compare(const struct analyzer *analyzer, const char *fingerprint,
                                   const char *path, struct error *error);

#endif
