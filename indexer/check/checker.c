/* What the parts of a check share. Interface: checker.h. */
#include "indexer/check/checker.h"

#include <stdarg.h>
#include <stdio.h>

void checker_report(struct checker *c, const char *format, ...)
{
    char line[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    c->result->n_problems++;
    if (c->options->report != NULL)
        c->options->report(c->options->context, line);
}

void checker_note(const struct checker *c, const char *line)
{
    if (c->options->report != NULL)
        c->options->report(c->options->context, line);
}
