/* Reading a source: its bytes, its format, its rows. Interface: reader.h. */
#include "corpus/reader.h"

#include "corpus/bytes/input.h"
#include "corpus/format.h"
#include "corpus/table/table.h"

#include <stdio.h>

static enum status read_rows(struct table *table, struct row_source *rows, struct error *error)
{
    struct row row;
    bool found = true;
    uint64_t most = table->options->most_rows, n = 0;
    enum status status = ST_OK;
    while (status == ST_OK) {
        status = rows->ops->next(rows, &row, &found, error);
        table->findings.has_more = status == ST_OK && found && most > 0 && n++ == most;
        if (status != ST_OK || !found || table->findings.has_more)
            break;
        status = table_take(table, &row);
    }
    if (status == ST_INPUT) { /* what was read stands */
        enum status last = table_end_part(table);
        status = last != ST_OK ? last : status;
    }
    return status == ST_OK ? table_end(table, error) : status;
}

/* Tells of what could not be decoded where the format's reader does not tell it by rows. */
static void report_damage(const struct table *table, const struct input *in)
{
    struct span nothing = {"", 0};
    struct place place = {.part = nothing};
    struct buf problem = BUF_INIT;
    uint64_t n = in->n_damage - in->first_damage + in->n_uncounted;
    if (n == 0)
        return;
    uint64_t from = in->first_damage < in->n_damage ? in->damage[in->first_damage].from : 0;
    buf_addf(&problem, _("damaged %s in %llu places from byte %llu on, read as U+FFFD"),
             in->encoding, (unsigned long long)n, (unsigned long long)from + 1);
    table->sink->problem(table->sink->context, &place, SEVERITY_DOUBT, problem.data, nothing);
    buf_release(&problem);
}

static enum status read_input(struct table *table, struct input *in, struct error *error)
{
    const struct reader_options *options = table->options;
    const struct format *format = NULL;
    struct row_source *rows = NULL;
    enum status status = table_begin(table, error);
    if (status == ST_OK)
        status = input_open(in, table->path, error);
    if (status == ST_OK)
        status = format_find(in, options, &format, error);
    if (status == ST_OK) {
        table->findings.format = format->name;
        snprintf(table->findings.encoding, sizeof table->findings.encoding, "%s", in->encoding);
        status = format->open(in, options, &rows, error);
    }
    if (status == ST_OK)
        status = read_rows(table, rows, error);
    if (rows != NULL)
        rows->ops->close(rows);
    if (status == ST_OK)
        report_damage(table, in);
    return status;
}

enum status reader_read(const char *path, const struct reader_options *options,
                        const struct reader_sink *sink, struct error *error)
{
    static const struct reader_options usual = {0};
    struct input in = INPUT_INIT;
    struct table table;
    table_init(&table, path, options != NULL ? options : &usual, sink);
    enum status status = read_input(&table, &in, error);
    if (status == ST_NOMEM)
        error_set(error, status, _("out of memory while reading '%s'"), path);
    if (sink->findings != NULL)
        *sink->findings = table.findings;
    input_close(&in);
    table_release(&table);
    return status;
}
