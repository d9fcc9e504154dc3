/* Joining small segments, so that many small updates do not make searching slow. */
#ifndef HIKU_INDEXER_SEGMENTS_SEGMENT_JOIN_H
#define HIKU_INDEXER_SEGMENTS_SEGMENT_JOIN_H

#include "indexer/writer.h"

/* Joins the last segments of W's index into one where there are many of about the same size, inside
 * W's transaction; the segment that W builds must have been written. A text is copied once for each
 * four-fold growth of the segment that it is in (the logarithmic method: Bentley, Saxe:
 * Decomposable Searching Problems I, J. Algorithms 1, 1980). Texts of deleted records are left out.
 * ST_OK; with a message what writer_error says, ST_CORRUPT, ST_NOMEM. */
enum status segment_join(struct writer *w, struct error *error);

#endif
