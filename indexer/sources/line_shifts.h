/* The lines of records whose source got or lost rows before them: the table `line_shifts`. */
#ifndef HIKU_INDEXER_SOURCES_LINE_SHIFTS_H
#define HIKU_INDEXER_SOURCES_LINE_SHIFTS_H

#include "indexer/sources/known_records.h"

/* Notes where the records of KNOWN that were seen and not replaced stand in their source now, by
 * runs of records that moved alike, so that a row inserted at a table's top costs one row and not
 * one for each record behind it. Writes nothing where that is noted already. ST_OK; with a message
 * what writer_error says, ST_NOMEM. */
enum status line_shifts_write(const struct known_records *known, struct writer *w,
                              int64_t source_id, struct error *error);

/* Forgets what is noted of a source. ST_OK; what writer_error says. */
enum status line_shifts_remove(struct writer *w, int64_t source_id, struct error *error);

#endif
