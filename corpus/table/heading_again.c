/* Another heading line below a table's first. Interface: heading_again.h. */
#include "corpus/table/heading_again.h"

#include "base/utf8.h"
#include "corpus/rows/cell_marks.h"
#include "corpus/table/form_label.h"

#define FEWEST_KNOWN 3
#define FEWEST_COUNTED 3
#define COUNT_BYTES 16 /* of a number in brackets */

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

/* Whether no record has come since the heading. */
static bool is_first(const struct table *table)
{
    return !table->is_held && table->ditto.now.n == 0;
}

bool heading_is_translated(const struct table *table, const struct columns *columns)
{
    return is_first(table) && are_ascii(columns) && !are_ascii(&table->columns);
}

/* The number that the cell is, in brackets or a circle or without; 0: it is none. *MARKED is set by
 * either of these. */
static unsigned number_of(struct slice cell, bool *marked)
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

bool heading_is_counted(const struct table *table, const struct row *row)
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

enum status heading_looks_again(const struct table *table, const struct row *row, bool *looks)
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
