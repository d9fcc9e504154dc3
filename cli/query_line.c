/* A line of a file of queries. Interface: query_line.h. */
#include "cli/query_line.h"

#include "base/error.h"

#include <string.h>

bool query_line_read(const struct line *line, struct query_line *query)
{
    char *tab = memchr(line->text, '\t', line->len);
    if (tab == NULL || tab == line->text) {
        line_fail(line, tab == NULL ? _("no tab between a name and a query; put one there")
                                    : _("no name before the tab; write one there"));
        return false;
    }
    *tab = '\0';
    *query = (struct query_line){line->text, tab + 1, line->len - (size_t)(tab + 1 - line->text)};
    return true;
}
