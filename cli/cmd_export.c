/* hiku export: all records as a table again. */
#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/output.h"
#include "cli/usage.h"

#include "base/json.h"
#include "indexer/export.h"

#include <stdlib.h>
#include <string.h>

enum export_format { EXPORT_JSONL, EXPORT_CSV, EXPORT_TSV };
#define EXPORT_CHOICES "jsonl|csv|tsv"

struct export_args {
    const char *db;
    int format;
};

#define AT(member) offsetof(struct export_args, member)

static const struct option options[] = {
    DB_OPTION(AT(db)),
    {"format", 0, OPTION_CHOICE, AT(format), NULL, EXPORT_CHOICES, N_("what to write")},
};

/* What is written under each other name, in the order of the heading line. */
struct cell {
    char *name;
    struct span value; /* of the record that is being written */
};

struct export
{
    struct output out;
    int format;
    struct cell *others;
    size_t n_others;
};

/* RFC 4180: in quotes where needed, quotes doubled. */
static void add_csv_cell(struct buf *out, struct span text)
{
    bool quoted = text.len > 0 && (text.data[0] == ' ' || text.data[text.len - 1] == ' ');
    for (size_t i = 0; i < text.len && !quoted; i++)
        quoted = strchr("\",;|\n\r\t", text.data[i]) != NULL;
    if (quoted)
        buf_addc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"')
            buf_addc(out, '"');
        buf_addc(out, text.data[i]);
    }
    if (quoted)
        buf_addc(out, '"');
}

/* Lines of a cell cannot be told in TSV; they are in HTML, which the reader takes back to lines.
 * What begins with a quote would be taken for a cell in quotes, and is put in some. */
static void add_tsv_cell(struct buf *out, struct span text)
{
    bool lines = text.len > 0 && memchr(text.data, '\n', text.len) != NULL;
    bool quoted = text.len > 0 && text.data[0] == '"';
    buf_adds(out, quoted ? "\"" : "");
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '"' && quoted)
            buf_addc(out, c);
        if (c == '\n')
            buf_adds(out, "<br>");
        else if (lines && (c == '<' || c == '&'))
            buf_adds(out, c == '<' ? "&lt;" : "&amp;");
        else
            buf_addc(out, c == '\t' ? ' ' : c);
    }
    buf_adds(out, quoted ? "\"" : "");
}

static void add_cell(struct export *e, struct span text, bool first)
{
    if (!first)
        buf_addc(&e->out.buf, e->format == EXPORT_CSV ? ',' : '\t');
    if (e->format == EXPORT_CSV)
        add_csv_cell(&e->out.buf, text);
    else
        add_tsv_cell(&e->out.buf, text);
}

static enum status flush(struct export *e)
{
    enum { FLUSH_BYTES = 64 << 10 };
    if (e->out.buf.failed)
        return ST_NOMEM;
    if (e->out.buf.len >= FLUSH_BYTES && !output_flush(&e->out))
        return ST_INTERRUPTED; /* nobody reads on, or the disk is full: output_finish tells */
    return ST_OK;
}

static enum status begin(void *context, const struct span *names, size_t n)
{
    struct export *e = context;
    e->others = calloc(n + 1, sizeof *e->others);
    if (e->others == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < EXPORT_N_ROLES; i++)
        add_cell(e, span_of(export_roles[i]), i == 0);
    for (size_t i = 0; i < n; i++) {
        e->others[i].name = strndup(names[i].data, names[i].len);
        if (e->others[i].name == NULL)
            return ST_NOMEM;
        e->n_others++;
        add_cell(e, names[i], false);
    }
    buf_addc(&e->out.buf, '\n');
    return flush(e);
}

static void add_member(struct buf *out, const char *name, size_t n_name, struct span value)
{
    if (out->len > 0 && out->data[out->len - 1] != '{')
        buf_addc(out, ',');
    json_add_string(out, name, n_name);
    buf_addc(out, ':');
    json_add_string(out, value.data, value.len);
}

static enum status add_json(void *context, const struct record *record)
{
    struct export *e = context;
    struct buf *out = &e->out.buf;
    buf_addc(out, '{');
    add_member(out, "id", 2, record->id);
    add_member(out, "date", 4, record->date_text);
    add_member(out, "title", 5, record->title);
    add_member(out, "body", 4, record->body);
    for (size_t i = 0; i < record->n_columns; i++)
        add_member(out, record->columns[i].name.data, record->columns[i].name.len,
                   record->columns[i].value);
    buf_adds(out, "}\n");
    return flush(e);
}

static enum status add_row(void *context, const struct record *record)
{
    struct export *e = context;
    add_cell(e, record->id, true);
    add_cell(e, record->date_text, false);
    add_cell(e, record->title, false);
    add_cell(e, record->body, false);
    for (size_t i = 0; i < e->n_others; i++) {
        struct span value = {"", 0};
        for (size_t k = 0; k < record->n_columns; k++) {
            struct span name = record->columns[k].name;
            if (strlen(e->others[i].name) == name.len &&
                memcmp(e->others[i].name, name.data, name.len) == 0)
                value = record->columns[k].value;
        }
        add_cell(e, value, false);
    }
    buf_addc(&e->out.buf, '\n');
    return flush(e);
}

static int run(int argc, char **argv)
{
    struct export_args args = {.format = EXPORT_JSONL};
    int code = usage_parse(&command_export, &args, argc, argv, NULL);
    if (code >= 0)
        return code;
    struct error error = {0};
    struct export e = {.out = OUTPUT_INIT, .format = args.format};
    struct export_sink sink = {&e, begin, add_row};
    if (args.format == EXPORT_JSONL) /* each line has its own names */
        sink = (struct export_sink){&e, NULL, add_json};
    enum status st = export_records(index_file(args.db), &sink, &error);
    for (size_t i = 0; i < e.n_others; i++)
        free(e.others[i].name);
    free(e.others);
    code = output_finish(&e.out, EXIT_FOUND);
    if (st != ST_OK && st != ST_INTERRUPTED)
        return fail((int)st, error_text((int)st, &error));
    return code;
}

const struct command command_export = {
    .name = "export",
    .run = run,
    .summary = N_("write all records back as a table, with dates in ISO 8601"),
    .operands = "",
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
