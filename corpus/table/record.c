/* From a row of cells to a record. Interface: table.h. */
#include "corpus/table/table.h"

#include "corpus/rows/cell.h"
#include "corpus/rows/cell_marks.h"
#include "corpus/table/date_parts.h"
#include "corpus/table/date_year.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number of cells that a row needs to be a record: up to the title, or to the first body. */
static size_t cells_needed(const struct columns *columns)
{
    size_t body = 0;
    for (size_t i = columns->n; i-- > 0;) {
        if (columns->items[i].role == ROLE_TITLE)
            return i + 1;
        if (columns->items[i].role == ROLE_BODY)
            body = i + 1;
    }
    return body;
}

/* Makes columns without a name for cells behind the last one: a name there may be merged over them.
 */
static enum status widen(struct table *table, const struct row *row)
{
    size_t n = row->n_cells;
    enum status status = ST_OK;
    while (n > table->columns.n && cell_is_blank(row->cells[n - 1]))
        n--;
    if (table->columns.n >= n)
        return ST_OK;
    while (table->columns.n < n && status == ST_OK)
        status = columns_add(&table->columns, (struct span){"", 0}, ROLE_OTHER);
    date_parts_assign_rest(&table->columns);
    return status;
}

/* Whether the row was cut into as many cells as it has. */
static bool fits(const struct table *table, const struct row *row)
{
    if (row->in_grid)
        return true;
    for (size_t i = table->columns.n; i < row->n_cells; i++)
        if (!cell_is_blank(row->cells[i]))
            return false;
    return row->n_cells >= cells_needed(&table->columns);
}

static bool starts_with_digit(struct span cell)
{
    size_t at = 0, n;
    while ((n = cell_blank(cell.data + at, cell.len - at)) > 0)
        at += n;
    const char *text = cell.data + at;
    size_t left = cell.len - at;
    if (left > 0 && *text >= '0' && *text <= '9')
        return true;
    return left >= 3 && memcmp(text, "０", 3) >= 0 && memcmp(text, "９", 3) <= 0;
}

/* An unnamed first column is the id only when it stands over numbers; over words it is the title
 * where there is no other. */
static void settle_id(struct table *table, const struct row *row)
{
    struct column_rule *first = &table->columns.items[0];
    bool titled = columns_find(&table->columns, ROLE_TITLE) != NULL;
    if (first->role == ROLE_ID && first->key[0] == '\0' && !starts_with_digit(row->cells[0]))
        first->role = titled ? ROLE_OTHER : ROLE_TITLE;
    table->id_is_sure = true;
}

static bool reserve_columns(struct table *table, size_t n)
{
    if (n <= table->other_columns_cap)
        return true;
    struct column *columns = reallocarray(table->other_columns, n, sizeof *columns);
    if (columns == NULL)
        return false;
    table->other_columns = columns;
    table->other_columns_cap = n;
    return true;
}

/* Adds a cell as lines. One whose column needs its name has it before the text: 実績
 * 令和3年度：120. */
static enum status add_body(struct buf *body, const struct column_rule *rule, struct span cell)
{
    size_t before = body->len;
    if (rule->needs_name && cell_is_blank(cell))
        return ST_OK;
    if (before > 0)
        buf_addc(body, '\n');
    if (rule->needs_name)
        buf_addf(body, "%s：", rule->name);
    size_t start = body->len;
    enum status status = cell_to_text(cell.data, cell.len, body);
    if (status == ST_OK && body->len == start && body->len > before)
        body->data[body->len = before] = '\0';
    return status;
}

/* Adds a column that has a text; the value's place is settled when all are there. */
static enum status add_other(struct table *table, const char *name, struct span cell, size_t *n)
{
    size_t start = table->others.len;
    enum status status = cell_to_text(cell.data, cell.len, &table->others);
    if (status != ST_OK || table->others.len == start)
        return status;
    if (!reserve_columns(table, table->columns.n))
        return ST_NOMEM;
    struct column *column = &table->other_columns[(*n)++];
    column->name = span_of(name);
    column->value = (struct span){NULL, table->others.len - start};
    return ST_OK;
}

static enum status add_cell(struct table *table, const struct column_rule *rule, struct span cell,
                            size_t *n_others)
{
    switch (rule->role) {
    case ROLE_ID:
        return cell_to_line(cell.data, cell.len, &table->id);
    case ROLE_DATE:
        return cell_to_line(cell.data, cell.len, &table->date);
    case ROLE_TITLE:
        return cell_to_line(cell.data, cell.len, &table->title);
    case ROLE_BODY:
        return add_body(&table->body, rule, cell);
    case ROLE_OTHER: {
        enum status status =
            rule->part != DATE_PART_NONE ? date_parts_add(rule, cell, &table->date) : ST_OK;
        return status == ST_OK ? add_other(table, rule->name, cell, n_others) : status;
    }
    case ROLE_SKIP:
        break;
    }
    return ST_OK;
}

static enum status fill(struct table *table, const struct row *row, struct record *record)
{
    struct buf *texts[] = {&table->id, &table->date, &table->title, &table->body, &table->others};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        buf_clear(texts[i]);
    size_t n_others = 0;
    ditto_begin(&table->ditto);
    for (size_t i = 0; i < row->n_cells && i < table->columns.n; i++) {
        const struct column_rule *rule = &table->columns.items[i];
        struct span meant;
        if (!ditto_next(&table->ditto, row->cells[i], &meant))
            return ST_NOMEM;
        /* Two records of one number would be one. */
        enum status status =
            add_cell(table, rule, rule->role == ROLE_ID ? row->cells[i] : meant, &n_others);
        if (status != ST_OK)
            return status;
    }
    enum status status = date_year_complete(table, &table->date);
    const char *value = table->others.data;
    for (size_t i = 0; i < n_others; i++) {
        table->other_columns[i].value.data = value;
        value += table->other_columns[i].value.len;
    }
    *record = (struct record){
        .id = buf_span(&table->id),
        .date_text = buf_span(&table->date),
        .title = buf_span(&table->title),
        .body = buf_span(&table->body),
        .columns = table->other_columns,
        .n_columns = n_others,
        .place = row->place,
        .since_1904 = row->since_1904,
    };
    return status;
}

/* Which kinds of columns a row fills. */
struct filled {
    bool id, date, title, body, other;
};

static struct filled filled_of(const struct table *table, const struct row *row)
{
    struct filled filled = {0};
    for (size_t i = 0; i < table->columns.n && i < row->n_cells; i++) {
        if (cell_is_blank(row->cells[i]))
            continue;
        bool part = table->columns.items[i].part != DATE_PART_NONE;
        enum role role = part ? ROLE_DATE : table->columns.items[i].role;
        filled.id = filled.id || role == ROLE_ID;
        filled.date = filled.date || role == ROLE_DATE;
        filled.title = filled.title || role == ROLE_TITLE;
        filled.body = filled.body || role == ROLE_BODY;
        filled.other = filled.other || role == ROLE_OTHER;
    }
    return filled;
}

static bool may_go_on(const struct table *table, const struct row *row)
{
    return row->state == ROW_GOOD && row->n_cells <= table->columns.n && row->n_cells > 1 &&
           columns_find(&table->columns, ROLE_ID) != NULL &&
           columns_find(&table->columns, ROLE_TITLE) != NULL;
}

bool record_is_continued(const struct table *table, const struct row *row)
{
    struct filled filled = filled_of(table, row);
    return may_go_on(table, row) && !filled.id && !filled.date && !filled.title &&
           (row->spanned ? filled.body || filled.other : filled.body && !filled.other);
}

bool record_is_over_page(const struct table *table, const struct row *row)
{
    struct filled filled = filled_of(table, row);
    return may_go_on(table, row) && row->place.page != table->held.row.place.page && !filled.id &&
           !filled.date && (filled.title || filled.body || filled.other);
}

/* Whether two columns or more behind the title are all that the row fills. */
static bool fills_others_alone(const struct table *table, const struct row *row)
{
    size_t n = 0;
    bool titled = false;
    for (size_t i = 0; i < table->columns.n && i < row->n_cells; i++) {
        titled = titled || table->columns.items[i].role == ROLE_TITLE;
        bool blank = cell_is_blank(row->cells[i]);
        if (!blank && (!titled || table->columns.items[i].role != ROLE_OTHER))
            return false;
        n += !blank;
    }
    return n > 1;
}

bool record_seems_continued(const struct table *table, const struct row *row)
{
    struct filled filled = filled_of(table, row), before = filled_of(table, &table->held.row);
    if (may_go_on(table, row) && before.title && before.other && fills_others_alone(table, row))
        return true;
    return may_go_on(table, row) && !row->spanned && before.date && before.title && filled.title &&
           filled.body && !filled.id && !filled.date && !filled.other;
}

/* Gives RECORD to the sink. Of long texts there is one copy meanwhile, and none afterwards: MeCab's
 * threads have theirs, and the next row may be as long. */
static enum status give(struct table *table, const struct record *record)
{
    row_copy_trim(&table->held); /* the record was made of it, or it is free */
    table->findings.n_records++;
    enum status status = table->sink->record(table->sink->context, record);
    buf_trim(&table->body);
    buf_trim(&table->title);
    buf_trim(&table->others);
    return status;
}

/* The other columns' values as lines of the body, so that a plain search finds them. */
static bool take_columns_as_body(struct table *table, struct record *record)
{
    for (size_t i = 0; i < record->n_columns; i++) {
        if (i > 0)
            buf_addc(&table->body, '\n');
        buf_append(&table->body, record->columns[i].value.data, record->columns[i].value.len);
    }
    record->body = buf_span(&table->body);
    return !table->body.failed;
}

enum status record_emit(struct table *table, const struct row *row)
{
    if (!fits(table, row)) {
        char problem[128];
        snprintf(problem, sizeof problem, _("%zu cells, %zu expected"), row->n_cells,
                 table->columns.n);
        table->findings.n_skipped++;
        table_report(table, row, problem);
        return ST_OK;
    }
    enum status status = widen(table, row);
    if (status != ST_OK)
        return status;
    if (row->state == ROW_DOUBTFUL)
        table_report(table, row, row->problem);
    if (!table->id_is_sure)
        settle_id(table, row);
    struct record record;
    status = fill(table, row, &record);
    if (status != ST_OK)
        return status;
    if (record.id.len + record.title.len + record.body.len == 0 && record.n_columns > 0) {
        table_doubt(table, row, _("a record without id, title and body; all it has is the body"));
        if (!take_columns_as_body(table, &record))
            return ST_NOMEM;
    } else if (record.id.len + record.title.len + record.body.len == 0) {
        table->findings.n_skipped++;
        table_report(table, row, _("a record without id, title and body"));
        return ST_OK;
    }
    return give(table, &record);
}

enum status record_let_go(struct table *table)
{
    if (!table->is_held)
        return ST_OK;
    table->is_held = false;
    return record_emit(table, &table->held.row);
}

enum status record_emit_section(struct table *table, const struct row *row)
{
    struct buf *texts[] = {&table->title, &table->body};
    buf_clear(&table->title);
    buf_clear(&table->body);
    if (row->state == ROW_DOUBTFUL)
        table_report(table, row, row->problem);
    for (size_t i = 0; i < 2 && i < row->n_cells; i++) {
        const struct span *cell = &row->cells[i];
        enum status status = i == 0 ? cell_to_line(cell->data, cell->len, texts[i])
                                    : cell_to_text(cell->data, cell->len, texts[i]);
        if (status != ST_OK)
            return status;
    }
    if (table->title.len + table->body.len == 0) {
        table->findings.n_blank++;
        return ST_OK;
    }
    struct record record = {
        .title = buf_span(&table->title),
        .body = buf_span(&table->body),
        .place = row->place,
    };
    return give(table, &record);
}

void record_release(struct table *table)
{
    buf_release(&table->id);
    buf_release(&table->date);
    buf_release(&table->title);
    buf_release(&table->body);
    buf_release(&table->others);
    ditto_release(&table->ditto);
    free(table->other_columns);
}
