/* Records taken over from the old index when it is built anew and a source cannot be read. */
#ifndef HIKU_INDEXER_CARRY_H
#define HIKU_INDEXER_CARRY_H

#include "corpus/sources.h"
#include "indexer/segments/document.h"

#include <sqlite3.h>

/* Adds the sources that OLD knows below the root PATH to LIST. ST_OK, ST_NOMEM; what cannot be read
 * of OLD is ST_CORRUPT without a message. */
enum status carry_sources(sqlite3 *old, const char *root_path, struct source_list *list);

/* The bytes of OLD's sources together, when they were read. */
uint64_t carry_bytes(sqlite3 *old);

/* Goes through the records of one source, in the order of the old ids. */
struct carry {
    sqlite3 *old;
    sqlite3_stmt *stmt;
};

/* OLD: an index of any format so far. ST_OK, ST_CORRUPT (it cannot be read). */
enum status carry_open(struct carry *c, sqlite3 *old, const char *source_path);
void carry_close(struct carry *c);

/* Fills D with the next record as document_take would; its key is given the name NAME. *FOUND is
 * false behind the last. ST_OK, ST_NOMEM, ST_CORRUPT. */
enum status carry_next(struct carry *c, const char *name, struct document *d, bool *found);

#endif
