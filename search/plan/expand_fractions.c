/* Fractions: 1/2 = 2分の1 = 二分の一 = ½, 1年半 = 1年6か月. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"
#include "dict/numerals.h"

#include <string.h>

/* Larger ones are numbers of files and parts of dates. */
#define MAX_DENOMINATOR 100
/* All of something is written in these, too: 10/10. */
#define TENTHS 10
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
    bool less = f->above < f->below || (f->above == f->below && (turned || f->below == TENTHS));
    return f->above > 0 && less && f->below <= MAX_DENOMINATOR;
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

/* Half of what is counted, in the next smaller unit: 1歳半 is 1歳6か月. */
static const struct half {
    char whole[8];
    char part[8];
    const char *ways[6];
} halves[] = {{"年", "6", {"か月", "ヶ月", "ケ月", "カ月", "ヵ月", "箇月"}},
              {"歳", "6", {"か月", "ヶ月", "ケ月", "カ月", "ヵ月", "箇月"}},
              {"時間", "30", {"分"}},
              {"分", "30", {"秒"}}};
#define N_HALVES (sizeof halves / sizeof *halves)
#define N_WAYS (sizeof halves[0].ways / sizeof halves[0].ways[0])
#define HALF "半"

/* The length of PART and one of the ways of the unit at AT; 0: neither is there. */
static size_t part_at(const struct expansion *e, const struct half *half, size_t at)
{
    size_t n = strlen(half->part);
    if (at >= e->n_bytes || !expand_has_at(e, at, half->part))
        return 0;
    for (size_t i = 0; i < N_WAYS && half->ways[i] != NULL; i++) {
        if (expand_has_at(e, at + n, half->ways[i]))
            return n + strlen(half->ways[i]);
    }
    return 0;
}

/* Adds the term with a half behind HALF's unit, whose bytes end at AT, in its other ways. */
static bool add_half(struct expansion *e, const struct half *half, size_t at)
{
    struct buf part = BUF_INIT;
    size_t n = part_at(e, half, at);
    bool ok = true;
    if (n > 0)
        return expansion_replace(e, at, at + n, HALF, sizeof HALF - 1);
    if (at >= e->n_bytes || !expand_has_at(e, at, HALF))
        return true;
    for (size_t i = 0; i < N_WAYS && half->ways[i] != NULL && ok; i++) {
        buf_clear(&part);
        buf_addf(&part, "%s%s", half->part, half->ways[i]);
        ok = !part.failed && expansion_replace(e, at, at + sizeof HALF - 1, part.data, part.len);
    }
    buf_release(&part);
    return ok;
}

/* 半年 = 6か月, at the beginning of the term. */
static bool add_half_year(struct expansion *e)
{
    static const char year[] = "年";
    const struct half *half = &halves[0];
    size_t n = sizeof HALF - 1 + sizeof year - 1, part = part_at(e, half, 0);
    struct buf other = BUF_INIT;
    bool ok = true;
    if (part > 0)
        return expansion_replace(e, 0, part, HALF "年", n);
    if (!expand_has_at(e, 0, HALF) || !expand_has_at(e, sizeof HALF - 1, year))
        return true;
    for (size_t i = 0; i < N_WAYS && ok; i++) {
        buf_clear(&other);
        buf_addf(&other, "%s%s", half->part, half->ways[i]);
        ok = !other.failed && expansion_replace(e, 0, n, other.data, other.len);
    }
    buf_release(&other);
    return ok;
}

/* Adds the term with its first half that stands behind a number and a unit in its other ways. */
static bool add_halves(struct expansion *e)
{
    for (size_t i = 0; i < e->n_bytes;) {
        struct numeral n;
        uint32_t cp;
        bool read = numeral_read(e->text + i, e->n_bytes - i, &n);
        size_t end = i + (read ? n.len : 0);
        for (size_t h = 0; read && h < N_HALVES && end < e->n_bytes; h++) {
            if (expand_has_at(e, end, halves[h].whole))
                return add_half(e, &halves[h], end + strlen(halves[h].whole));
        }
        i = read ? end : i + utf8_decode(e->text + i, e->n_bytes - i, &cp);
    }
    return true;
}

bool expand_fractions(struct expansion *e)
{
    if (!add_half_year(e) || !add_halves(e))
        return false;
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
