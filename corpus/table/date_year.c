/* Dates without a year, in tables whose titles name one. Interface: date_year.h. */
#include "corpus/table/date_year.h"

#include "base/text.h"
#include "base/utf8.h"
#include "corpus/rows/year_in_text.h"

enum { LAST_MONTH = 12, LAST_DAY = 31 };

struct cursor {
    const char *text;
    size_t len;
    size_t at;
};

static bool skip_text(struct cursor *c, const char *wanted)
{
    bool is = text_starts_with(c->text + c->at, c->len - c->at, wanted);
    c->at += is ? strlen(wanted) : 0;
    return is;
}

/* Reads a number of one or two digits, of any width; 0: there is none, or a longer one. */
static unsigned read_number(struct cursor *c)
{
    unsigned number = 0, n_digits = 0;
    while (c->at < c->len) {
        uint32_t cp;
        size_t n = utf8_decode(c->text + c->at, c->len - c->at, &cp);
        if (!utf8_is_digit(cp))
            break;
        number = number * 10 + utf8_digit_value(cp);
        c->at += n;
        if (++n_digits > 2)
            return 0;
    }
    return number;
}

/* Whether the text begins with a month, and a day behind it or nothing: 6月5日, 6/5（月）. *DAY: 0
 * where the month has its 月; *REST: what is behind the day. */
static bool begins_with_month(const struct buf *date, unsigned *month, unsigned *day, size_t *rest)
{
    struct cursor c = {date->data, date->len, 0};
    *day = 0;
    *month = read_number(&c);
    if (*month < 1 || *month > LAST_MONTH)
        return false;
    if (skip_text(&c, "月"))
        return true;
    if (!skip_text(&c, "/") && !skip_text(&c, "／"))
        return false;
    *day = read_number(&c);
    *rest = c.at;
    bool ends = c.at == c.len || skip_text(&c, "(") || skip_text(&c, "（");
    return *day >= 1 && *day <= LAST_DAY && ends;
}

/* The year that the rows above name, the nearest first; or the sheet's name or the file's. */
static bool find_year(const struct table *table, struct span *year)
{
    struct span below = {table->year.data, table->year.len};
    if (year_find(below, year))
        return true;
    for (size_t i = table->n_preamble; i > 0; i--) {
        const char *text = table->preamble[i - 1].excerpt;
        if (year_find(span_of(text), year))
            return true;
    }
    if (year_find(table->place.part, year))
        return true;
    const char *slash = strrchr(table->path, '/');
    const char *name = slash != NULL ? slash + 1 : table->path;
    return year_find(span_of(name), year);
}

enum status date_year_complete(const struct table *table, struct buf *date)
{
    unsigned month = 0, day = 0;
    size_t rest = 0;
    struct span year;
    if (date->len == 0 || !begins_with_month(date, &month, &day, &rest) || !find_year(table, &year))
        return ST_OK;
    struct buf whole = BUF_INIT;
    buf_append(&whole, year.data, year.len);
    if (day > 0)
        buf_addf(&whole, "%u月%u日", month, day);
    buf_append(&whole, date->data + rest, date->len - rest);
    buf_clear(date);
    buf_append(date, whole.data, whole.len);
    bool failed = whole.failed || date->failed;
    buf_release(&whole);
    return failed ? ST_NOMEM : ST_OK;
}

enum status date_year_note(struct table *table, const struct row *row)
{
    struct span year;
    if (row_count_filled(row) != 1 || !year_find(row->text, &year))
        return ST_OK;
    buf_clear(&table->year);
    buf_append(&table->year, year.data, year.len);
    return table->year.failed ? ST_NOMEM : ST_OK;
}
