/* Naming what is wrong with an index, and how to mend it. Interface: store_error.h. */
#include "store/store_error.h"

#include "base/shell.h"

#include <errno.h>
#include <string.h>

enum status store_corrupt(const char *path, struct error *error)
{
    struct shell_text space;
    return error_set(error, ST_CORRUPT,
                     _("the index is damaged: '%s'; rebuild it with: hiku index --full --db '%s'"),
                     path, shell_quoted(path, &space));
}

enum status store_not_index(const char *path, struct error *error)
{
    struct shell_text space;
    return error_set(error, ST_NOT_INDEX,
                     _("this file is no hiku index: '%s'; name another file, or move it away "
                       "and make an index with: hiku index --db '%s' SOURCE"),
                     path, shell_quoted(path, &space));
}

enum status store_interrupted(struct error *error)
{
    return error_set(error, ST_INTERRUPTED, _("the search was cancelled or ran out of time"));
}

static enum status no_space(const char *path, struct error *error)
{
    return error_set(error, ST_IO,
                     _("no space left for the index: '%s'; free some and run the command again; "
                       "nothing was changed"),
                     path);
}

/* errno of the last call to the system that failed; 0: unknown. That of the connection is lost when
 * a statement inside another fails, as FTS5's do. */
static int system_error(sqlite3 *db)
{
    int number = 0;
    if (db != NULL)
        sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
    return number == 0 && db != NULL ? sqlite3_system_errno(db) : number;
}

/* What SQLite calls an I/O error. */
static enum status io_error(sqlite3 *db, int rc, const char *path, struct error *error)
{
    int number = system_error(db);
    const char *what = db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(rc);
    if (number == EDQUOT)
        return no_space(path, error);
    if (number == EFBIG)
        return error_set(error, ST_IO,
                         _("the index would be larger than a file may be here: '%s'; raise the "
                           "limit (ulimit -f) or name a file on another disk; nothing was changed"),
                         path);
    if (number != 0)
        return error_set(error, ST_IO, _("cannot use the index '%s': %s (%s)"), path, what,
                         strerror(number));
    return error_set(error, ST_IO, _("cannot use the index '%s': %s"), path, what);
}

enum status store_sqlite_error(sqlite3 *db, int rc, const char *path, struct error *error)
{
    switch (rc & 0xFF) {
    case SQLITE_NOMEM:
        return error_set(error, ST_NOMEM, _("out of memory"));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, ST_BUSY,
                         _("another program is using the index: '%s'; try again in a moment"),
                         path);
    case SQLITE_INTERRUPT:
        return store_interrupted(error);
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
        return store_corrupt(path, error);
    case SQLITE_NOTADB:
        return store_not_index(path, error);
    case SQLITE_FULL:
        return no_space(path, error);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return error_set(error, ST_IO,
                         _("the index cannot be written: '%s'; check the permissions of the file "
                           "and its folder"),
                         path);
    default:
        return io_error(db, rc, path, error);
    }
}
