/* hiku show: records as a whole. */
#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/json_object.h"
#include "cli/output.h"
#include "cli/usage.h"
#include "search/write/result_writer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct show_args {
    struct option_list dbs;
    const char *dicdir;
    const char *query;
    int json;
    int color;
};

#define AT(member) offsetof(struct show_args, member)

static const struct option options[] = {
    DBS_OPTION(AT(dbs)),
    {"query", 'q', OPTION_TEXT, AT(query), N_("QUERY"), NULL, N_("mark what this query finds")},
    {"format", 0, OPTION_CHOICE, AT(json), NULL, "text|json",
     N_("form of the results; json: one object a line")},
    COLOR_OPTION(AT(color)),
    DICDIR_OPTION(AT(dicdir)),
};

struct show {
    hiku *db;
    const struct show_args *args;
    struct display display;
    struct output out;
    size_t n_shown;
};

enum { NAME_COLUMNS = 12 };

/* A name and its value; none where the value is empty. */
static void add_field(struct show *show, const char *name, const char *value)
{
    struct buf *out = &show->out.buf;
    if (value[0] == '\0')
        return;
    display_add_padded(out, name, NAME_COLUMNS, &show->display);
    /* A name of the source's own may be wider than its column. */
    if (display_width(name, strlen(name), &show->display) >= NAME_COLUMNS)
        buf_addc(out, ' ');
    display_add_lines(out, value, strlen(value), NAME_COLUMNS);
    buf_addc(out, '\n');
}

static void add_date(struct show *show, const struct hiku_record *record)
{
    struct buf date = BUF_INIT;
    display_add_date(&date, record);
    add_field(show, _("date"), date.data);
    buf_release(&date);
}

static void add_columns(struct show *show, const char *columns)
{
    struct json_object object;
    struct buf name = BUF_INIT;
    struct buf value = BUF_INIT;
    json_object_begin(&object, columns);
    while (json_object_next(&object, &name, &value))
        add_field(show, name.data, value.data);
    buf_release(&name);
    buf_release(&value);
}

static void add_record(struct show *show, const struct hiku_record *record)
{
    struct buf *out = &show->out.buf;
    struct buf source = BUF_INIT;
    if (show->n_shown > 0)
        buf_addc(out, '\n');
    display_add_marked(out, &record->title, 0, record->title.len, false, &show->display);
    buf_addc(out, '\n');
    add_field(show, _("key"), record->key);
    add_field(show, _("number"), record->id);
    add_date(show, record);
    buf_adds(&source, record->source);
    if (record->part[0] != '\0')
        buf_addf(&source, " [%s]", record->part);
    if (record->page > 0)
        buf_addf(&source, _(" page %lld"), (long long)record->page);
    if (record->line > 0)
        buf_addf(&source, ":%" PRId64, record->line);
    add_field(show, _("source"), source.data);
    buf_release(&source);
    add_field(show, _("whose"), record->label);
    if (show->args->dbs.n > 1)
        add_field(show, _("index"), record->db);
    add_columns(show, record->columns);
    if (record->body.len == 0)
        return;
    buf_addc(out, '\n');
    display_add_marked(out, &record->body, 0, record->body.len, true, &show->display);
    buf_addc(out, '\n');
}

static int show_key(struct show *show, const char *key)
{
    const struct hiku_record *record;
    const char *query = show->args->query;
    int status = hiku_get(show->db, key, query, query != NULL ? strlen(query) : 0, &record);
    if (status == HIKU_NOT_FOUND)
        return index_no_record(&show->args->dbs, key);
    if (status != HIKU_OK)
        return index_fail(show->db, status);
    if (show->args->json) {
        result_add_record_json(&show->out.buf, record, show->args->dbs.n > 1);
        buf_addc(&show->out.buf, '\n');
    } else {
        add_record(show, record);
    }
    show->n_shown++;
    output_flush(&show->out);
    return EXIT_FOUND;
}

static int run_show(const struct show_args *args, char **keys, int n_keys)
{
    if (n_keys == 0)
        return fail(HIKU_USAGE, _("which record is missing; see: hiku help show"));
    struct show show = {.args = args, .out = OUTPUT_INIT};
    show.display = output_display(output_color(args->color));
    int worst = index_open(&show.db, &args->dbs, args->dicdir);
    if (worst == EXIT_FOUND) {
        for (int i = 0; i < n_keys && worst <= EXIT_NOTHING_FOUND; i++) {
            int code = show_key(&show, keys[i]);
            worst = code > worst ? code : worst;
        }
        worst = output_finish(&show.out, worst);
    }
    hiku_close(show.db);
    return worst;
}

static int run(int argc, char **argv)
{
    struct show_args args = {0};
    int n_operands;
    int code = usage_parse(&command_show, &args, argc, argv, &n_operands);
    if (code < 0)
        code = run_show(&args, argv, n_operands);
    free(args.dbs.items);
    return code;
}

const struct command command_show = {
    .name = "show",
    .run = run,
    .summary = N_("print records as a whole"),
    .operands = N_("KEY…"),
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
