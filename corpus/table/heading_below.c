/* A heading line below a table's first: the same again, or another. Interface: table.h. */
#include "corpus/table/heading_again.h"
#include "corpus/table/table.h"

#include <string.h>

#define ID_NAME_BYTES 24 /* 事業番号 */
#define SPACED_OUT 4     /* a name with U+3000 between its characters grows by less */

/* The column whose cell tells soonest that a row is no heading line. */
static size_t telling_column(const struct columns *heading)
{
    for (size_t i = 0; i < heading->n; i++)
        if (heading->items[i].role == ROLE_TITLE || heading->items[i].role == ROLE_BODY)
            return i;
    return 0;
}

static enum status equals_heading(struct table *table, const struct columns *heading,
                                  const struct row *row, bool *equal)
{
    size_t n = row->n_cells > heading->n ? row->n_cells : heading->n;
    *equal = true;
    for (size_t i = 0; i < n && *equal; i++) {
        struct slice cell = row_name(row, i);
        const char *key = i < heading->n ? heading->items[i].key : "";
        enum status status = columns_key(cell, &table->key);
        if (status != ST_OK)
            return status;
        *equal = strcmp(table->key.data, key) == 0;
    }
    return ST_OK;
}

/* Takes ROW as a heading line of other columns, when it is one by the usual names. */
static enum status try_other_heading(struct table *table, const struct row *row, bool *is_heading)
{
    struct columns columns = COLUMNS_INIT;
    enum status status = heading_read_names(row, &columns);
    if (status == ST_OK && columns.n > 0) {
        columns_assign(&columns, NULL);
        size_t n_roles = columns_count_roles(&columns);
        *is_heading = n_roles >= 2;
        if (n_roles == 1)
            status = heading_looks_again(table, row, is_heading);
    }
    if (*is_heading && status == ST_OK)
        status = record_let_go(table);
    bool translated = *is_heading && heading_is_translated(table, &columns);
    if (translated) { /* 事業名 above NAME: the names above stay */
        columns_release(&columns);
    } else if (*is_heading) {
        columns_move(&table->columns, &columns);
        table->id_is_sure = false;
        table->n_levels = 0;
        ditto_forget(&table->ditto);
        if (status == ST_OK)
            status = heading_keep_upper(table, row);
    }
    columns_release(&columns);
    return status;
}

/* Whether ROW is the lower one of the heading whose upper one was taken alone, or one of several
 * rows that come again. */
static enum status check_pair(struct table *table, const struct row *row, bool *is_heading)
{
    struct columns columns = COLUMNS_INIT;
    if (table->n_levels > 0) {
        *is_heading = heading_rows_equal(row, &table->upper.row) ||
                      heading_rows_equal(row, &table->lower.row) ||
                      (table->n_levels == 3 && heading_rows_equal(row, &table->middle.row));
        return ST_OK;
    }
    enum status status = heading_read_pair(table, row, &columns);
    *is_heading = status == ST_OK && columns.n > 0;
    if (*is_heading && table->form != COLUMNS_POSITIONS) {
        columns_assign(&columns, table->form == COLUMNS_MAPPED ? &table->wanted : NULL);
        columns_move(&table->columns, &columns);
    }
    columns_release(&columns);
    return *is_heading ? heading_set_levels(table, 2, row) : status;
}

/* Whether the leftmost cell is called as columns of numbers are. */
static enum status begins_with_id(struct table *table, const struct row *row, bool *begins)
{
    const struct slice first = row_cell(row, 0);
    *begins = false;
    if (first.len == 0 || first.len > ID_NAME_BYTES ||
        (first.data[0] >= '0' && first.data[0] <= '9'))
        return ST_OK;
    enum status status = columns_key(first, &table->key);
    *begins = status == ST_OK && columns_role(table->key.data) == ROLE_ID;
    return status;
}

enum status heading_check(struct table *table, const struct row *row, bool *is_heading)
{
    bool by_position = table->form == COLUMNS_POSITIONS;
    const struct columns *heading = by_position ? &table->heading : &table->columns;
    *is_heading = false;
    if (heading->n == 0)
        return ST_OK;
    *is_heading = heading_is_counted(table, row);
    if (*is_heading)
        return ST_OK;
    enum status status = check_pair(table, row, is_heading);
    if (status != ST_OK || *is_heading)
        return status;
    size_t at = telling_column(heading);
    if (at >= row->n_cells ||
        row->cells[at].len > SPACED_OUT * strlen(heading->items[at].name) + 64)
        return ST_OK;
    status = columns_key(row->cells[at], &table->key);
    if (status != ST_OK)
        return status;
    enum role role = columns_role(table->key.data);
    if (strcmp(table->key.data, heading->items[at].key) == 0)
        status = equals_heading(table, heading, row, is_heading);
    bool other = role == ROLE_TITLE || role == ROLE_BODY;
    if (status == ST_OK && !*is_heading && table->form == COLUMNS_RECOGNISED && !other)
        status = begins_with_id(table, row, &other);
    if (status == ST_OK && !*is_heading && table->form == COLUMNS_RECOGNISED && other)
        status = try_other_heading(table, row, is_heading);
    return status;
}
