/* Reading a table, record by record. Interface: reader.h. */
#include "corpus/reader.h"

#include "base/utf8.h"
#include "corpus/cell.h"
#include "corpus/table.h"

#define EXCERPT_BYTES 200 /* a line or two on a terminal */

void table_report(const struct table *table, const struct row *row, const char *problem)
{
    struct slice excerpt = row->text;
    if (excerpt.len > EXCERPT_BYTES)
        excerpt.len = utf8_floor(excerpt.data, EXCERPT_BYTES);
    table->sink->problem(table->sink->context, row->line, problem, excerpt);
}

bool table_is_blank(struct slice text)
{
    while (text.len > 0) {
        size_t n = cell_blank(text.data, text.len);
        if (n == 0 && (*text.data == '\n' || *text.data == '\r'))
            n = 1;
        if (n == 0)
            return false;
        text.data += n;
        text.len -= n;
    }
    return true;
}

/* A line of one cell in a table of more is its title again or something to be told of. */
static enum status handle_line(struct table *table, const struct row *row)
{
    bool is_title = false;
    enum status status = heading_check_title(table, row, &is_title);
    if (status == ST_OK && !is_title)
        table_report(table, row, _("a line that is not cut into cells"));
    return status;
}

static enum status handle_row(struct table *table, const struct row *row)
{
    if (row->state == ROW_BROKEN) {
        table_report(table, row, row->problem);
        return ST_OK;
    }
    if (row->n_cells == 1 && table_is_blank(row->text))
        return ST_OK;
    bool is_heading = false;
    enum status status = heading_check(table, row, &is_heading);
    if (status != ST_OK || is_heading)
        return status;
    if (row->n_cells == 1 && table->columns.n > 1)
        return handle_line(table, row);
    return record_emit(table, row);
}

static enum status read_rows(struct table *table, struct error *error)
{
    struct row row;
    bool found;
    enum status status = heading_find(table, &row, &found, error);
    if (status == ST_OK && found)
        status = handle_row(table, &row);
    while (status == ST_OK) {
        status = rows_next(&table->rows, &row, &found, error);
        if (status != ST_OK || !found)
            break;
        status = handle_row(table, &row);
    }
    return status;
}

static enum status read_table(struct table *table, const struct reader_options *options,
                              struct error *error)
{
    enum status status = ST_OK;
    if (options != NULL && options->columns != NULL) {
        bool mapping = false;
        status = columns_parse(options->columns, &table->wanted, &mapping, error);
        table->form = mapping ? COLUMNS_MAPPED : COLUMNS_POSITIONS;
    }
    if (status == ST_OK)
        status = rows_open(&table->rows, table->path, error);
    return status == ST_OK ? read_rows(table, error) : status;
}

enum status reader_read(const char *path, const struct reader_options *options,
                        const struct reader_sink *sink, struct error *error)
{
    struct table table = {
        .path = path,
        .sink = sink,
        .rows = {.in = INPUT_INIT, .repaired = BUF_INIT, .unquoted = BUF_INIT},
        .form = COLUMNS_RECOGNISED,
        .key = BUF_INIT,
        .id = BUF_INIT,
        .date = BUF_INIT,
        .title = BUF_INIT,
        .body = BUF_INIT,
        .others = BUF_INIT,
    };
    enum status status = read_table(&table, options, error);
    if (status == ST_NOMEM)
        error_set(error, status, _("out of memory while reading '%s'"), path);
    rows_close(&table.rows);
    heading_release(&table);
    record_release(&table);
    buf_release(&table.key);
    return status;
}
