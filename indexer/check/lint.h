/* Looking for words that are probably misspelt, for who edits the tables. Interface to lint.c. */
#ifndef HIKU_INDEXER_CHECK_LINT_H
#define HIKU_INDEXER_CHECK_LINT_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

enum lint_reason {
    LINT_MISPRINT, /* a known one: dict/misprints.tsv */
    LINT_VARIANT,  /* has a character that search folds to another: 副市长 */
    LINT_RARE,     /* a rare compound, one edit away from a more frequent one that is cut better */
    LINT_LOOKALIKE /* has a character of another script that looks the same: 協カ */
};

struct lint_finding {
    const char *key;   /* of the record */
    const char *field; /* title or body */
    size_t start;      /* bytes of the field as stored, half-open */
    size_t end;
    const char *word; /* as stored, not NUL-terminated: END - START bytes */
    const char *suggestion;
    enum lint_reason reason;
};

struct lint_options {
    const char *db;
    const char *dicdir; /* NULL: the index's own */
    void (*report)(void *context, const struct lint_finding *finding /* borrowed */);
    void *context;
};

/* Reads all records and reports what is found, in the order of the records. *N_FINDINGS counts.
 * ST_OK also with findings; else as opening an index: ST_MISSING, ST_NOT_INDEX, ST_NEWER, ST_OLDER,
 * ST_DICTIONARY, ST_CORRUPT, ST_BUSY, ST_IO, ST_NOMEM. */
enum status lint_run(const struct lint_options *options, uint64_t *n_findings, struct error *error);

#endif
