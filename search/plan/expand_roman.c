/* Roman numerals before what counts: 第Ⅱ期 = 第2期 = 第二期. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/numerals.h"

#include <uchar.h>

/* Nobody counts further with them. */
#define MAX_VALUE 15
/* The longest is viii. */
#define MAX_LETTERS 4

/* What Roman numerals stand before: with and without 第, and behind that alone, since 2部 are two
 * copies. */
static const char32_t counted[] = U"期類型種群度相";
static const char32_t counted_ordinal[] = U"部章編巻";

static const char *const numerals[MAX_VALUE + 1] = {"",    "i",    "ii",   "iii", "iv", "v",
                                                    "vi",  "vii",  "viii", "ix",  "x",  "xi",
                                                    "xii", "xiii", "xiv",  "xv"};

static bool is_ordinal(const struct expansion *e, size_t at)
{
    static const char mark[] = "第";
    return at >= sizeof mark - 1 && expand_has_at(e, at - (sizeof mark - 1), mark);
}

/* Whether something that is counted stands at END behind a number from START on. */
static bool counts(const struct expansion *e, size_t start, size_t end)
{
    uint32_t cp = utf8_at(e->text, e->n_bytes, end);
    return utf8_is_one_of(cp, counted) ||
           (is_ordinal(e, start) && utf8_is_one_of(cp, counted_ordinal));
}

/* Whether a letter, a digit or a kanji numeral ends at AT: what follows is a part of more. */
static bool is_part(const struct expansion *e, size_t at)
{
    uint32_t cp = utf8_before(e->text, at);
    return (cp > 0x20 && cp < 0x80 && cp != '(') || utf8_is_one_of(cp, U"〇一二三四五六七八九十百");
}

/* The Roman numeral of N letters at AT; 0: none. */
static uint64_t value_at(const struct expansion *e, size_t at, size_t n)
{
    for (uint64_t v = 1; v <= MAX_VALUE; v++) {
        if (strlen(numerals[v]) == n && expand_has_at(e, at, numerals[v]))
            return v;
    }
    return 0;
}

static bool add_number(struct expansion *e, size_t start, size_t end, uint64_t value)
{
    static const enum numeral_form forms[] = {NUMERAL_ARABIC, NUMERAL_KANJI};
    return expansion_replace_number(e, start, end, value, forms, sizeof forms / sizeof *forms);
}

/* Adds the other way to write the number at AT; *LEN: its bytes, 0 where there is none. */
static bool add_other(struct expansion *e, size_t at, size_t *len)
{
    struct numeral n;
    *len = strspn(e->text + at, "ivx");
    if (*len > 0) {
        uint64_t value = *len <= MAX_LETTERS ? value_at(e, at, *len) : 0;
        bool is_number = value > 0 && !is_part(e, at) && counts(e, at, at + *len);
        return !is_number || add_number(e, at, at + *len, value);
    }
    if (!numeral_read(e->text + at, e->n_bytes - at, &n))
        return true;
    *len = n.len;
    if (n.value == 0 || n.value > MAX_VALUE || is_part(e, at) || !counts(e, at, at + n.len))
        return true;
    return expansion_replace(e, at, at + n.len, numerals[n.value], strlen(numerals[n.value]));
}

bool expand_roman(struct expansion *e)
{
    bool ok = true;
    for (size_t i = 0, len; i < e->n_bytes && ok; i += len) {
        uint32_t cp;
        ok = add_other(e, i, &len);
        if (len == 0)
            len = utf8_decode(e->text + i, e->n_bytes - i, &cp);
    }
    return ok;
}
