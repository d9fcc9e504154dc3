/* From one number to another: 4月から6月まで = 4月~6月 = 4~6月, 令和3年度~令和5年度 = 令和3~5年度,
 * 10:00から12:00まで = 10:00~12:00. Interface: expand.h. */
#include "search/plan/expand.h"

#include "base/utf8.h"

#include <string.h>

/* What counts both ends of a period; of two that begin alike the longer one is first. */
static const char *const units[] = {"年度", "年生", "学年", "年", "か月", "月", "曜日", "曜", "日",
                                    "時",   "分",   "歳",   "才", "回",   "人", "名",   "円", "%",
                                    "期",   "週",   "級",   "割", "位",   "度", "代"};
#define N_UNITS (sizeof units / sizeof *units)
/* What may stand before the number of either end. */
static const char *const prefixes[] = {"令和", "平成", "昭和", "大正", "明治",
                                       "第",   "午前", "午後", "翌年", "翌"};
#define N_PREFIXES (sizeof prefixes / sizeof *prefixes)
#define WEEKDAYS U"月火水木金土日"
#define FROM "から"
#define UNTIL "まで"
#define WAVE "~"
#define HYPHEN "-"

/* Where the parts stand: A PREFIX NUMBER UNIT SIGN PREFIX NUMBER UNIT … UNTIL Z; bytes of the term.
 */
struct period {
    const char *prefix, *unit; /* of the first end; "": none */
    size_t number_end;         /* of the first end */
    const char *second_prefix, *second_unit;
    size_t second, second_end; /* the second end behind its prefix, with its units */
    size_t end;                /* of all of it, まで included */
    bool single;               /* the second end is one number */
};

/* Which of the N strings ends at byte AT; "": none. */
static const char *ends_at(const struct expansion *e, size_t at, const char *const strings[],
                           size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text_ends_with(e->text, at, strings[i]))
            return strings[i];
    }
    return "";
}

/* Which of them stands at byte AT. */
static const char *stands_at(const struct expansion *e, size_t at, const char *const strings[],
                             size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (expand_has_at(e, at, strings[i]))
            return strings[i];
    }
    return "";
}

/* Digits, with what dates and times of day have between them. */
static bool is_number_char(char c)
{
    return utf8_is_digit((unsigned char)c) || c == '/' || c == ':' || c == '.' || c == ',';
}

static bool is_weekday(uint32_t cp)
{
    return utf8_is_one_of(cp, WEEKDAYS);
}

/* Where the number that ends at END begins; END: there is none. */
static size_t number_start(const struct expansion *e, size_t end, const char *unit)
{
    static const char first[] = "元";
    size_t start = end;
    while (start > 0 && is_number_char(e->text[start - 1]))
        start--;
    if (start == end && text_ends_with(e->text, end, first))
        return end - (sizeof first - 1);
    bool weekday = *unit == '\0' || text_starts_with(unit, strlen(unit), "曜");
    return start == end && end > 0 && weekday && is_weekday(utf8_before(e->text, end))
               ? utf8_floor(e->text, end - 1)
               : start;
}

/* Goes behind the number at *AT; whether there is one. */
static bool take_number(const struct expansion *e, size_t *at)
{
    size_t start = *at;
    while (*at < e->n_bytes && is_number_char(e->text[*at]))
        ++*at;
    if (*at == start && is_weekday(utf8_at(e->text, e->n_bytes, start)) &&
        expand_has_at(e, start + strlen("月"), "曜"))
        *at += strlen("月");
    return *at > start || expand_take(e, at, "元");
}

/* Whether a number says by itself what it is: 4/1, 10:00. */
static bool is_complete(const struct expansion *e, size_t start, size_t end)
{
    return memchr(e->text + start, '/', end - start) != NULL ||
           memchr(e->text + start, ':', end - start) != NULL;
}

/* Reads the second end, numbers with their units, at AT. *SAME: whether UNIT counts one of them. */
static bool read_second(const struct expansion *e, size_t at, const char *unit, struct period *p,
                        bool *same)
{
    p->second_prefix = stands_at(e, at, prefixes, N_PREFIXES);
    at += strlen(p->second_prefix);
    p->second = p->second_end = at;
    *same = false;
    for (size_t n = 0; take_number(e, &at); n++) {
        const char *found = stands_at(e, at, units, N_UNITS);
        if (*found == '\0' && !(n == 0 && is_complete(e, p->second, at)))
            break;
        at += strlen(found);
        p->single = n == 0;
        p->second_unit = found;
        p->second_end = at;
        *same = *same || strcmp(found, unit) == 0;
        if (*found == '\0')
            break;
    }
    p->end = p->second_end;
    expand_take(e, &p->end, UNTIL);
    return p->second_end > p->second;
}

/* Reads the period whose sign, N_SIGN bytes, stands at AT. */
static bool read_period(const struct expansion *e, size_t at, size_t n_sign, struct period *p)
{
    bool same;
    p->unit = ends_at(e, at, units, N_UNITS);
    p->number_end = at - strlen(p->unit);
    size_t start = number_start(e, p->number_end, p->unit);
    if (start == p->number_end) { /* 月~金曜日 */
        p->unit = "";
        p->number_end = at;
        start = number_start(e, at, p->unit);
    }
    if (start == p->number_end || !read_second(e, at + n_sign, p->unit, p, &same))
        return false;
    p->prefix = ends_at(e, start, prefixes, N_PREFIXES);
    if (*p->unit != '\0')
        return same;
    if (is_weekday(utf8_before(e->text, at)) != expand_has_at(e, p->second + strlen("月"), "曜"))
        return false;
    /* 4~6月 leaves out the first unit; 4/1~6/30 has none. */
    bool complete = is_complete(e, start, p->number_end);
    return complete == (*p->second_unit == '\0') && (complete || (p->single && n_sign == 1));
}

/* Adds the period with UNIT, SIGN, PREFIX and UNTIL_THEN between and behind its numbers. */
static bool add(struct expansion *e, const struct period *p, const char *unit, const char *sign,
                const char *prefix, const char *until_then)
{
    struct buf text = BUF_INIT;
    buf_append(&text, e->text, p->number_end);
    buf_addf(&text, "%s%s%s", unit, sign, prefix);
    buf_append(&text, e->text + p->second, p->second_end - p->second);
    buf_adds(&text, until_then);
    buf_append(&text, e->text + p->end, e->n_bytes - p->end);
    bool ok = expansion_add_buf(e, &text);
    buf_release(&text);
    return ok;
}

/* With PREFIX before the second number, in each way of saying it. */
static bool add_ways(struct expansion *e, const struct period *p, const char *prefix)
{
    const char *unit = *p->unit != '\0' ? p->unit : p->second_unit;
    return add(e, p, unit, WAVE, prefix, "") && add(e, p, unit, FROM, prefix, UNTIL) &&
           add(e, p, unit, FROM, prefix, "");
}

static bool add_forms(struct expansion *e, const struct period *p)
{
    bool alike = *p->second_prefix == '\0' || strcmp(p->prefix, p->second_prefix) == 0;
    if (!alike || !p->single)
        return add_ways(e, p, p->second_prefix);
    bool ok = add_ways(e, p, p->prefix) && add_ways(e, p, "");
    if (*p->unit != '\0') /* else the rule of dashes does that */
        ok = ok && add(e, p, "", WAVE, "", "") && add(e, p, "", HYPHEN, "", "");
    return ok;
}

bool expand_periods(struct expansion *e)
{
    static const char *const signs[] = {WAVE, HYPHEN, FROM};
    for (size_t at = 1; at < e->n_bytes; at++) {
        struct period p = {.single = false};
        size_t n_sign = strlen(stands_at(e, at, signs, sizeof signs / sizeof *signs));
        if (n_sign > 0 && read_period(e, at, n_sign, &p))
            return add_forms(e, &p);
    }
    return true;
}
