/* Reading the sources and telling the writer what changed. */
#ifndef HIKU_INDEXER_INGEST_H
#define HIKU_INDEXER_INGEST_H

#include "indexer/index.h"
#include "indexer/roots.h"
#include "indexer/writer.h"

/* Brings what the index holds of ROOTS up to date. ST_OK, or the first error; ST_INPUT when no
 * source at all could be read. */
enum status ingest_roots(struct writer *w, const struct index_options *options,
                         const struct root_list *roots, struct index_report *report,
                         struct error *error);

#endif
