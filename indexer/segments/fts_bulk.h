/* The FTS5 index of a new file: when its tokens are written and merged. */
#ifndef HIKU_INDEXER_SEGMENTS_FTS_BULK_H
#define HIKU_INDEXER_SEGMENTS_FTS_BULK_H

#include <sqlite3.h>
#include <stddef.h>

/* FTS5 gathers tokens in memory, writes them as a list of its own, and merges four lists of about
 * one size into one. Left to itself it merges them whole, and their pages are free only afterwards:
 * up to an eighth of a file could stand empty. Here they are merged a piece at a time, each into
 * the pages that the last has given up. */
struct fts_bulk {
    size_t n_bytes;   /* of memory that gathered tokens take, about */
    size_t max_bytes; /* before they are written */
};

/* Begins in DB, inside the caller's transaction, with at most MAX_BYTES gathered. All return
 * SQLite's code. */
int fts_bulk_begin(struct fts_bulk *f, sqlite3 *db, size_t max_bytes);

/* Call it before a document is inserted, whose tokens, one behind the other, have N_BYTES: writes
 * what is gathered when it is time. The documents alone decide when. */
int fts_bulk_room(struct fts_bulk *f, sqlite3 *db, size_t n_bytes);

/* Writes what is gathered, and gives FTS5 its own ways back for updates. */
int fts_bulk_end(struct fts_bulk *f, sqlite3 *db);

#endif
