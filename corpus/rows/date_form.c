/* Whether a cell is written as dates are. Interface: date_form.h. */
#include "corpus/rows/date_form.h"

#include "base/utf8.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { FIRST_YEAR = 1868, LAST_YEAR = 2199, MOST_IN_ERA = 99 };

struct cursor {
    const char *at;
    const char *end;
};

/* The character that follows, in half width where it is a letter or digit in full width; 0 at the
 * end. *LEN: its bytes. */
static uint32_t peek(const struct cursor *c, size_t *len)
{
    uint32_t cp = 0;
    *len = c->at < c->end ? utf8_decode(c->at, (size_t)(c->end - c->at), &cp) : 0;
    return utf8_narrow(cp);
}

static bool skip(struct cursor *c, uint32_t wanted)
{
    size_t len;
    bool is = peek(c, &len) == wanted;
    if (is)
        c->at += len;
    return is;
}

static bool skip_text(struct cursor *c, const char *wanted)
{
    size_t n = strlen(wanted);
    bool is = (size_t)(c->end - c->at) >= n && memcmp(c->at, wanted, n) == 0;
    if (is)
        c->at += n;
    return is;
}

static void skip_blanks(struct cursor *c)
{
    while (skip(c, ' ') || skip(c, 0x3000) || skip(c, '\n') || skip(c, '\r') || skip(c, '\t'))
        ;
}

/* Reads digits; *N_DIGITS: how many. */
static unsigned read_number(struct cursor *c, size_t *n_digits)
{
    enum { MOST_DIGITS = 8 };
    unsigned number = 0;
    size_t len;
    *n_digits = 0;
    for (uint32_t cp; *n_digits < MOST_DIGITS && (cp = peek(c, &len)) >= '0' && cp <= '9';
         c->at += len, ++*n_digits)
        number = number * 10 + (cp - '0');
    return number;
}

static bool skip_era(struct cursor *c)
{
    static const char *const names[] = {"令和", "平成", "昭和", "大正", "明治"};
    static const char letters[] = "RHSTMrhstm";
    size_t len;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (skip_text(c, names[i]))
            return true;
    uint32_t cp = peek(c, &len);
    bool letter = cp != 0 && cp < 0x80 && strchr(letters, (int)cp) != NULL;
    if (letter)
        c->at += len;
    return letter && (skip(c, '.') || true);
}

static bool skip_mark(struct cursor *c)
{
    skip_blanks(c);
    return skip(c, '-') || skip(c, '/') || skip(c, '.') || skip(c, U'年');
}

/* 20200401 */
static bool is_packed(unsigned number)
{
    unsigned month = number / 100 % 100, day = number % 100;
    return number / 10000 >= FIRST_YEAR && number / 10000 <= LAST_YEAR && month >= 1 &&
           month <= 12 && day >= 1 && day <= 31;
}

bool is_date_form(struct span cell)
{
    struct cursor c = {cell.data, cell.data + cell.len};
    size_t n_digits;
    skip_blanks(&c);
    bool era = skip_era(&c);
    skip_blanks(&c);
    bool first = era && skip_text(&c, "元");
    unsigned year = first ? 1 : read_number(&c, &n_digits);
    if (!first && !era && n_digits == 8)
        return is_packed(year) && c.at == c.end;
    bool fits = era ? year >= 1 && year <= MOST_IN_ERA : year >= FIRST_YEAR && year <= LAST_YEAR;
    if (!fits || !skip_mark(&c))
        return false;
    if (skip_text(&c, "度"))
        return true;
    skip_blanks(&c);
    unsigned month = read_number(&c, &n_digits);
    return n_digits > 0 && n_digits < 3 && month >= 1 && month <= 12;
}
