/* Dates that are split over several columns. Interface: date_parts.h. */
#include "corpus/table/date_parts.h"

#include "base/text.h"
#include "base/utf8.h"
#include "corpus/rows/cell.h"
#include "corpus/rows/cell_marks.h"

#include <string.h>

#define N_NAMES 5

/* What a column of each part is called; the first of them also behind other words. */
static const char *const part_names[][N_NAMES] = {
    [DATE_PART_ERA] = {"元号", "年号", "和暦"},
    [DATE_PART_YEAR] = {"年", "年度", "西暦", "西暦年", "year"},
    [DATE_PART_MONTH] = {"月", "month"},
    [DATE_PART_DAY] = {"日", "day"},
};

/* Whether NAME is that of PART, with the first N_BEFORE bytes of YEAR before it or without them. */
static bool is_part(const char *name, enum date_part part, const char *year, size_t n_before)
{
    size_t n = columns_name_bytes(name);
    if (n > n_before && memcmp(name, year, n_before) == 0) {
        const char *first = part_names[part][0];
        if (n - n_before == strlen(first) && text_ends_with(name, n, first))
            return true;
    }
    for (size_t i = 0; i < N_NAMES && part_names[part][i] != NULL; i++)
        if (n == strlen(part_names[part][i]) && memcmp(name, part_names[part][i], n) == 0)
            return true;
    return false;
}

/* Whether NAME ends as that of a year; *N_BEFORE: the bytes before that. */
static bool is_year(const char *name, size_t *n_before)
{
    size_t n = columns_name_bytes(name);
    *n_before = 0;
    for (size_t i = 0; i < 2; i++)
        if (text_ends_with(name, n, part_names[DATE_PART_YEAR][i])) {
            *n_before = n - strlen(part_names[DATE_PART_YEAR][i]);
            return true;
        }
    return is_part(name, DATE_PART_YEAR, name, 0);
}

/* Whether the column AT is this part of the date whose year is the column YEAR, under the same
 * group. */
static bool fits(const struct columns *columns, size_t at, enum date_part part, size_t year,
                 size_t n_before)
{
    const struct column_rule *rule = &columns->items[at], *first = &columns->items[year];
    if ((rule->group == NULL) != (first->group == NULL) ||
        (rule->group != NULL && strcmp(rule->group, first->group) != 0))
        return false;
    return (rule->role == ROLE_OTHER || rule->role == ROLE_DATE) &&
           is_part(columns_own_key(rule), part, columns_own_key(first), n_before);
}

/* Of a week, 月 is a day. */
static bool is_week(const struct columns *columns, size_t month)
{
    return month + 1 < columns->n && strcmp(columns_own_key(&columns->items[month + 1]), "火") == 0;
}

/* The date whose year is the column YEAR: *FIRST to *LAST. */
static bool find_at(const struct columns *columns, size_t year, size_t *first, size_t *last)
{
    size_t n_before;
    if (!is_year(columns_own_key(&columns->items[year]), &n_before) || year + 1 >= columns->n ||
        columns->items[year].role == ROLE_SKIP ||
        !fits(columns, year + 1, DATE_PART_MONTH, year, n_before) || is_week(columns, year + 1))
        return false;
    *first = year > 0 && fits(columns, year - 1, DATE_PART_ERA, year, n_before) ? year - 1 : year;
    *last = year + 1;
    if (year + 2 < columns->n && fits(columns, year + 2, DATE_PART_DAY, year, n_before))
        *last = year + 2;
    return true;
}

/* Month and day beside each other, without a year: MONTH is its column. */
static bool find_month(const struct columns *columns, size_t *month)
{
    static const char name[] = "月";
    size_t n_year;
    for (size_t i = 0; i < columns->n; i++) /* apart from them, it is not theirs */
        if (is_year(columns_own_key(&columns->items[i]), &n_year))
            return false;
    for (size_t i = 0; i + 1 < columns->n; i++) {
        const char *key = columns_own_key(&columns->items[i]);
        size_t n = columns_name_bytes(key), n_before = n - strlen(name);
        if (!text_ends_with(key, n, name) || is_week(columns, i) ||
            !fits(columns, i, DATE_PART_MONTH, i, n_before) ||
            !fits(columns, i + 1, DATE_PART_DAY, i, n_before))
            continue;
        *month = i;
        return true;
    }
    return false;
}

static bool has_other_date(const struct columns *columns, size_t first, size_t last)
{
    for (size_t i = 0; i < columns->n; i++) {
        bool is_part = i >= first && i <= last;
        if (!is_part && columns->items[i].role == ROLE_DATE)
            return true;
    }
    return false;
}

void date_parts_assign(struct columns *columns)
{
    size_t year = 0, first = 0, last = 0;
    while (year < columns->n && !find_at(columns, year, &first, &last))
        year++;
    bool has_year = year < columns->n;
    if (!has_year && find_month(columns, &first)) {
        last = first + 1;
        year = first; /* before the month, where there is none */
    }
    if (year == columns->n || has_other_date(columns, first, last))
        return;
    for (size_t i = first; i <= last; i++) {
        columns->items[i].role = ROLE_OTHER;
        size_t place = i + !has_year;
        columns->items[i].part = place < year        ? DATE_PART_ERA
                                 : place == year     ? DATE_PART_YEAR
                                 : place == year + 1 ? DATE_PART_MONTH
                                                     : DATE_PART_DAY;
    }
}

void date_parts_assign_rest(struct columns *columns)
{
    enum { MOST_REST = 3 };
    size_t date = 0;
    while (date < columns->n && columns->items[date].role != ROLE_DATE)
        date++;
    size_t n_before;
    if (date < columns->n && is_year(columns_own_key(&columns->items[date]), &n_before))
        return; /* the number behind it may be any */
    for (size_t i = date + 1; i < columns->n && i <= date + MOST_REST; i++) {
        struct column_rule *rule = &columns->items[i];
        bool same = rule->key[0] == '\0' || strcmp(rule->key, columns->items[date].key) == 0;
        if (rule->role != ROLE_OTHER || !same)
            return;
        rule->part = DATE_PART_REST;
    }
}

/* Whether what was added from START on ends as a number does, without its unit: 令和2, 元. */
static bool lacks_unit(const struct buf *date, size_t start)
{
    if (date->len == start)
        return false;
    uint32_t cp;
    size_t last = utf8_floor(date->data, date->len - 1);
    utf8_decode(date->data + last, date->len - last, &cp);
    return utf8_is_digit(cp) || cp == U'元';
}

static bool says_nothing(struct span cell)
{
    static const char *const marks[] = {"", "-", "－", "―", "ー", "—", "‐", "−", "/", "／"};
    return cell_is_one_of(cell.data, cell.len, marks, sizeof marks / sizeof marks[0]);
}

/* Whether the text is an era alone. */
static bool is_era(const char *text)
{
    static const char *const eras[] = {"令和", "平成", "昭和", "大正", "明治", "西暦"};
    for (size_t i = 0; i < sizeof eras / sizeof eras[0]; i++)
        if (strcmp(text, eras[i]) == 0)
            return true;
    return false;
}

/* Whether the text is one or two digits of either width, and UNIT behind them or nothing. */
static bool is_short_number(const char *text, const char *unit)
{
    size_t n = strlen(text), n_digits = 0, at = 0;
    for (uint32_t cp; at < n && n_digits < 3; n_digits++) {
        size_t len = utf8_decode(text + at, n - at, &cp);
        if (!utf8_is_digit(cp))
            break;
        at += len;
    }
    return (n_digits == 1 || n_digits == 2) && (at == n || strcmp(text + at, unit) == 0);
}

static bool is_span(const char *text, size_t n_bytes)
{
    return text_ends_with(text, n_bytes, "～") || text_ends_with(text, n_bytes, "〜") ||
           text_ends_with(text, n_bytes, "~") || text_ends_with(text, n_bytes, "から");
}

/* Adds a cell under the date's name to what stands there before it. */
static void add_rest(const char *text, struct buf *date)
{
    const char *unit = NULL;
    bool year = text_ends_with(date->data, date->len, "年");
    if (date->len == 0 || text[0] == '\0')
        return;
    if (is_span(text, strlen(text)) || is_span(date->data, date->len))
        unit = "";
    else if (is_era(date->data) && (is_short_number(text, "年") || strcmp(text, "元") == 0))
        unit = "年";
    else if (text_ends_with(date->data, date->len, "月") && is_short_number(text, "日"))
        unit = "日";
    else if ((year || (lacks_unit(date, 0) && strpbrk(date->data, "-/.") == NULL)) &&
             is_short_number(text, "月"))
        unit = "月";
    if (unit == NULL)
        return;
    if (strcmp(unit, "月") == 0 && !year)
        buf_adds(date, "年");
    buf_adds(date, text);
    if (!text_ends_with(text, strlen(text), unit))
        buf_adds(date, unit);
}

enum status date_parts_add(const struct column_rule *rule, struct span cell, struct buf *date)
{
    static const char *const units[] = {
        [DATE_PART_YEAR] = "年", [DATE_PART_MONTH] = "月", [DATE_PART_DAY] = "日"};
    const char *name = columns_own_key(rule);
    size_t start = date->len;
    if (rule->part == DATE_PART_REST) {
        char text[CELL_DENSE_BYTES];
        if (cell_dense(text, cell.data, cell.len))
            add_rest(text, date);
        return date->failed ? ST_NOMEM : ST_OK;
    }
    if (says_nothing(cell)) {
        if (rule->part == DATE_PART_YEAR) /* the era alone would be the time of it */
            buf_clear(date);
        return ST_OK;
    }
    enum status status = cell_to_line(cell.data, cell.len, date);
    if (status != ST_OK || rule->part == DATE_PART_ERA)
        return status;
    if (lacks_unit(date, start))
        buf_adds(date, units[rule->part]);
    if (rule->part == DATE_PART_YEAR && text_ends_with(name, columns_name_bytes(name), "年度") &&
        text_ends_with(date->data, date->len, "年"))
        buf_adds(date, "度");
    return date->failed ? ST_NOMEM : ST_OK;
}
