/* From the rows of a form sheet to labels and values. Interface: form_sheet.h. */
#include "corpus/table/form_sheet.h"

#include "corpus/rows/year_in_text.h"

#include <string.h>

#define MOST_OPEN 8     /* labels merged over rows, one in the other */
#define TITLE_BYTES 240 /* a longer line above the first label is a text */
#define LINE_BYTES 90   /* thirty characters: what is longer stands below a label */

enum { NO_PAIR = -1 };

/* A label that is merged over rows, this one among them. */
struct open_label {
    size_t column;
    struct span name;
    int pair; /* whose value goes on in these rows; NO_PAIR: it is a group's name */
};

struct reading {
    const struct form_rows *rows;
    size_t to;
    struct form_sheet *sheet;
    struct open_label open[MOST_OPEN];
    size_t n_open;
    bool section_is_label;
    struct span section; /* the last line that stands above others as their name */
    int running;         /* the pair whose value goes on in lines of one cell */
    size_t value_column; /* of the last value */
    bool begun;          /* a label has come */
    bool wanting;        /* the one above has its value in the next line */
};

/* Ends the labels that are not merged over row AT. */
static void close_labels(struct reading *r, size_t at)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_open && at > 0; i++)
        if (form_rows_spans(r->rows, at - 1, r->open[i].column))
            r->open[n++] = r->open[i];
    r->n_open = n;
}

static struct form_group group_of(const struct reading *r)
{
    for (size_t i = r->n_open; i > 0; i--)
        if (r->open[i - 1].pair == NO_PAIR)
            return (struct form_group){r->open[i - 1].name, r->open[i - 1].column};
    return (struct form_group){{"", 0}, 0};
}

static int open_pair(const struct reading *r)
{
    return r->n_open > 0 ? r->open[r->n_open - 1].pair : NO_PAIR;
}

static void open_label(struct reading *r, const struct form_item *item, int pair)
{
    if (r->n_open < MOST_OPEN)
        r->open[r->n_open++] = (struct open_label){item->column, item->label.name, pair};
}

/* Whether a value of this label may be called as other labels are: 区分 | 施策. */
static bool classifies(struct span name)
{
    static const char *const words[] = {"区分", "種別", "種類", "分類", "分野"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (memmem(name.data, name.len, words[i], strlen(words[i])) != NULL)
            return true;
    return false;
}

/* Whether item AT of the row is a label rather than the value of the one before it, PAIR. */
static bool is_label(const struct reading *r, const struct form_row *row, size_t at, int pair)
{
    const struct form_item *item = &row->items[at];
    bool last = at + 1 == row->n;
    bool wanting = pair != NO_PAIR && r->sheet->pairs[pair].value.len == 0;
    if (item->label.known)
        return !(last && wanting && classifies(r->sheet->pairs[pair].name) && !item->label.marked &&
                 !form_rows_has_labels(r->rows, item));
    if (last || wanting || !item->is_name || row->items[at + 1].label.known)
        return false;
    if (form_rows_has_labels(r->rows, item) || item->column < r->rows->leftmost)
        return true;
    size_t end = at + 1;
    while (end < row->n && !row->items[end].label.known)
        end++;
    return at == 0 || end - at == 2;
}

/* Whether the label at AT names a group: it is merged over rows, and a label stands behind it. */
static bool is_group(const struct reading *r, size_t row_at, const struct form_row *row, size_t at)
{
    if (at + 1 >= row->n || !form_rows_spans(r->rows, row_at, row->items[at].column))
        return false;
    const struct form_item *next = &row->items[at + 1];
    return next->label.known || (next->is_name && at + 2 < row->n);
}

static enum status add_value(struct reading *r, int pair, const char *between, struct span text)
{
    struct form_pair *of = pair != NO_PAIR ? &r->sheet->pairs[pair] : NULL;
    if (of != NULL)
        form_pair_add(of, between, text);
    else
        form_sheet_add_loose(r->sheet, text);
    return (of != NULL ? of->value.failed : r->sheet->loose.failed) ? ST_NOMEM : ST_OK;
}

/* Ends what the last section line stands above: it is a text where it has named nothing. */
static enum status end_section(struct reading *r)
{
    bool named = r->section_is_label || r->section.len == 0;
    for (size_t i = 0; i < r->sheet->n && !named; i++)
        named = r->sheet->pairs[i].name.data == r->section.data;
    return named ? ST_OK : add_value(r, NO_PAIR, "\n", r->section);
}

/* Begins the pair of a label. */
static enum status begin_pair(struct reading *r, const struct form_label *label, int *pair)
{
    struct form_pair *begun = form_sheet_pair(r->sheet, group_of(r).name, label->name);
    if (begun == NULL)
        return ST_NOMEM;
    *pair = (int)(begun - r->sheet->pairs);
    r->begun = true;
    return label->value.len > 0 ? add_value(r, *pair, "\n", label->value) : ST_OK;
}

/* Takes a row of labels and values beside each other. */
static enum status read_pairs(struct reading *r, size_t at)
{
    const struct form_row *row = &r->rows->items[at];
    int pair = NO_PAIR;
    enum status status = ST_OK;
    for (size_t i = 0; i < row->n && status == ST_OK; i++) {
        const struct form_item *item = &row->items[i];
        bool group = is_group(r, at, row, i) && (item->is_name || item->label.known);
        bool first = i == 0 && row->items[i + (i + 1 < row->n)].label.known;
        if (group && (first || is_label(r, row, i, pair))) {
            open_label(r, item, NO_PAIR);
            pair = NO_PAIR;
        } else if (is_label(r, row, i, pair)) {
            status = begin_pair(r, &item->label, &pair);
            if (form_rows_spans(r->rows, at, item->column))
                open_label(r, item, pair);
        } else {
            int of = pair != NO_PAIR ? pair : open_pair(r);
            of = of == NO_PAIR && r->begun && item->column >= r->value_column ? r->running : of;
            status = add_value(r, of, pair != NO_PAIR ? " " : "\n", item->text);
            r->value_column = item->column;
            pair = of;
        }
        r->running = pair;
    }
    return status;
}

/* Whether the next row has nothing but a text, which then stands below the label in row AT. */
static bool has_text_below(const struct reading *r, size_t at)
{
    size_t below = at + 1;
    while (below < r->to && r->rows->items[below].n == 0)
        below++;
    if (below >= r->to || r->rows->items[below].n != 1)
        return false;
    const struct form_item *label = &r->rows->items[at].items[0];
    const struct form_item *text = &r->rows->items[below].items[0];
    if (text->label.known || text->label.marked)
        return text->label.known ? false : text->text.len > LINE_BYTES;
    return label->label.known || label->label.marked || text->text.len > LINE_BYTES;
}

/* Takes a row of one cell: a label above its value, the name of what follows, the rest of a value,
 * or a text. */
static enum status read_line(struct reading *r, size_t at)
{
    const struct form_item *item = &r->rows->items[at].items[0];
    const struct form_label *label = &item->label;
    bool value = r->wanting;
    r->wanting = false;
    if (value)
        return add_value(r, r->running, "\n", item->text);
    bool name = (label->known || label->marked || item->is_name) && item->text.len <= LINE_BYTES;
    struct form_label split;
    if (label->known && label->value.len > 0)
        return begin_pair(r, label, &r->running);
    if (r->begun && open_pair(r) == NO_PAIR && form_label_split(item->text, &split))
        return begin_pair(r, &split, &r->running);
    if (open_pair(r) != NO_PAIR && !label->known)
        return add_value(r, open_pair(r), "\n", item->text);
    bool rest = r->begun && r->running != NO_PAIR && item->column == r->value_column;
    if (rest && !label->known && !form_rows_has_labels(r->rows, item))
        return add_value(r, r->running, "\n", item->text);
    if (name && has_text_below(r, at)) {
        enum status status = begin_pair(r, label, &r->running);
        r->value_column = item->column;
        r->wanting = true;
        return status;
    }
    if (!r->begun && item->text.len <= TITLE_BYTES) {
        if (r->sheet->line.len == 0)
            r->sheet->line = item->text;
        if (r->sheet->year.len == 0)
            year_find(item->text, &r->sheet->year);
        return ST_OK;
    }
    if (!name)
        return add_value(r, rest || !form_rows_has_labels(r->rows, item) ? r->running : NO_PAIR,
                         "\n", item->text);
    enum status status = end_section(r);
    r->section = label->name;
    r->section_is_label = label->known;
    r->running = NO_PAIR;
    return status;
}

enum status form_read(const struct form_rows *rows, size_t from, size_t to,
                      struct form_sheet *sheet)
{
    struct reading r = {.rows = rows, .to = to, .sheet = sheet, .running = NO_PAIR};
    enum status status = ST_OK;
    for (size_t i = from, next; i < to && status == ST_OK; i = next) {
        next = i + 1;
        if (rows->items[i].n == 0)
            continue;
        close_labels(&r, i);
        size_t after = i;
        status = form_subtable_read(rows, i, to, group_of(&r), r.section, sheet, &after);
        if (status == ST_OK && after > i) {
            next = after;
            r.begun = true;
            r.running = NO_PAIR;
        } else if (status == ST_OK) {
            status = rows->items[i].n == 1 ? read_line(&r, i) : read_pairs(&r, i);
        }
    }
    return status == ST_OK ? end_section(&r) : status;
}
