/* The year that a title speaks of. Interface: year_in_text.h. */
#include "corpus/rows/year_in_text.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

enum { MOST_DIGITS = 4, LONGEST = 1000 }; /* digits of a year; bytes of a title */

static size_t era_bytes(struct span text)
{
    static const char *const names[] = {"令和", "平成", "昭和", "Ｒ", "Ｈ", "R", "H"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_starts_with(text.data, text.len, names[i]))
            return strlen(names[i]);
    return 0;
}

/* The bytes of the year that TEXT begins with; 0: none. */
static size_t year_bytes(struct span text)
{
    size_t at = era_bytes(text), n_digits = 0;
    bool era = at > 0;
    if (era && text_starts_with(text.data + at, text.len - at, "元")) {
        at += strlen("元");
        n_digits = 1;
    }
    for (size_t n; at < text.len && n_digits <= MOST_DIGITS; at += n, n_digits++) {
        uint32_t cp;
        n = utf8_decode(text.data + at, text.len - at, &cp);
        if (!utf8_is_digit(cp))
            break;
    }
    if (n_digits == 0 || n_digits > MOST_DIGITS || (era ? n_digits > 2 : n_digits < MOST_DIGITS))
        return 0;
    struct span rest = {text.data + at, text.len - at};
    if (text_starts_with(rest.data, rest.len, "年度"))
        return at + strlen("年度");
    if (!text_starts_with(rest.data, rest.len, "年"))
        return 0;
    at += strlen("年");
    uint32_t next = 0; /* 令和4年3月31日現在 names a day */
    if (at < text.len)
        utf8_decode(text.data + at, text.len - at, &next);
    return utf8_is_digit(next) ? 0 : at;
}

bool year_find(struct span text, struct span *year)
{
    uint32_t before = 0;
    for (size_t at = 0; at < text.len && at < LONGEST;) {
        size_t n = year_bytes((struct span){text.data + at, text.len - at});
        if (n > 0 && !utf8_is_digit(before)) {
            *year = (struct span){text.data + at, n};
            return true;
        }
        at += utf8_decode(text.data + at, text.len - at, &before);
    }
    return false;
}
