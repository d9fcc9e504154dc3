/* Another heading line below a table's first. Interface to heading_again.c. */
#ifndef HIKU_CORPUS_TABLE_HEADING_AGAIN_H
#define HIKU_CORPUS_TABLE_HEADING_AGAIN_H

#include "corpus/table/table.h"

#include <stdbool.h>

/* Whether ROW, of which one name alone has a role, is a heading line by its form: names and nothing
 * else, three of them at least and all known, or one below an amount in the row above. *LOOKS.
 * ST_OK or ST_NOMEM. */
enum status heading_looks_again(const struct table *table, const struct row *row, bool *looks);

/* Whether ROW, which stands right below the table's heading, only counts its names: (1), (2), (3).
 */
bool heading_is_counted(const struct table *table, const struct row *row);

/* Whether COLUMNS, which stand right below the table's heading, are its names once more in English.
 */
bool heading_is_translated(const struct table *table, const struct columns *columns);

#endif
