/* Which index a command works on. Interface to index_file.c. */
#ifndef HIKU_CLI_INDEX_FILE_H
#define HIKU_CLI_INDEX_FILE_H

#include "cli/options.h"
#include "search/hiku.h"

/* DB as given, else $HIKU_DB, else ./hiku.db. */
const char *index_file(const char *db);

/* DICDIR as given, else $HIKU_DICDIR, else NULL: the index's own. */
const char *index_dicdir(const char *dicdir);

/* Opens the index files for reading, or complains. Returns an exit code; *DB is to be closed in
 * every case. */
int index_open(hiku **db, const struct option_list *paths, const char *dicdir);

/* Complains about the handle's last call, which gave STATUS, and returns the exit code. */
int index_fail(const hiku *db, int status);

/* Complains that no record has the key; returns the exit code. */
int index_no_record(const struct option_list *paths, const char *key);

/* Rows of a command's table of options. AT: the offset of the member in its values. */
/* clang-format off */
#define DB_OPTION(at)                                                                              \
    {"db", 0, OPTION_TEXT, (at), N_("FILE"), NULL, N_("the index; else $HIKU_DB, else hiku.db")}
#define DBS_OPTION(at)                                                                             \
    {"db", 0, OPTION_LIST, (at), N_("FILE"), NULL,                                                 \
     N_("an index, may be repeated; else $HIKU_DB, else hiku.db")}
#define DICDIR_OPTION(at)                                                                          \
    {"dicdir", 0, OPTION_TEXT, (at), N_("DIRECTORY"), NULL,                                        \
     N_("MeCab's dictionary; else $HIKU_DICDIR, else the index's own")}
/* clang-format on */

#endif
