/* hiku index --preview: how sources would be read. Interface to preview.c. */
#ifndef HIKU_CLI_PREVIEW_H
#define HIKU_CLI_PREVIEW_H

#include "indexer/index.h"

/* Reads the sources that OPTIONS name and prints of each its format, encoding and counts, what its
 * columns are taken for, and its first records. Returns the exit code. */
int preview(const struct index_options *options);

#endif
