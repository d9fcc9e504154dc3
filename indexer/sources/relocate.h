/* A source that has another name now, or is given up: what the index knows of where its records
 * come from is changed, before a run brings it up to date. */
#ifndef HIKU_INDEXER_SOURCES_RELOCATE_H
#define HIKU_INDEXER_SOURCES_RELOCATE_H

#include "base/error.h"

/* Gives the file or folder FROM, and all that the index DB has from below it, the name TO, so that
 * its records keep their keys, labels and ways of being read. BUSY_MS: how long to wait for another
 * writer. ST_OK; with a message ST_INPUT (TO is not there), ST_USAGE (the index has nothing from
 * FROM, or already something from TO), those of store_check_file and store_check_format, ST_BUSY.
 */
enum status relocate_move(const char *db, const char *from, const char *to, int busy_ms,
                          struct error *error);

/* Lets the index DB no longer know SOURCE, which was given to a run: the next run that reads the
 * others removes its records. Likewise; ST_USAGE (the index does not know it, or nothing else). */
enum status relocate_forget(const char *db, const char *source, int busy_ms, struct error *error);

#endif
