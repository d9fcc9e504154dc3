/* Numbers at the ends of a spelling. Interface: numbers.h. */
#include "search/plan/numbers.h"

#include "base/utf8.h"

#include <string.h>

/* The character that ends at *AT, which goes there; 0 at the beginning. */
static uint32_t before(const char *text, size_t *at)
{
    uint32_t cp = 0;
    size_t end = *at;
    if (end > 0) {
        *at = utf8_floor(text, end - 1);
        utf8_decode(text + *at, end - *at, &cp);
    }
    return cp;
}

/* The character at *AT, which goes behind it; 0 at the end. */
static uint32_t next(const struct buf *text, size_t *at)
{
    uint32_t cp = 0;
    if (*at < text->len)
        *at += utf8_decode(text->data + *at, text->len - *at, &cp);
    return cp;
}

bool spelling_has_number(const struct spelling *spelling)
{
    size_t n = spelling->n_units;
    return spelling->rule[0] != '\0' && n > 0 &&
           (utf8_is_one_of(spelling->units[0], number_characters) ||
            utf8_is_one_of(spelling->units[n - 1], number_characters));
}

bool spelling_may_be_separated(const struct spelling *spelling)
{
    return strstr(spelling->rule, "dates") == NULL;
}

bool spelling_is_in_number(const struct spelling *spelling, const struct buf *text, size_t start,
                           size_t end)
{
    size_t first_at = start, last_at = end;
    if (!spelling_has_number(spelling) || start >= end)
        return false;
    uint32_t first = next(text, &first_at), last = before(text->data, &last_at);
    uint32_t left = before(text->data, &start), right = next(text, &end);
    if (number_goes_on(left, first) || number_goes_on(last, right))
        return true;
    if (!spelling_may_be_separated(spelling))
        return false;
    return (utf8_is_one_of(left, number_separators) && utf8_is_digit(first) &&
            utf8_is_digit(before(text->data, &start))) ||
           (utf8_is_one_of(right, number_separators) && utf8_is_digit(last) &&
            utf8_is_digit(next(text, &end)));
}
