/* Telling a table from a text. Interface: known_heading.h. */
#include "corpus/table/known_heading.h"

#include "corpus/table/columns.h"

#define NAME_BYTES 300    /* names of columns are shorter */
#define FEWEST_ROLES 2    /* of id, date, title and body */
#define MOST_COLUMNS 256U /* those after them change nothing */

enum status is_known_heading(const struct span *cells, size_t n_cells, bool *known)
{
    struct columns columns = COLUMNS_INIT;
    enum status status = ST_OK;
    *known = false;
    for (size_t i = 0; i < n_cells && i < MOST_COLUMNS && status == ST_OK; i++) {
        struct span name = cells[i].len <= NAME_BYTES ? cells[i] : (struct span){"", 0};
        status = columns_add(&columns, name, ROLE_OTHER);
    }
    if (status == ST_OK && columns.n > 0) {
        columns_assign(&columns, NULL);
        *known = columns_count_roles(&columns) >= FEWEST_ROLES;
    }
    columns_release(&columns);
    return status;
}
