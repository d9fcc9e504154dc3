/* A heading line below a table's first: the same again, or another. Interface: table.h. */
#include "corpus/table/table.h"

#include "base/utf8.h"
#include "corpus/rows/cell_marks.h"
#include "corpus/table/form_label.h"

#include <string.h>

#define FEWEST_KNOWN 3   /* names, where nothing above tells */
#define FEWEST_COUNTED 3 /* names that a row of numbers stands below */
#define COUNT_BYTES 16   /* of a number in brackets */
#define ID_NAME_BYTES 24 /* 事業番号 */
#define SPACED_OUT 4     /* a name with U+3000 between its characters grows by less */

/* What the record before has in COLUMN. */
static struct span cell_above(const struct table *table, size_t column)
{
    if (table->is_held)
        return row_cell(&table->held.row, column);
    return ditto_last(&table->ditto, column);
}

static bool are_ascii(const struct columns *columns)
{
    for (size_t i = 0; i < columns->n; i++)
        for (const char *c = columns->items[i].name; *c != '\0'; c++)
            if ((unsigned char)*c >= 0x80)
                return false;
    return true;
}

/* Whether no record has come since the heading. */
static bool is_first(const struct table *table)
{
    return !table->is_held && table->ditto.now.n == 0;
}

/* Whether COLUMNS, which stand right below the table's heading, are its names once more in English.
 */
static bool is_translated(const struct table *table, const struct columns *columns)
{
    return is_first(table) && are_ascii(columns) && !are_ascii(&table->columns);
}

/* The number that the cell is, in brackets or a circle or without; 0: it is none. *MARKED is set by
 * either of these. */
static unsigned number_of(struct span cell, bool *marked)
{
    unsigned number = 0;
    for (size_t i = 0; i < cell.len && cell.len <= COUNT_BYTES;) {
        uint32_t cp;
        i += utf8_decode(cell.data + i, cell.len - i, &cp);
        *marked = *marked || utf8_is_one_of(cp, U"(（") || utf8_is_circled(cp);
        if (utf8_is_circled(cp))
            number = cp - U'①' + 1;
        else if (utf8_is_digit(cp) && number < 100)
            number = number * 10 + utf8_digit_value(cp);
        else if (cp > ' ' && !utf8_is_one_of(cp, U"()（）"))
            return 0;
    }
    return number;
}

/* Whether ROW, which stands right below the table's heading, only counts its names: (1), (2), (3).
 */
static bool is_counted(const struct table *table, const struct row *row)
{
    unsigned n = 0;
    bool marked = false; /* without, it may be a record of numbers */
    if (!is_first(table))
        return false;
    for (size_t i = 0; i < row->n_cells; i++)
        if (!cell_is_blank(row->cells[i]) && number_of(row->cells[i], &marked) != ++n)
            return false;
    return marked && n >= FEWEST_COUNTED;
}

/* Whether ROW, of which one name alone has a role, is a heading line by its form: names and nothing
 * else, three of them at least and all known, or one below an amount in the row above. *LOOKS.
 * ST_OK or ST_NOMEM. */
static enum status looks_as_heading(const struct table *table, const struct row *row, bool *looks)
{
    size_t n_known = 0, n_filled = 0, n_below = 0;
    *looks = false;
    for (size_t i = 0; i < row->n_cells; i++) {
        struct form_label label;
        if (cell_is_blank(row->cells[i]))
            continue;
        enum status status = form_label_read(row->cells[i], NULL, &label);
        if (status != ST_OK)
            return status;
        if (label.value.len > 0 || !(label.known || form_is_name(row->cells[i])))
            return ST_OK;
        n_filled++;
        n_known += label.known;
        n_below += form_is_amount(cell_above(table, i));
    }
    *looks = n_filled > 1 && ((n_known == n_filled && n_known >= FEWEST_KNOWN) || n_below > 0);
    return ST_OK;
}

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
        struct span cell = row_name(row, i);
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
            status = looks_as_heading(table, row, is_heading);
    }
    if (*is_heading && status == ST_OK)
        status = record_let_go(table);
    bool translated = *is_heading && is_translated(table, &columns);
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
    const struct span first = row_cell(row, 0);
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
    *is_heading = is_counted(table, row);
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
