/* Writing records, their FTS5 index and their segments through one connection. */
#ifndef HIKU_INDEXER_WRITER_H
#define HIKU_INDEXER_WRITER_H

#include "base/error.h"
#include "dict/fts5_tokenizer.h"
#include "indexer/segments/background_pack.h"
#include "indexer/segments/document.h"
#include "indexer/segments/fts_bulk.h"
#include "indexer/segments/vocabulary.h"

#include <sqlite3.h>

enum writer_statement {
    WRITER_INSERT_DOCUMENT,
    WRITER_INSERT_FTS,
    WRITER_DELETE_FTS,
    WRITER_DELETE_DOCUMENT,
    WRITER_MOVE,
    WRITER_FIND_DOCUMENT,
    WRITER_MARK_DEAD,
    WRITER_N_STATEMENTS
};

struct writer {
    sqlite3 *db;
    char *path;    /* of the file that is written */
    char *db_path; /* of the index as the user named it, for messages */
    char *target;  /* of the index's file, where a link leads to; for a new file alone */
    int lock_fd;   /* of a new file; -1: an existing one */
    size_t memory; /* bytes to be used, about */
    bool bulk;     /* building a new file: no journal until it is whole */
    const struct analyzer *analyzer;
    struct fts5_replay replay;
    struct fts_bulk fts; /* where bulk */
    struct segment_builder segment;
    struct background_pack packing; /* the one before */
    struct vocabulary words;        /* of the documents added, counted by who analysed them */
    int64_t next_document;
    int64_t first_document; /* the first that this run writes */
    int64_t next_segment;
    sqlite3_stmt *statements[WRITER_N_STATEMENTS];
};

/* Opens the index at PATH for changes inside one transaction, which is begun. It must have been cut
 * with ANALYZER. MEMORY: bytes to be used, about. ST_OK; with a message ST_DICTIONARY, ST_BUSY and
 * those of store_check_format; ST_NOMEM. */
enum status writer_open(struct writer **out, const char *path, const struct analyzer *analyzer,
                        size_t memory, int busy_ms, struct error *error);

/* Begins a new index that will take the place of PATH. ST_OK; with a message ST_BUSY (another
 * program is building it), ST_IO; ST_NOMEM. */
enum status writer_create(struct writer **out, const char *path, const struct analyzer *analyzer,
                          size_t memory, struct error *error);

/* Commits; a new file is synced and renamed to its place. On failure nothing has changed. The
 * writer must be closed. */
enum status writer_commit(struct writer *w, struct error *error);

/* Ends the writer; without writer_commit nothing of what it did remains. NULL is allowed. */
void writer_close(struct writer *w);

/* Adds an analysed document with the id w->next_document, given out by the caller in order. What a
 * long one has as analysed is given back. */
enum status writer_add(struct writer *w, struct document *d, struct error *error);

/* Writes what the current segment holds and the one that is being packed; writer_commit does it
 * too. */
enum status writer_flush(struct writer *w, struct error *error);

/* Removes a document and what was indexed of it. */
enum status writer_remove(struct writer *w, int64_t id, struct error *error);

/* Notes that a record, unchanged itself, is now in another part or page, that of D. */
enum status writer_move(struct writer *w, int64_t id, const struct document *d,
                        struct error *error);

/* Status and message for SQLite's result RC. */
enum status writer_error(struct writer *w, int rc, struct error *error);

#endif
