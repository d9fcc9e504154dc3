/* hiku in SQL (hiku-extension.7): the functions and tables of the loadable extension. */
#ifndef HIKU_SEARCH_SQL_SQL_H
#define HIKU_SEARCH_SQL_SQL_H

#include "base/buf.h"
#include "base/error.h"
#include "dict/analyzer.h"
#include "search/hiku.h"

#include <sqlite3.h>

/* Flags of a function that depends on nothing but its arguments and the dictionary. */
#define SQL_PURE (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)

/* An index that hiku_search reads over a connection of its own. */
struct sql_handle {
    char *path;
    hiku *index;
    size_t n_users; /* cursors */
    struct sql_handle *next;
};

/* What belongs to one connection. Each function and table registered holds it once. */
struct sql_connection {
    sqlite3 *db;
    size_t n_holders;
    struct analyzer *analyzer;
    struct tokenizer *tokenizer;
    struct sql_handle *handles;
};

/* Registers everything with DB (sql_register.c). ST_OK; with a message ST_DICTIONARY, ST_IO (no
 * FTS5 or an SQLite that is too old), ST_NOMEM. */
enum status sql_register(sqlite3 *db, struct error *error);

/* --- sql_connection.c ------------------------------------------------------------------------ */

/* Opens the dictionary for DB; *OUT is held once. ST_OK; with a message ST_IO (an SQLite that is
 * too old), ST_DICTIONARY, ST_NOMEM. */
enum status sql_connection_open(struct sql_connection **out, sqlite3 *db, struct error *error);
/* Holds C once more, and returns it. */
struct sql_connection *sql_connection_hold(struct sql_connection *c);
/* Ends one hold, the last one frees; a destructor for SQLite. */
void sql_connection_drop(void *connection);

/* Whether all indexes that the connection has open (main and attached) were cut by its dictionary.
 * ST_OK; ST_DICTIONARY or an error of SQLite with a message. */
enum status sql_check_dictionary(struct sql_connection *c, struct error *error);

/* The index in PATH (NULL: the main database), opened when it is not yet. *OUT is given back with
 * sql_handle_put. The statuses of hiku_open, with a message. */
enum status sql_handle_get(struct sql_connection *c, const char *path, struct sql_handle **out,
                           struct error *error);
void sql_handle_put(struct sql_handle *handle);

/* --- sql_value.c ----------------------------------------------------------------------------- */

/* SQLite's code for a status. */
int sql_code(enum status st);
/* The bytes of a value as text; data is NULL when it is NULL. Valid as long as the value. */
struct span sql_text(sqlite3_value *value);
/* Gives a copy of N_BYTES of text. */
void sql_result_text(sqlite3_context *context, const char *text, size_t n_bytes);
/* Gives the buffer's text, or that memory is out, and releases it. */
void sql_result_buf(sqlite3_context *context, struct buf *text);
/* Gives the error that ST is, with ERROR's message for those that have no code of SQLite's; nothing
 * for ST_OK. */
void sql_result_status(sqlite3_context *context, enum status st, const struct error *error);
/* Sets the message of a table ("": none). Returns SQLite's code for ST. */
int sql_table_error(sqlite3_vtab *table, enum status st, const char *message);
/* Reads 'all', 'any' or 'auto' as enum hiku_mode; of a NULL *MODE stays as it is. ST_OK, ST_USAGE
 * with a message. */
enum status sql_read_mode(sqlite3_value *value, int *mode, struct error *error);

/* --- sql_arguments.c ------------------------------------------------------------------------- */

/* The arguments of hiku_search: its hidden columns in their order, then the statement's LIMIT. */
enum sql_argument {
    SQL_ARG_QUERY,
    SQL_ARG_MODE,
    SQL_ARG_DB,
    SQL_ARG_EXACT,
    SQL_ARG_WORDS,
    SQL_ARG_FIELD,
    SQL_ARG_SINCE,
    SQL_ARG_UNTIL,
    SQL_ARG_WITHOUT,
    SQL_ARG_TIMEOUT,
    SQL_ARG_LIMIT,
    SQL_ARG_OFFSET,
    SQL_N_ARGUMENTS
};

/* Sets the options that the arguments (each NULL where it was not given) ask for; a value that is
 * NULL asks for nothing. Strings are borrowed from the values. ST_OK, ST_USAGE with a message. */
enum status sql_read_arguments(sqlite3_value *const *args, struct hiku_search_options *options,
                               struct error *error);

/* --- sql_watch.c ----------------------------------------------------------------------------- */

/* Whether the statement that runs on a connection is to stop, as seen from inside of it. */
struct sql_watch {
    sqlite3 *db;
    sqlite3_stmt *stmt;
    int64_t next; /* not to be asked again before, clock_ns(); 0: it was never asked */
    bool stopped;
};

/* Whether the connection was interrupted or its progress handler wants to stop. WATCH: a struct
 * sql_watch with DB set. Costs a look at the clock but once a millisecond. */
bool sql_watch_is_stopped(void *watch);
/* Ends WATCH; it can be asked again. */
void sql_watch_end(struct sql_watch *watch);

/* --- sql_register.c -------------------------------------------------------------------------- */

struct sql_function {
    const char *name;
    int n_args;
    int flags; /* SQLite's */
    void (*call)(sqlite3_context *context, int n_args, sqlite3_value **args);
};

/* Registers N functions, whose user data is C. ST_OK, ST_NOMEM. */
enum status sql_register_all(struct sql_connection *c, const struct sql_function *functions,
                             size_t n);

/* Registers a table-valued function, whose client data is C. ST_OK, ST_NOMEM. */
enum status sql_register_table(struct sql_connection *c, const char *name,
                               const sqlite3_module *module);

struct sql_table {
    sqlite3_vtab base; /* must be first */
    struct sql_connection *connection;
};

/* xConnect of a table that is declared by SCHEMA, and its xDisconnect. */
int sql_table_connect(sqlite3 *db, struct sql_connection *c, const char *schema,
                      sqlite3_vtab **out);
int sql_table_disconnect(sqlite3_vtab *table);

/* --- what sql_register calls; each ST_OK, ST_NOMEM, ST_IO ------------------------------------ */

enum status sql_register_functions(struct sql_connection *c);                 /* sql_functions.c */
enum status sql_register_marking(struct sql_connection *c);                   /* sql_marking.c */
enum status sql_register_search(struct sql_connection *c);                    /* sql_search.c */
enum status sql_register_tokens(struct sql_connection *c);                    /* sql_tokens.c */
enum status sql_register_fts5(struct sql_connection *c, struct error *error); /* sql_fts5.c */

/* --- sql_query.c, sql_rank.c ----------------------------------------------------------------- */

/* Writes what a person typed as an FTS5 expression that MATCH accepts whatever the text.
 * ST_OK, ST_NOMEM; ST_INTERRUPTED when WATCH says so. */
enum status sql_match_string(struct span text, bool any, struct tokenizer *tokenizer,
                             struct sql_watch *watch, struct buf *out);

/* FTS5's auxiliary function hiku_rank. */
void sql_rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int n_args,
              sqlite3_value **args);

#endif
