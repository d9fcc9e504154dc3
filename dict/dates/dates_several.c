/* Several dates in one text. Interface: dates.h. */
#include "dict/dates/dates.h"

#include <stdio.h>
#include <string.h>

#define PART_BYTES 96 /* of one date; longer ones have none that date_parse knows */

/* The length in bytes of the separator that TEXT starts with; 0: none. */
static size_t separator(const char *text, size_t n_bytes, bool blanks)
{
    static const char *const marks[] = {"、", "，", ",",    ";",      "；",     "・", "／",
                                        "\n", "と", "及び", "および", "並びに", " ",  "　"};
    size_t n = sizeof marks / sizeof marks[0] - (blanks ? 0 : 2);
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(marks[i]);
        if (length <= n_bytes && memcmp(text, marks[i], length) == 0)
            return length;
    }
    return 0;
}

/* The next part of [*AT, END), and where the one behind it starts. */
static size_t next_part(const char **at, const char *end, bool blanks, const char **part)
{
    size_t n = 0;
    *part = *at;
    while (*at < end && (n = separator(*at, (size_t)(end - *at), blanks)) == 0)
        (*at)++;
    size_t length = (size_t)(*at - *part);
    *at += n;
    return length;
}

static bool parse_parts(const char *text, size_t n_bytes, bool blanks, struct date_range *range)
{
    const char *at = text, *end = text + n_bytes, *first, *part;
    size_t n_first = next_part(&at, end, blanks, &first), n_parts = 1;
    struct date_range all, next;
    if (n_first > PART_BYTES || !date_parse(first, n_first, &all))
        return false;
    day_t start = all.first;
    while (at < end) {
        size_t n = next_part(&at, end, blanks, &part);
        char period[2 * PART_BYTES + 8];
        if (n == 0 || (n == 1 && *part == ' '))
            continue;
        if (n > PART_BYTES)
            return false;
        /* A later date may leave out what it has in common with the first, as a period's end. */
        snprintf(period, sizeof period, "%.*s～%.*s", (int)n_first, first, (int)n, part);
        if (!date_parse(period, strlen(period), &next) || next.first != start)
            return false;
        all.last = next.last > all.last ? next.last : all.last;
        n_parts++;
    }
    if (n_parts > 1)
        *range = all;
    return n_parts > 1;
}

bool date_parse_several(const char *text, size_t n_bytes, struct date_range *range)
{
    return parse_parts(text, n_bytes, false, range) || parse_parts(text, n_bytes, true, range);
}
