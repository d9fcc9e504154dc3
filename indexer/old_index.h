/* The index that is there before a run: whether it can be updated, what it still tells. */
#ifndef HIKU_INDEXER_OLD_INDEX_H
#define HIKU_INDEXER_OLD_INDEX_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>

struct old_index {
    sqlite3 *db;  /* NULL: there is none */
    bool rebuild; /* it cannot be updated in place: a new file must take its place */
    bool older;   /* its format is older than this program's */
};

/* Looks at the index at PATH. One of an older format is to be rebuilt; with FULL any hiku index is,
 * also one that is damaged or newer, of which then only what can still be read is known. An index
 * that is to be rebuilt is locked against other writers (not against readers) until
 * old_index_close, so that nothing is written to it that its successor would not have. BUSY_MS: how
 * long to wait for another writer. ST_OK; with a message those of store_check_format, ST_BUSY. */
enum status old_index_open(struct old_index *old, const char *path, bool full, int busy_ms,
                           struct error *error);

/* Ends the lock. A zeroed struct is allowed. */
void old_index_close(struct old_index *old);

#endif
