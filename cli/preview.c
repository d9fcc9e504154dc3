/* hiku index --preview. Interface: preview.h. */
#include "cli/preview.h"

#include "base/clock.h"
#include "cli/exit_code.h"
#include "cli/output.h"
#include "indexer/segments/document.h"
#include "indexer/sources/problem_text.h"
#include "indexer/sources/readers_load.h"
#include "indexer/sources/source_options.h"

#include <string.h>

#define SHOWN 3           /* records of a source: enough to see what is where */
#define MOST_ROWS 500000U /* of a source, to be counted: a few seconds */

struct preview {
    struct buf columns;
    struct buf records;
    struct buf problems;
    size_t n_records;
    uint64_t n_problems;
    uint64_t n_doubtful_dates; /* among them */
    struct document document;  /* the record, as it would be indexed */
};

static void add_columns(void *context, const struct place *place, const struct column_role *columns,
                        size_t n)
{
    struct preview *p = context;
    if (place->part.len > 0) {
        buf_adds(&p->columns, "  [");
        display_add(&p->columns, place->part.data, place->part.len);
        buf_adds(&p->columns, "]\n");
    }
    for (size_t i = 0; i < n; i++) {
        buf_addf(&p->columns, "  %s\t", columns[i].role);
        display_add(&p->columns, columns[i].name, strlen(columns[i].name));
        buf_addc(&p->columns, '\n');
    }
}

/* A cell on one line. */
static void add_cell(struct buf *out, const char *name, size_t n_name, struct span text)
{
    if (text.len == 0)
        return;
    buf_adds(out, "    ");
    display_add(out, name, n_name);
    buf_adds(out, ": ");
    display_add(out, text.data, text.len);
    buf_addc(out, '\n');
}

static void add_problem(void *context, const struct place *place, enum severity severity,
                        const char *problem, struct span excerpt)
{
    struct preview *p = context;
    struct buf text = BUF_INIT;
    (void)severity;
    (void)excerpt;
    if (p->n_problems++ >= SHOWN)
        return;
    /* problem_text names a page. */
    if (place->page > 0)
        buf_adds(&p->problems, "  ");
    else
        buf_addf(&p->problems, "  %zu: ", place->line);
    problem_text(&text, place, problem);
    display_add(&p->problems, text.data, text.len);
    buf_addc(&p->problems, '\n');
    p->problems.failed |= text.failed;
    buf_release(&text);
}

/* Tells of a date that is doubtful, as an indexing would. */
static enum status look_at_date(struct preview *p, const struct record *record)
{
    enum status status = document_take(&p->document, record);
    const char *doubt = status == ST_OK ? document_date_doubt(&p->document) : NULL;
    if (doubt != NULL) {
        p->n_doubtful_dates++;
        add_problem(p, &record->place, SEVERITY_DOUBT, doubt, record->date_text);
    }
    document_trim(&p->document);
    return status;
}

static enum status add_record(void *context, const struct record *record)
{
    struct preview *p = context;
    enum status status = look_at_date(p, record);
    if (status != ST_OK || p->n_records++ >= SHOWN)
        return status;
    if (record->place.page > 0)
        buf_addf(&p->records, _("  page %zu:\n"), record->place.page);
    else
        buf_addf(&p->records, "  %zu:\n", record->place.line);
    add_cell(&p->records, "id", 2, record->id);
    add_cell(&p->records, "date", 4, record->date_text);
    add_cell(&p->records, "title", 5, record->title);
    add_cell(&p->records, "body", 4, record->body);
    for (size_t i = 0; i < record->n_columns; i++)
        add_cell(&p->records, record->columns[i].name.data, record->columns[i].name.len,
                 record->columns[i].value);
    return p->records.failed ? ST_NOMEM : ST_OK;
}

static void add_source(struct buf *out, const char *path, const struct preview *p,
                       const struct reader_findings *f, double seconds)
{
    display_add(out, path, strlen(path));
    buf_addf(out, "\t%s\t%s\t", f->format != NULL ? f->format : "-",
             f->encoding[0] != '\0' ? f->encoding : "-");
    buf_addf(out,
             _("%llu rows\t%llu records\t%llu skipped\t%llu headings\t%llu blank\t%llu joined\t"),
             (unsigned long long)f->n_rows, (unsigned long long)f->n_records,
             (unsigned long long)f->n_skipped, (unsigned long long)f->n_headings,
             (unsigned long long)f->n_blank, (unsigned long long)f->n_continued);
    buf_addf(out, _("%llu problems\t%.2f s\n"), (unsigned long long)p->n_problems, seconds);
    if (f->has_more)
        buf_addf(out, _("  the first %u rows alone; more of them follow\n"), MOST_ROWS);
    if (p->n_doubtful_dates > 0)
        buf_addf(out, _("  %llu doubtful dates\n"), (unsigned long long)p->n_doubtful_dates);
    buf_append(out, p->columns.data, p->columns.len);
    buf_append(out, p->records.data, p->records.len);
    buf_append(out, p->problems.data, p->problems.len);
}

static enum status show_source(const struct readers *readers, const struct source *source,
                               const struct index_options *options, struct error *error)
{
    struct preview p = {.columns = BUF_INIT, .records = BUF_INIT, .problems = BUF_INIT};
    document_init(&p.document);
    struct reader_findings findings = {.format = NULL};
    struct reader_sink sink = {.context = &p,
                               .record = add_record,
                               .problem = add_problem,
                               .columns = add_columns,
                               .findings = &findings};
    const struct root_options told = {(char *)options->columns, (char *)options->type,
                                      (char *)options->encoding, options->hidden};
    struct reader_options how = source_options(options, source, &told);
    how.most_rows = MOST_ROWS;
    double start = clock_ms();
    struct output out = OUTPUT_INIT;
    enum status st = readers->read(source->path, &how, &sink, error);
    if (st == ST_INPUT)
        add_problem(&p, &(struct place){.line = 0}, SEVERITY_FAILED, error->message,
                    (struct span){"", 0});
    if (p.columns.failed || p.records.failed || p.problems.failed)
        st = error_set(error, ST_NOMEM, _("out of memory while reading '%s'"), source->path);
    if (st == ST_OK || st == ST_INPUT)
        add_source(&out.buf, source->path, &p, &findings, (clock_ms() - start) / 1000);
    buf_release(&p.columns);
    buf_release(&p.records);
    buf_release(&p.problems);
    document_release(&p.document);
    int code = output_finish(&out, EXIT_FOUND);
    return st == ST_OK && code != EXIT_FOUND ? ST_IO : st;
}

int preview(const struct index_options *options)
{
    const struct readers *readers;
    struct error error = {0};
    struct source_list list = {0};
    bool unread = false;
    if (options->n_sources == 0)
        return fail(ST_USAGE, _("--preview needs a file or folder"));
    enum status st = readers_load(&readers, &error);
    for (size_t i = 0; st == ST_OK && i < options->n_sources; i++)
        st = readers->sources_add(&list, options->sources[i], &error);
    for (size_t i = 0; st == ST_OK && i < list.n; i++) {
        st = show_source(readers, &list.items[i], options, &error);
        unread = unread || st == ST_INPUT;
        st = st == ST_INPUT ? ST_OK : st;
    }
    if (list.n > 0)
        readers->sources_release(&list);
    if (st != ST_OK)
        return fail((int)st, error.message);
    return unread ? EXIT_USAGE : EXIT_FOUND;
}
