/* Fractions: 1/2 = 2分の1 = 二分の一 = ½. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/numerals.h"

#include <string.h>

/* Larger ones are numbers of files and parts of dates. */
#define MAX_DENOMINATOR 100
#define OF "分の"
/* What ½ has between its numbers in its compatibility form. */
#define FRACTION_SLASH "⁄"

struct fraction {
    size_t start, end; /* bytes of the term */
    uint64_t above, below;
};

static bool is_digit_or_sign(char c)
{
    return utf8_is_digit((unsigned char)c) || c == '/' || c == '.' || c == '-';
}

/* Reads two numbers with something between them at START: A/B or B分のA. */
static bool read(const struct expansion *e, size_t start, struct fraction *f)
{
    struct numeral first, second;
    if (!numeral_read(e->text + start, e->n_bytes - start, &first))
        return false;
    size_t at = start + first.len;
    const char *between = expand_has_at(e, at, OF)               ? OF
                          : expand_has_at(e, at, FRACTION_SLASH) ? FRACTION_SLASH
                          : expand_has_at(e, at, "/")            ? "/"
                                                                 : NULL;
    if (between == NULL)
        return false;
    bool turned = strcmp(between, OF) == 0;
    at += strlen(between);
    if (!numeral_read(e->text + at, e->n_bytes - at, &second) ||
        (!turned && (first.has_kanji || first.has_unit || second.has_kanji || second.has_unit)))
        return false;
    f->start = start;
    f->end = at + second.len;
    f->above = turned ? second.value : first.value;
    f->below = turned ? first.value : second.value;
    return f->above > 0 && f->above < f->below && f->below <= MAX_DENOMINATOR;
}

/* Whether it stands for itself, not in a date or a code. */
static bool is_alone(const struct expansion *e, const struct fraction *f)
{
    return (f->start == 0 || !is_digit_or_sign(e->text[f->start - 1])) &&
           (f->end == e->n_bytes || !is_digit_or_sign(e->text[f->end]));
}

/* Adds the term with FIRST, BETWEEN and SECOND in the place of the fraction; Arabic digits are
 * whole words only, as 1/2 begins 1/20. */
static bool add(struct expansion *e, const struct fraction *f, uint64_t first, const char *between,
                uint64_t second, enum numeral_form form)
{
    struct buf other = BUF_INIT;
    bool whole = form == NUMERAL_ARABIC && f->end == e->n_bytes;
    numeral_write(&other, first, form);
    buf_adds(&other, between);
    numeral_write(&other, second, form);
    bool ok = !other.failed && (whole ? expansion_replace_whole : expansion_replace)(
                                   e, f->start, f->end, other.data, other.len);
    buf_release(&other);
    return ok;
}

bool expand_fractions(struct expansion *e)
{
    if (strstr(e->text, OF) == NULL && strchr(e->text, '/') == NULL &&
        strstr(e->text, FRACTION_SLASH) == NULL)
        return true;
    for (size_t i = 0; i < e->n_bytes;) {
        struct fraction f;
        uint32_t cp;
        if (read(e, i, &f) && is_alone(e, &f))
            return add(e, &f, f.above, "/", f.below, NUMERAL_ARABIC) &&
                   add(e, &f, f.above, FRACTION_SLASH, f.below, NUMERAL_ARABIC) &&
                   add(e, &f, f.below, OF, f.above, NUMERAL_ARABIC) &&
                   add(e, &f, f.below, OF, f.above, NUMERAL_KANJI);
        i += utf8_decode(e->text + i, e->n_bytes - i, &cp);
    }
    return true;
}
