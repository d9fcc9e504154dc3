/* Turning sources into records: what every reader gives and how it is called.
 *
 * A reader streams: it calls sink->record once for each record, in the order of the source. What
 * it cannot read it gives to sink->problem and skips; nothing is dropped in silence. */
#ifndef HIKU_CORPUS_READER_H
#define HIKU_CORPUS_READER_H

#include "base/error.h"
#include "corpus/rows/sink.h"
#include "corpus/table/reader_options.h"

/* Reads the source at PATH.
 * ST_OK; ST_INPUT with a message (missing, unreadable, a folder, empty, binary, no table in it);
 * ST_USAGE for a --columns that does not fit; ST_NOMEM; or what sink->record returned. */
enum status reader_read(const char *path, const struct reader_options *options,
                        const struct reader_sink *sink, struct error *error);

#endif
