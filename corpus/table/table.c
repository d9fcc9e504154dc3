/* Turning the rows of a source into records. Interface: table.h. */
#include "corpus/table/table.h"

#include "corpus/rows/cell_marks.h"
#include "corpus/rows/total_row.h"
#include "corpus/table/column_guess.h"
#include "corpus/table/date_year.h"
#include "corpus/table/form.h"

#include <stdlib.h>

/* The record before is given first, so that all is told in the order of the source. */
static enum status skip(struct table *table, const struct row *row, const char *problem)
{
    enum status status = record_let_go(table);
    table->findings.n_skipped++;
    table_report(table, row, problem);
    return status;
}

/* Tells of a part without a heading line. */
static void flush_failure(struct table *table)
{
    struct span nothing = {"", 0};
    if (table->failed != ST_OK)
        table->sink->problem(table->sink->context, &table->place, SEVERITY_SKIPPED,
                             table->failure.message, nothing);
    table->failed = ST_OK;
}

void table_show_columns(struct table *table)
{
    static const char *const names[] = {
        [ROLE_OTHER] = "other", [ROLE_SKIP] = "skip",   [ROLE_ID] = "id",
        [ROLE_DATE] = "date",   [ROLE_TITLE] = "title", [ROLE_BODY] = "body"};
    const struct columns *columns = &table->columns;
    bool wanted = table->sink->columns != NULL && !table->columns_shown && !table->seeking;
    struct column_role *roles = wanted && columns->n > 0 ? calloc(columns->n, sizeof *roles) : NULL;
    table->columns_shown = table->columns_shown || wanted;
    size_t n = 0;
    for (size_t i = 0; roles != NULL && i < columns->n; i++) {
        const struct column_rule *rule = &columns->items[i];
        enum role role = rule->part != DATE_PART_NONE ? ROLE_DATE : rule->role;
        if (role != ROLE_OTHER || rule->key[0] != '\0') /* dozens on squared paper */
            roles[n++] = (struct column_role){rule->name, names[role]};
    }
    if (roles != NULL)
        table->sink->columns(table->sink->context, &table->place, roles, n);
    free(roles);
}

/* Keeps the row of a record with a number until it is known whether the next row goes on with it.
 * Others go their way: there is nothing that a row could belong to. */
static enum status hold(struct table *table, const struct row *row)
{
    enum status status = record_let_go(table);
    size_t id = 0;
    while (id < table->columns.n && table->columns.items[id].role != ROLE_ID)
        id++;
    bool numbered = id < row->n_cells && row->state == ROW_GOOD && !cell_is_blank(row->cells[id]);
    if (status != ST_OK || !numbered)
        return status == ST_OK ? record_emit(table, row) : status;
    table->is_held = row_copy_set(&table->held, row);
    return table->is_held ? ST_OK : ST_NOMEM;
}

/* Adds the row to the record that is held back. WRAPPED: titles, or what stands on two pages, are
 * one line that was cut. */
static enum status join_row(struct table *table, const struct row *row, bool wrapped)
{
    bool pages = row->place.page != table->held.row.place.page;
    table->findings.n_continued++;
    for (size_t i = 0; i < row->n_cells; i++) {
        bool cut = wrapped && (pages || table->columns.items[i].role == ROLE_TITLE);
        if (!row_copy_add(&table->held, i, row->cells[i], cut))
            return ST_NOMEM;
    }
    return ST_OK;
}

/* Whether the row has nothing but the leftmost cell, and that is more likely a heading of the rows
 * below or a note than a title without a text, or a number. */
static bool is_alone(const struct table *table, const struct row *row)
{
    const struct columns *columns = &table->columns;
    if (row->n_cells == 0 || row->whole || cell_is_blank(row->cells[0]))
        return false;
    for (size_t i = 1; i < row->n_cells; i++)
        if (!cell_is_blank(row->cells[i]))
            return false;
    const struct column_rule *first = &columns->items[0];
    if (row->n_cells > 1)
        return first->role == ROLE_DATE || first->part != DATE_PART_NONE ||
               (first->role == ROLE_ID && text_kind_of(row->cells[0]) == TEXT_WORDS);
    return !row->in_grid || columns->n > 2 || columns->items[0].role != ROLE_TITLE;
}

/* Why the row, which is no heading, is no record; NULL: it may be one. */
static const char *why_no_record(const struct table *table, const struct row *row)
{
    if (table->columns.n > 1 && row->n_cells > 0 && is_note_row(row) &&
        (row->n_cells > 1 || row->in_grid))
        return _("a note on the table");
    if (table->columns.n > 1 && is_alone(table, row))
        return row->n_cells == 1 && !row->in_grid ? _("a line that is not cut into cells")
                                                  : _("a row of one cell, a heading or a note");
    return row->n_cells > 1 && is_total_row(row) ? _("a row of totals") : NULL;
}

enum status table_take_data(struct table *table, const struct row *row)
{
    if (row->state == ROW_BROKEN) {
        return skip(table, row, row->problem);
    }
    if (row_is_blank(row)) {
        table->findings.n_blank++;
        return ST_OK;
    }
    if (table->is_held && record_is_continued(table, row))
        return join_row(table, row, false);
    bool is_title = false;
    enum status status = heading_check_title(table, row, &is_title);
    table->findings.n_headings += is_title;
    if (status != ST_OK || is_title)
        return status;
    bool is_heading = false;
    status = heading_check(table, row, &is_heading);
    table->findings.n_headings += is_heading;
    if (status == ST_OK && is_heading)
        status = sides_begin(table);
    if (status != ST_OK || is_heading)
        return status;
    if (table->n_sides > 0 && row->n_cells > 1)
        return sides_take(table, row);
    table_show_columns(table);
    const char *problem = why_no_record(table, row);
    if (problem != NULL) {
        status = skip(table, row, problem);
        return status == ST_OK ? date_year_note(table, row) : status;
    }
    if (table->is_held && record_is_over_page(table, row))
        return join_row(table, row, true);
    if (table->is_held && record_seems_continued(table, row)) {
        table_doubt(table, row, _("a row without number and date, joined to the record before it"));
        return join_row(table, row, true);
    }
    return hold(table, row);
}

/* Guesses the heading of the rows that wait, and takes those below it. */
static enum status guess(struct table *table)
{
    size_t first = 0;
    enum status status = heading_guess(table, &first);
    if (status != ST_OK || table->seeking)
        return status;
    table->n_parts++;
    for (size_t i = first; i < table->n_waiting && status == ST_OK; i++)
        status = table_take_data(table, &table->waiting[i].row);
    return status;
}

/* Takes a row of a table, above its heading or below it. */
static enum status take_cells(struct table *table, const struct row *row)
{
    bool is_data = true;
    if (table->seeking) {
        enum status status = heading_seek(table, row, &is_data);
        table->n_parts += !table->seeking;
        if (status == ST_OK && !table->seeking)
            status = sides_begin(table);
        if (status == ST_OK && heading_is_overdue(table))
            return guess(table);
        if (status != ST_OK)
            return status;
    }
    return is_data ? table_take_data(table, row) : ST_OK;
}

/* Takes the row that was kept, and no heading. */
static enum status take_middle(struct table *table)
{
    bool waits = table->has_middle;
    table->has_middle = false;
    return waits ? take_cells(table, &table->middle.row) : ST_OK;
}

/* That a part had no heading line is told when it is known whether it is all that the source
 * has: then it is the source's error. */
enum status table_end_part(struct table *table)
{
    enum status status = form_end(table);
    if (status == ST_OK)
        status = take_middle(table);
    if (status == ST_OK && table->seeking && table->n_waiting > 0 && table->n_given_up == 0)
        status = guess(table);
    if (status == ST_OK)
        status = record_let_go(table);
    if (status == ST_OK)
        status = sides_end(table);
    table_show_columns(table);
    if (table->seeking && table->n_preamble > 0)
        heading_fail(table);
    return status;
}

static enum status begin_part(struct table *table, const struct row *row)
{
    enum status status = table_end_part(table);
    if (status != ST_OK)
        return status;
    flush_failure(table);
    heading_begin(table);
    form_begin(table);
    buf_clear(&table->part);
    buf_append(&table->part, row->place.part.data, row->place.part.len);
    table->place = row->place;
    table->place.part = buf_span(&table->part);
    return table->part.failed ? ST_NOMEM : ST_OK;
}

/* Takes ROW, or keeps it until the row below it is there. */
static enum status take_or_keep(struct table *table, const struct row *row)
{
    table->has_middle = heading_waits_for(table, row);
    if (!table->has_middle)
        return take_cells(table, row);
    return row_copy_set(&table->middle, row) ? ST_OK : ST_NOMEM;
}

/* Takes ROW, below one that was kept. */
static enum status take_below_middle(struct table *table, const struct row *row)
{
    bool is_heading, was_seeking = table->seeking;
    enum status status = heading_take_three(table, row, &is_heading);
    if (status == ST_OK && is_heading) {
        table->n_parts += was_seeking;
        table->has_middle = false;
        return sides_begin(table);
    }
    if (status == ST_OK)
        status = take_middle(table);
    return status == ST_OK ? take_or_keep(table, row) : status;
}

enum status table_take_row(struct table *table, const struct row *row)
{
    return table->has_middle ? take_below_middle(table, row) : take_or_keep(table, row);
}

/* Takes ROW, which is a section of a text. */
static enum status take_section(struct table *table, const struct row *row)
{
    /* The rows of the table before it may still wait. */
    enum status status = form_end(table);
    if (status == ST_OK)
        status = take_middle(table);
    if (status == ST_OK)
        status =
            table->n_waiting > 0 && table->seeking ? begin_part(table, row) : record_let_go(table);
    table->n_parts++;
    return status == ST_OK ? record_emit_section(table, row) : status;
}

enum status table_take(struct table *table, const struct row *row)
{
    enum status status = ST_OK;
    bool is_form = false;
    table->findings.n_rows++;
    if (row->new_part && row->kind == ROW_CELLS) /* also where its first row is hidden */
        status = begin_part(table, row);
    if (status == ST_OK && row->hidden && !table->options->hidden) {
        return skip(table, row,
                    row->problem != NULL ? row->problem : _("a hidden row; --hidden takes it"));
    }
    if (status == ST_OK && row->kind == ROW_SECTION)
        return take_section(table, row);
    if (status == ST_OK)
        status = form_take(table, row, &is_form);
    return status == ST_OK && !is_form ? table_take_row(table, row) : status;
}

enum status table_end(struct table *table, struct error *error)
{
    enum status status = table_end_part(table);
    if (status != ST_OK)
        return status;
    if (table->n_parts > 0) {
        flush_failure(table);
        return ST_OK;
    }
    if (table->form == COLUMNS_POSITIONS)
        return error_set(error, ST_INPUT, _("'%s' is empty"), table->path);
    if (table->failed == ST_OK)
        heading_fail(table);
    return error_set(error, table->failed, "%s", table->failure.message);
}

void table_init(struct table *table, const char *path, const struct reader_options *options,
                const struct reader_sink *sink)
{
    *table = (struct table){
        .path = path,
        .sink = sink,
        .options = options,
        .form = COLUMNS_RECOGNISED,
        .missing = BUF_INIT,
        .held = ROW_COPY_INIT,
        .upper = ROW_COPY_INIT,
        .middle = ROW_COPY_INIT,
        .lower = ROW_COPY_INIT,
        .part = BUF_INIT,
        .year = BUF_INIT,
        .ditto = {.above = {.text = BUF_INIT}, .now = {.text = BUF_INIT}},
        .key = BUF_INIT,
        .id = BUF_INIT,
        .date = BUF_INIT,
        .title = BUF_INIT,
        .body = BUF_INIT,
        .others = BUF_INIT,
    };
}

enum status table_begin(struct table *table, struct error *error)
{
    enum status status = ST_OK;
    const char *columns = table->options->columns;
    if (columns != NULL)
        table->layout = columns_take_layout(&columns);
    if (columns != NULL && (*columns != '\0' || table->layout == LAYOUT_ANY)) {
        bool mapping = false;
        status = columns_parse(columns, &table->wanted, &mapping, error);
        table->form = mapping ? COLUMNS_MAPPED : COLUMNS_POSITIONS;
    }
    heading_begin(table);
    table->form_part = calloc(1, sizeof *table->form_part);
    if (table->form_part == NULL)
        return ST_NOMEM;
    form_begin(table);
    return status;
}

void table_release(struct table *table)
{
    sides_release(table);
    form_release(table);
    heading_release(table);
    record_release(table);
    row_copy_release(&table->held);
    row_copy_release(&table->upper);
    row_copy_release(&table->middle);
    row_copy_release(&table->lower);
    buf_release(&table->part);
    buf_release(&table->year);
    buf_release(&table->key);
}
