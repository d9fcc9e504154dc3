/* Small tables in form sheets: years above amounts, names above values. Interface: form_sheet.h. */
#include "corpus/table/form_sheet.h"

#include <string.h>

#define MOST_COLUMNS 64
#define FEWEST_WORDS 3 /* years above words, in a row that is called as a label is */

enum kind {
    KIND_NONE,
    KIND_YEARS, /* each row has a name of its own */
    KIND_VALUES /* one row of them below names, or a list */
};

struct subtable {
    const struct form_rows *rows;
    const struct form_row *heading;
    const struct form_row *lower; /* names below the years; NULL: none */
    size_t first_item;            /* of the heading: the group's is no name */
    size_t first_year;            /* item */
    size_t from;                  /* the first row of values */
    size_t to;
    enum kind kind;
    struct form_group group;
    struct span name; /* of the row before */
};

/* The name of the group, where its cell is merged over ROW. */
static struct span group_of(const struct subtable *t, const struct form_row *row)
{
    size_t at = (size_t)(row - t->rows->items);
    bool over = at > 0 && form_rows_spans(t->rows, at - 1, t->group.column);
    return over ? t->group.name : (struct span){"", 0};
}

/* Finds two years beside each other. */
static bool find_years(struct subtable *t)
{
    for (size_t i = t->first_item; i + 1 < t->heading->n; i++) {
        t->first_year = i;
        if (form_is_year(t->heading->items[i].text) && form_is_year(t->heading->items[i + 1].text))
            return true;
    }
    return false;
}

/* The item of the heading over COLUMN: the one that begins there, or, of years, before it. */
static const struct form_item *head_over(const struct subtable *t, size_t column, bool exact)
{
    const struct form_item *over = NULL;
    for (size_t i = t->first_item; i < t->heading->n; i++) {
        const struct form_item *head = &t->heading->items[i];
        if (head->column == column || (!exact && head->column < column))
            over = head;
    }
    return over;
}

static size_t first_year_column(const struct subtable *t)
{
    return t->heading->items[t->first_year].column;
}

/* Whether the row's cells stand under the names, some of them under years and most of these
 * amounts. */
static bool is_row_of_years(const struct subtable *t, const struct form_row *row)
{
    size_t n_values = 0, n_amounts = 0;
    for (size_t i = 0; i < row->n; i++) {
        const struct form_item *item = &row->items[i];
        if (item->column < first_year_column(t))
            continue;
        if (head_over(t, item->column, t->lower == NULL) == NULL || item->label.value.len > 0)
            return false;
        n_values++;
        n_amounts += form_is_amount(item->text);
    }
    size_t n_years = t->heading->n - t->first_year;
    bool whole = n_years >= FEWEST_WORDS && n_values == n_years;
    bool words =
        n_values > 1 && (whole || !row->items[0].label.known) && !form_row_has_known(row, 1);
    return n_values > 0 && (n_amounts * 2 >= n_values || words);
}

/* Whether what stands under the years is words: what is done in each. */
static bool is_words(const struct subtable *t, const struct form_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->items[i].column >= first_year_column(t) && form_is_amount(row->items[i].text))
            return false;
    return true;
}

static bool is_row_of_values(const struct subtable *t, const struct form_row *row, size_t from)
{
    /* The first may be called as a label is: 必要性 in a list of points of view. */
    size_t n_names = t->heading->n - t->first_item;
    bool whole = n_names > 2 && row->n - from == n_names;
    if (row->n <= from || (row->n - from) * 2 < n_names || form_row_has_known(row, from + whole))
        return false;
    for (size_t i = from; i < row->n; i++)
        if (head_over(t, row->items[i].column, true) == NULL)
            return false;
    return true;
}

static bool fits(const struct subtable *t, const struct form_row *row)
{
    if (row->n == 0)
        return false;
    return t->kind == KIND_YEARS ? is_row_of_years(t, row) : is_row_of_values(t, row, 0);
}

/* Whether the row below the years has the names of what stands in each: 目標, 実績. */
static bool find_lower(struct subtable *t, size_t at, size_t to)
{
    size_t n_beside;
    if (at + 2 >= to || !form_row_has_names(&t->rows->items[at + 1], 0, &n_beside))
        return false;
    const struct form_row *lower = &t->rows->items[at + 1];
    if (lower->n < 2 || lower->items[0].column < first_year_column(t))
        return false;
    t->lower = lower;
    bool found = t->rows->items[at + 2].n > 0 && is_row_of_years(t, &t->rows->items[at + 2]);
    t->lower = found ? lower : NULL;
    return found;
}

static void find_kind(struct subtable *t, size_t at, size_t to)
{
    const struct form_row *below = &t->rows->items[at + 1];
    size_t n_beside = 0;
    t->from = at + 1;
    if (find_years(t)) {
        if (find_lower(t, at, to)) {
            t->from = at + 2;
            t->kind = KIND_YEARS;
        } else if (below->n > 0 && is_row_of_years(t, below)) {
            t->kind = KIND_YEARS;
        }
        return;
    }
    if (!form_row_has_names(t->heading, t->first_item, &n_beside) || below->n == 0)
        return;
    size_t n_amounts = 0;
    for (size_t i = 0; i < below->n; i++)
        n_amounts += form_is_amount(below->items[i].text);
    size_t n_names = t->heading->n - t->first_item;
    bool unknown = n_names > 2 && below->n == n_names && n_amounts + 1 >= below->n;
    if ((n_beside > 0 || unknown) && is_row_of_values(t, below, 0))
        t->kind = KIND_VALUES;
}

/* Adds what stands in a row of years to the pair of its name: 令和4年度 120、令和5年度 130. */
static enum status add_years(struct subtable *t, const struct form_row *row,
                             struct form_sheet *sheet)
{
    const struct form_item *first = &row->items[0];
    /* What stands under a name of its own, as 件 under 単位, is none: the name above goes on. */
    bool other = t->name.len > 0 && first->column > t->heading->items[t->first_item].column &&
                 head_over(t, first->column, true) != NULL;
    bool named = first->column < first_year_column(t) && !other;
    if (named)
        t->name = first->label.name;
    struct form_pair *pair = form_sheet_pair(sheet, group_of(t, row), t->name);
    const char *between = "\n";
    if (pair == NULL)
        return ST_NOMEM;
    pair->settled = true;
    pair->role = is_words(t, row) ? ROLE_BODY : pair->role;
    for (size_t i = named; i < row->n; i++) {
        const struct form_item *item = &row->items[i];
        const struct form_item *head = head_over(t, item->column, t->lower == NULL);
        const struct form_item *own =
            t->lower != NULL ? form_row_item(t->lower, item->column) : NULL;
        if (head != NULL)
            form_pair_add(pair, between, head->label.name);
        if (own != NULL)
            form_pair_add(pair, " ", own->label.name);
        form_pair_add(pair, head != NULL ? " " : between, item->text);
        between = "、";
    }
    return pair->value.failed ? ST_NOMEM : ST_OK;
}

/* The values of the only row are those of the names above them. */
static enum status add_values(const struct subtable *t, const struct form_row *row,
                              struct form_sheet *sheet)
{
    for (size_t i = 0; i < row->n; i++) {
        const struct form_item *head = head_over(t, row->items[i].column, true);
        struct form_pair *pair = form_sheet_pair(sheet, group_of(t, row), head->label.name);
        if (pair == NULL)
            return ST_NOMEM;
        form_pair_add(pair, " ", row->items[i].text);
        if (pair->value.failed)
            return ST_NOMEM;
    }
    return ST_OK;
}

/* A row of a list is a line of the text: 事業名 甲、事業費 100. */
static enum status add_line(const struct subtable *t, const struct form_row *row,
                            struct span section, struct form_sheet *sheet)
{
    struct span name = section.len > 0 ? section : t->heading->items[t->first_item].label.name;
    struct form_pair *pair = form_sheet_pair(sheet, group_of(t, row), name);
    if (pair == NULL)
        return ST_NOMEM;
    pair->settled = true;
    pair->role = ROLE_BODY;
    for (size_t i = 0; i < row->n; i++) {
        const struct form_item *head = head_over(t, row->items[i].column, true);
        form_pair_add(pair, i == 0 ? "\n" : "、",
                      head != NULL ? head->label.name : (struct span){"", 0});
        form_pair_add(pair, " ", row->items[i].text);
    }
    return pair->value.failed ? ST_NOMEM : ST_OK;
}

enum status form_subtable_read(const struct form_rows *rows, size_t at, size_t to,
                               struct form_group group, struct span section,
                               struct form_sheet *sheet, size_t *next)
{
    struct subtable t = {
        .rows = rows, .heading = &rows->items[at], .kind = KIND_NONE, .group = group};
    enum status status = ST_OK;
    *next = at;
    t.first_item = t.heading->n > 1 && form_rows_spans(rows, at, t.heading->items[0].column);
    if (t.heading->n - t.first_item < 2 || t.heading->n > MOST_COLUMNS || at + 1 >= to)
        return ST_OK;
    if (t.first_item > 0)
        t.group = (struct form_group){t.heading->items[0].label.name, t.heading->items[0].column};
    find_kind(&t, at, to);
    if (t.kind == KIND_NONE && t.first_item > 0) { /* the name of a column is merged, too */
        t.first_item = 0;
        t.group = group;
        find_kind(&t, at, to);
    }
    if (t.kind == KIND_NONE)
        return ST_OK;
    for (t.to = t.from; t.to < to && fits(&t, &rows->items[t.to]);)
        t.to++;
    bool one = t.to - t.from == 1;
    t.name = section;
    for (size_t i = t.from; i < t.to && status == ST_OK; i++) {
        const struct form_row *row = &rows->items[i];
        if (t.kind == KIND_YEARS)
            status = add_years(&t, row, sheet);
        else
            status = one ? add_values(&t, row, sheet) : add_line(&t, row, section, sheet);
    }
    *next = t.to;
    return status;
}
