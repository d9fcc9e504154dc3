/* Entry of the loadable extension hiku.so; what it registers is in sql.h. */
#include "base/sqlite_host.h"
#include "search/sql/sql.h"

SQLITE_EXTENSION_INIT1

__attribute__((visibility("default"))) int sqlite3_hiku_init(sqlite3 *db, char **message,
                                                             const sqlite3_api_routines *api);

int sqlite3_hiku_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
    struct error error = {0};
    SQLITE_EXTENSION_INIT2(api);
    enum status st = sql_register(db, &error);
    if (st != ST_OK && message != NULL)
        *message = sqlite3_mprintf("%s", error.message);
    return sql_code(st);
}
