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
#define MOST_BETWEEN 12 /* names of which some may stand between groups; all sets are tried */

/* What stands above the lower row of a heading. */
struct upper_row {
    size_t first; /* line; the lower row where there is none */
    struct pdf_name groups[PDF_MAX_COLUMNS];
    size_t n_groups;
    struct pdf_name others[PDF_MAX_COLUMNS]; /* columns of their own */
    size_t n_others;
};

static bool is_beside(const struct pdf_name *name, const struct pdf_name *names, size_t n)
{
    return name->right < names[0].left || name->left > names[n - 1].right;
}

/* Adds the names of line AT, over the N names or beside them, when all of it can be of the upper
 * row above those. */
static bool add_upper_line(struct upper_row *upper, const struct pdf_lines *lines, size_t at,
                           const struct pdf_name *names, size_t n)
{
    struct pdf_name above[PDF_MAX_COLUMNS];
    size_t n_above = pdf_cut_names(lines, &lines->items[at], APART, above);
    if (upper->n_groups + upper->n_others + n_above >= PDF_MAX_COLUMNS)
        return false;
    for (size_t i = 0; i < n_above; i++) {
        bool over = pdf_name_middle(&above[i]) >= names[0].left &&
                    pdf_name_middle(&above[i]) <= names[n - 1].right &&
                    above[i].right - above[i].left < names[n - 1].right - names[0].left;
        if (!over && !is_beside(&above[i], names, n))
            return false;
    }
    for (size_t i = 0; i < n_above; i++)
        if (is_beside(&above[i], names, n))
            upper->others[upper->n_others++] = above[i];
        else
            upper->groups[upper->n_groups++] = above[i];
    upper->first = at;
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

/* Whether the name stands over none of the N names. */
static bool is_between(const struct pdf_name *name, const struct pdf_name *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (name->left <= names[i].right && name->right >= names[i].left)
            return false;
    return true;
}

/* Of the groups those that are columns of their own, as a set of bits: between the N names, and so
 * that each column of words has a name. 0: none. */
static unsigned find_between(const struct upper_row *upper, const struct pdf_name *names, size_t n,
                             const struct pdf_name *columns, size_t n_columns)
{
    unsigned best = 0;
    float nearest = INFINITY;
    struct pdf_name sure[PDF_MAX_COLUMNS];
    size_t n_sure = n;
    if (upper->n_groups > MOST_BETWEEN || n_columns <= n + upper->n_others)
        return 0;
    memcpy(sure, names, n * sizeof *names);
    for (size_t i = 0; i < upper->n_others; i++)
        insert(sure, &n_sure, upper->others[i]);
    for (unsigned set = 1; set < 1U << upper->n_groups; set++) {
        struct pdf_name all[PDF_MAX_COLUMNS];
        size_t n_all = n_sure;
        bool fits = n_sure + (size_t)__builtin_popcount(set) == n_columns;
        if (!fits)
            continue;
        memcpy(all, sure, n_sure * sizeof *sure);
        for (size_t i = 0; i < upper->n_groups && fits; i++) {
            if ((set >> i & 1) == 0)
                continue;
            fits = is_between(&upper->groups[i], names, n);
            insert(all, &n_all, upper->groups[i]);
        }
        float far = fits && n_all == n_columns ? pdf_names_distance(all, columns, n_all) : INFINITY;
        if (far < nearest) {
            nearest = far;
            best = set;
        }
    }
    return best;
}

/* Tells names of columns between groups from those of groups, by the words below line HEADING. */
static enum status part_between(struct upper_row *upper, const struct pdf_lines *lines,
                                size_t heading, const struct pdf_name *names, size_t n)
{
    struct pdf_name columns[PDF_MAX_COLUMNS];
    size_t n_columns = 0, n_groups = 0;
    if (upper->n_groups == 0)
        return ST_OK;
    size_t end = pdf_page_end(lines, heading);
    enum status status = pdf_columns_of_words(lines, heading + 1, end, columns, &n_columns);
    unsigned between = find_between(upper, names, n, columns, n_columns);
    for (size_t i = 0; i < upper->n_groups; i++)
        if (i < MOST_BETWEEN && (between >> i & 1) != 0)
            upper->others[upper->n_others++] = upper->groups[i];
        else
            upper->groups[n_groups++] = upper->groups[i];
    upper->n_groups = n_groups;
    return status;
}

/* Reads the upper row above line HEADING, which has the N names NAMES. ST_OK or ST_NOMEM. */
static enum status read_upper(const struct pdf_lines *lines, size_t heading,
                              const struct pdf_name *names, size_t n, struct upper_row *upper)
{
    const struct pdf_line *lower = &lines->items[heading];
    *upper = (struct upper_row){.first = heading};
    while (upper->first > 0 && heading - upper->first < MOST_LINES &&
           lines->items[upper->first - 1].page == lower->page &&
           lines->items[upper->first].top - lines->items[upper->first - 1].bottom <
               CLOSE * (lower->bottom - lower->top) &&
           add_upper_line(upper, lines, upper->first - 1, names, n))
        ;
    enum status status = part_between(upper, lines, heading, names, n);
    /* A row of the table above it, when the heading comes again, has as many names. */
    if (upper->n_groups == 0 || upper->n_groups >= n || upper->n_groups + upper->n_others < 2)
        upper->first = heading;
    return status;
}

enum status pdf_heading_find_upper(const struct pdf_lines *lines, struct pdf_block *table,
                                   struct pdf_name names[PDF_MAX_COLUMNS], size_t *n)
{
    struct upper_row upper;
    enum status status = read_upper(lines, table->heading, names, *n, &upper);
    table->upper = upper.first;
    for (size_t i = 0; i < upper.n_others && upper.first < table->heading; i++)
        insert(names, n, upper.others[i]);
    return status;
}

static bool has_digit(const struct pdf_lines *lines, const struct pdf_line *line)
{
    for (size_t i = line->first; i < line->first + line->n; i++) {
        struct span text = pdf_word_text(lines, &lines->words->items[i]);
        if (utf8_has_digit(text.data, text.len))
            return true;
    }
    return false;
}

/* Whether LOWER, whose names are not known, is the lower row of the heading with LINE in its upper
 * one: names of columns stand under few names of groups, and not under the others. A row of the
 * table stands under them all. */
static enum status are_in_groups(const struct pdf_lines *lines, size_t line, size_t lower,
                                 bool *are)
{
    struct pdf_name names[PDF_MAX_COLUMNS];
    struct upper_row upper;
    size_t n = pdf_cut_names(lines, &lines->items[lower], APART, names);
    *are = false;
    if (n < 2 || has_digit(lines, &lines->items[lower]))
        return ST_OK;
    enum status status = read_upper(lines, lower, names, n, &upper);
    *are = upper.first <= line && upper.n_groups * 2 <= n && upper.n_others >= 2;
    return status;
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
        bool found = false;
        *known = n > 0;
        if (*known)
            status = pdf_heading_find_upper(lines, &table, names, &n);
        else
            status = are_in_groups(lines, line, at, &found);
        if (status != ST_OK)
            return status;
        if (*known ? table.upper <= line : found)
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
        if (pdf_name_middle(&names[i]) < from || pdf_name_middle(&names[i]) >= to)
            continue;
        own.left = fminf(own.left, names[i].left);
        own.right = fmaxf(own.right, names[i].right);
    }
    *centre = pdf_name_middle(&own);
    return own.right > 0;
}

/* Whether the column over which the name stands has a name of its own in the lower row. */
static bool is_over_name(const struct pdf_lines *lines, const struct pdf_block *table,
                         const struct pdf_line *lower, const struct pdf_name *name)
{
    size_t column = 0;
    float centre;
    while (column + 1 < table->n_columns && pdf_name_middle(name) >= table->bounds[column])
        column++;
    return has_own_name(lines, lower, column > 0 ? table->bounds[column - 1] : -1,
                        table->bounds[column], &centre);
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
            bool inside = pdf_name_middle(&above[k]) >= from && pdf_name_middle(&above[k]) < to;
            float distance = in_group ? fabsf(pdf_name_middle(&above[k]) - centre)
                             : inside ? 0
                                      : INFINITY;
            if (distance >= nearest ||
                (in_group && !is_over_name(lines, table, &lines->items[end], &above[k])))
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
