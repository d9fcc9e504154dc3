/* Comparing a segment's lists of frequencies with its other lists. Interface to
 * check_frequencies.c. */
#ifndef HIKU_INDEXER_CHECK_CHECK_FREQUENCIES_H
#define HIKU_INDEXER_CHECK_CHECK_FREQUENCIES_H

#include "indexer/check/checker.h"

/* Packs the text that SEGMENT's other lists hold once more and compares the lists of frequencies.
 * SEGMENT is loaded with all bounds, its other lists are right. Findings are reported; the status
 * is of what kept the check from running. */
enum status check_frequencies(struct checker *c, const struct segment *segment);

#endif
