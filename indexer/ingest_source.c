/* Reading one source, and telling the writer what changed in it. Interface: ingest_run.h. */
#include "indexer/carry.h"
#include "indexer/ingest_run.h"
#include "indexer/sources/line_shifts.h"
#include "indexer/sources/source_options.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

static void report_date(struct ingest *in, const struct document *d)
{
    const char *doubt = document_date_doubt(d);
    const struct place place = document_place(d);
    if (doubt != NULL)
        ingest_problem(in, &place, SEVERITY_DOUBT, doubt, buf_span(&d->date_text));
}

/* Whether the index holds this very record already; notes which one it replaces if not. */
static enum status compare(struct ingest *in, struct document *d, bool *same)
{
    bool moved = *same = false;
    enum status st = ST_OK;
    if (in->match != NULL)
        st = known_record_compare(in->match, in->writer, d, same, &moved, in->error);
    in->n_written += moved;
    return st;
}

static enum status take_record(void *context, const struct record *record)
{
    struct ingest *in = context;
    struct document *d = pipeline_slot(in->pipeline);
    bool same;
    enum status st = document_take(d, record);
    if (st != ST_OK)
        return error_set(in->error, st, _("out of memory"));
    st = ingest_count_read(in, d->number.len + d->date_text.len + d->title.len + d->body.len +
                                   d->columns.len + 4);
    if (st == ST_OK)
        st = ingest_key(in, d);
    if (st == ST_OK)
        st = compare(in, d, &same);
    if (st != ST_OK)
        return st;
    if (same) {
        in->report->n_unchanged++;
        return ST_OK;
    }
    report_date(in, d);
    d->id = in->writer->next_document++;
    d->source_id = in->source_id;
    in->n_written++;
    return pipeline_give(in->pipeline);
}

static void take_problem(void *context, const struct place *place, enum severity severity,
                         const char *text, struct span excerpt)
{
    ingest_problem(context, place, severity, text, excerpt);
}

enum status ingest_cannot_carry(const struct ingest *in, enum status why)
{
    if (why == ST_CORRUPT && in->options->compact)
        return store_corrupt(in->options->db, in->error);
    if (why == ST_CORRUPT)
        return error_set(in->error, why,
                         _("the records of '%s' can be read neither there nor in the old index; "
                           "bring the source back, or remove the index '%s' to do without them"),
                         in->path, in->options->db);
    return error_set(in->error, why, _("out of memory"));
}

enum status ingest_carry(struct ingest *in)
{
    struct carry carry;
    bool found = true;
    enum status st = carry_open(&carry, in->old, in->path);
    while (st == ST_OK && found) {
        struct document *d = pipeline_slot(in->pipeline);
        st = carry_next(&carry, in->name, d, &found);
        if (st != ST_OK || !found)
            break;
        d->id = in->writer->next_document++;
        d->source_id = in->source_id;
        in->n_carried++;
        in->report->n_unchanged++;
        st = ingest_count_read(in, d->title.len + d->body.len + d->columns.len);
        if (st == ST_OK)
            st = pipeline_give(in->pipeline);
    }
    carry_close(&carry);
    return in->error->message[0] == '\0' && st != ST_OK ? ingest_cannot_carry(in, st) : st;
}

/* The current source cannot be read: its records stay as they were. */
static enum status keep_source(struct ingest *in, const char *why)
{
    ingest_problem(in, NULL, SEVERITY_FAILED, why, (struct span){"", 0});
    in->report->n_unchanged = in->n_unchanged_before; /* it is not known of all of them */
    in->report->n_failed++;
    return in->old != NULL ? ingest_carry(in) : ST_OK;
}

/* Some records of the current source are written, and the rest cannot be read. */
static enum status throw_away(struct ingest *in, const char *why)
{
    enum status st = failed_sources_add(in->failed, in->path, why, in->n_problems_before);
    return st == ST_NOMEM ? error_set(in->error, st, _("out of memory")) : ST_INPUT;
}

/* The current source, in STATE before, was read to its end. Of standard input or a pipe nothing is
 * left then. */
static enum status note_read(struct ingest *in, const struct file_state *state)
{
    enum status st = ST_OK;
    if (state->is_stream || strcmp(in->path, "-") == 0)
        st = failed_sources_add_stream(in->failed, in->path,
                                       _("it was read before another source turned out not to be "
                                         "readable to its end; give it again"));
    return st == ST_OK ? ST_OK : error_set(in->error, st, _("out of memory"));
}

/* The current source was read to its end, when it was in STATE before: what was not met in it is
 * gone. */
static enum status finish_read(struct ingest *in, const struct file_state *state)
{
    struct error ignored;
    struct file_state now = *state;
    enum status st =
        known_records_remove_unseen(&in->known, in->writer, &in->report->n_removed, in->error);
    if (st == ST_OK)
        st = line_shifts_write(&in->known, in->writer, in->source_id, in->error);
    /* A source that changed while it was read must be read again. */
    if (file_state_read(in->path, &now, &ignored) != ST_OK || !file_state_same(&now, state))
        now.ctime_ns = 0;
    return st == ST_OK ? catalog_read(in->writer, in->source_id, &now, in->error) : st;
}

static enum status read_source(struct ingest *in, const struct source *source,
                               const struct reader_options *options, const struct file_state *state)
{
    struct error unread = {0};
    struct reader_findings found = {.format = NULL};
    struct reader_sink sink = {in, take_record, take_problem, NULL, &found};
    enum status loaded = in->writer->bulk
                             ? ST_OK
                             : known_records_load(&in->known, in->writer, in->source_id, in->error);
    if (loaded != ST_OK)
        return loaded;
    uint64_t n_read = in->progress.n_records;
    enum status st = in->readers->read(in->path, options, &sink, &unread);
    if (st == ST_OK && in->progress.n_records == n_read &&
        in->report->n_problems > in->n_problems_before)
        st = error_set(&unread, ST_INPUT, _("no row of it could be read; see --columns"));
    if (st == ST_INPUT && in->n_written == 0)
        return keep_source(in, unread.message);
    if (st == ST_INPUT)
        return throw_away(in, unread.message);
    if (st != ST_OK && in->error->message[0] == '\0')
        error_set(in->error, st, "%s", unread.message);
    if (st == ST_OK)
        st = finish_read(in, state);
    if (st == ST_OK)
        st = note_read(in, state);
    if (st == ST_OK && in->options->save &&
        source_options_save(in->readers, in->options, source, in->name, options, &found, &unread) !=
            ST_OK)
        ingest_problem(in, NULL, SEVERITY_DOUBT, unread.message, (struct span){"", 0});
    return st;
}

enum status ingest_begin_source(struct ingest *in, const struct source *source, int64_t root_id,
                                struct file_state *then)
{
    struct source_entry entry;
    enum status st = catalog_source(in->writer, &in->names, source, root_id, &entry, in->error);
    in->source_id = entry.id;
    in->name = entry.name;
    *then = entry.state;
    in->path = source->path;
    in->report->n_sources++;
    in->n_written = 0;
    in->n_problems_before = in->report->n_problems;
    in->n_unchanged_before = in->report->n_unchanged;
    in->n_bytes_source = in->progress.n_bytes_total - in->n_bytes_before;
    return st == ST_OK ? ingest_show_progress(in) : st;
}

void ingest_end_source(struct ingest *in)
{
    in->n_bytes_before = in->progress.n_bytes = in->n_bytes_before + in->n_bytes_source;
    key_set_release(&in->seen);
    known_records_release(&in->known);
    free(in->name);
    in->name = NULL;
}

enum status ingest_source(struct ingest *in, const struct source *source,
                          const struct root_entry *root)
{
    struct file_state now = FILE_STATE_UNKNOWN, then;
    struct error ignored;
    struct source labelled = *source;
    if (in->options->label != NULL)
        labelled.label = (char *)in->options->label;
    enum status st = ingest_begin_source(in, &labelled, root->id, &then);
    if (st == ST_OK && file_state_read(source->path, &now, &ignored) != ST_OK)
        now = FILE_STATE_UNKNOWN;
    in->n_bytes_source = now.size > 0 ? (uint64_t)now.size : 0;
    bool same_way = root->same && !in->options->save;
    bool same = st == ST_OK && same_way && file_state_same(&now, &then);
    if (same) {
        uint64_t n = 0;
        st = catalog_count(in->writer, in->source_id, &n, in->error);
        in->report->n_unchanged += n;
    } else if (st == ST_OK) {
        struct reader_options how = source_options(in->options, source, &root->options);
        const char *why = failed_sources_find(in->failed, source->path);
        st = why != NULL ? keep_source(in, why) : read_source(in, &labelled, &how, &now);
    }
    ingest_end_source(in);
    return st;
}
