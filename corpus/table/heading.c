/* Finding a table's heading line, at its top and again below. Interface: table.h. */
#include "corpus/table/table.h"

#include "base/utf8.h"
#include "corpus/table/cell_marks.h"
#include "corpus/table/heading_again.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTE_BYTES 120  /* of a row above the heading: enough to know it again */
#define NAME_BYTES 4096 /* a longer cell is no column's name; disclaimers of 700 have been met */
#define WAITING_BYTES (8U << 20) /* of rows that wait for a guess; a row may have more */
#define ID_NAME_BYTES 24         /* 事業番号 */
#define SPACED_OUT 4             /* a name with U+3000 between its characters grows by less */

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

static void set_columns(struct columns *to, struct columns *from)
{
    columns_release(to);
    *to = *from;
    *from = (struct columns)COLUMNS_INIT;
}

static enum status note_preamble(struct table *table, const struct row *row, bool wide)
{
    struct slice text = row->text;
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

/* Keeps ROW until the next row shows whether it is the upper one of a heading. */
static enum status keep_upper(struct table *table, const struct row *row)
{
    table->has_upper = row->n_cells > 0;
    for (size_t i = 0; i < row->n_cells; i++)
        table->has_upper = table->has_upper && row->cells[i].len <= NAME_BYTES;
    return !table->has_upper || row_copy_set(&table->upper, row) ? ST_OK : ST_NOMEM;
}

/* Reads ROW with the row before it as a heading of two rows; COLUMNS stays empty when it is none.
 */
static enum status read_pair(struct table *table, const struct row *row, struct columns *columns)
{
    bool has_upper = table->has_upper && row->state != ROW_BROKEN;
    table->has_upper = false;
    return has_upper ? heading_pair_read(&table->upper.row, row, columns) : ST_OK;
}

/* ROW is the last one of a heading of so many. */
static enum status set_levels(struct table *table, size_t n, const struct row *row)
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
    enum status status = read_pair(table, row, &columns);
    if (status == ST_OK && columns.n > 0 && is_wanted(table, &columns, true)) {
        set_columns(&table->columns, &columns);
        table->seeking = false;
        table->findings.n_headings += 2;
        heading_forget_last(table);
        heading_report_above(table);
        status = set_levels(table, 2, row);
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
        set_columns(&table->columns, columns);
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
    return status == ST_OK ? set_levels(table, 3, row) : status;
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
        status = keep_upper(table, row);
    if (status == ST_OK && columns.n > 0 && is_wanted(table, &columns, false)) {
        set_columns(&table->columns, &columns);
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
        set_columns(&table->heading, &heading);
        *is_data = false;
        table->findings.n_headings++;
        status = keep_upper(table, row);
    }
    columns_release(&heading);
    return status;
}

/* Takes COLUMNS, read from the row before and ROW, or from ROW alone, as those of the heading. */
static enum status set_late(struct table *table, struct columns *columns, const struct row *row,
                            bool pair)
{
    set_columns(&table->columns, columns);
    table->seeking = false;
    table->findings.n_headings += 1 + pair;
    table->n_given_up -= pair;
    heading_report_above(table);
    report_given_up(table, row);
    return pair ? set_levels(table, 2, row) : keep_upper(table, row);
}

/* Takes ROW, below more rows than usually stand above a heading line, as one by its names, or with
 * the row before it. */
static enum status try_late_heading(struct table *table, const struct row *row)
{
    struct columns columns = COLUMNS_INIT;
    bool wide = row->state != ROW_BROKEN && row_count_filled(row) > 1;
    enum status status = read_pair(table, row, &columns);
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
        status = wide ? keep_upper(table, row) : ST_OK;
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

/* The column whose cell tells soonest that a row is no heading line. */
static size_t telling_column(const struct columns *heading)
{
    for (size_t i = 0; i < heading->n; i++)
        if (heading->items[i].role == ROLE_TITLE || heading->items[i].role == ROLE_BODY)
            return i;
    return 0;
}

static enum status equals_heading(struct table *table, const struct columns *heading,
                                  const struct row *row, bool *equal)
{
    size_t n = row->n_cells > heading->n ? row->n_cells : heading->n;
    *equal = true;
    for (size_t i = 0; i < n && *equal; i++) {
        struct slice cell = row_name(row, i);
        const char *key = i < heading->n ? heading->items[i].key : "";
        enum status status = columns_key(cell, &table->key);
        if (status != ST_OK)
            return status;
        *equal = strcmp(table->key.data, key) == 0;
    }
    return ST_OK;
}

/* Takes ROW as a heading line of other columns, when it is one by the usual names. */
static enum status try_other_heading(struct table *table, const struct row *row, bool *is_heading)
{
    struct columns columns = COLUMNS_INIT;
    enum status status = heading_read_names(row, &columns);
    if (status == ST_OK && columns.n > 0) {
        columns_assign(&columns, NULL);
        size_t n_roles = columns_count_roles(&columns);
        *is_heading = n_roles >= 2;
        if (n_roles == 1)
            status = heading_looks_again(table, row, is_heading);
    }
    if (*is_heading && status == ST_OK)
        status = record_let_go(table);
    bool translated = *is_heading && heading_is_translated(table, &columns);
    if (translated) { /* 事業名 above NAME: the names above stay */
        columns_release(&columns);
    } else if (*is_heading) {
        set_columns(&table->columns, &columns);
        table->id_is_sure = false;
        table->n_levels = 0;
        ditto_forget(&table->ditto);
        if (status == ST_OK)
            status = keep_upper(table, row);
    }
    columns_release(&columns);
    return status;
}

/* Whether ROW is the lower one of the heading whose upper one was taken alone, or one of several
 * rows that come again. */
static enum status check_pair(struct table *table, const struct row *row, bool *is_heading)
{
    struct columns columns = COLUMNS_INIT;
    if (table->n_levels > 0) {
        *is_heading = heading_rows_equal(row, &table->upper.row) ||
                      heading_rows_equal(row, &table->lower.row) ||
                      (table->n_levels == 3 && heading_rows_equal(row, &table->middle.row));
        return ST_OK;
    }
    enum status status = read_pair(table, row, &columns);
    *is_heading = status == ST_OK && columns.n > 0;
    if (*is_heading && table->form != COLUMNS_POSITIONS) {
        columns_assign(&columns, table->form == COLUMNS_MAPPED ? &table->wanted : NULL);
        set_columns(&table->columns, &columns);
    }
    columns_release(&columns);
    return *is_heading ? set_levels(table, 2, row) : status;
}

/* Whether the leftmost cell is called as columns of numbers are. */
static enum status begins_with_id(struct table *table, const struct row *row, bool *begins)
{
    const struct slice first = row_cell(row, 0);
    *begins = false;
    if (first.len == 0 || first.len > ID_NAME_BYTES ||
        (first.data[0] >= '0' && first.data[0] <= '9'))
        return ST_OK;
    enum status status = columns_key(first, &table->key);
    *begins = status == ST_OK && columns_role(table->key.data) == ROLE_ID;
    return status;
}

enum status heading_check(struct table *table, const struct row *row, bool *is_heading)
{
    bool by_position = table->form == COLUMNS_POSITIONS;
    const struct columns *heading = by_position ? &table->heading : &table->columns;
    *is_heading = false;
    if (heading->n == 0)
        return ST_OK;
    *is_heading = heading_is_counted(table, row);
    if (*is_heading)
        return ST_OK;
    enum status status = check_pair(table, row, is_heading);
    if (status != ST_OK || *is_heading)
        return status;
    size_t at = telling_column(heading);
    if (at >= row->n_cells ||
        row->cells[at].len > SPACED_OUT * strlen(heading->items[at].name) + 64)
        return ST_OK;
    status = columns_key(row->cells[at], &table->key);
    if (status != ST_OK)
        return status;
    enum role role = columns_role(table->key.data);
    if (strcmp(table->key.data, heading->items[at].key) == 0)
        status = equals_heading(table, heading, row, is_heading);
    bool other = role == ROLE_TITLE || role == ROLE_BODY;
    if (status == ST_OK && !*is_heading && table->form == COLUMNS_RECOGNISED && !other)
        status = begins_with_id(table, row, &other);
    if (status == ST_OK && !*is_heading && table->form == COLUMNS_RECOGNISED && other)
        status = try_other_heading(table, row, is_heading);
    return status;
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
