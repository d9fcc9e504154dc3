/* Finding a table's heading line at its top. Interface: table.h. */
#include "corpus/table/table.h"

#include "base/utf8.h"
#include "corpus/rows/cell_marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTE_BYTES 120  /* of a row above the heading: enough to know it again */
#define NAME_BYTES 4096 /* a longer cell is no column's name; disclaimers of 700 have been met */
#define WAITING_BYTES (8U << 20) /* of rows that wait for a guess; a row may have more */

enum status heading_read_names(const struct row *row, struct columns *columns)
{
    for (size_t i = 0; i < row->n_cells; i++)
        if (row->cells[i].len > NAME_BYTES)
            return ST_OK;
    for (size_t i = 0; i < row->n_cells; i++) {
        enum status status = columns_add(columns, row_name(row, i), ROLE_OTHER);
        if (status != ST_OK)
            return status;
    }
    return ST_OK;
}

static enum status note_preamble(struct table *table, const struct row *row, bool wide)
{
    struct span text = row->text;
    if (text.len > NAME_BYTES)
        text.len = utf8_floor(text.data, NAME_BYTES);
    enum status status = columns_key(text, &table->key);
    if (status != ST_OK)
        return status;
    if (text.len > NOTE_BYTES)
        text.len = utf8_floor(text.data, NOTE_BYTES);
    struct preamble_row *note = &table->preamble[table->n_preamble++];
    note->line = row->place.line;
    note->wide = wide;
    note->key = strdup(table->key.data);
    note->excerpt = strndup(text.data, text.len);
    note->problem = row->state == ROW_BROKEN ? strdup(row->problem) : NULL;
    bool failed = row->state == ROW_BROKEN && note->problem == NULL;
    return !failed && note->key != NULL && note->excerpt != NULL ? ST_OK : ST_NOMEM;
}

/* Keeps ROW as it is, beside the note of it. */
static enum status keep_waiting(struct table *table, const struct row *row)
{
    if (table->waiting == NULL) {
        table->waiting = calloc(PREAMBLE_ROWS, sizeof *table->waiting);
        if (table->waiting == NULL)
            return ST_NOMEM;
        for (size_t i = 0; i < PREAMBLE_ROWS; i++)
            table->waiting[i] = (struct row_copy)ROW_COPY_INIT;
    }
    table->waiting_bytes += row->text.len;
    return row_copy_set(&table->waiting[table->n_waiting++], row) ? ST_OK : ST_NOMEM;
}

bool heading_is_overdue(const struct table *table)
{
    return table->seeking && table->n_given_up == 0 &&
           (table->n_preamble == PREAMBLE_ROWS || table->waiting_bytes > WAITING_BYTES);
}

void heading_report_above(struct table *table)
{
    for (size_t i = 0; i < table->n_preamble; i++) {
        const struct preamble_row *note = &table->preamble[i];
        struct row row = {.place = table->place, .text = {note->excerpt, strlen(note->excerpt)}};
        row.place.line = note->line;
        if (note->wide)
            table_report(table, &row,
                         note->problem != NULL ? note->problem : _("a row above the heading line"));
        table->findings.n_skipped += note->wide;
        table->findings.n_headings += !note->wide;
    }
}

void heading_fail(struct table *table)
{
    struct error *error = &table->failure;
    table->findings.n_skipped += table->n_preamble + table->n_given_up;
    if (table->missing.len > 0)
        table->failed = error_set(error, ST_USAGE,
                                  _("no column '%s' in the heading line of '%s'; "
                                    "correct the name in --columns"),
                                  table->missing.data, table->path);
    else
        table->failed =
            error_set(error, ST_INPUT,
                      _("no heading line recognised in '%s'; name the columns in their order, "
                        "e.g. --columns id,title,body"),
                      table->path);
}

/* Whether COLUMNS, read from a row or a pair of rows, are the heading that is looked for. */
static bool is_wanted(struct table *table, struct columns *columns, bool is_pair)
{
    struct buf *missing = &table->missing;
    bool first_wide = !table->wide_seen || is_pair;
    bool mapped = table->form == COLUMNS_MAPPED;
    columns_assign(columns, mapped ? &table->wanted : NULL);
    const char *name = mapped ? columns_missing(columns, &table->wanted) : NULL;
    if (name != NULL && (first_wide || missing->len == 0)) {
        buf_clear(missing);
        buf_adds(missing, name);
    }
    return name == NULL && columns_count_roles(columns) >= (mapped || first_wide ? 1 : 2);
}

enum status heading_keep_upper(struct table *table, const struct row *row)
{
    table->has_upper = row->n_cells > 0;
    for (size_t i = 0; i < row->n_cells; i++)
        table->has_upper = table->has_upper && row->cells[i].len <= NAME_BYTES;
    return !table->has_upper || row_copy_set(&table->upper, row) ? ST_OK : ST_NOMEM;
}

enum status heading_read_pair(struct table *table, const struct row *row, struct columns *columns)
{
    bool has_upper = table->has_upper && row->state != ROW_BROKEN;
    table->has_upper = false;
    return has_upper ? heading_pair_read(&table->upper.row, row, columns) : ST_OK;
}

enum status heading_set_levels(struct table *table, size_t n, const struct row *row)
{
    table->n_levels = n;
    return row_copy_set(&table->lower, row) ? ST_OK : ST_NOMEM;
}

void heading_forget_last(struct table *table)
{
    struct preamble_row *note = &table->preamble[--table->n_preamble];
    free(note->key);
    free(note->excerpt);
    free(note->problem);
}

/* Takes ROW and the row above it as the heading when they are one. */
static enum status try_pair(struct table *table, const struct row *row)
{
    struct columns columns = COLUMNS_INIT;
    enum status status = heading_read_pair(table, row, &columns);
    if (status == ST_OK && columns.n > 0 && is_wanted(table, &columns, true)) {
        columns_move(&table->columns, &columns);
        table->seeking = false;
        table->findings.n_headings += 2;
        heading_forget_last(table);
        heading_report_above(table);
        status = heading_set_levels(table, 2, row);
    }
    columns_release(&columns);
    return status;
}

bool heading_waits_for(const struct table *table, const struct row *row)
{
    return table->has_upper && row->state != ROW_BROKEN &&
           heading_may_be_middle(&table->upper.row, row);
}

/* Tells of the rows that were given up before the heading line came. */
static void report_given_up(struct table *table, const struct row *row)
{
    struct row last = {.place = row->place};
    char problem[128];
    if (table->n_given_up == 0)
        return;
    snprintf(problem, sizeof problem, _("%llu more rows above the heading line"),
             (unsigned long long)table->n_given_up);
    table_report(table, &last, problem);
    table->findings.n_skipped += table->n_given_up;
    table->n_given_up = 0;
}

/* Makes COLUMNS those of the heading, whose uppermost row stands above it or was taken alone. */
static enum status set_three(struct table *table, struct columns *columns, const struct row *row)
{
    enum status status = record_let_go(table);
    if (table->form != COLUMNS_POSITIONS)
        columns_move(&table->columns, columns);
    if (table->seeking) {
        if (table->n_given_up > 0)
            table->n_given_up--;
        else
            heading_forget_last(table);
        heading_report_above(table);
        report_given_up(table, row);
        table->seeking = false;
        table->findings.n_headings++;
    }
    table->findings.n_headings += 2;
    table->has_upper = false;
    return status == ST_OK ? heading_set_levels(table, 3, row) : status;
}

enum status heading_take_three(struct table *table, const struct row *row, bool *is_heading)
{
    struct columns columns = COLUMNS_INIT;
    enum status status = ST_OK;
    *is_heading = false;
    if (row->state != ROW_BROKEN)
        status = heading_three_read(&table->upper.row, &table->middle.row, row, &columns);
    if (status == ST_OK && columns.n > 0)
        *is_heading = table->form == COLUMNS_POSITIONS || is_wanted(table, &columns, true);
    if (*is_heading)
        status = set_three(table, &columns, row);
    columns_release(&columns);
    return status;
}

/* Takes ROW as the heading line when it is one, and notes it as a row above it otherwise. */
static enum status try_heading(struct table *table, const struct row *row)
{
    enum status status = try_pair(table, row);
    if (status != ST_OK || !table->seeking)
        return status;
    struct columns columns = COLUMNS_INIT;
    size_t n_filled = row->state == ROW_BROKEN ? 0 : row_count_filled(row);
    bool one = row->whole || table->form == COLUMNS_MAPPED;
    bool wide = n_filled > 1 || (n_filled == 1 && one);
    if (wide)
        status = heading_read_names(row, &columns);
    if (wide && status == ST_OK)
        status = heading_keep_upper(table, row);
    if (status == ST_OK && columns.n > 0 && is_wanted(table, &columns, false)) {
        columns_move(&table->columns, &columns);
        table->seeking = false;
        table->findings.n_headings++;
        heading_report_above(table);
    } else if (status == ST_OK && (n_filled > 0 || row->state == ROW_BROKEN)) {
        status = note_preamble(table, row, n_filled != 1);
        if (status == ST_OK && table->form == COLUMNS_RECOGNISED && !row->by_names_only)
            status = keep_waiting(table, row);
        table->wide_seen = table->wide_seen || n_filled > 1;
    } else if (status == ST_OK) {
        table->findings.n_blank++;
    }
    columns_release(&columns);
    return status;
}

/* The first row of a table with columns by position may be a heading line all the same. */
static enum status begin_by_position(struct table *table, const struct row *row, bool *is_data)
{
    struct columns heading = COLUMNS_INIT;
    if (row->state != ROW_BROKEN && cell_is_blank(row->text)) {
        table->findings.n_blank++;
        return ST_OK;
    }
    table->seeking = false;
    table->id_is_sure = true;
    *is_data = true;
    enum status status = columns_copy(&table->columns, &table->wanted);
    if (status == ST_OK && row->state != ROW_BROKEN)
        status = heading_read_names(row, &heading);
    columns_assign(&heading, NULL);
    if (status == ST_OK && columns_count_roles(&heading) >= 2) {
        columns_move(&table->heading, &heading);
        *is_data = false;
        table->findings.n_headings++;
        status = heading_keep_upper(table, row);
    }
    columns_release(&heading);
    return status;
}

/* Takes COLUMNS, read from the row before and ROW, or from ROW alone, as those of the heading. */
static enum status set_late(struct table *table, struct columns *columns, const struct row *row,
                            bool pair)
{
    columns_move(&table->columns, columns);
    table->seeking = false;
    table->findings.n_headings += 1 + pair;
    table->n_given_up -= pair;
    heading_report_above(table);
    report_given_up(table, row);
    return pair ? heading_set_levels(table, 2, row) : heading_keep_upper(table, row);
}

/* Takes ROW, below more rows than usually stand above a heading line, as one by its names, or with
 * the row before it. */
static enum status try_late_heading(struct table *table, const struct row *row)
{
    struct columns columns = COLUMNS_INIT;
    bool wide = row->state != ROW_BROKEN && row_count_filled(row) > 1;
    enum status status = heading_read_pair(table, row, &columns);
    bool pair = status == ST_OK && columns.n > 0 && table->n_given_up > 0 &&
                is_wanted(table, &columns, true);
    if (!pair) {
        columns_release(&columns);
        if (wide && status == ST_OK)
            status = heading_read_names(row, &columns);
    }
    table->wide_seen = true;
    if (status == ST_OK && columns.n > 0 && (pair || is_wanted(table, &columns, false))) {
        status = set_late(table, &columns, row, pair);
    } else if (status == ST_OK) {
        table->n_given_up++;
        status = wide ? heading_keep_upper(table, row) : ST_OK;
    }
    columns_release(&columns);
    return status;
}

enum status heading_seek(struct table *table, const struct row *row, bool *is_data)
{
    *is_data = false;
    if (table->form == COLUMNS_POSITIONS)
        return begin_by_position(table, row, is_data);
    if (table->n_preamble < PREAMBLE_ROWS)
        return try_heading(table, row);
    return try_late_heading(table, row);
}

enum status heading_check_title(struct table *table, const struct row *row, bool *is_title)
{
    *is_title = false;
    if (table->n_preamble == 0 || row->text.len > NAME_BYTES || row->n_cells == 0 ||
        row_count_filled(row) != 1 || cell_is_blank(row->cells[0]))
        return ST_OK;
    enum status status = columns_key(row->text, &table->key);
    for (size_t i = 0; status == ST_OK && i < table->n_preamble; i++)
        *is_title = *is_title || strcmp(table->preamble[i].key, table->key.data) == 0;
    return status;
}

static void release_part(struct table *table)
{
    for (size_t i = 0; i < table->n_preamble; i++) {
        free(table->preamble[i].key);
        free(table->preamble[i].excerpt);
        free(table->preamble[i].problem);
    }
    table->n_preamble = table->n_waiting = table->waiting_bytes = 0;
    columns_release(&table->columns);
    columns_release(&table->heading);
    ditto_forget(&table->ditto);
}

void heading_begin(struct table *table)
{
    release_part(table);
    buf_clear(&table->missing);
    buf_clear(&table->year);
    table->seeking = true;
    table->n_given_up = 0;
    table->wide_seen = table->id_is_sure = false;
    table->has_upper = table->has_middle = table->columns_shown = false;
    table->n_levels = 0;
}

void heading_release(struct table *table)
{
    release_part(table);
    columns_release(&table->wanted);
    buf_release(&table->missing);
    for (size_t i = 0; table->waiting != NULL && i < PREAMBLE_ROWS; i++)
        row_copy_release(&table->waiting[i]);
    free(table->waiting);
    free(table->guessed_date);
    free(table->guessed_title);
    free(table->guessed_body);
}
