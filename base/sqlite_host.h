/* SQLite's functions as the program that loads the extension has them.
 *
 * Included by force (-include) into every object of hiku.so and into no other: each sqlite3_ call
 * then goes through the table of functions that the host hands over, also when SQLite is linked
 * statically into the host, and no second SQLite gets into its process. */
#ifndef HIKU_BASE_SQLITE_HOST_H
#define HIKU_BASE_SQLITE_HOST_H

#include <sqlite3ext.h>

SQLITE_EXTENSION_INIT3 /* defined in search/sql/extension.c */

#endif
