/* Guessing the heading line of a table without usual names. Interface: table.h. */
#include "corpus/table/table.h"

#include "base/utf8.h"
#include "corpus/rows/cell_marks.h"
#include "corpus/table/column_guess.h"

#include <stdlib.h>
#include <string.h>

#define NAME_BYTES 300 /* a hundred characters: longer texts are no names */
#define SHOWN_BYTES 90 /* of a name in a message */

struct guess {
    const struct row *rows[PREAMBLE_ROWS]; /* that wait */
    size_t n_filled[PREAMBLE_ROWS];        /* cells */
    size_t n;
    size_t width; /* filled cells that are usual in rows of several */
    size_t first; /* row of the table: its heading line, or data where it has none */
    bool has_heading;
    bool is_known; /* by its name */
    size_t n_rows; /* of the heading */
};

static int compare_sizes(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return x < y ? -1 : x > y;
}

static void take_rows(struct guess *g, const struct table *table)
{
    size_t widths[PREAMBLE_ROWS] = {0}, n_wide = 0, n_above = 0;
    g->n = table->n_waiting;
    for (size_t i = 0; i < g->n; i++) {
        const struct row *row = &table->waiting[i].row;
        g->rows[i] = row;
        g->n_filled[i] = row->state == ROW_BROKEN ? 0 : row_count_filled(row);
        if (g->n_filled[i] > 1)
            widths[n_wide++] = g->n_filled[i];
        if (i + 1 == g->n / 2)
            n_above = n_wide;
    }
    /* What stands above a table may be as many rows as it has here, and narrower. */
    if (n_wide > n_above) {
        memmove(widths, widths + n_above, (n_wide - n_above) * sizeof *widths);
        n_wide -= n_above;
    }
    if (n_wide > 1)
        qsort(widths, n_wide, sizeof *widths, compare_sizes);
    g->width = n_wide > 0 ? widths[n_wide / 2] : 1;
}

/* The first row as wide as the others. Lines of one cell are no table, unless the format says so or
 * the first is a usual name. *FOUND. ST_OK or ST_NOMEM. */
static enum status find_first(struct guess *g, bool *found)
{
    enum status status = ST_OK;
    *found = false;
    for (size_t i = 0; i < g->n && !*found; i++) {
        g->first = i;
        *found = (g->n_filled[i] > 1 && g->n_filled[i] * 2 >= g->width) ||
                 (g->n_filled[i] == 1 && g->rows[i]->whole);
    }
    if (!*found && g->width == 1 && g->n > 0 && g->rows[0]->n_cells > 0) {
        g->first = 0;
        enum role role;
        status = columns_usual_role(g->rows[0]->cells[0], &role);
        *found = g->has_heading = g->is_known = role == ROLE_TITLE || role == ROLE_BODY;
    }
    return status;
}

static bool is_ascii_name(struct span cell)
{
    for (size_t i = 0; i < cell.len; i++)
        if (cell.data[i] <= ' ' || cell.data[i] > '~' || cell.data[i] == '.')
            return false;
    return true;
}

/* Whether every filled cell of the row can be a name, and no two are the same. */
static bool are_names(const struct row *row)
{
    for (size_t i = 0; i < row->n_cells; i++) {
        struct span cell = row->cells[i];
        enum text_kind kind = text_kind_of(cell);
        if (kind == TEXT_EMPTY)
            continue;
        if (kind != TEXT_WORDS || cell.len > NAME_BYTES || memmem(cell.data, cell.len, "。", 3))
            return false;
        for (size_t k = 0; k < i; k++)
            if (row->cells[k].len == cell.len && !memcmp(row->cells[k].data, cell.data, cell.len))
                return false;
    }
    return true;
}

/* Whether the cell says that there is nothing to say. */
static bool is_no_data(struct span cell)
{
    static const char *const texts[] = {"データなし", "なし", "無し", "該当なし", "不明",
                                        "未定",       "-",    "－",   "―",        "ー",
                                        "—",          "…",    "*",    "＊"};
    return cell_is_one_of(cell.data, cell.len, texts, sizeof texts / sizeof texts[0]);
}

/* What the rows below say of a column whose cell in the first row is NAME. */
struct below {
    size_t n_filled;
    size_t n_other; /* kinds than words */
    size_t n_bytes;
    bool not_ascii;
};

static struct below look_below(const struct guess *g, size_t column)
{
    struct below below = {0};
    for (size_t i = g->first + 1; i < g->n; i++) {
        const struct row *row = g->rows[i];
        struct span cell = row_cell(row, column);
        enum text_kind kind = is_no_data(cell) ? TEXT_EMPTY : text_kind_of(cell);
        below.n_filled += kind != TEXT_EMPTY;
        below.n_other += kind == TEXT_NUMBER || kind == TEXT_ADDRESS;
        below.n_bytes += cell.len;
        below.not_ascii = below.not_ascii || !is_ascii_name(cell);
    }
    return below;
}

/* Whether the first row differs from those below as names differ from what they name: a column of
 * numbers or of nothing, English names above Japanese, short texts above long ones. */
static bool stands_out(const struct guess *g)
{
    const struct row *row = g->rows[g->first];
    size_t n_below = g->n - g->first - 1, name_bytes = 0, cell_bytes = 0, n_cells = 0;
    bool ascii = true, not_ascii = false;
    for (size_t i = 0; i < row->n_cells; i++) {
        if (text_kind_of(row->cells[i]) == TEXT_EMPTY)
            continue;
        struct below below = look_below(g, i);
        if (below.n_other * 2 > below.n_filled || (below.n_filled == 0 && n_below > 1))
            return true;
        ascii = ascii && is_ascii_name(row->cells[i]);
        not_ascii = not_ascii || below.not_ascii;
        name_bytes += row->cells[i].len;
        cell_bytes += below.n_bytes;
        n_cells += below.n_filled;
    }
    bool shorter = n_cells > 0 && g->n_filled[g->first] > 0 &&
                   name_bytes / g->n_filled[g->first] * 2 <= cell_bytes / n_cells;
    return n_below == 0 || (ascii && not_ascii) || shorter;
}

static enum status name_by_position(const struct guess *g, struct columns *columns)
{
    size_t n = 0;
    for (size_t i = g->first; i < g->n; i++)
        n = g->rows[i]->n_cells > n ? g->rows[i]->n_cells : n;
    enum status status = ST_OK;
    for (size_t i = 0; i < n && status == ST_OK; i++)
        status = columns_add(columns, (struct span){"", 0}, ROLE_OTHER);
    return status;
}

/* The columns that were guessed in the part before have the same roles in this one: JSON names
 * columns again when there are more of them. */
static void keep_roles(const struct table *table, struct columns *columns)
{
    for (size_t i = 0; i < columns->n; i++) {
        struct column_rule *rule = &columns->items[i];
        if (rule->role != ROLE_OTHER || rule->key[0] == '\0')
            continue;
        if (table->guessed_date != NULL && strcmp(rule->key, table->guessed_date) == 0)
            rule->role = ROLE_DATE;
        else if (table->guessed_title != NULL && strcmp(rule->key, table->guessed_title) == 0)
            rule->role = ROLE_TITLE;
        else if (table->guessed_body != NULL && strcmp(rule->key, table->guessed_body) == 0)
            rule->role = ROLE_BODY;
    }
}

static enum status remember(char **key, const struct column_rule *rule)
{
    free(*key);
    *key = rule != NULL ? strdup(rule->key) : NULL;
    return rule != NULL && *key == NULL ? ST_NOMEM : ST_OK;
}

static int shown_bytes(const struct column_rule *rule)
{
    size_t n = rule != NULL ? strlen(rule->name) : 0;
    return (int)(n > SHOWN_BYTES ? utf8_floor(rule->name, SHOWN_BYTES) : n);
}

static enum status tell(struct table *table, const struct guess *g)
{
    const struct column_rule *title = columns_find(&table->columns, ROLE_TITLE);
    const struct column_rule *body = columns_find(&table->columns, ROLE_BODY);
    const struct column_rule *date = columns_find(&table->columns, ROLE_DATE);
    struct buf problem = BUF_INIT;
    buf_adds(&problem, g->has_heading ? _("no usual names of columns") : _("no heading line"));
    if (title != NULL)
        buf_addf(&problem, _("; by what they hold, title is '%.*s'"), shown_bytes(title),
                 title->name);
    if (body != NULL)
        buf_addf(&problem, _(" and body '%.*s'"), shown_bytes(body), body->name);
    if (date != NULL && columns_role(date->key) != ROLE_DATE)
        buf_addf(&problem, _(", date '%.*s'"), shown_bytes(date), date->name);
    buf_adds(&problem, _("; see --columns"));
    if (!problem.failed)
        table_doubt(table, g->rows[g->first], problem.data);
    enum status status = problem.failed ? ST_NOMEM : remember(&table->guessed_title, title);
    buf_release(&problem);
    if (status == ST_OK)
        status = remember(&table->guessed_date, date);
    return status == ST_OK ? remember(&table->guessed_body, body) : status;
}

static enum status read_heading(struct guess *g, struct columns *columns)
{
    const struct row *row = g->rows[g->first];
    enum status status = ST_OK;
    if (g->first + 2 < g->n && !row->heading)
        status = heading_three_read(row, g->rows[g->first + 1], g->rows[g->first + 2], columns);
    g->n_rows = columns->n > 0 ? 3 : 0;
    if (g->first + 1 < g->n && !row->heading && status == ST_OK && g->n_rows == 0) {
        status = heading_pair_read(row, g->rows[g->first + 1], columns);
        g->n_rows = columns->n > 0 ? 2 : 0;
    }
    bool has_groups = g->n_rows > 0;
    g->has_heading =
        g->has_heading || has_groups || row->heading || (are_names(row) && stands_out(g));
    if (status != ST_OK || has_groups)
        return status;
    g->n_rows = g->has_heading;
    return g->has_heading ? heading_read_names(row, columns) : name_by_position(g, columns);
}

static enum status name_columns(struct table *table, struct guess *g)
{
    struct columns *columns = &table->columns;
    enum status status = read_heading(g, columns);
    if (status != ST_OK)
        return status;
    if (g->has_heading)
        columns_assign(columns, NULL);
    keep_roles(table, columns);
    status = columns_guess(columns, g->rows + g->first + g->n_rows, g->n - g->first - g->n_rows);
    table->id_is_sure = !g->has_heading;
    return status;
}

enum status heading_guess(struct table *table, size_t *first)
{
    struct guess g = {.n = 0};
    bool found = false;
    take_rows(&g, table);
    enum status status = find_first(&g, &found);
    if (status == ST_OK && found)
        status = name_columns(table, &g);
    if (status != ST_OK || table->columns.n == 0)
        return status;
    while (table->n_preamble > g.first)
        heading_forget_last(table);
    table->seeking = false;
    table->findings.n_headings += g.n_rows;
    *first = g.first + g.n_rows;
    heading_report_above(table);
    return g.is_known ? ST_OK : tell(table, &g);
}
