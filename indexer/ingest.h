/* Reading the sources and telling the writer what changed. */
#ifndef HIKU_INDEXER_INGEST_H
#define HIKU_INDEXER_INGEST_H

#include "indexer/sources/failed_sources.h"
#include "indexer/index.h"
#include "indexer/sources/roots.h"
#include "indexer/writer.h"

/* Brings what the index holds of ROOTS up to date. OLD: the index in whose place W builds a new
 * one; NULL: there is none, or W updates it. What it holds of sources that cannot be read is taken
 * over. Those of FAILED are not tried; when another one can be read only in part it is added there,
 * failed->again is set, and W must be thrown away. ST_OK, or the first error; ST_INPUT when no
 * source at all could be read, or failed->again; ST_CORRUPT when one can be read neither from its
 * file nor from OLD. */
enum status ingest_roots(struct writer *w, sqlite3 *old, const struct index_options *options,
                         const struct root_list *roots, struct failed_sources *failed,
                         struct index_report *report, struct error *error);

/* Fills the new index of W with the records of OLD alone, whatever its sources hold now. ROOTS: all
 * that OLD knows. Statuses as above. */
enum status ingest_compact(struct writer *w, sqlite3 *old, const struct index_options *options,
                           const struct root_list *roots, struct index_report *report,
                           struct error *error);

#endif
