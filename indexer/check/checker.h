/* What the parts of a check share. Interface to checker.c. */
#ifndef HIKU_INDEXER_CHECK_CHECKER_H
#define HIKU_INDEXER_CHECK_CHECKER_H

#include "dict/analyzer.h"
#include "indexer/check/check.h"
#include "store/store.h"

struct checker {
    const struct check_options *options;
    struct check_result *result;
    struct store *store;
    const struct analyzer *analyzer;
    struct error *error;
};

/* Reports one finding, and counts it. FORMAT is translated. */
void checker_report(struct checker *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Tells what is no damage, but what the person who asks wants to know. LINE is translated. */
void checker_note(const struct checker *c, const char *line);

#endif
