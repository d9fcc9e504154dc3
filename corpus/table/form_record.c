/* From form sheets to records. Interface: form.h. */
#include "corpus/table/form.h"

#include "base/text.h"
#include "corpus/table/column_guess.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_BYTES 60 /* twenty characters: longer words are a text, not the value of a column */

/* The record's cells, one for each column. */
struct cells {
    struct span *items;
    struct buf *texts; /* those that are put together here */
    size_t n;
};

static bool is_text(struct span value)
{
    return text_kind_of(value) == TEXT_WORDS &&
           (value.len >= TEXT_BYTES || memmem(value.data, value.len, "。", 3) != NULL ||
            memchr(value.data, '\n', value.len) != NULL);
}

static void cells_release(struct cells *cells)
{
    for (size_t i = 0; cells->texts != NULL && i < cells->n; i++)
        buf_release(&cells->texts[i]);
    free(cells->items);
    free(cells->texts);
}

/* Makes room for N. */
static bool cells_init(struct cells *cells, size_t n)
{
    *cells = (struct cells){calloc(n, sizeof *cells->items), calloc(n, sizeof *cells->texts), 0};
    for (size_t i = 0; cells->texts != NULL && i < n; i++)
        buf_init(&cells->texts[i]);
    return cells->items != NULL && cells->texts != NULL;
}

static enum status add_cell(struct columns *columns, struct cells *cells, struct span group,
                            struct span name, struct span value)
{
    struct span nothing = {"", 0};
    cells->items[cells->n++] = value;
    return group.len > 0 ? columns_add_grouped(columns, group, name)
                         : columns_add(columns, name.len > 0 ? name : nothing, ROLE_OTHER);
}

/* Adds the pairs that have a value: those whose roles their names tell, or the others. */
static enum status add_pairs(const struct form_sheet *sheet, bool settled, struct columns *columns,
                             struct cells *cells)
{
    enum status status = ST_OK;
    for (size_t i = 0; i < sheet->n && status == ST_OK; i++) {
        const struct form_pair *pair = &sheet->pairs[i];
        if (pair->value.len == 0 || pair->settled != settled)
            continue;
        status = add_cell(columns, cells, pair->group, pair->name, buf_span(&pair->value));
        if (settled && status == ST_OK)
            columns->items[columns->n - 1].role = pair->role;
    }
    return status;
}

/* Corrects the roles that the names have given: long values are texts, and 項 is no number of a
 * measure. */
static void correct_roles(const struct cells *cells, struct columns *columns)
{
    for (size_t i = 0; i < columns->n; i++) {
        struct column_rule *rule = &columns->items[i];
        const char *own = columns_own_key(rule);
        bool no_id = rule->role == ROLE_ID && strlen(own) < 4 && (unsigned char)own[0] >= 0x80;
        if (no_id)
            rule->role = ROLE_OTHER;
        if (rule->role == ROLE_OTHER && is_text(cells->items[i]))
            rule->role = ROLE_BODY;
    }
}

/* Adds what stands in no pair: texts without a label; the year and the title of the line above,
 * where no label has them. */
static enum status add_rest(const struct form_sheet *sheet, struct columns *columns,
                            struct cells *cells)
{
    const struct {
        struct span value;
        const char *name;
        enum role role;
        bool wanted;
    } rest[] = {
        {buf_span(&sheet->loose), "", ROLE_BODY, true},
        {sheet->year, "年度", ROLE_DATE, !columns_has(columns, ROLE_DATE)},
        {sheet->line, "", ROLE_TITLE, columns_find(columns, ROLE_TITLE) == NULL},
    };
    enum status status = ST_OK;
    for (size_t i = 0; i < sizeof rest / sizeof rest[0] && status == ST_OK; i++) {
        if (rest[i].value.len == 0 || !rest[i].wanted)
            continue;
        struct span name = {rest[i].name, strlen(rest[i].name)};
        status = add_cell(columns, cells, (struct span){"", 0}, name, rest[i].value);
        if (status == ST_OK)
            columns->items[columns->n - 1].role = rest[i].role;
    }
    return status;
}

/* Puts the labels of texts into the body, where they would be lost. */
static enum status add_labels(const struct columns *columns, struct cells *cells)
{
    for (size_t i = 0; i < columns->n; i++) {
        const struct column_rule *rule = &columns->items[i];
        struct buf *text = &cells->texts[i];
        if (rule->role != ROLE_BODY || rule->key[0] == '\0')
            continue;
        buf_addf(text, "【%s】\n", rule->name);
        buf_append(text, cells->items[i].data, cells->items[i].len);
        if (text->failed)
            return ST_NOMEM;
        cells->items[i] = buf_span(text);
    }
    return ST_OK;
}

/* Takes the first label that is not known and ends as a name does for that of the title, and tells
 * so. */
static void find_title(struct table *table, const struct row *row, struct columns *columns)
{
    struct buf problem = BUF_INIT;
    for (size_t i = 0; i < columns->n && problem.len == 0; i++) {
        struct column_rule *rule = &columns->items[i];
        size_t n = columns_name_bytes(rule->key);
        bool name = text_ends_with(rule->key, n, "名") || text_ends_with(rule->key, n, "名称");
        if (rule->role != ROLE_OTHER || !name || columns_is_name(columns_own_key(rule)))
            continue;
        rule->role = ROLE_TITLE;
        buf_addf(&problem, _("a form sheet without a known label of its title; '%s' is it"),
                 rule->name);
    }
    if (problem.len > 0)
        table_doubt(table, row, problem.data);
    buf_release(&problem);
}

static enum status fill(struct table *table, const struct form_sheet *sheet, const struct row *row,
                        struct columns *columns, struct cells *cells)
{
    bool mapped = table->form == COLUMNS_MAPPED;
    enum status status = add_pairs(sheet, false, columns, cells);
    columns_assign(columns, mapped ? &table->wanted : NULL);
    correct_roles(cells, columns);
    if (status == ST_OK)
        status = add_pairs(sheet, true, columns, cells);
    if (status == ST_OK && columns_find(columns, ROLE_TITLE) == NULL)
        find_title(table, row, columns);
    if (status == ST_OK && columns_find(columns, ROLE_TITLE) == NULL)
        table_doubt(table, row,
                    sheet->line.len > 0
                        ? _("a form sheet without a label of its title; the line above is it")
                        : _("a form sheet without a title; see --columns"));
    if (status == ST_OK)
        status = add_rest(sheet, columns, cells);
    for (size_t i = 0; i < columns->n; i++) {
        struct column_rule *rule = &columns->items[i];
        rule->needs_name = false; /* a label above the text says more */
        if (rule->role != ROLE_OTHER || rule->key[0] == '\0')
            rule->part = DATE_PART_NONE; /* no date has what only stands behind it */
    }
    return status == ST_OK ? add_labels(columns, cells) : status;
}

/* Makes COLUMNS the table's while the record with these CELLS, which begins in ROW, is given. */
static enum status give(struct table *table, struct columns *columns, const struct cells *cells,
                        const struct row *row)
{
    struct row record = *row;
    record.state = ROW_GOOD;
    record.cells = cells->items;
    record.n_cells = cells->n;
    record.in_grid = true;
    record.repeated = NULL;
    columns_move(&table->columns, columns);
    table->seeking = false;
    table->id_is_sure = true;
    table_show_columns(table);
    return record_emit(table, &record);
}

/* The part's next rows are looked at anew. */
static void end_record(struct table *table)
{
    bool shown = table->columns_shown;
    heading_begin(table);
    table->columns_shown = shown;
}

/* Counts the rows but one, which the record is. */
static void count_rows(struct table *table, size_t from, size_t to)
{
    const struct form_rows *rows = &table->form_part->rows;
    struct reader_findings *findings = &table->findings;
    size_t n_filled = 0;
    for (size_t i = from; i < to; i++) {
        const struct form_row *row = &rows->items[i];
        bool broken = row->copy.row.state == ROW_BROKEN;
        if (row->copy.row.state != ROW_GOOD)
            table_report(table, &row->copy.row, row->copy.row.problem);
        n_filled += row->n > 0;
        findings->n_skipped += broken;
        findings->n_blank += !broken && row->n == 0;
    }
    findings->n_continued += n_filled > 0 ? n_filled - 1 : 0;
}

static bool has_values(const struct form_sheet *sheet)
{
    bool has = sheet->loose.len > 0;
    for (size_t i = 0; i < sheet->n; i++)
        has = has || sheet->pairs[i].value.len > 0;
    return has;
}

/* Gives the record of SHEET, which begins in ROW. */
static enum status give_sheet(struct table *table, const struct form_sheet *sheet,
                              const struct row *row)
{
    struct columns columns = COLUMNS_INIT;
    struct cells cells;
    if (!has_values(sheet)) {
        table->findings.n_skipped++;
        table_report(table, row, _("a form sheet that is not filled in"));
        return ST_OK;
    }
    enum status status = cells_init(&cells, sheet->n + 3) ? ST_OK : ST_NOMEM;
    if (status == ST_OK)
        status = fill(table, sheet, row, &columns, &cells);
    if (status == ST_OK)
        status = give(table, &columns, &cells, row);
    columns_release(&columns);
    cells_release(&cells);
    return status;
}

/* The row that stands for the record: where its title is, else the first with a text. */
static const struct row *first_row(const struct form *form, size_t from, size_t to)
{
    size_t at = form->title.row >= from && form->title.row < to ? form->title.row : from;
    while (at + 1 < to && form->rows.items[at].n == 0)
        at++;
    return &form->rows.items[at].copy.row;
}

enum status form_emit(struct table *table, size_t from, size_t to)
{
    struct form *form = table->form_part;
    struct form_sheet sheet = FORM_SHEET_INIT;
    size_t n_filled = 0;
    for (size_t i = from; i < to; i++)
        n_filled += form->rows.items[i].n > 0;
    count_rows(table, from, to);
    enum status status = record_let_go(table);
    if (n_filled > 0 && status == ST_OK && !form_is_unfilled(&form->rows, from, to))
        status = form_read(&form->rows, from, to, &sheet);
    if (n_filled > 0 && status == ST_OK)
        status = give_sheet(table, &sheet, first_row(form, from, to));
    table->n_parts++;
    end_record(table);
    form_sheet_release(&sheet);
    return status;
}

/* Gives the record that COLUMN of the turned table is. */
static enum status give_column(struct table *table, size_t column)
{
    const struct form *form = table->form_part;
    struct columns columns = COLUMNS_INIT;
    struct cells cells;
    enum status status = cells_init(&cells, form->rows.n) ? ST_OK : ST_NOMEM;
    for (size_t i = 0; i < form->rows.n && status == ST_OK; i++) {
        const struct form_row *row = &form->rows.items[i];
        if (row->n > 0 && row->items[0].column == form->title.column && row->n > 1)
            status = add_cell(&columns, &cells, (struct span){"", 0}, row->items[0].label.name,
                              row_cell(&row->copy.row, column));
    }
    columns_assign(&columns, table->form == COLUMNS_MAPPED ? &table->wanted : NULL);
    if (columns.n > 0 && columns_find(&columns, ROLE_TITLE) == NULL)
        columns.items[0].role = ROLE_TITLE; /* what stands at the top calls the columns */
    if (status == ST_OK)
        status = give(table, &columns, &cells, &form->rows.items[form->title.row].copy.row);
    columns_release(&columns);
    cells_release(&cells);
    return status;
}

enum status form_emit_turned(struct table *table)
{
    struct form *form = table->form_part;
    const struct form_row *title = &form->rows.items[form->title.row];
    struct reader_findings *findings = &table->findings;
    enum status status = record_let_go(table);
    for (size_t i = 0; i < form->rows.n; i++) { /* one cell: a line above it, or a note */
        const struct form_row *row = &form->rows.items[i];
        if (row->n == 1 && i > form->title.row)
            table_doubt(table, &row->copy.row, _("a row of one cell, a heading or a note"));
    }
    count_rows(table, 0, form->rows.n);
    size_t n_more = title->n - 2; /* columns beyond one, which count_rows() has left */
    size_t n_joined = n_more < findings->n_continued ? n_more : findings->n_continued;
    findings->n_continued -= n_joined;
    findings->n_rows += n_more - n_joined;
    for (size_t i = 1; i < title->n && status == ST_OK; i++)
        status = give_column(table, title->items[i].column);
    table->n_parts++;
    end_record(table);
    return status;
}
