/* Reading an index file. One connection, read-only, for one thread at a time. Interface to store.c;
 * the segments and their lists: segment.h, lists.h. */
#ifndef HIKU_STORE_STORE_H
#define HIKU_STORE_STORE_H

#include "base/buf.h"
#include "base/error.h"
#include "store/directory.h"
#include "store/list_cache.h"
#include "store/lists.h"
#include "store/segment.h"
#include "store/store_error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

enum store_statement {
    STORE_FIND_LIST,
    STORE_SCAN_LISTS,
    STORE_READ_BOUNDS,
    STORE_SCAN_BOUNDS,
    STORE_N_STATEMENTS
};

/* What is read of a row of the table documents. */
enum store_row {
    STORE_ROW_TEXTS, /* title, body */
    STORE_ROW_NAMES, /* key, own_number */
    STORE_N_ROWS
};

struct store {
    sqlite3 *db;
    char *path;
    struct segment *segments;
    size_t n_segments;
    sqlite3_stmt *statements[STORE_N_STATEMENTS];
    sqlite3_stmt *find_words;         /* NULL until it is needed */
    sqlite3_stmt *rows[STORE_N_ROWS]; /* likewise; they run for as long as the transaction does */
    int64_t asked_row;                /* documents.id for the one that is stepped */
    bool tells_row;                   /* SQLite has the function for it */
    bool row_is_asked;                /* it does not know yet */
    sqlite3_blob *postings;           /* the row that was read last; NULL: none */
    struct list_cache lists;
    struct directory_cache directories;
    bool borrowed;        /* the connection is the caller's */
    int64_t data_version; /* of the file when the segments were read (PRAGMA data_version) */
};

/* How long a reader waits for a writer where nobody says otherwise. */
#define STORE_BUSY_MS 2000

/* Opens PATH and checks that it is a hiku index of a format that this program reads. BUSY_MS: how
 * long to wait for a writer. *OUT: to be ended by store_close; NULL unless ST_OK. ST_OK; with a
 * message ST_MISSING, ST_NOT_INDEX, ST_NEWER, ST_OLDER, ST_CORRUPT, ST_BUSY, ST_IO, ST_NOMEM. */
enum status store_open(struct store **out, const char *path, int busy_ms, struct error *error);

/* Whether the last thing that was asked of STORE failed because a writer was killed: only a
 * connection that may write can roll back the journal it left. The store is to be opened anew. */
bool store_was_left(const struct store *store);

/* Gives up what keeps a transaction of reading open, so that it can be ended. */
void store_end_reading(struct store *store);

/* Frees it, and closes the connection unless that is borrowed. NULL is allowed. */
void store_close(struct store *store);

/* Lets the file be read through a mapping from now on, up to 2 GB of it: a list then costs one copy
 * instead of two. A file that is cut short under it, or a read that fails, is a SIGBUS. */
void store_map(struct store *store);

/* The segments as the connection DB (of the caller, who keeps it open) sees them: inside a
 * transaction with what it has written so far. PATH: for messages. Only functions for whole
 * segments may be used. ST_OK; with a message ST_CORRUPT, ST_BUSY, ST_IO, ST_NOMEM. */
enum status store_borrow(struct store **out, sqlite3 *db, const char *path, struct error *error);

/* Finds a row by documents.id: the columns of *ROW are what WHICH names, until the next call for
 * the same, or store_end_reading. STORE is not borrowed: its connection gets a function of STORE's.
 * ST_OK; with a message ST_CORRUPT (there is no such document, too), ST_BUSY, ST_IO,
 * ST_INTERRUPTED, ST_NOMEM. */
enum status store_find_row(struct store *store, enum store_row which, int64_t id,
                           sqlite3_stmt **row, struct error *error);

/* The same for a document's texts, columns 0 and 1 of *ROW. */
static inline enum status store_find_texts(struct store *store, int64_t id, sqlite3_stmt **row,
                                           struct error *error)
{
    return store_find_row(store, STORE_ROW_TEXTS, id, row, error);
}

/* Opens a connection to PATH with FLAGS (SQLITE_OPEN_READONLY …), for one thread at a time, that
 * waits BUSY_MS for others and gives extended codes. *DB: to be closed by the caller in every case.
 * ST_OK; with a message those of store_sqlite_error. */
enum status store_connect(sqlite3 **db, const char *path, int flags, int busy_ms,
                          struct error *error);

/* Looks at PATH before it is opened. ST_OK; with a message ST_MISSING (there is nothing, or an
 * empty file), ST_IO (a folder, or it cannot be looked at), ST_NOT_INDEX (a device or pipe, which
 * opening might change). */
enum status store_check_file(const char *path, struct error *error);

/* Checks that DB, an open connection to PATH, is a hiku index of this program's format. ST_OK; with
 * a message ST_NOT_INDEX, ST_NEWER, ST_OLDER, ST_CORRUPT (it lacks a table), ST_BUSY, ST_IO,
 * ST_NOMEM. */
enum status store_check_format(sqlite3 *db, const char *path, struct error *error);

/* Reads the value of the table meta that NAME has in the index at PATH, to which DB is a
 * connection, into OUT; empty when it is not there. ERROR: NULL is allowed. ST_OK; with a message
 * those of store_sqlite_error. */
enum status store_meta(sqlite3 *db, const char *path, const char *name, struct buf *out,
                       struct error *error);

/* Reads the number that SQL gives in its first row into *NUMBER. SQLITE_OK; SQLITE_DONE where there
 * is no row; another of SQLite's codes. */
int store_read_number(sqlite3 *db, const char *sql, int64_t *number);

/* Reads which segments there are (at open, and again when another program has written). Those that
 * were loaded are dropped. Statuses as segment_load. */
enum status store_load_segments(struct store *store, struct error *error);

#endif
