/* The title of a page that is a form sheet. Interface: pdf_form.h. */
#include "corpus/pdf/pdf_form.h"

#include "corpus/table/form_label.h"

#define APART 0.8F      /* of a word's height: a wider blank parts cells */
#define FEWEST_LABELS 3 /* each in a line of its own */
#define FEWEST_NAMES 3  /* beside each other */
#define MOST_LABELS 32  /* that are counted */

struct search {
    uint64_t labels[MOST_LABELS]; /* different ones, by their keys */
    size_t n;
    size_t n_lines;  /* with new ones */
    bool table;      /* a line is the heading of one: known labels beside each other */
    struct buf cell; /* scratch */
    struct buf *title;
    bool has_title;
    bool whole; /* it is of what the measure is part of, and gives way */
};

/* Reads the cell that begins with word AT of the line into s->cell; returns the word behind it. */
static size_t read_cell(const struct pdf_lines *lines, const struct pdf_line *line, size_t at,
                        struct search *s)
{
    const struct pdf_word *words = lines->words->items;
    size_t end = at + 1;
    float height = words[at].bottom - words[at].top;
    while (end < line->first + line->n && words[end].left - words[end - 1].right < APART * height)
        end++;
    buf_clear(&s->cell);
    for (size_t i = at; i < end; i++) {
        struct span text = pdf_word_text(lines, &words[i]);
        buf_add_valid(&s->cell, text.data, text.len);
    }
    return end;
}

static void count(struct search *s, uint64_t key)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->labels[i] == key)
            return;
    if (s->n < MOST_LABELS)
        s->labels[s->n++] = key;
}

/* Whether the value behind LABEL is the page's title. */
static bool is_title(const struct search *s, const struct form_label *label)
{
    return label->known && label->role == ROLE_TITLE &&
           (!s->has_title || (s->whole && !label->whole));
}

/* Counts the line's labels that have a value behind them, and takes that of the title. */
static enum status read_line(const struct pdf_lines *lines, const struct pdf_line *line,
                             struct search *s)
{
    struct form_label label, before = {.known = false};
    size_t n_before = s->n, n_beside = 0;
    bool in_title = false;
    for (size_t i = line->first; i < line->first + line->n;) {
        i = read_cell(lines, line, i, s);
        enum status status = form_label_read(buf_span(&s->cell), NULL, &label);
        if (status != ST_OK || s->cell.failed)
            return ST_NOMEM;
        label.known = label.known && label.value.len == 0;
        if (!label.known && before.known)
            count(s, before.key);
        n_beside += label.known && before.known;
        if (!label.known && is_title(s, &before)) {
            s->has_title = in_title = true;
            s->whole = before.whole;
            buf_clear(s->title);
        } else if (!label.known && in_title) {
            buf_addc(s->title, ' ');
        }
        in_title = in_title && !label.known;
        if (in_title)
            buf_append(s->title, s->cell.data, s->cell.len);
        before = label;
    }
    s->n_lines += s->n > n_before;
    s->table = s->table || n_beside >= FEWEST_NAMES - 1;
    return s->title->failed ? ST_NOMEM : ST_OK;
}

enum status pdf_form_title(const struct pdf_lines *lines, size_t from, size_t end,
                           struct buf *title)
{
    struct buf found = BUF_INIT;
    struct search s = {.cell = BUF_INIT, .title = &found};
    enum status status = ST_OK;
    for (size_t i = from; i < end && status == ST_OK; i++)
        status = read_line(lines, &lines->items[i], &s);
    if (s.n_lines >= FEWEST_LABELS && !s.table)
        buf_append(title, found.data, found.len);
    buf_release(&s.cell);
    buf_release(&found);
    return status == ST_OK && title->failed ? ST_NOMEM : status;
}
