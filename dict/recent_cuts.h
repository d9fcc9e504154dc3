/* How the last texts were cut. The rules that make other spellings of a query look at the same few
 * texts again and again, and so do its partial matches. */
#ifndef HIKU_DICT_RECENT_CUTS_H
#define HIKU_DICT_RECENT_CUTS_H

#include "dict/analyzer.h"

#include <stdbool.h>
#include <stddef.h>

struct recent_cuts;

/* For one thread, and some 100 texts of a query's length: 200 KB as a rule, 2 MB at most. NULL when
 * memory is out. */
struct recent_cuts *recent_cuts_new(void);
/* NULL is allowed. */
void recent_cuts_free(struct recent_cuts *cuts);

/* Copies the tokens of TEXT to TOKENS, which are overwritten. False: they are not there, or memory
 * is out. */
bool recent_cuts_find(const struct recent_cuts *cuts, const char *text, size_t n_bytes,
                      struct tokens *tokens);

/* Keeps the TOKENS of TEXT, unless it is too long or memory is out. Their features must live as
 * long as CUTS. */
void recent_cuts_add(struct recent_cuts *cuts, const char *text, size_t n_bytes,
                     const struct tokens *tokens);

#endif
