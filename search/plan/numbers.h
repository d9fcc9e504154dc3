/* Numbers at the ends of a spelling: 1,000円 is ¥1,000, which ¥1,000,000 is not. What was typed is
 * found wherever it stands, what a rule has made of it is not in the middle of a number. */
#ifndef HIKU_SEARCH_PLAN_NUMBERS_H
#define HIKU_SEARCH_PLAN_NUMBERS_H

#include "dict/numerals.h"
#include "search/plan/plan.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether SPELLING is another than the one typed and begins or ends with a number. */
bool spelling_has_number(const struct spelling *spelling);

/* Whether a separator beside it may make it a part of a number: not of a date, R1.7 of R1.7.8. */
bool spelling_may_be_separated(const struct spelling *spelling);

/* Whether SPELLING, in the bytes [START, END) of normalised TEXT, is the end or the beginning of a
 * longer number there, and is not what was typed. */
bool spelling_is_in_number(const struct spelling *spelling, const struct buf *text, size_t start,
                           size_t end);

#endif
