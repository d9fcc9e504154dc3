/* Comparing what is indexed with the texts: for check.c. */
#ifndef HIKU_INDEXER_CHECK_SEGMENTS_H
#define HIKU_INDEXER_CHECK_SEGMENTS_H

#include "dict/analyzer.h"
#include "indexer/check.h"
#include "store/store.h"

struct checker {
    const struct check_options *options;
    struct check_result *result;
    struct store *store;
    const struct analyzer *analyzer;
    struct error *error;
};

/* Reports one finding. FORMAT is translated. */
void checker_report(struct checker *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Makes each segment's text anew from the documents and compares: lengths, word bounds, dates, and
 * that the lists hold each pair of units at each place once, and nothing else, and the lists of
 * frequencies what those say. Findings are reported; the status is of what kept the check from
 * running. */
enum status check_segments(struct checker *c);

/* --- between check_segments.c and check_frequencies.c */

/* Packs the text that SEGMENT's other lists hold once more and compares the lists of frequencies.
 * SEGMENT is loaded with all bounds, its other lists are right. */
enum status check_frequencies(struct checker *c, const struct segment *segment);

#endif
