/* The lines of a PDF file's words. Interface: pdf_lines.h. */
#include "corpus/pdf/pdf_lines.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAME_LINE 0.5F /* of a word's height: middles nearer than that are on one line */
#define BLANK 0.2F     /* of its height: words farther apart have a blank between them */
#define MARGIN 0.08F   /* of a page's height: page numbers stand there */
#define MOST_GAPS 256  /* looked at on a page */
#define NEAR 6         /* lines that may overlap, those of all columns together */

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

enum status pdf_lines_make(struct pdf_lines *lines)
{
    struct pdf_words *words = lines->words;
    lines->items = reallocarray(NULL, words->n > 0 ? words->n : 1, sizeof *lines->items);
    if (lines->items == NULL)
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
        lines->items[lines->n++] = line;
    }
    return ST_OK;
}

struct span pdf_word_text(const struct pdf_lines *lines, const struct pdf_word *word)
{
    return (struct span){lines->words->text.data + word->at, word->len};
}

/* Appends the words of a line that lie between two places, joined as they stand. */
void pdf_line_words(const struct pdf_lines *lines, const struct pdf_line *line, float from,
                    float to, struct buf *out)
{
    const struct pdf_word *before = NULL;
    for (size_t i = line->first; i < line->first + line->n; i++) {
        const struct pdf_word *word = &lines->words->items[i];
        float centre = (word->left + word->right) / 2;
        if (centre < from || centre >= to)
            continue;
        if (before != NULL && word->left - before->right > BLANK * (word->bottom - word->top))
            buf_addc(out, ' ');
        buf_add_valid(out, lines->words->text.data + word->at, word->len);
        before = word;
    }
}

void pdf_line_text(const struct pdf_lines *lines, const struct pdf_line *line, struct buf *out)
{
    pdf_line_words(lines, line, -1, INFINITY, out);
}

/* The blank below a line that no word near it reaches into; negative where lines overlap. */
float pdf_gap_after(const struct pdf_lines *lines, size_t line)
{
    float bottom = lines->items[line].bottom, top = lines->items[line + 1].top;
    size_t page = lines->items[line].page;
    for (size_t i = line; i-- > 0 && line - i <= NEAR && lines->items[i].page == page;)
        bottom = fmaxf(bottom, lines->items[i].bottom);
    for (size_t i = line + 2; i < lines->n && i - line <= NEAR; i++)
        if (lines->items[i].page == page)
            top = fminf(top, lines->items[i].top);
    return top - bottom;
}

/* - 12 - alone in the margin. */
bool pdf_is_page_number(const struct pdf_lines *lines, size_t at)
{
    const struct pdf_line *line = &lines->items[at];
    float height = lines->words->height;
    if (line->top > MARGIN * height && line->bottom < (1 - MARGIN) * height)
        return false;
    for (size_t i = line->first; i < line->first + line->n; i++) {
        struct span text = pdf_word_text(lines, &lines->words->items[i]);
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
float pdf_usual_gap(const struct pdf_lines *lines, size_t from, size_t to)
{
    float gaps[MOST_GAPS];
    size_t n = 0;
    for (size_t i = from; i + 1 < to && n < MOST_GAPS; i++) {
        gaps[n] = pdf_gap_after(lines, i);
        n += gaps[n] > 0;
    }
    if (n == 0)
        return 0;
    qsort(gaps, n, sizeof *gaps, compare_floats);
    return gaps[n / 2];
}

/* The line before which the page of line FROM ends; page numbers are no part of it. */
size_t pdf_page_end(const struct pdf_lines *lines, size_t from)
{
    size_t to = from;
    while (to < lines->n && lines->items[to].page == lines->items[from].page)
        to++;
    while (to > from + 1 && pdf_is_page_number(lines, to - 1))
        to--;
    return to;
}

bool pdf_same_text(const struct pdf_lines *lines, size_t a, size_t b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    pdf_line_text(lines, &lines->items[a], &x);
    pdf_line_text(lines, &lines->items[b], &y);
    bool same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
    buf_release(&x);
    buf_release(&y);
    return same;
}
