/* A table rebuilt from the places of its words. Interface: pdf_table.h. */
#include "corpus/pdf_table.h"

#include "base/utf8.h"
#include "corpus/cell.h"
#include "corpus/known_heading.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAME_LINE 0.5F  /* of a word's height: middles nearer than that are on one line */
#define BLANK 0.2F      /* of its height: words farther apart have a blank between them */
#define ROW_GAP 1.5F    /* a blank this many times the usual one parts rows without numbers */
#define NARROWEST_GAP 3 /* points between an unnamed first column and the next */
#define MOST_GAPS 256   /* looked at on a page */
#define ALIKE 0.85F     /* of a blank: one at least this wide parts rows too */
#define NEAR 6          /* lines that may overlap, those of all columns together */
#define MARGIN 0.08F    /* of a page's height: page numbers stand there */

static float middle(const struct pdf_word *word)
{
    return (word->top + word->bottom) / 2;
}

static int compare_middles(const void *a, const void *b)
{
    const struct pdf_word *x = a, *y = b;
    if (x->page != y->page)
        return x->page < y->page ? -1 : 1;
    float difference = middle(x) - middle(y);
    return difference < 0 ? -1 : difference > 0;
}

static int compare_lefts(const void *a, const void *b)
{
    const struct pdf_word *x = a, *y = b;
    return x->left < y->left ? -1 : x->left > y->left;
}

/* Cuts the sorted words into lines. */
static enum status make_lines(struct pdf_table *table)
{
    struct pdf_words *words = table->words;
    table->lines = reallocarray(NULL, words->n > 0 ? words->n : 1, sizeof *table->lines);
    if (table->lines == NULL)
        return ST_NOMEM;
    if (words->n > 1)
        qsort(words->items, words->n, sizeof *words->items, compare_middles);
    for (size_t i = 0, n; i < words->n; i += n) {
        const struct pdf_word *first = &words->items[i];
        struct pdf_line line = {i, 0, first->top, first->bottom, first->page};
        for (n = 1; i + n < words->n; n++) {
            const struct pdf_word *word = &words->items[i + n];
            if (word->page != first->page ||
                middle(word) - middle(first) > SAME_LINE * (first->bottom - first->top))
                break;
            line.top = fminf(line.top, word->top);
            line.bottom = fmaxf(line.bottom, word->bottom);
        }
        line.n = n;
        qsort(&words->items[i], n, sizeof *words->items, compare_lefts);
        table->lines[table->n_lines++] = line;
    }
    return ST_OK;
}

static struct slice word_text(const struct pdf_table *table, const struct pdf_word *word)
{
    return (struct slice){table->words->text.data + word->at, word->len};
}

/* Appends the words of a line that lie between two places, joined as they stand. */
static void add_words(const struct pdf_table *table, const struct pdf_line *line, float from,
                      float to, struct buf *out)
{
    const struct pdf_word *before = NULL;
    for (size_t i = line->first; i < line->first + line->n; i++) {
        const struct pdf_word *word = &table->words->items[i];
        float centre = (word->left + word->right) / 2;
        if (centre < from || centre >= to)
            continue;
        if (before != NULL && word->left - before->right > BLANK * (word->bottom - word->top))
            buf_addc(out, ' ');
        append_valid_utf8(out, table->words->text.data + word->at, word->len);
        before = word;
    }
}

void pdf_line_text(const struct pdf_table *table, const struct pdf_line *line, struct buf *out)
{
    add_words(table, line, -1, INFINITY, out);
}

/* --- the heading and the columns ----------------------------------------------------------------
 */

struct name {
    float left, right;
};

/* Cuts a line into names where words are more than GAP heights apart. */
static size_t cut_names(const struct pdf_table *table, const struct pdf_line *line, float gap,
                        struct name names[PDF_MAX_COLUMNS])
{
    size_t n = 0;
    for (size_t i = line->first; i < line->first + line->n; i++) {
        const struct pdf_word *word = &table->words->items[i];
        bool apart = n == 0 || word->left - names[n - 1].right > gap * (word->bottom - word->top);
        if (apart && n == PDF_MAX_COLUMNS - 1)
            return 0;
        if (apart)
            names[n++] = (struct name){word->left, word->right};
        names[n - 1].right = fmaxf(names[n - 1].right, word->right);
    }
    return n;
}

static enum status are_known(const struct pdf_table *table, const struct pdf_line *line,
                             const struct name *names, size_t n, bool *known)
{
    struct buf text = BUF_INIT;
    struct slice cells[PDF_MAX_COLUMNS];
    size_t ends[PDF_MAX_COLUMNS];
    for (size_t i = 0; i < n; i++) {
        add_words(table, line, names[i].left, names[i].right, &text);
        ends[i] = text.len;
    }
    for (size_t i = 0; i < n; i++) {
        size_t from = i > 0 ? ends[i - 1] : 0;
        cells[i] = (struct slice){text.data + from, ends[i] - from};
    }
    enum status status = text.failed ? ST_NOMEM : is_known_heading(cells, n, known);
    buf_release(&text);
    return status;
}

/* The names of a heading line may be spaced out: wider and wider gaps are tried. */
static enum status find_heading(struct pdf_table *table, struct name *names, size_t *n_names)
{
    static const float gaps[] = {0.4F, 0.8F, 1.3F, 2, 3, 4.5F};
    bool known = false;
    *n_names = 0;
    for (size_t i = 0; i < table->n_lines; i++) {
        for (size_t g = 0; g < sizeof gaps / sizeof gaps[0]; g++) {
            size_t n = cut_names(table, &table->lines[i], gaps[g], names);
            if (n < 2)
                break;
            enum status status = are_known(table, &table->lines[i], names, n, &known);
            if (status != ST_OK)
                return status;
            if (known) {
                table->first_line = i;
                *n_names = n;
                return ST_OK;
            }
        }
    }
    return ST_OK;
}

/* How many words below the heading stand over each point of the width. */
static unsigned *count_words(const struct pdf_table *table, size_t width)
{
    unsigned *counts = calloc(width + 2, sizeof *counts);
    const struct pdf_line *heading = &table->lines[table->first_line];
    for (size_t i = heading->first; counts != NULL && i < table->words->n; i++) {
        const struct pdf_word *word = &table->words->items[i];
        size_t right = (size_t)word->right < width ? (size_t)word->right : width;
        for (size_t x = (size_t)word->left; x <= right; x++)
            counts[x]++;
    }
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

/* A column left of the first name, as that of the numbers often is. */
static void find_unnamed(struct pdf_table *table, const unsigned *counts, size_t first_middle)
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

static enum status find_columns(struct pdf_table *table, const struct name *names, size_t n)
{
    size_t width = (size_t)table->words->width + 1;
    unsigned *counts = count_words(table, width);
    if (counts == NULL)
        return ST_NOMEM;
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

/* --- rows ---------------------------------------------------------------------------------------
 */

/* Whether the line has a number in the first column. */
static bool has_number(const struct pdf_table *table, const struct pdf_line *line)
{
    const struct pdf_word *word = &table->words->items[line->first];
    if ((word->left + word->right) / 2 >= table->bounds[0] || word->len == 0)
        return false;
    struct slice text = word_text(table, word);
    uint32_t cp;
    utf8_decode(text.data, text.len, &cp);
    return (cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19);
}

/* The blank below a line that no word near it reaches into; negative where lines overlap. */
static float gap_after(const struct pdf_table *table, size_t line)
{
    float bottom = table->lines[line].bottom, top = table->lines[line + 1].top;
    size_t page = table->lines[line].page;
    for (size_t i = line; i-- > 0 && line - i <= NEAR && table->lines[i].page == page;)
        bottom = fmaxf(bottom, table->lines[i].bottom);
    for (size_t i = line + 2; i < table->n_lines && i - line <= NEAR; i++)
        if (table->lines[i].page == page)
            top = fminf(top, table->lines[i].top);
    return top - bottom;
}

/* - 12 - alone in the margin. */
static bool is_page_number(const struct pdf_table *table, size_t at)
{
    const struct pdf_line *line = &table->lines[at];
    float height = table->words->height;
    if (line->top > MARGIN * height && line->bottom < (1 - MARGIN) * height)
        return false;
    for (size_t i = line->first; i < line->first + line->n; i++) {
        struct slice text = word_text(table, &table->words->items[i]);
        for (size_t k = 0; k < text.len; k++)
            if (strchr("0123456789-/ Pp.", text.data[k]) == NULL)
                return false;
    }
    return true;
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* The blank between lines that half of the lines from FROM to TO have at most, overlaps left out.
 */
static float usual_gap(const struct pdf_table *table, size_t from, size_t to)
{
    float gaps[MOST_GAPS];
    size_t n = 0;
    for (size_t i = from; i + 1 < to && n < MOST_GAPS; i++) {
        gaps[n] = gap_after(table, i);
        n += gaps[n] > 0;
    }
    if (n == 0)
        return 0;
    qsort(gaps, n, sizeof *gaps, compare_floats);
    return gaps[n / 2];
}

/* Where the row of line FROM ends, with the next row's number at NUMBER: after the widest blank
 * between; of equal ones the last. */
static size_t part_at_widest(const struct pdf_table *table, size_t from, size_t number)
{
    size_t best = number - 1;
    for (size_t i = number - 1; i-- > from;)
        if (gap_after(table, i) > gap_after(table, best) + 0.5F)
            best = i;
    return best + 1;
}

static size_t next_number(const struct pdf_table *table, size_t from, size_t to)
{
    while (from < to && !has_number(table, &table->lines[from]))
        from++;
    return from;
}

/* The end of a row of a table without numbers. */
static size_t row_end_by_gap(const struct pdf_table *table, size_t from, size_t to)
{
    float usual = usual_gap(table, from, to);
    for (size_t i = from; i + 1 < to; i++)
        if (gap_after(table, i) > ROW_GAP * fmaxf(usual, 1))
            return i + 1;
    return to;
}

/* On top of a page the rest of a row may stand above the row whose number is at NUMBER: as far from
 * it as rows are from each other. Returns where it ends; FROM when there is none. */
static size_t rest_end(const struct pdf_table *table, size_t from, size_t number, size_t to)
{
    size_t following = next_number(table, number + 1, to);
    if (number == from || following == to)
        return from;
    size_t end = part_at_widest(table, from, number);
    float apart = gap_after(table, part_at_widest(table, number, following) - 1);
    float here = gap_after(table, end - 1);
    return here >= ALIKE * apart && here > 0 ? end : from;
}

/* The line after the last of the row that begins at FROM, on one page that ends before TO. ON_TOP:
 * nothing of the table stands above it there. */
static size_t row_end(const struct pdf_table *table, size_t from, size_t to, bool on_top)
{
    size_t number = next_number(table, from, to);
    if (!table->numbered)
        return row_end_by_gap(table, from, to);
    if (number == to)
        return to;
    size_t rest = on_top ? rest_end(table, from, number, to) : from;
    if (rest > from)
        return rest;
    size_t following = next_number(table, number + 1, to);
    return following < to ? part_at_widest(table, number, following) : to;
}

/* Whether a line of a cell begins something of its own. */
static bool begins_line(const char *text, size_t n_bytes)
{
    return cell_bullet(text, n_bytes) > 0 ||
           (n_bytes >= 3 && (memcmp(text, "【", 3) == 0 || memcmp(text, "※", 3) == 0));
}

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Joins the lines of a cell: what was only wrapped is one line again. */
static void add_cell(const struct pdf_table *table, size_t from, size_t to, size_t column,
                     struct buf *cell)
{
    struct buf line = BUF_INIT;
    float left = column > 0 ? table->bounds[column - 1] : -1;
    buf_clear(cell);
    for (size_t i = from; i < to; i++) {
        buf_clear(&line);
        add_words(table, &table->lines[i], left, table->bounds[column], &line);
        if (line.len == 0)
            continue;
        if (cell->len > 0 && begins_line(line.data, line.len))
            buf_addc(cell, '\n');
        else if (cell->len > 0 && is_latin(cell->data[cell->len - 1]) && is_latin(line.data[0]))
            buf_addc(cell, ' ');
        buf_append(cell, line.data, line.len);
    }
    if (line.failed)
        cell->failed = true;
    buf_release(&line);
}

static enum status give(const struct pdf_table *table, size_t from, size_t to, size_t n_columns,
                        struct row_builder *builder, struct row *row)
{
    struct buf cell = BUF_INIT;
    enum status status = ST_OK;
    *row = (struct row){.state = ROW_GOOD, .kind = ROW_CELLS};
    row->place.page = table->lines[from].page;
    row_builder_clear(builder);
    for (size_t i = 0; i < n_columns && status == ST_OK; i++) {
        if (n_columns == 1)
            pdf_line_text(table, &table->lines[from], &cell);
        else
            add_cell(table, from, to, i, &cell);
        row_builder_append(builder, cell.data, cell.len);
        status = cell.failed ? ST_NOMEM : row_builder_end_cell(builder);
    }
    buf_release(&cell);
    return status == ST_OK ? row_builder_finish(builder, row) : status;
}

/* The line before which the page of line FROM ends; page numbers are no part of it. */
static size_t page_end(const struct pdf_table *table, size_t from)
{
    size_t to = from;
    while (to < table->n_lines && table->lines[to].page == table->lines[from].page)
        to++;
    while (to > from + 1 && is_page_number(table, to - 1))
        to--;
    return to;
}

static bool same_text(const struct pdf_table *table, size_t a, size_t b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    pdf_line_text(table, &table->lines[a], &x);
    pdf_line_text(table, &table->lines[b], &y);
    bool same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
    buf_release(&x);
    buf_release(&y);
    return same;
}

enum status pdf_table_next(struct pdf_table *table, struct row_builder *builder, struct row *row,
                           bool *found)
{
    while (table->next < table->n_lines && is_page_number(table, table->next))
        table->next++;
    *found = table->next < table->n_lines;
    if (!*found)
        return ST_OK;
    size_t from = table->next, to = page_end(table, from);
    if (from < table->first_line) { /* above the table */
        table->next = from + 1;
        return give(table, from, from + 1, 1, builder, row);
    }
    if (from == table->first_line || same_text(table, from, table->first_line)) {
        table->next = from + 1;
        table->after_heading = true;
        return give(table, from, from + 1, table->n_columns, builder, row);
    }
    for (size_t i = from + 1; i < to; i++) /* a heading in the middle of a page */
        if (same_text(table, i, table->first_line))
            to = i;
    bool on_top =
        from == 0 || table->lines[from - 1].page != table->lines[from].page || table->after_heading;
    table->after_heading = false;
    table->next = row_end(table, from, to, on_top);
    return give(table, from, table->next, table->n_columns, builder, row);
}

enum status pdf_table_find(struct pdf_table *table, struct pdf_words *words)
{
    struct name names[PDF_MAX_COLUMNS];
    size_t n_names = 0, n_numbers = 0;
    *table = (struct pdf_table){.words = words};
    enum status status = make_lines(table);
    if (status == ST_OK)
        status = find_heading(table, names, &n_names);
    if (status != ST_OK || n_names == 0)
        return status;
    status = find_columns(table, names, n_names);
    for (size_t i = table->first_line + 1; i < table->n_lines; i++)
        n_numbers += has_number(table, &table->lines[i]);
    table->numbered = n_numbers > 0;
    return status;
}

void pdf_table_release(struct pdf_table *table)
{
    free(table->lines);
    table->lines = NULL;
}
