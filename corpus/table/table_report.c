/* Telling of rows that are not taken as they are. Interface: table.h. */
#include "corpus/table/table.h"

#include "base/utf8.h"

#define EXCERPT_BYTES 200 /* a line or two on a terminal */

static void report(const struct table *table, const struct row *row, enum severity severity,
                   const char *problem)
{
    struct span excerpt = row->text;
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
