/* Another heading line below a table's first. Interface: heading_again.h. */
#include "corpus/table/heading_again.h"

#include "corpus/table/form_label.h"

#define FEWEST_KNOWN 3

/* What the record before has in COLUMN. */
static struct slice cell_above(const struct table *table, size_t column)
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

bool heading_is_translated(const struct table *table, const struct columns *columns)
{
    bool first = !table->is_held && table->ditto.now.n == 0;
    return first && are_ascii(columns) && !are_ascii(&table->columns);
}

enum status heading_looks_again(const struct table *table, const struct row *row, bool *looks)
{
    size_t n_known = 0, n_filled = 0, n_below = 0;
    *looks = false;
    for (size_t i = 0; i < row->n_cells; i++) {
        struct form_label label;
        if (table_is_blank(row->cells[i]))
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
