/* The columns of a table by the places of its words. Interface: pdf_columns.h. */
#include "corpus/pdf/pdf_columns.h"

#include "corpus/table/known_heading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NARROWEST_GAP 3 /* points between an unnamed first column and the next */
#define FEW_LINES 16    /* one in so many may run across columns */

float pdf_name_middle(const struct pdf_name *name)
{
    return (name->left + name->right) / 2;
}

size_t pdf_cut_names(const struct pdf_lines *lines, const struct pdf_line *line, float gap,
                     struct pdf_name names[PDF_MAX_COLUMNS])
{
    size_t n = 0;
    for (size_t i = line->first; i < line->first + line->n; i++) {
        const struct pdf_word *word = &lines->words->items[i];
        bool apart = n == 0 || word->left - names[n - 1].right > gap * (word->bottom - word->top);
        if (apart && n == PDF_MAX_COLUMNS - 1)
            return 0;
        if (apart)
            names[n++] = (struct pdf_name){word->left, word->right};
        names[n - 1].right = fmaxf(names[n - 1].right, word->right);
    }
    return n;
}

static enum status are_known(const struct pdf_lines *lines, const struct pdf_line *line,
                             const struct pdf_name *names, size_t n, bool *known)
{
    struct buf text = BUF_INIT;
    struct span cells[PDF_MAX_COLUMNS];
    size_t ends[PDF_MAX_COLUMNS];
    for (size_t i = 0; i < n; i++) {
        pdf_line_words(lines, line, names[i].left, names[i].right, &text);
        ends[i] = text.len;
    }
    for (size_t i = 0; i < n; i++) {
        size_t from = i > 0 ? ends[i - 1] : 0;
        cells[i] = (struct span){text.data + from, ends[i] - from};
    }
    enum status status = text.failed ? ST_NOMEM : is_known_heading(cells, n, known);
    buf_release(&text);
    return status;
}

/* The names of a heading line may be spaced out: wider and wider gaps are tried. */
enum status pdf_heading_names(const struct pdf_lines *lines, size_t line,
                              struct pdf_name names[PDF_MAX_COLUMNS], size_t *n)
{
    static const float gaps[] = {0.4F, 0.8F, 1.3F, 2, 3, 4.5F};
    bool known = false;
    size_t n_before = 0;
    for (size_t g = 0; g < sizeof gaps / sizeof gaps[0]; g++) {
        *n = pdf_cut_names(lines, &lines->items[line], gaps[g], names);
        if (*n < 2)
            break;
        if (*n == n_before) /* cut as before */
            continue;
        n_before = *n;
        enum status status = are_known(lines, &lines->items[line], names, *n, &known);
        if (status != ST_OK || known)
            return status;
    }
    *n = 0;
    return ST_OK;
}

/* How many words of the lines stand over each point of the width. */
static unsigned *count_words(const struct pdf_lines *lines, size_t from, size_t end, size_t width)
{
    /* One more where a word begins, one less after its end; then the sums. */
    unsigned *counts = calloc(width + 2, sizeof *counts);
    for (size_t at = from; counts != NULL && at < end; at++) {
        const struct pdf_line *line = &lines->items[at];
        if (pdf_is_page_number(lines, at))
            continue;
        for (size_t i = line->first; i < line->first + line->n; i++) {
            const struct pdf_word *word = &lines->words->items[i];
            size_t right = (size_t)word->right < width ? (size_t)word->right : width;
            size_t left = (size_t)word->left < right ? (size_t)word->left : right;
            counts[left]++;
            counts[right + 1]--;
        }
    }
    for (size_t x = 1; counts != NULL && x < width + 2; x++)
        counts[x] += counts[x - 1];
    return counts;
}

/* The middle of the widest run of the fewest words between FROM and TO; *WIDTH is the run's. */
static size_t emptiest(const unsigned *counts, size_t from, size_t to, size_t *width)
{
    unsigned fewest = counts[from];
    for (size_t x = from; x <= to; x++)
        fewest = counts[x] < fewest ? counts[x] : fewest;
    size_t best = from;
    *width = 0;
    for (size_t x = from, run = 0; x <= to; x++) {
        run = counts[x] == fewest ? run + 1 : 0;
        if (run > *width) {
            *width = run;
            best = x - run / 2;
        }
    }
    return best;
}

enum status pdf_columns_of_words(const struct pdf_lines *lines, size_t from, size_t end,
                                 struct pdf_name columns[PDF_MAX_COLUMNS], size_t *n)
{
    size_t width = (size_t)lines->words->width + 1, last = 0;
    unsigned *counts = count_words(lines, from, end, width);
    /* Titles and notes run across the columns. */
    unsigned few = (unsigned)((end - from) / FEW_LINES);
    *n = 0;
    if (counts == NULL)
        return ST_NOMEM;
    for (size_t x = 0; x < width; x++) {
        if (counts[x] <= few)
            continue;
        if (*n == 0 || x - last > NARROWEST_GAP) {
            if (*n == PDF_MAX_COLUMNS)
                break;
            columns[(*n)++].left = (float)x;
        }
        columns[*n - 1].right = (float)x;
        last = x;
    }
    free(counts);
    return ST_OK;
}

float pdf_names_distance(const struct pdf_name *names, const struct pdf_name *columns, size_t n)
{
    float sum = 0;
    for (size_t i = 0; i < n; i++) {
        float at = pdf_name_middle(&names[i]);
        if ((i > 0 && at <= columns[i - 1].right) || (i + 1 < n && at >= columns[i + 1].left))
            return INFINITY;
        sum += fmaxf(fmaxf(columns[i].left - at, at - columns[i].right), 0);
    }
    return sum;
}

/* Sets the bounds in the blanks between the columns of words, where each has a name, or each but
 * the first; *DONE. Names in the middle of wide columns may stand beside all words there. */
static enum status find_by_words(const struct pdf_lines *lines, struct pdf_block *table,
                                 const struct pdf_name *names, size_t n, bool *done)
{
    struct pdf_name columns[PDF_MAX_COLUMNS];
    size_t n_columns = 0;
    enum status status =
        pdf_columns_of_words(lines, table->heading + 1, table->end, columns, &n_columns);
    size_t n_unnamed = n_columns - n;
    *done = status == ST_OK && n > 0 && n_columns >= n && n_unnamed < 2 &&
            (n_unnamed == 0 || columns[0].right < names[0].left) &&
            pdf_names_distance(names, columns + n_unnamed, n) < INFINITY;
    for (size_t i = 0; i + 1 < n_columns && *done; i++)
        table->bounds[i] = (columns[i].right + columns[i + 1].left) / 2;
    if (*done)
        table->bounds[n_columns - 1] = INFINITY;
    if (*done)
        table->n_columns = n_columns;
    return status;
}

/* A column left of the first name, as that of the numbers often is. */
static void find_unnamed(struct pdf_block *table, const unsigned *counts, size_t first_middle)
{
    size_t left = 0, width = 0;
    while (left < first_middle && counts[left] == 0)
        left++;
    if (left >= first_middle)
        return;
    size_t at = emptiest(counts, left, first_middle, &width);
    if (counts[at] == 0 && width >= NARROWEST_GAP)
        table->bounds[table->n_columns++] = (float)at;
}

enum status pdf_columns_find(const struct pdf_lines *lines, struct pdf_block *table,
                             const struct pdf_name *names, size_t n)
{
    bool done = false;
    enum status status = find_by_words(lines, table, names, n, &done);
    if (status != ST_OK || done)
        return status;
    size_t width = (size_t)lines->words->width + 1;
    unsigned *counts = count_words(lines, table->heading, table->end, width);
    if (counts == NULL)
        return ST_NOMEM;
    table->n_columns = 0;
    for (size_t i = 0; i < n; i++) {
        size_t from = (size_t)((names[i].left + names[i].right) / 2), run = 0;
        from = from < width ? from : width;
        if (i == 0)
            find_unnamed(table, counts, from);
        if (i + 1 == n)
            break;
        size_t to = (size_t)((names[i + 1].left + names[i + 1].right) / 2);
        to = to < width ? to : width;
        table->bounds[table->n_columns++] =
            (float)emptiest(counts, from, to > from ? to : from, &run);
    }
    table->bounds[table->n_columns++] = INFINITY;
    free(counts);
    return ST_OK;
}
