/* The run over all roots: reading them and handing what changed to the writer. Interface: ingest.h.
 */
#include "indexer/ingest.h"

#include "base/buf.h"
#include "indexer/carry.h"
#include "indexer/ingest_run.h"
#include "indexer/sources/problem_text.h"
#include "indexer/sources/readers_load.h"
#include "indexer/sources/root_sources.h"

#include <stdlib.h>
#include <string.h>

void ingest_problem(struct ingest *in, const struct place *place, enum severity severity,
                    const char *text, struct span excerpt)
{
    static const struct place whole = {.line = 0};
    struct buf problem = BUF_INIT;
    in->report->n_problems++;
    if (in->options->problem == NULL || in->report->n_problems <= in->failed->n_told)
        return;
    if (place == NULL)
        place = &whole;
    problem_text(&problem, place, text);
    in->options->problem(in->options->context, in->path, place->line, severity,
                         problem.failed ? text : problem.data, excerpt);
    buf_release(&problem);
}

/* Tells that D, whose source may have been read long ago, is not indexed. */
static enum status report_too_long(struct ingest *in, const struct document *d)
{
    const char *current = in->path;
    const struct place place = document_place(d);
    char *path;
    enum status st = catalog_path(in->writer, d->source_id, &path, in->error);
    in->path = path != NULL ? path : "";
    if (st == ST_OK)
        ingest_problem(in, &place, SEVERITY_SKIPPED, _("the text is longer than 2 GiB; skipped"),
                       (struct span){"", 0});
    in->path = current;
    free(path);
    return st;
}

static enum status write_document(void *context, struct document *d, enum status analysed)
{
    struct ingest *in = context;
    enum status st = ST_OK;
    if (analysed == ST_INPUT)
        return report_too_long(in, d);
    if (analysed != ST_OK)
        return error_set(in->error, analysed, _("out of memory"));
    if (d->old_id != 0)
        st = writer_remove(in->writer, d->old_id, in->error);
    if (st == ST_OK)
        st = writer_add(in->writer, d, in->error);
    if (!d->carried && d->old_id != 0)
        in->report->n_changed++;
    else if (!d->carried)
        in->report->n_added++;
    return st;
}

/* Whether there was no index before this run. */
static bool is_first(const struct ingest *in)
{
    return in->writer->bulk && in->old == NULL;
}

/* Tells how far the run is, and asks whether to go on. */
enum status ingest_show_progress(struct ingest *in)
{
    if (in->options->progress == NULL || in->options->progress(in->options->context, &in->progress))
        return ST_OK;
    return error_set(in->error, ST_INTERRUPTED,
                     is_first(in) ? _("stopped; there is no index yet: '%s'")
                                  : _("stopped; the index is as it was before: '%s'"),
                     in->options->db);
}

/* Counts a record of N_BYTES. What a reader gives is about as long as what it read. */
enum status ingest_count_read(struct ingest *in, size_t n_bytes)
{
    static const uint64_t step = 64;
    struct index_progress *p = &in->progress;
    uint64_t read = p->n_bytes - in->n_bytes_before + n_bytes;
    p->n_bytes = in->n_bytes_before + (read < in->n_bytes_source ? read : in->n_bytes_source);
    return ++p->n_records % step == 0 ? ingest_show_progress(in) : ST_OK;
}

/* Takes the sources below ROOT over from the index that is built anew. */
static enum status carry_root(struct ingest *in, const struct root *root)
{
    struct source_list list = {0};
    struct root_entry entry = {.id = 0};
    in->path = root->path;
    enum status st = carry_sources(in->old, root->path, &list);
    if (st != ST_OK)
        st = ingest_cannot_carry(in, st);
    if (st == ST_OK && (list.n > 0 || in->options->compact))
        st = catalog_root(in->writer, root, &entry, in->error);
    for (size_t i = 0; i < list.n && st == ST_OK; i++) {
        struct file_state then;
        st = ingest_begin_source(in, &list.items[i], entry.id, &then);
        if (st == ST_OK)
            st = ingest_carry(in);
        in->n_bytes_source = in->progress.n_bytes - in->n_bytes_before;
        ingest_end_source(in);
    }
    root_options_release(&entry.options);
    in->readers->sources_release(&list);
    return st;
}

/* Tells that ROOT cannot be read. One that was not named for this run will be told of each time:
 * with what ends that. */
static enum status tell_unreadable(struct ingest *in, const struct root *root, const char *why)
{
    struct buf text = BUF_INIT;
    buf_adds(&text, why);
    if (!root->given)
        buf_addf(&text,
                 _("; its records stay. If it has another name now: hiku index --moved '%s' NEW; "
                   "if it will not come back: hiku index --forget '%s'"),
                 root->path, root->path);
    bool ok = !text.failed;
    in->path = root->path;
    if (ok)
        ingest_problem(in, NULL, SEVERITY_FAILED, text.data, (struct span){"", 0});
    buf_release(&text);
    in->report->n_failed++;
    return ok ? ST_OK : error_set(in->error, ST_NOMEM, _("out of memory"));
}

/* A root that cannot be read: what the index holds of it stays. */
static enum status keep_root(struct ingest *in, const struct root *root, const char *why)
{
    size_t n_before = in->report->n_sources;
    enum status st = tell_unreadable(in, root, why);
    if (st == ST_OK && in->old != NULL)
        st = carry_root(in, root);
    in->report->n_sources += in->report->n_sources == n_before;
    return st;
}

/* Notes that ROOT was listed, and what it has. */
static enum status note_listed(struct ingest *in, const struct root *root,
                               const struct root_sources *sources)
{
    bool added;
    bool noted = string_set_add(&in->listed_roots, root->path, &added);
    for (size_t i = 0; i < sources->list.n && noted; i++)
        noted = string_set_add(&in->listed_sources, sources->list.items[i].path, &added);
    return noted ? ST_OK : error_set(in->error, ST_NOMEM, _("out of memory"));
}

static enum status ingest_root(struct ingest *in, const struct root *root,
                               const struct root_sources *sources)
{
    struct root_entry entry = {.id = 0};
    const struct source_list *list = &sources->list;
    if (strcmp(root->path, "-") == 0 && !root->given) { /* standard input is there once */
        in->report->n_sources += in->old == NULL;
        return in->old != NULL ? carry_root(in, root) : ST_OK;
    }
    if (sources->status == ST_INPUT)
        return keep_root(in, root, sources->why);
    enum status st = catalog_root(in->writer, root, &entry, in->error);
    for (size_t i = 0; i < list->n && st == ST_OK; i++)
        st = ingest_source(in, &list->items[i], &entry);
    if (st == ST_OK)
        st = note_listed(in, root, sources);
    root_options_release(&entry.options);
    return st;
}

static enum status start(struct ingest *in)
{
    struct pipeline_sink sink = {in, write_document};
    in->error->message[0] = '\0';
    enum status st = pipeline_open(&in->pipeline, in->writer->analyzer, in->options->n_threads,
                                   in->writer->memory, &sink, &in->writer->words);
    if (st != ST_OK)
        return error_set(in->error, st, _("out of memory"));
    return readers_load(&in->readers, in->error);
}

/* Ends a run that has read its sources. */
static enum status end(struct ingest *in, enum status st)
{
    if (st == ST_OK)
        st = pipeline_drain(in->pipeline);
    unsigned long long n_problems = in->report->n_problems;
    if (st == ST_OK && in->options->strict && n_problems > 0)
        st = error_set(in->error, ST_INPUT,
                       dngettext("hiku", "%llu problem; with --strict the index stays as it was",
                                 "%llu problems; with --strict the index stays as it was",
                                 n_problems),
                       n_problems);
    if (st == ST_OK)
        st = catalog_count(in->writer, 0, &in->report->n_records, in->error);
    in->progress.writing = true;
    if (st == ST_OK)
        st = ingest_show_progress(in);
    known_names_release(&in->names);
    enum status closed = pipeline_close(in->pipeline);
    if (st == ST_OK && closed != ST_OK)
        st = error_set(in->error, closed, _("out of memory"));
    return st;
}

enum status ingest_roots(struct writer *w, sqlite3 *old, const struct index_options *options,
                         const struct root_list *roots, struct failed_sources *failed,
                         struct index_report *report, struct error *error)
{
    struct ingest in = {w, old, options, report, error, .failed = failed};
    struct root_sources *sources = NULL;
    struct known_files files = {0};
    enum status st = start(&in);
    if (st == ST_OK)
        st = known_files_load(&files, w->db);
    if (st == ST_OK)
        st = root_sources_list(&sources, in.readers, roots, &files, &in.progress.n_bytes_total,
                               error);
    known_files_release(&files);
    if (st == ST_OK)
        pipeline_expect(in.pipeline, in.progress.n_bytes_total);
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        st = ingest_root(&in, &roots->items[i], &sources[i]);
    if (st == ST_OK)
        st = catalog_prune(w, &in.listed_roots, &in.listed_sources, &report->n_removed, error);
    string_set_release(&in.listed_roots);
    string_set_release(&in.listed_sources);
    root_sources_free(sources, roots->n, in.readers);
    if (st == ST_OK && old != NULL)
        st = catalog_copy_labels(w, old, error);
    if (st == ST_OK && report->n_failed == report->n_sources && in.n_carried == 0)
        st = error_set(error, ST_INPUT,
                       is_first(&in) ? _("no source could be read; no index is made")
                                     : _("no source could be read; the index stays as it was"));
    return end(&in, st);
}

enum status ingest_compact(struct writer *w, sqlite3 *old, const struct index_options *options,
                           const struct root_list *roots, struct index_report *report,
                           struct error *error)
{
    struct failed_sources none = {0};
    struct ingest in = {.writer = w,
                        .old = old,
                        .options = options,
                        .report = report,
                        .error = error,
                        .failed = &none};
    enum status st = start(&in);
    if (st == ST_OK) {
        in.progress.n_bytes_total = carry_bytes(old);
        pipeline_expect(in.pipeline, in.progress.n_bytes_total);
    }
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        st = carry_root(&in, &roots->items[i]);
    if (st == ST_OK)
        st = catalog_copy_states(w, old, error);
    return end(&in, st);
}
