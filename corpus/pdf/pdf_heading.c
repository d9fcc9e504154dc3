/* Headings of two rows in a PDF file. Interface: pdf_heading.h. */
#include "corpus/pdf/pdf_heading.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

/* Above the lower row: names in the middle of both rows have a line of their own. */
#define MOST_LINES 3
/* Heights of a line: a title above the table stands farther away. */
#define CLOSE 1.2F
/* Heights: words farther apart are two names. */
#define APART 0.8F

static float middle(const struct pdf_name *name)
{
    return (name->left + name->right) / 2;
}

static bool is_beside(const struct pdf_name *name, const struct pdf_name *names, size_t n)
{
    return name->right < names[0].left || name->left > names[n - 1].right;
}

/* Whether the line AT can be of the upper row above the N names: *N_GROUPS and *N_OTHERS of its
 * names stand over them and beside them. */
static bool fits(const struct pdf_lines *lines, size_t at, const struct pdf_name *names, size_t n,
                 size_t *n_groups, size_t *n_others)
{
    struct pdf_name above[PDF_MAX_COLUMNS];
    const struct pdf_line *line = &lines->items[at];
    size_t n_above = pdf_cut_names(lines, line, APART, above);
    for (size_t i = 0; i < n_above; i++) {
        bool beside = is_beside(&above[i], names, n);
        bool over = middle(&above[i]) >= names[0].left && middle(&above[i]) <= names[n - 1].right &&
                    above[i].right - above[i].left < names[n - 1].right - names[0].left;
        if (!beside && !over)
            return false;
        *n_groups += !beside;
        *n_others += beside;
    }
    return n_above > 0;
}

/* Puts NAME in its place from left to right. */
static void insert(struct pdf_name names[PDF_MAX_COLUMNS], size_t *n, struct pdf_name name)
{
    size_t at = *n;
    if (*n == PDF_MAX_COLUMNS - 1)
        return;
    for (; at > 0 && names[at - 1].left > name.left; at--)
        names[at] = names[at - 1];
    names[at] = name;
    ++*n;
}

void pdf_heading_find_upper(const struct pdf_lines *lines, struct pdf_block *table,
                            struct pdf_name names[PDF_MAX_COLUMNS], size_t *n)
{
    const struct pdf_line *heading = &lines->items[table->heading];
    size_t upper = table->heading, n_groups = 0, n_others = 0, n_lower = *n;
    table->upper = table->heading;
    while (upper > 0 && table->heading - upper < MOST_LINES &&
           lines->items[upper - 1].page == heading->page &&
           lines->items[upper].top - lines->items[upper - 1].bottom <
               CLOSE * (heading->bottom - heading->top) &&
           fits(lines, upper - 1, names, n_lower, &n_groups, &n_others))
        upper--;
    /* A row of the table above it, when the heading comes again, has as many names. */
    if (n_groups == 0 || n_groups >= n_lower || n_groups + n_others < 2)
        return;
    struct pdf_name lower[PDF_MAX_COLUMNS];
    memcpy(lower, names, n_lower * sizeof *names);
    table->upper = upper;
    for (size_t at = upper; at < table->heading; at++) {
        struct pdf_name above[PDF_MAX_COLUMNS];
        size_t n_above = pdf_cut_names(lines, &lines->items[at], APART, above);
        for (size_t i = 0; i < n_above; i++)
            if (is_beside(&above[i], lower, n_lower))
                insert(names, n, above[i]);
    }
}

static bool has_digit(const struct pdf_lines *lines, const struct pdf_line *line)
{
    for (size_t i = line->first; i < line->first + line->n; i++) {
        struct slice text = pdf_word_text(lines, &lines->words->items[i]);
        if (utf8_has_digit(text.data, text.len))
            return true;
    }
    return false;
}

/* Whether LOWER, whose names are not known, is the lower row of the heading with LINE in its upper
 * one: names of columns stand under few names of groups, and not under the others. A row of the
 * table stands under them all. */
static bool are_in_groups(const struct pdf_lines *lines, size_t line, size_t lower)
{
    struct pdf_name names[PDF_MAX_COLUMNS];
    size_t n = pdf_cut_names(lines, &lines->items[lower], APART, names), n_groups = 0, n_others = 0;
    if (n < 2 || has_digit(lines, &lines->items[lower]))
        return false;
    struct pdf_block table = {.heading = lower};
    size_t n_lower = n;
    pdf_heading_find_upper(lines, &table, names, &n);
    if (table.upper > line)
        return false;
    n = pdf_cut_names(lines, &lines->items[lower], APART, names);
    for (size_t at = table.upper; at < lower; at++)
        fits(lines, at, names, n, &n_groups, &n_others);
    return n_groups * 2 <= n_lower && n_others >= 2;
}

enum status pdf_heading_lower_names(const struct pdf_lines *lines, size_t lower,
                                    struct pdf_name names[PDF_MAX_COLUMNS], size_t *n)
{
    enum status status = pdf_heading_names(lines, lower, names, n);
    if (status == ST_OK && *n == 0)
        *n = pdf_cut_names(lines, &lines->items[lower], APART, names);
    return status;
}

enum status pdf_heading_find_lower(const struct pdf_lines *lines, size_t line, size_t *lower,
                                   bool *known)
{
    struct pdf_name names[PDF_MAX_COLUMNS];
    enum status status = ST_OK;
    *lower = line;
    *known = true;
    for (size_t at = line + 1; at < line + MOST_LINES && at < lines->n && *lower == line; at++) {
        struct pdf_block table = {.heading = at};
        size_t n = 0;
        status = pdf_heading_names(lines, at, names, &n);
        if (status != ST_OK)
            return status;
        *known = n > 0;
        if (*known)
            pdf_heading_find_upper(lines, &table, names, &n);
        if (*known ? table.upper <= line : are_in_groups(lines, line, at))
            *lower = at;
    }
    return status;
}

bool pdf_heading_is_upper(const struct pdf_lines *lines, const struct pdf_block *table, size_t at)
{
    size_t n = table->heading - table->upper;
    if (n == 0 || at + n >= lines->n || lines->items[at + n].page != lines->items[at].page)
        return false;
    for (size_t i = 0; i <= n; i++)
        if (!pdf_same_text(lines, at + i, table->upper + i))
            return false;
    return true;
}

static bool has_own_name(const struct pdf_lines *lines, const struct pdf_line *lower, float from,
                         float to, float *centre)
{
    struct pdf_name names[PDF_MAX_COLUMNS];
    size_t n = pdf_cut_names(lines, lower, 0, names);
    struct pdf_name own = {INFINITY, 0};
    for (size_t i = 0; i < n; i++) {
        if (middle(&names[i]) < from || middle(&names[i]) >= to)
            continue;
        own.left = fminf(own.left, names[i].left);
        own.right = fmaxf(own.right, names[i].right);
    }
    *centre = middle(&own);
    return own.right > 0;
}

enum status pdf_heading_upper_cell(const struct pdf_lines *lines, const struct pdf_block *table,
                                   size_t at, float from, float to, struct buf *cell)
{
    size_t end = at + table->heading - table->upper;
    float centre = 0, nearest = INFINITY;
    bool in_group = has_own_name(lines, &lines->items[end], from, to, &centre);
    const struct pdf_line *best = NULL;
    struct pdf_name group = {0};
    for (size_t i = at; i < end; i++) {
        struct pdf_name above[PDF_MAX_COLUMNS];
        size_t n = pdf_cut_names(lines, &lines->items[i], APART, above);
        for (size_t k = 0; k < n; k++) {
            bool inside = middle(&above[k]) >= from && middle(&above[k]) < to;
            float distance = in_group ? fabsf(middle(&above[k]) - centre) : inside ? 0 : INFINITY;
            if (distance >= nearest)
                continue;
            nearest = distance;
            group = above[k];
            best = &lines->items[i];
        }
    }
    if (best != NULL)
        pdf_line_words(lines, best, group.left, group.right, cell);
    return cell->failed ? ST_NOMEM : ST_OK;
}
