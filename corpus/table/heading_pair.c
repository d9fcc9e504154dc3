/* Headings of two and three rows: names of groups, and of groups of these, above the names of
 * columns. Interface: table.h. */
#include "corpus/table/table.h"

#include "base/text.h"
#include "base/utf8.h"
#include "corpus/rows/cell_marks.h"

#include <stdlib.h>
#include <string.h>

#define NAME_BYTES 150 /* some fifty characters: longer texts are no names */
#define MOST_IN_GROUP 256U
#define UNIT_BYTES 30 /* （千円／年） */

enum { NO_GROUP = -1 };

/* Where a column stands in the heading. */
struct place_in_heading {
    size_t column;
    struct span upper;
    struct span lower;
    int group; /* the number of the upper name over it; NO_GROUP: none */
    /* In a heading of three rows, whose middle one is the upper here. */
    struct span top;
    int top_group;
};

static struct span cell_at(const struct row *row, size_t at)
{
    struct span cell = row_cell(row, at);
    return cell_is_blank(cell) ? (struct span){"", 0} : cell;
}

bool heading_rows_equal(const struct row *a, const struct row *b)
{
    size_t n = a->n_cells > b->n_cells ? a->n_cells : b->n_cells;
    for (size_t i = 0; i < n; i++)
        if (!spans_are_equal(cell_at(a, i), cell_at(b, i)))
            return false;
    return true;
}

/* Whether the text can be a name: short, no number, no sentence. */
static bool is_name(struct span text)
{
    bool has_letter = false;
    for (size_t i = 0; i < text.len;) {
        uint32_t cp;
        i += utf8_decode(text.data + i, text.len - i, &cp);
        if (cp == U'。')
            return false;
        has_letter =
            has_letter || (!utf8_is_digit(cp) && (cp >= 0x80 || (cp | 32) >= 'a') && cp != 0x3000);
    }
    return has_letter && text.len <= NAME_BYTES;
}

/* 予算額 above （千円） */
static bool is_unit(struct span text)
{
    return text_starts_with(text.data, text.len, "(") ||
           text_starts_with(text.data, text.len, "（");
}

/* Whether the row has a name that begins in the column, not the rest of a merged one. */
static bool begins(const struct row *row, size_t at)
{
    return cell_at(row, at).len > 0 && !row_repeats(row, at);
}

/* Adds columns without a name until there are N: those that merged names cover. */
static enum status pad(struct columns *columns, size_t n)
{
    enum status status = ST_OK;
    while (columns->n < n && status == ST_OK)
        status = columns_add(columns, (struct span){"", 0}, ROLE_OTHER);
    return status;
}

static int group_of(const struct place_in_heading *places, size_t at, int *n_groups)
{
    const struct place_in_heading *place = &places[at];
    if (place->upper.len == 0)
        return at > 0 && place->lower.len > 0 ? places[at - 1].group : NO_GROUP;
    if (at > 0 && spans_are_equal(place->upper, places[at - 1].upper))
        return places[at - 1].group;
    return (*n_groups)++;
}

/* Whether the columns from FROM to TO, all of the same group, can be named by both rows: one name
 * over them all and a name of its own for each; or one name alone. *SPLIT: the former. */
static bool fits_group(const struct place_in_heading *places, size_t from, size_t to, bool *split)
{
    size_t n_own = 0;
    if (to - from > MOST_IN_GROUP)
        return false;
    for (size_t i = from; i < to; i++) {
        bool own = places[i].lower.len > 0 && !spans_are_equal(places[i].lower, places[from].upper);
        if (own && !is_unit(places[i].lower) && !is_name(places[i].lower))
            return false;
        for (size_t k = from; k < i && own; k++)
            if (spans_are_equal(places[k].lower, places[i].lower))
                return false;
        n_own += own;
    }
    if (to - from == 1)
        return n_own == 0 || is_unit(places[from].lower);
    *split = *split || n_own == to - from;
    return n_own == 0 || n_own == to - from;
}

/* Whether the lower row has a usual name. */
static enum status has_known(const struct place_in_heading *places, size_t n, bool *known)
{
    struct buf key = BUF_INIT;
    enum status status = ST_OK;
    *known = false;
    for (size_t i = 0; i < n && !*known && status == ST_OK; i++) {
        status = columns_key(places[i].lower, &key);
        *known = status == ST_OK && columns_role(key.data) != ROLE_OTHER;
    }
    buf_release(&key);
    return status;
}

/* *ALL: every column is in a group of several; a row of data below some empty names looks so too.
 */
static bool fits(const struct place_in_heading *places, size_t n, bool *all)
{
    bool split = false;
    *all = true;
    for (size_t i = 0, end; i < n; i = end) {
        end = i + 1;
        if (places[i].group == NO_GROUP) {
            if (places[i].lower.len > 0 && !is_name(places[i].lower))
                return false;
            continue;
        }
        while (end < n && places[end].group == places[i].group)
            end++;
        if (!fits_group(places, i, end, &split))
            return false;
        *all = *all && end - i > 1;
    }
    return split;
}

/* Whether the lower row has units alone, （千円） and the like, below names behind the first. */
static bool are_units(const struct place_in_heading *places, size_t n)
{
    size_t n_units = 0;
    for (size_t i = 0; i < n; i++) {
        struct span lower = places[i].lower, upper = places[i].upper;
        if (lower.len == 0 || spans_are_equal(lower, upper))
            continue;
        bool closed = text_ends_with(lower.data, lower.len, ")") ||
                      text_ends_with(lower.data, lower.len, "）");
        if (i == 0 || upper.len == 0 || !is_unit(lower) || !closed || lower.len > UNIT_BYTES)
            return false;
        n_units++;
    }
    return n_units > 0;
}

static enum status add_names(const struct place_in_heading *places, size_t n,
                             struct columns *columns)
{
    enum status status = ST_OK;
    struct span group = {"", 0};
    for (size_t i = 0; i < n && status == ST_OK; i++) {
        if (places[i].upper.len > 0 || places[i].group == NO_GROUP)
            group = places[i].upper;
        bool one = places[i].lower.len == 0 || spans_are_equal(group, places[i].lower);
        struct span own = one ? (struct span){"", 0} : places[i].lower;
        status = pad(columns, places[i].column);
        if (status == ST_OK)
            status = columns_add_grouped(columns, group, own);
    }
    return status;
}

enum status heading_pair_read(const struct row *upper, const struct row *lower,
                              struct columns *columns)
{
    size_t n_cells = upper->n_cells > lower->n_cells ? upper->n_cells : lower->n_cells, n = 0;
    struct place_in_heading *places = calloc(n_cells + 1, sizeof *places);
    int n_groups = 0;
    bool names = true;
    if (places == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < n_cells; i++) {
        struct place_in_heading *place = &places[n];
        *place = (struct place_in_heading){
            .column = i, .upper = cell_at(upper, i), .lower = cell_at(lower, i)};
        if (row_repeats(upper, i) && !begins(lower, i))
            continue;
        place->group = group_of(places, n++, &n_groups);
        names = names && (place->upper.len == 0 || is_name(place->upper));
    }
    enum status status = ST_OK;
    bool all = false;
    bool pair = names && n_groups > 1 && (are_units(places, n) || fits(places, n, &all));
    if (pair && all)
        status = has_known(places, n, &pair);
    if (pair && status == ST_OK)
        status = add_names(places, n, columns);
    free(places);
    return status;
}

/* Leaves of a cell that is merged over rows the uppermost. */
static struct place_in_heading place_of(const struct row *top, const struct row *middle,
                                        const struct row *lower, size_t at)
{
    struct place_in_heading place = {.column = at,
                                     .top = cell_at(top, at),
                                     .upper = cell_at(middle, at),
                                     .lower = cell_at(lower, at)};
    if (spans_are_equal(place.lower, place.upper) ||
        (place.upper.len == 0 && spans_are_equal(place.lower, place.top)))
        place.lower.len = 0;
    if (spans_are_equal(place.upper, place.top))
        place.upper.len = 0;
    return place;
}

static int top_group_of(const struct place_in_heading *places, size_t at, int *n_groups)
{
    const struct place_in_heading *place = &places[at];
    bool first = at == 0 || places[at - 1].top_group == NO_GROUP;
    if (place->top.len > 0)
        return !first && spans_are_equal(place->top, places[at - 1].top) ? places[at - 1].top_group
                                                                         : (*n_groups)++;
    return !first && place->upper.len + place->lower.len > 0 ? places[at - 1].top_group : NO_GROUP;
}

/* The group of a column by the middle row; by the top one where that has none. */
static int middle_group_of(const struct place_in_heading *places, size_t at, int *n_groups)
{
    const struct place_in_heading *place = &places[at], *before = at > 0 ? &places[at - 1] : NULL;
    bool together = before != NULL && before->top_group == place->top_group;
    if (place->upper.len > 0)
        return together && spans_are_equal(place->upper, before->upper) ? before->group
                                                                        : (*n_groups)++;
    if (place->top_group != NO_GROUP && !together)
        return (*n_groups)++;
    return together && (place->lower.len > 0 || place->top.len > 0) ? before->group : NO_GROUP;
}

/* Whether the names in the middle row stand in groups of the top one as names of columns do in
 * theirs, in one of them two at least. */
static bool fits_top(const struct place_in_heading *places, size_t n)
{
    bool split = false;
    for (size_t i = 0, end; i < n; i = end) {
        size_t n_named = 0, n_names = 0;
        for (end = i; end < n && places[end].top_group == places[i].top_group; end++) {
            bool begins = end == i || places[end].group != places[end - 1].group;
            for (size_t k = i; k < end && begins && places[end].upper.len > 0; k++)
                if (spans_are_equal(places[k].upper, places[end].upper))
                    return false;
            n_names += begins;
            n_named += begins && places[end].upper.len > 0;
            if (end - i > MOST_IN_GROUP)
                return false;
        }
        if (places[i].top_group == NO_GROUP)
            continue;
        if (n_named > 0 && n_named < n_names)
            return false;
        split = split || n_named > 1;
    }
    return split;
}

static enum status add_names_of_three(const struct place_in_heading *places, size_t n,
                                      struct columns *columns)
{
    struct span top = {"", 0}, middle = {"", 0};
    struct buf group = BUF_INIT;
    enum status status = ST_OK;
    for (size_t i = 0; i < n && status == ST_OK; i++) {
        bool new_top = i == 0 || places[i].top_group != places[i - 1].top_group;
        bool new_group = new_top || places[i].group != places[i - 1].group;
        top = new_top ? places[i].top : top;
        middle = new_group ? places[i].upper : middle;
        struct span own = places[i].lower.len > 0 ? places[i].lower : middle;
        buf_clear(&group);
        buf_append(&group, top.data, top.len);
        if (places[i].lower.len > 0 && middle.len > 0) {
            buf_addc(&group, ' ');
            buf_append(&group, middle.data, middle.len);
        }
        struct span above = {group.data, group.len};
        if (places[i].group == NO_GROUP)
            above.len = 0;
        status = group.failed ? ST_NOMEM : pad(columns, places[i].column);
        if (status == ST_OK)
            status = columns_add_grouped(columns, above, own);
    }
    buf_release(&group);
    return status;
}

enum status heading_three_read(const struct row *top, const struct row *middle,
                               const struct row *lower, struct columns *columns)
{
    size_t n_cells = top->n_cells > middle->n_cells ? top->n_cells : middle->n_cells, n = 0;
    n_cells = n_cells > lower->n_cells ? n_cells : lower->n_cells;
    struct place_in_heading *places = calloc(n_cells + 1, sizeof *places);
    int n_top = 0, n_groups = 0;
    bool names = true, all = false;
    if (places == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < n_cells; i++) {
        struct place_in_heading *place = &places[n];
        bool repeats = row_repeats(top, i) || row_repeats(middle, i);
        if (repeats && !begins(top, i) && !begins(middle, i) && !begins(lower, i))
            continue;
        *place = place_of(top, middle, lower, i);
        place->top_group = top_group_of(places, n, &n_top);
        place->group = middle_group_of(places, n++, &n_groups);
        names = names && (place->top.len == 0 || is_name(place->top)) &&
                (place->upper.len == 0 || is_name(place->upper));
    }
    bool three = names && n_top > 1 && fits_top(places, n) && fits(places, n, &all);
    enum status status = ST_OK;
    if (three && all)
        status = has_known(places, n, &three);
    if (three && status == ST_OK)
        status = add_names_of_three(places, n, columns);
    free(places);
    return status;
}

bool heading_may_be_middle(const struct row *top, const struct row *row)
{
    size_t n_top = 0, n_own = 0, n_open = 0;
    for (size_t i = 0; i < row->n_cells; i++) {
        struct span above = cell_at(top, i), cell = cell_at(row, i);
        n_top += above.len > 0;
        if (cell.len == 0 || spans_are_equal(cell, above))
            continue;
        if (n_top == 0 || !is_name(cell))
            return false;
        n_own++;
        n_open += above.len == 0 || (i > 0 && spans_are_equal(above, cell_at(top, i - 1)));
    }
    return n_own > 1 && n_open > 0 && n_top > 1;
}
