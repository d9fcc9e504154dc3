/* One number for all that an index holds. */
#ifndef HIKU_INDEXER_CHECK_DIGEST_H
#define HIKU_INDEXER_CHECK_DIGEST_H

#include "base/error.h"
#include "store/store.h"

/* Hashes the records in the order of their keys, with the source and line of each, and the
 * fingerprint of the dictionary: what was indexed, whatever the number of threads, the memory and
 * the updates that led there. What is derived from the records is not hashed; check_segments and
 * FTS5's own check compare it with them. Not for hostile data (base/hash.h).
 * ST_OK; with a message those of store_sqlite_error. */
enum status index_digest(struct store *store, uint64_t *digest, struct error *error);

#endif
