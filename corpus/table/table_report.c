/* What rows hold, and telling of those that are not taken as they are. Interface: table.h. */
#include "base/utf8.h"
#include "corpus/table/cell_marks.h"
#include "corpus/table/table.h"

#define EXCERPT_BYTES 200 /* a line or two on a terminal */

static void report(const struct table *table, const struct row *row, enum severity severity,
                   const char *problem)
{
    struct slice excerpt = row->text;
    if (excerpt.len > EXCERPT_BYTES)
        excerpt.len = utf8_floor(excerpt.data, EXCERPT_BYTES);
    table->sink->problem(table->sink->context, &row->place, severity, problem, excerpt);
}

void table_doubt(const struct table *table, const struct row *row, const char *problem)
{
    report(table, row, SEVERITY_DOUBT, problem);
}

void table_report(const struct table *table, const struct row *row, const char *problem)
{
    bool doubt = row->state == ROW_DOUBTFUL && problem == row->problem;
    report(table, row, doubt ? SEVERITY_DOUBT : SEVERITY_SKIPPED, problem);
}

bool table_is_blank(struct slice text)
{
    while (text.len > 0) {
        size_t n = cell_blank(text.data, text.len);
        if (n == 0 && (*text.data == '\n' || *text.data == '\r'))
            n = 1;
        if (n == 0)
            return false;
        text.data += n;
        text.len -= n;
    }
    return true;
}

bool table_is_blank_row(const struct row *row)
{
    size_t i = 0;
    while (i < row->n_cells && table_is_blank(row->cells[i]))
        i++;
    return i == row->n_cells && (i > 0 || table_is_blank(row->text));
}

size_t table_count_filled(const struct row *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->n_cells; i++)
        n += !table_is_blank(row->cells[i]);
    return n;
}
