/* Periods from one date to another by western year and by era: 令和3~5年度 =
 * 2021年度から2023年度まで. Interface: expand_dates.h. */
#include "search/plan/expand_dates.h"

#include <string.h>

/* The last day of a period, told in the unit of its first date; whether it is one. */
static bool find_last(day_t day, const struct written *first, struct written *d)
{
    int last[3], next[3];
    written_split_day(day, last);
    written_split_day(day + 1, next);
    *d = (struct written){.unit = first->unit, .year = last[0]};
    d->month = d->unit >= UNIT_MONTH ? last[1] : 0;
    d->day = d->unit == UNIT_DAY ? last[2] : 0;
    d->year -= d->unit == UNIT_FISCAL;
    return d->unit == UNIT_DAY || (d->unit == UNIT_MONTH && next[2] == 1) ||
           (d->unit == UNIT_YEAR && next[1] == 1 && next[2] == 1) ||
           (d->unit == UNIT_FISCAL && next[1] == 4 && next[2] == 1);
}

enum style { STYLE_WESTERN, STYLE_ERA, STYLE_LETTER, N_STYLES };

/* D is of an era, unless the style is the western one. */
static void write_end(struct buf *out, const struct written *d, enum style style)
{
    const struct era *era = style == STYLE_WESTERN ? NULL : written_era(d);
    int year = era != NULL ? d->year - era->first_year + 1 : d->year;
    const char *unit = d->unit == UNIT_FISCAL ? "年度" : "年";
    if (era != NULL && style == STYLE_LETTER) {
        buf_addf(out, "%c%d", era->letter, year);
        if (d->month > 0)
            buf_addf(out, ".%d", d->month);
        if (d->day > 0)
            buf_addf(out, ".%d", d->day);
        return;
    }
    if (era == NULL)
        buf_addf(out, "%d%s", year, unit);
    else if (year == 1)
        buf_addf(out, "%s元%s", era->name, unit);
    else
        buf_addf(out, "%s%d%s", era->name, year, unit);
    written_add_day(out, d);
}

/* Adds FIRST to LAST in one style, in each way in which periods are written; the second without its
 * year where SHORTER. */
static bool add_style(struct expansion *e, const struct written *first, const struct written *last,
                      enum style style, bool shorter)
{
    const char *typed = e->text;
    size_t n_typed = e->n_bytes;
    struct buf text = BUF_INIT;
    write_end(&text, first, style);
    buf_adds(&text, "~");
    if (shorter)
        written_add_day(&text, last);
    else
        write_end(&text, last, style);
    bool ok = !text.failed &&
              (style == STYLE_LETTER ? expansion_add_whole : expansion_add)(e, text.data, text.len);
    /* The ways of what was added are found in its characters: no words are cut for them. */
    e->text = text.data;
    e->n_bytes = text.len;
    ok = ok && expand_periods(e);
    e->text = typed;
    e->n_bytes = n_typed;
    buf_release(&text);
    return ok;
}

static bool add_styles(struct expansion *e, const struct written *first, const struct written *last)
{
    bool ok = true, same_year = first->unit >= UNIT_MONTH && first->year == last->year;
    bool has_eras = written_era(first) != NULL && written_era(last) != NULL;
    int n_styles = has_eras ? N_STYLES : STYLE_ERA;
    for (int style = 0; style < n_styles && ok; style++) {
        ok = add_style(e, first, last, (enum style)style, false);
        if (same_year && style != STYLE_LETTER)
            ok = ok && add_style(e, first, last, (enum style)style, true);
    }
    return ok;
}

bool expand_date_period(struct expansion *e, struct date_range range)
{
    const char *sign =
        strchr(e->text, '~') != NULL ? strchr(e->text, '~') : strstr(e->text, "から");
    struct written first = {.end = e->n_bytes}, last;
    if (sign != NULL)
        first.end = (size_t)(sign - e->text) + 1;
    if (range.last >= date_from_iso(DATE_NO_END) || !written_shorten(e, &first))
        return true;
    bool bare = first.unit == UNIT_YEAR && strstr(e->text, "年") == NULL;
    if (first.unit == UNIT_YEAR && strstr(e->text, "年度") != NULL) /* 令和3~5年度 */
        first.unit = UNIT_FISCAL;
    if (!find_last(range.last, &first, &last))
        return true;
    if (bare) /* R3~R5, as tables of plans have it */
        first.unit = last.unit = UNIT_FISCAL;
    return add_styles(e, &first, &last);
}
