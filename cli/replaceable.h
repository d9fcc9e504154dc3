/* Files that a run may write in the place of others. Interface to replaceable.c. */
#ifndef HIKU_CLI_REPLACEABLE_H
#define HIKU_CLI_REPLACEABLE_H

#include <stdbool.h>

/* Whether nothing is lost where PATH is written: there is no such file, it is empty, no regular
 * file, or begins with HEADING (or is torn within it), as what hiku wrote there before. A table, or
 * the index itself, may have been named by mistake. */
bool is_replaceable(const char *path, const char *heading);

#endif
