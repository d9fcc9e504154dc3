/* Comparing what is indexed with the texts. Interface to check_segments.c. */
#ifndef HIKU_INDEXER_CHECK_CHECK_SEGMENTS_H
#define HIKU_INDEXER_CHECK_CHECK_SEGMENTS_H

#include "indexer/check/checker.h"

/* Makes each segment's text anew from the documents and compares: lengths, word bounds, dates, and
 * that the lists hold each pair of units at each place once, and nothing else, and the lists of
 * frequencies what those say. Findings are reported; the status is of what kept the check from
 * running. */
enum status check_segments(struct checker *c);

#endif
