/* Tokens that are parts of one number. Interface: analyzer_internal.h, analyzer.h. */
#include "dict/analyzer_internal.h"

#include "base/utf8.h"
#include "dict/numerals.h"

#include <string.h>

/* Numerals of numbers that are not known: 数百, 十数, 何十. */
static bool is_uncertain(uint32_t cp)
{
    return utf8_is_one_of(cp, U"数何幾");
}

bool token_is_numeral(const char *feature, struct span surface)
{
    size_t i = 0;
    uint32_t cp = 0;
    while (i < surface.len) {
        i += utf8_decode(surface.data + i, surface.len - i, &cp);
        if (!utf8_is_one_of(cp, number_characters))
            break;
        cp = 0;
    }
    struct token token = {.feature = feature};
    return cp == 0 || (i == surface.len && is_uncertain(cp) && token_is_of_kind(&token, "名詞,数"));
}

/* Whether the numeral that ends before byte AT goes on with the text from there to END. */
static bool goes_on(const char *norm, size_t at, size_t end)
{
    uint32_t before, behind;
    size_t last = utf8_floor(norm, at - 1);
    utf8_decode(norm + last, at - last, &before);
    utf8_decode(norm + at, end - at, &behind);
    return number_goes_on(before, behind) || (is_uncertain(before) && number_is_unit(behind)) ||
           (number_is_unit(before) && is_uncertain(behind));
}

static bool is_digit_at(const char *text, size_t at, size_t end)
{
    return at < end && utf8_is_digit((unsigned char)text[at]);
}

/* Where the digits that go up to AT begin, and where those from AT on end. */
static size_t digits_start(const char *text, size_t at, size_t start)
{
    while (at > start && utf8_is_digit((unsigned char)text[at - 1]))
        at--;
    return at;
}

static size_t digits_end(const char *text, size_t at, size_t end)
{
    while (is_digit_at(text, at, end))
        at++;
    return at;
}

/* Whether the comma between digits at AT parts thousands: not in 1,2,3. */
static bool parts_thousands(const char *text, size_t start, size_t at, size_t end)
{
    size_t n_before = at - digits_start(text, at, start);
    size_t n_behind = digits_end(text, at + 1, end) - at - 1;
    return n_before <= 3 && n_behind == 3;
}

/* Whether the point between digits at AT is that of a decimal: not in 1.2.3, 2019.7.8 and H30.4. */
static bool is_decimal(const char *text, size_t start, size_t at, size_t end)
{
    size_t first = digits_start(text, at, start), last = digits_end(text, at + 1, end);
    char before = '\0';
    if (first > start)
        before = text[first - 1];
    if (before >= 'a' && before <= 'z')
        return false;
    bool goes_on_before = before == '.' && digits_start(text, first - 1, start) < first - 1;
    return !goes_on_before &&
           !(last < end && text[last] == '.' && is_digit_at(text, last + 1, end));
}

/* Whether the separator between the digits at AT and behind it is a part of their number. */
static bool is_in_number(const char *text, size_t start, size_t at, size_t end)
{
    if (!utf8_is_digit((unsigned char)text[at - 1]) || !is_digit_at(text, at + 1, end))
        return false;
    return text[at] == ',' ? parts_thousands(text, start, at, end)
                           : text[at] == '.' && is_decimal(text, start, at, end);
}

void tokens_mark_numbers(struct tokens *tokens, size_t first, const char *norm, size_t end)
{
    for (size_t i = first; i + 1 < tokens->n; i++) {
        struct token *t = &tokens->items[i], *next = t + 1;
        if (!(t->flags & TOKEN_NUMERAL) || t->end != next->start)
            continue;
        if (next->flags & TOKEN_NUMERAL) {
            next->flags |= goes_on(norm, next->start, end) ? TOKEN_GOES_ON : 0;
        } else if (i + 2 < tokens->n && next[1].flags & TOKEN_NUMERAL &&
                   next->end == next->start + 1 &&
                   is_in_number(norm, tokens->items[first].start, next->start, end)) {
            next->flags |= TOKEN_GOES_ON;
            next[1].flags |= TOKEN_GOES_ON;
        }
    }
}

void tokens_join_numbers(struct tokens *tokens)
{
    size_t kept = 0;
    for (size_t i = 0; i < tokens->n; i++) {
        if (tokens->items[i].flags & TOKEN_GOES_ON)
            tokens->items[kept - 1].end = tokens->items[i].end;
        else
            tokens->items[kept++] = tokens->items[i];
    }
    tokens->n = kept;
}
