/* What a row has besides blanks. Interface: row.h. */
#include "corpus/rows/row.h"

#include "corpus/rows/cell_marks.h"

bool row_is_blank(const struct row *row)
{
    size_t i = 0;
    while (i < row->n_cells && cell_is_blank(row->cells[i]))
        i++;
    return i == row->n_cells && (i > 0 || cell_is_blank(row->text));
}

size_t row_count_filled(const struct row *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->n_cells; i++)
        n += !cell_is_blank(row->cells[i]);
    return n;
}
