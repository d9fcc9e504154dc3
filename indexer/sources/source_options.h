/* How a source is to be read, and noting it for later runs. Interface to source_options.c. */
#ifndef HIKU_INDEXER_SOURCES_SOURCE_OPTIONS_H
#define HIKU_INDEXER_SOURCES_SOURCE_OPTIONS_H

#include "corpus/readers.h"
#include "indexer/index.h"
#include "indexer/sources/roots.h"

/* As RUN says, else as the manifest of SOURCE says, else as REMEMBERED of its root. Borrows from
 * all of them. */
struct reader_options source_options(const struct index_options *run, const struct source *source,
                                     const struct root_options *remembered);

/* Notes in the manifest beside SOURCE, known by NAME, how it was read in RUN. Standard input has
 * none. Statuses as manifest_save. */
enum status source_options_save(const struct readers *readers, const struct index_options *run,
                                const struct source *source, const char *name,
                                const struct reader_options *options,
                                const struct reader_findings *found, struct error *error);

#endif
