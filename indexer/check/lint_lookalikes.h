/* Characters that look like those of another script: 協カ for 協力, デ一タ for データ. Interface to
 * lint_lookalikes.c. */
#ifndef HIKU_INDEXER_CHECK_LINT_LOOKALIKES_H
#define HIKU_INDEXER_CHECK_LINT_LOOKALIKES_H

#include "base/buf.h"
#include "dict/analyzer.h"

/* A word with such a character. */
struct lookalike {
    size_t start, end;   /* bytes of the text */
    struct buf intended; /* the word as it was meant, owned by the caller, who releases it */
};

/* Finds the first such word from byte *AT of TEXT, normalised, on and goes behind it. What is meant
 * must be a word of the dictionary. *FOUND: whether there is one. T cuts it. ST_OK, ST_NOMEM. */
enum status lookalike_next(struct tokenizer *t, const struct buf *text, size_t *at,
                           struct lookalike *out, bool *found);

#endif
