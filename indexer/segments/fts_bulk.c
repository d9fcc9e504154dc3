/* Writing and merging the tokens of a new index. Interface: fts_bulk.h. */
#include "indexer/segments/fts_bulk.h"

/* A token has some 8 bytes. FTS5 takes 2 for it where a text repeats its words and 5 in prose; and
 * for each document, and for each word once, some more. */
#define GATHERED(n_bytes) ((n_bytes) / 8 * 5 + 16)

/* The settings are FTS5's own; hashsize is not documented but stable since SQLite 3.20. Nothing is
 * written or merged but when it is told so: a savepoint has it write what it gathered, as any that
 * may be rolled back to must. The number that merge takes is of pages of 4 KB: few, or what it
 * leaves free adds up; not too few, for each time a page is begun. */
static const char begin_sql[] =
    "INSERT INTO documents_fts(documents_fts, rank) VALUES('hashsize', 2147483647);"
    "INSERT INTO documents_fts(documents_fts, rank) VALUES('automerge', 0);"
    "INSERT INTO documents_fts(documents_fts, rank) VALUES('crisismerge', 1999);";
static const char write_sql[] = "SAVEPOINT written; RELEASE written";
static const char merge_sql[] =
    "INSERT INTO documents_fts(documents_fts, rank) VALUES('merge', 512);";
static const char end_sql[] =
    "INSERT INTO documents_fts(documents_fts, rank) VALUES('hashsize', 1048576);"
    "INSERT INTO documents_fts(documents_fts, rank) VALUES('automerge', 4);"
    "INSERT INTO documents_fts(documents_fts, rank) VALUES('crisismerge', 16);";

int fts_bulk_begin(struct fts_bulk *f, sqlite3 *db, size_t max_bytes)
{
    *f = (struct fts_bulk){.max_bytes = max_bytes};
    return sqlite3_exec(db, begin_sql, NULL, NULL, NULL);
}

/* A merge that found nothing to do has made one change, the command itself (FTS5's manual, 6.8). */
static int write_gathered(struct fts_bulk *f, sqlite3 *db)
{
    int rc = sqlite3_exec(db, write_sql, NULL, NULL, NULL);
    int n_changes = 2;
    while (rc == SQLITE_OK && n_changes >= 2) {
        int before = sqlite3_total_changes(db);
        rc = sqlite3_exec(db, merge_sql, NULL, NULL, NULL);
        n_changes = sqlite3_total_changes(db) - before;
    }
    f->n_bytes = 0;
    return rc;
}

int fts_bulk_room(struct fts_bulk *f, sqlite3 *db, size_t n_bytes)
{
    int rc = f->n_bytes >= f->max_bytes ? write_gathered(f, db) : SQLITE_OK;
    f->n_bytes += GATHERED(n_bytes);
    return rc;
}

int fts_bulk_end(struct fts_bulk *f, sqlite3 *db)
{
    int rc = f->n_bytes > 0 ? write_gathered(f, db) : SQLITE_OK;
    return rc == SQLITE_OK ? sqlite3_exec(db, end_sql, NULL, NULL, NULL) : rc;
}
