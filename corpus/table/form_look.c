/* Whether rows are form sheets. Interface: form_look.h. */
#include "corpus/table/form_look.h"

#include "corpus/rows/cell_marks.h"
#include "corpus/table/known_heading.h"

#define FEWEST_LABELS 3   /* known ones with values in a column */
#define FEWEST_UNTITLED 5 /* without one of a title */
#define MOST_UNDECIDED 40 /* filled rows: prefaces have fewer, a form has labels by then */
#define MOST_LABELS 64    /* that are counted */
#define FEWEST_ROWS 5     /* of a table below a form; shorter ones are parts of it */
#define FEWEST_KNOWN 2    /* of one with a heading that is known as such */
#define MANY_ROWS 20      /* after which a table is one whatever follows */

/* A label that counts: it is known, and the first of its name. */
struct seen {
    uint64_t key;
    size_t column;
    size_t row;
    bool title;
    bool text;  /* of a purpose or an outline, as measures have them */
    bool above; /* its value, beside those of other labels */
};

struct look {
    const struct form_rows *rows;
    struct seen seen[MOST_LABELS];
    size_t n;
};

/* The next row with a text; rows->n: none. */
static size_t next_filled(const struct form_rows *rows, size_t at)
{
    do
        at++;
    while (at < rows->n && rows->items[at].n == 0);
    return at < rows->n ? at : rows->n;
}

/* Whether the row's only item is a label with a value in the next row, which has nothing else. */
static bool has_value_below(const struct form_rows *rows, size_t at)
{
    size_t below = next_filled(rows, at);
    return rows->items[at].n == 1 && below < rows->n && rows->items[below].n == 1 &&
           !rows->items[below].items[0].label.known && !rows->items[below].items[0].label.marked;
}

/* ABOVE: the row's labels stand above their values. */
static void count_row(struct look *look, size_t at, bool above)
{
    const struct form_row *row = &look->rows->items[at];
    for (size_t i = 0; i < row->n && look->n < MOST_LABELS; i++) {
        const struct form_label *label = &row->items[i].label;
        if (!label->known ||
            !(above || form_row_is_pair(row, i) || has_value_below(look->rows, at)))
            continue;
        bool new = true;
        for (size_t k = 0; k < look->n; k++)
            new = new && look->seen[k].key != label->key;
        if (new)
            look->seen[look->n++] = (struct seen){.key = label->key,
                                                  .column = row->items[i].column,
                                                  .row = at,
                                                  .title = label->role == ROLE_TITLE,
                                                  .text = label->role == ROLE_BODY,
                                                  .above = above};
    }
}

/* How many of the labels that were seen stand in COLUMN. */
static size_t stacked(const struct look *look, size_t column)
{
    size_t n = 0;
    for (size_t i = 0; i < look->n; i++)
        n += look->seen[i].column == column;
    return n;
}

static bool is_form(const struct look *look)
{
    size_t most = 0, n_rows = 0;
    bool title = false, text = false;
    for (size_t i = 0; i < look->n; i++) {
        size_t n = stacked(look, look->seen[i].column);
        most = n > most ? n : most;
        n_rows += i == 0 || look->seen[i].row != look->seen[i - 1].row;
        title = title || look->seen[i].title;
        text = text || look->seen[i].text;
    }
    size_t fewest = title ? FEWEST_LABELS : FEWEST_UNTITLED;
    return (title || text) && n_rows >= fewest && most >= fewest;
}

/* Whether the row may be the heading of a table: names and nothing else, two known ones of which
 * stand beside each other. */
static bool is_heading(const struct form_row *row)
{
    size_t n_beside;
    return form_row_has_names(row, 0, &n_beside) && n_beside > 0;
}

static bool same_columns(const struct form_row *a, const struct form_row *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; i < a->n && same; i++)
        same = a->items[i].column == b->items[i].column;
    return same;
}

/* Whether the row has labels alone, and none of their values. */
static bool are_labels(const struct form_row *row)
{
    bool labels = row->n > 0;
    for (size_t i = 0; i < row->n; i++)
        labels = labels && row->items[i].label.known && row->items[i].label.value.len == 0;
    return labels;
}

/* What rows of labels alone are, by the row AT below them: of a form when it is a label with its
 * value; when it has labels alone again, they may be a form that is not filled in. */
static enum form_finding look_at_labels(const struct form_rows *rows, size_t at, bool ended)
{
    if (at < rows->n && form_row_is_pair(&rows->items[at], 0))
        return FORM_SURE;
    bool more = at == rows->n || are_labels(&rows->items[at]);
    return more && !ended ? FORM_MAYBE : FORM_NONE;
}

bool form_is_unfilled(const struct form_rows *rows, size_t from, size_t to)
{
    size_t n_rows = 0, n_wide = 0;
    for (size_t i = from; i < to; i++) {
        const struct form_row *row = &rows->items[i];
        bool labels = are_labels(row);
        if (row->n > 0 && !labels && (row->n > 1 || n_rows > 0))
            return false;
        n_rows += labels;
        n_wide += labels && row->n > 1;
    }
    return n_rows >= FEWEST_LABELS && n_wide > 0 && n_wide < n_rows;
}

/* Whether the rows below the heading in row AT are those of a table. In a form one row of values
 * stands below several labels, *ABOVE; or labels begin the next row, in other columns. */
static enum form_finding look_below(const struct form_rows *rows, size_t at, bool ended,
                                    bool *above)
{
    const struct form_row *heading = &rows->items[at];
    size_t first = next_filled(rows, at);
    size_t second = first < rows->n ? next_filled(rows, first) : rows->n;
    if (first == rows->n)
        return ended ? FORM_NONE : FORM_MAYBE;
    const struct form_row *below = &rows->items[first];
    if (form_row_is_pair(below, 0) && !same_columns(heading, below))
        return FORM_SURE;
    if (are_labels(below) && !same_columns(heading, below))
        return look_at_labels(rows, second, ended);
    if (form_row_has_known(below, 0) || heading->n < 3)
        return FORM_NONE;
    if (second == rows->n)
        return ended ? FORM_NONE : FORM_MAYBE;
    bool labels = rows->items[second].items[0].label.known;
    *above = labels && !same_columns(heading, &rows->items[second]);
    return *above ? FORM_SURE : FORM_NONE;
}

/* The row's cells behind the first are amounts, words, or both. */
enum row_kinds { KINDS_WORDS, KINDS_AMOUNTS, KINDS_MIXED };

static enum row_kinds kinds_of(const struct form_row *row)
{
    size_t n_amounts = 0;
    for (size_t i = 1; i < row->n; i++)
        n_amounts += form_is_amount(row->items[i].text) || form_is_year(row->items[i].text);
    return n_amounts == 0 ? KINDS_WORDS : n_amounts + 1 == row->n ? KINDS_AMOUNTS : KINDS_MIXED;
}

/* Whether nearly all rows below the title's have an amount where that has its value: then it is the
 * name of a column, and 人件費 below it no label. */
static bool heads_amounts(const struct look *look, const struct form_title *title)
{
    const struct form_row *model = &look->rows->items[title->row];
    size_t n_rows = 0, n_amounts = 0;
    if (model->n != 2 || form_is_amount(model->items[1].text))
        return false;
    for (size_t i = title->row + 1; i < look->rows->n; i++) {
        const struct form_row *row = &look->rows->items[i];
        const struct form_item *value = form_row_item(row, model->items[1].column);
        n_rows += row->n > 0;
        n_amounts += row->n == 2 && value != NULL && form_is_amount(value->text);
    }
    return n_rows >= FEWEST_LABELS - 1 && n_amounts * 5 >= n_rows * 4;
}

/* What rows are whose cells stand in the same columns as those of the title's, without labels in
 * the further ones: a table that is turned where they begin with labels, the title's among the
 * first; an ordinary one otherwise. FORM_SURE: they are not so, or may be pairs of labels and
 * values to the end; FORM_MAYBE: up to here. */
static enum form_finding look_at_columns(const struct look *look, const struct form_title *title,
                                         bool ended)
{
    const struct form_row *model = &look->rows->items[title->row];
    size_t n_rows = 0, n_cells = 0, n_above = 0, n_amounts = 0;
    bool labels = true;
    if (heads_amounts(look, title))
        return ended ? FORM_NONE : FORM_MAYBE;
    if (model->n < 3 || model->items[0].column != title->column)
        return FORM_SURE;
    for (size_t i = 0; i < look->rows->n; i++) {
        const struct form_row *row = &look->rows->items[i];
        if (row->n < 2)
            continue;
        for (size_t k = 0; k < row->n; k++) {
            bool label = k > 0 && row->items[k].label.known;
            if (form_row_item(model, row->items[k].column) == NULL || (label && n_rows > 0))
                return FORM_SURE;
            labels = labels && !label;
        }
        enum row_kinds kinds = kinds_of(row);
        n_amounts += kinds == KINDS_AMOUNTS && row->n == model->n;
        labels = labels && kinds != KINDS_MIXED && (n_rows > 0 || row->items[0].label.known);
        n_above += i < title->row;
        n_rows++;
        n_cells += row->n;
    }
    bool pairs = n_amounts == 0;
    if (n_rows < FEWEST_LABELS || n_cells * 5 < n_rows * model->n * 4)
        return FORM_SURE;
    if (pairs && ended) /* what describes columns has one word for all */
        return model->n % 2 == 0 ? FORM_SURE : FORM_NONE;
    return pairs ? FORM_MAYBE : labels && n_above < 2 ? FORM_TURNED : FORM_NONE;
}

/* Whether the row is the heading of a list of columns: their names are no labels. */
static bool lists_columns(const struct form_row *row)
{
    static const char *const names[] = {"項目名", "項目名称", "データ項目名", "列名", "カラム名"};
    return row->n > 1 && cell_is_one_of(row->items[0].text.data, row->items[0].text.len, names,
                                        sizeof names / sizeof names[0]);
}

/* The label of the title; where none is known, the first one tells where a form begins. */
static size_t title_of(const struct look *look)
{
    size_t title = 0;
    while (title < look->n && !look->seen[title].title)
        title++;
    return title < look->n ? title : 0;
}

static struct form_title title_at(const struct look *look, size_t k)
{
    const struct seen *seen = &look->seen[k];
    return (struct form_title){.row = seen->row,
                               .column = seen->column,
                               .key = seen->key,
                               .known = seen->title,
                               .above = seen->above};
}

/* Whether what stands above the heading of a table in row AT is of a form all the same: 施策名 and
 * 担当課 with their values above the measures. *TITLE. */
static bool is_preface(const struct look *look, size_t at, struct form_title *title)
{
    size_t k = title_of(look);
    if (look->n < 2 || !look->seen[k].title)
        return false;
    for (size_t i = 0; i < look->n; i++)
        if (look->seen[i].above)
            return false;
    *title = title_at(look, k);
    title->table = at;
    return true;
}

/* Whether the row's names are those of columns with roles, not of a list in a form: 評価項目, 評価.
 */
static bool has_roles(const struct form_row *row)
{
    bool known = false;
    enum status status = is_known_heading(row->copy.row.cells, row->copy.row.n_cells, &known);
    return status == ST_OK && known;
}

enum form_finding form_look(const struct form_rows *rows, bool ended, struct form_title *title)
{
    struct look look = {.rows = rows, .n = 0};
    *title = (struct form_title){0};
    if (ended && form_is_unfilled(rows, 0, rows->n))
        return FORM_SURE;
    for (size_t i = 0; i < rows->n; i++) {
        const struct form_row *row = &rows->items[i];
        bool above = false;
        if (look.n == 0 && lists_columns(row))
            return FORM_NONE;
        /* Two beside each other may be a label and a value that is called as one: 区分 | 施策. */
        bool heading = is_heading(row) && (row->n > 2 || look.n == 0);
        if (heading && !is_form(&look)) {
            enum form_finding below = look_below(rows, i, ended, &above);
            bool preface = below == FORM_NONE && is_preface(&look, i, title);
            if (preface && has_roles(row))
                return FORM_SURE;
            if (below != FORM_SURE && !preface)
                return below;
            title->table = 0;
        }
        count_row(&look, i, above);
        if (is_form(&look)) {
            size_t k = title_of(&look);
            *title = title_at(&look, k);
            enum form_finding found =
                title->above ? FORM_SURE : look_at_columns(&look, title, ended);
            return ended || found == FORM_SURE ? found : FORM_MAYBE;
        }
    }
    return ended || rows->n_filled > MOST_UNDECIDED ? FORM_NONE : FORM_MAYBE;
}

void form_find_title(const struct form_rows *rows, struct form_title *title)
{
    for (size_t i = 0; i < rows->n; i++)
        for (size_t k = 0; k < rows->items[i].n; k++) {
            const struct form_item *item = &rows->items[i].items[k];
            if (item->label.role != ROLE_TITLE ||
                !(form_row_is_pair(&rows->items[i], k) || has_value_below(rows, i)))
                continue;
            *title = (struct form_title){
                .row = i, .column = item->column, .key = item->label.key, .known = true};
            return;
        }
}

/* Whether the row has labels alone, and the OTHER one those labels too: it is not filled in. */
static bool is_empty(const struct form_row *row, const struct form_row *other)
{
    for (size_t i = 0; i < row->n; i++) {
        const struct form_item *item = form_row_item(other, row->items[i].column);
        if (!row->items[i].label.known || item == NULL ||
            item->label.key != row->items[i].label.key)
            return false;
    }
    return true;
}

bool form_has_title(const struct form_rows *rows, size_t at, const struct form_title *title)
{
    const struct form_row *row = &rows->items[at];
    const struct form_item *item = form_row_item(row, title->column);
    if (item == NULL || !item->label.known || item->label.key != title->key)
        return false;
    return title->above ? is_heading(row)
                        : form_row_is_pair(row, (size_t)(item - row->items)) ||
                              is_empty(row, &rows->items[title->row]);
}

/* Whether the row looks as the OTHER one: cells in the same columns, with the same labels. */
static bool looks_as(const struct form_row *row, const struct form_row *other)
{
    if (!same_columns(row, other))
        return false;
    for (size_t i = 0; i < row->n; i++)
        if (row->items[i].label.known != other->items[i].label.known ||
            (row->items[i].label.known && row->items[i].label.key != other->items[i].label.key))
            return false;
    return true;
}

size_t form_find_next(const struct form_rows *rows, const struct form_title *title)
{
    size_t next = title->row + 1;
    while (next < rows->n && !form_has_title(rows, next, title))
        next++;
    if (next == rows->n)
        return next;
    /* What stood above the first one's title stands above this one's too. */
    for (size_t above = title->row; above > 0 && next > title->row + 1; above--, next--)
        if (!looks_as(&rows->items[next - 1], &rows->items[above - 1]))
            break;
    return next;
}

/* How many rows below the heading in row AT have their cells below its names alone, and no pairs of
 * label and value; *TO: the row behind them. */
static size_t count_table(const struct form_rows *rows, size_t at, size_t *to)
{
    const struct form_row *heading = &rows->items[at];
    size_t n = 0, i = at + 1;
    for (; i < rows->n; i++) {
        const struct form_row *row = &rows->items[i];
        if (row->n == 0)
            continue;
        bool fits = row->n > 1 || n > 0;
        for (size_t k = 0; k < row->n; k++)
            fits = fits && form_row_item(heading, row->items[k].column) != NULL;
        if (!fits || (form_row_is_pair(row, 0) && row->n < heading->n))
            break;
        n += row->n > 1;
    }
    *to = i;
    return n;
}

enum status form_find_table(const struct form_rows *rows, const struct form_title *title, bool last,
                            size_t *at)
{
    enum status status = ST_OK;
    *at = rows->n;
    for (size_t i = title->row + 1, end; i < rows->n && status == ST_OK; i++) {
        const struct row *row = &rows->items[i].copy.row;
        bool known = false;
        if (rows->items[i].n < 3 || !is_heading(&rows->items[i]))
            continue;
        size_t n = count_table(rows, i, &end);
        if (last && end == rows->n && n >= FEWEST_KNOWN && n < FEWEST_ROWS)
            status = is_known_heading(row->cells, row->n_cells, &known);
        if (n >= MANY_ROWS || (last && end == rows->n && (known || n >= FEWEST_ROWS))) {
            *at = i;
            break;
        }
    }
    return status;
}
