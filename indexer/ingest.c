/* Reading the sources and telling the writer what changed. Interface: ingest.h. */
#include "indexer/ingest.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "indexer/carry.h"
#include "indexer/catalog.h"
#include "indexer/key_set.h"
#include "indexer/known.h"
#include "indexer/line_shifts.h"
#include "indexer/pipeline.h"
#include "indexer/root_sources.h"
#include "store/store.h"
#include "indexer/readers_load.h"
#include "indexer/source_options.h"

#include <stdlib.h>
#include <string.h>

struct ingest {
    struct writer *writer;
    sqlite3 *old; /* the index that is built anew; NULL: none */
    const struct index_options *options;
    struct index_report *report;
    struct error *error;
    struct failed_sources *failed;
    const struct readers *readers;
    struct pipeline *pipeline;
    struct index_progress progress;
    uint64_t n_bytes_before; /* of the sources before this one */
    uint64_t n_bytes_source; /* of this one */
    uint64_t n_carried;      /* records taken over from the old index */
    /* The source that is being read. */
    const char *path;
    const char *name;
    int64_t source_id;
    struct known known;         /* what the index holds of it; nothing of a new one */
    struct known_record *match; /* the one with the key of the record at hand; NULL: none */
    uint64_t n_written;         /* of its records: given to the analysers, or moved */
    uint64_t n_problems_before; /* told of before it */
    uint64_t n_unchanged_before;
    struct key_set seen; /* keys of records that are not known */
};

static void problem(struct ingest *in, size_t line, enum severity severity, const char *text,
                    struct slice excerpt)
{
    in->report->n_problems++;
    if (in->options->problem != NULL && in->report->n_problems > in->failed->n_told)
        in->options->problem(in->options->context, in->path, line, severity, text, excerpt);
}

static enum status write_document(void *context, struct document *d, enum status analysed)
{
    struct ingest *in = context;
    enum status st = ST_OK;
    if (analysed == ST_INPUT) {
        problem(in, d->line, SEVERITY_SKIPPED, _("the text is longer than 2 GiB; skipped"),
                (struct slice){"", 0});
        return ST_OK;
    }
    if (analysed != ST_OK)
        return error_set(in->error, analysed, _("out of memory"));
    if (d->old_id != 0)
        st = writer_remove(in->writer, d->old_id, in->error);
    if (st == ST_OK)
        st = writer_add(in->writer, d, in->source_id, in->error);
    if (d->carried)
        in->report->n_unchanged++;
    else if (d->old_id != 0)
        in->report->n_changed++;
    else
        in->report->n_added++;
    return st;
}

/* NAME#ID; one without a number is known by its text, so that rows before it may come and go. */
static void make_key(const struct ingest *in, struct document *d, unsigned repetition)
{
    buf_clear(&d->key);
    if (d->number.len > 0)
        buf_addf(&d->key, "%s#%.*s", in->name, (int)d->number.len, d->number.data);
    else
        buf_addf(&d->key, "%s#x%016llx", in->name, (unsigned long long)d->hash);
    if (repetition > 1)
        buf_addf(&d->key, "~%u", repetition);
}

/* Notes that the source has a record with D's key. *REPEATED: it had one before. */
static enum status note_key(struct ingest *in, struct document *d, bool *repeated)
{
    uint64_t key = hash_bytes(HASH_SEED, d->key.data, d->key.len);
    bool added = true;
    struct known_record *known = known_find(&in->known, key);
    in->match = known;
    if (d->key.failed || (known == NULL && !key_set_add(&in->seen, key, &added)))
        return error_set(in->error, ST_NOMEM, _("out of memory"));
    *repeated = known != NULL ? known->seen : !added;
    if (known != NULL)
        known->seen = true;
    return ST_OK;
}

/* Whether a record of this run has the key of this repetition. */
static bool is_taken(const struct ingest *in, struct document *d, unsigned repetition)
{
    make_key(in, d, repetition);
    uint64_t key = hash_bytes(HASH_SEED, d->key.data, d->key.len);
    const struct known_record *known = known_find(&in->known, key);
    return (known != NULL && known->seen) || key_set_has(&in->seen, key);
}

/* The first repetition of D's key that is free: those taken have no gaps, so the number is found by
 * halving, however often a table has a record. */
static unsigned free_repetition(const struct ingest *in, struct document *d)
{
    unsigned taken = 0, free = 1;
    while (is_taken(in, d, free)) {
        taken = free;
        free *= 2;
    }
    while (free - taken > 1) {
        unsigned middle = taken + (free - taken) / 2;
        if (is_taken(in, d, middle))
            taken = middle;
        else
            free = middle;
    }
    return free;
}

static void report_repetition(struct ingest *in, const struct document *d)
{
    struct buf text = BUF_INIT;
    if (d->number.len > 0)
        buf_addf(&text, _("number '%s' comes again; the record is kept as '%s'"), d->number.data,
                 d->key.data);
    else
        buf_addf(&text, _("the same record comes again; it is kept as '%s'"), d->key.data);
    problem(in, d->line, SEVERITY_DOUBT, text.data, (struct slice){d->title.data, d->title.len});
    buf_release(&text);
}

static enum status unique_key(struct ingest *in, struct document *d)
{
    unsigned repetition = free_repetition(in, d);
    bool repeated;
    make_key(in, d, repetition);
    enum status st = note_key(in, d, &repeated);
    if (st == ST_OK && repetition > 1)
        report_repetition(in, d);
    return st;
}

static void report_date(struct ingest *in, const struct document *d)
{
    const char *doubt = document_date_doubt(d);
    if (doubt != NULL)
        problem(in, d->line, SEVERITY_DOUBT, doubt,
                (struct slice){d->date_text.data, d->date_text.len});
}

/* Whether the index holds this very record already; notes which one it replaces if not. */
static enum status compare(struct ingest *in, struct document *d, bool *same)
{
    bool moved = *same = false;
    enum status st = ST_OK;
    if (in->match != NULL)
        st = known_compare(in->match, in->writer, d, same, &moved, in->error);
    in->n_written += moved;
    return st;
}

/* Tells how far the run is, and asks whether to go on. */
static enum status show_progress(struct ingest *in)
{
    if (in->options->progress == NULL || in->options->progress(in->options->context, &in->progress))
        return ST_OK;
    return error_set(in->error, ST_INTERRUPTED, _("stopped; the index is as it was before: '%s'"),
                     in->options->db);
}

/* Counts a record of N_BYTES. What a reader gives is about as long as what it read. */
static enum status count_read(struct ingest *in, size_t n_bytes)
{
    static const uint64_t step = 64;
    struct index_progress *p = &in->progress;
    uint64_t read = p->n_bytes - in->n_bytes_before + n_bytes;
    p->n_bytes = in->n_bytes_before + (read < in->n_bytes_source ? read : in->n_bytes_source);
    return ++p->n_records % step == 0 ? show_progress(in) : ST_OK;
}

static enum status take_record(void *context, const struct record *record)
{
    struct ingest *in = context;
    struct document *d = pipeline_slot(in->pipeline);
    bool same;
    enum status st = document_take(d, record);
    if (st != ST_OK)
        return error_set(in->error, st, _("out of memory"));
    st = count_read(in, d->number.len + d->date_text.len + d->title.len + d->body.len +
                            d->columns.len + 4);
    if (st == ST_OK)
        st = unique_key(in, d);
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
    in->n_written++;
    return pipeline_give(in->pipeline);
}

static void take_problem(void *context, const struct place *place, enum severity severity,
                         const char *text, struct slice excerpt)
{
    problem(context, place->line, severity, text, excerpt);
}

static enum status cannot_carry(const struct ingest *in, enum status why)
{
    if (why == ST_CORRUPT && in->options->compact)
        return store_sqlite_error(in->old, SQLITE_CORRUPT, in->options->db, in->error);
    if (why == ST_CORRUPT)
        return error_set(in->error, why,
                         _("the records of '%s' can be read neither there nor in the old index; "
                           "bring the source back, or remove the index '%s' to do without them"),
                         in->path, in->options->db);
    return error_set(in->error, why, _("out of memory"));
}

/* Takes the records of the current source from the index that is built anew, which without its
 * source is all that is left of them. */
static enum status carry_source(struct ingest *in)
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
        in->n_carried++;
        st = count_read(in, d->title.len + d->body.len + d->columns.len);
        if (st == ST_OK)
            st = pipeline_give(in->pipeline);
    }
    carry_close(&carry);
    return in->error->message[0] == '\0' && st != ST_OK ? cannot_carry(in, st) : st;
}

/* The current source cannot be read: its records stay as they were. */
static enum status keep_source(struct ingest *in, const char *why)
{
    problem(in, 0, SEVERITY_FAILED, why, (struct slice){"", 0});
    in->report->n_unchanged = in->n_unchanged_before; /* it is not known of all of them */
    in->report->n_failed++;
    return in->old != NULL ? carry_source(in) : ST_OK;
}

/* Some records of the current source are written, and the rest cannot be read. */
static enum status throw_away(struct ingest *in, const char *why)
{
    enum status st = failed_sources_add(in->failed, in->path, why, in->n_problems_before);
    return st == ST_NOMEM ? error_set(in->error, st, _("out of memory")) : ST_INPUT;
}

static enum status read_source(struct ingest *in, const struct source *source,
                               const struct reader_options *options, const struct file_state *state)
{
    struct error unread = {0};
    struct reader_findings found = {.format = NULL};
    struct reader_sink sink = {in, take_record, take_problem, NULL, &found};
    enum status loaded =
        in->writer->bulk ? ST_OK : known_load(&in->known, in->writer, in->source_id, in->error);
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
        st = known_remove_unseen(&in->known, in->writer, &in->report->n_removed, in->error);
    if (st == ST_OK)
        st = line_shifts_write(&in->known, in->writer, in->source_id, in->error);
    /* A source that changed while it was read must be read again. */
    struct file_state now = *state;
    if (file_state_read(in->path, &now, &unread) != ST_OK || !file_state_same(&now, state))
        now.ctime_ns = 0;
    struct error unsaved;
    if (st == ST_OK && in->options->save &&
        source_options_save(in->readers, source, in->name, options, &found, &unsaved) != ST_OK)
        problem(in, 0, SEVERITY_DOUBT, unsaved.message, (struct slice){"", 0});
    return st == ST_OK ? catalog_read(in->writer, in->source_id, &now, in->error) : st;
}

/* Notes SOURCE as the one that is read from now on. *THEN: as it was when last read. */
static enum status begin_source(struct ingest *in, const struct source *source, int64_t root_id,
                                char **name, struct file_state *then)
{
    enum status st =
        catalog_source(in->writer, source, root_id, &in->source_id, name, then, in->error);
    in->path = source->path;
    in->name = *name;
    in->report->n_sources++;
    in->n_written = 0;
    in->n_problems_before = in->report->n_problems;
    in->n_unchanged_before = in->report->n_unchanged;
    in->n_bytes_source = in->progress.n_bytes_total - in->n_bytes_before;
    return st == ST_OK ? show_progress(in) : st;
}

static enum status end_source(struct ingest *in, char *name, enum status st)
{
    enum status drained = st == ST_OK ? pipeline_drain(in->pipeline) : st;
    in->n_bytes_before = in->progress.n_bytes = in->n_bytes_before + in->n_bytes_source;
    key_set_release(&in->seen);
    known_release(&in->known);
    free(name);
    return drained;
}

/* Reads one source unless it is as it was. */
static enum status ingest_source(struct ingest *in, const struct source *source, int64_t root_id,
                                 const struct reading *reading, bool same_reading)
{
    struct file_state now = FILE_STATE_UNKNOWN, then;
    struct error ignored;
    char *name = NULL;
    struct source labelled = *source;
    if (in->options->label != NULL)
        labelled.label = (char *)in->options->label;
    enum status st = begin_source(in, &labelled, root_id, &name, &then);
    if (st == ST_OK && file_state_read(source->path, &now, &ignored) != ST_OK)
        now = FILE_STATE_UNKNOWN;
    in->n_bytes_source = now.size > 0 ? (uint64_t)now.size : 0;
    bool same_way = same_reading && !in->options->hidden && !in->options->save;
    bool same = st == ST_OK && same_way && file_state_same(&now, &then);
    if (same) {
        uint64_t n = 0;
        st = catalog_count(in->writer, in->source_id, &n, in->error);
        in->report->n_unchanged += n;
    } else if (st == ST_OK) {
        struct reader_options how = source_options(in->options, source, reading);
        const char *why = failed_sources_find(in->failed, source->path);
        st = why != NULL ? keep_source(in, why) : read_source(in, &labelled, &how, &now);
    }
    return end_source(in, name, st);
}

/* Takes the sources below ROOT over from the index that is built anew. */
static enum status carry_root(struct ingest *in, const struct root *root)
{
    struct source_list list = {0};
    int64_t root_id = 0;
    struct reading reading = {0};
    bool same;
    in->path = root->path;
    enum status st = carry_sources(in->old, root->path, &list);
    if (st != ST_OK)
        st = cannot_carry(in, st);
    if (st == ST_OK && (list.n > 0 || in->options->compact))
        st = catalog_root(in->writer, root, &root_id, &reading, &same, in->error);
    for (size_t i = 0; i < list.n && st == ST_OK; i++) {
        struct file_state then;
        char *name = NULL;
        st = begin_source(in, &list.items[i], root_id, &name, &then);
        if (st == ST_OK)
            st = carry_source(in);
        in->n_bytes_source = in->progress.n_bytes - in->n_bytes_before;
        st = end_source(in, name, st);
    }
    reading_release(&reading);
    in->readers->sources_release(&list);
    return st;
}

/* A root that cannot be read: what the index holds of it stays. */
static enum status keep_root(struct ingest *in, const struct root *root, const char *why)
{
    size_t n_before = in->report->n_sources;
    in->path = root->path;
    problem(in, 0, SEVERITY_FAILED, why, (struct slice){"", 0});
    in->report->n_failed++;
    enum status st = in->old != NULL ? carry_root(in, root) : ST_OK;
    in->report->n_sources += in->report->n_sources == n_before;
    return st;
}

static enum status ingest_root(struct ingest *in, const struct root *root,
                               const struct root_sources *sources)
{
    struct reading reading = {0};
    bool same = false;
    int64_t root_id;
    const struct source_list *list = &sources->list;
    if (strcmp(root->path, "-") == 0 && !root->given) { /* standard input is there once */
        in->report->n_sources += in->old == NULL;
        return in->old != NULL ? carry_root(in, root) : ST_OK;
    }
    if (sources->status == ST_INPUT)
        return keep_root(in, root, sources->why);
    enum status st = catalog_root(in->writer, root, &root_id, &reading, &same, in->error);
    for (size_t i = 0; i < list->n && st == ST_OK; i++)
        st = ingest_source(in, &list->items[i], root_id, &reading, same);
    if (st == ST_OK)
        st = catalog_prune(in->writer, root_id, list, &in->report->n_removed, in->error);
    reading_release(&reading);
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

/* Ends a run whose records are all in the writer's hands. */
static enum status end(struct ingest *in, enum status st)
{
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
        st = show_progress(in);
    enum status closed = pipeline_close(in->pipeline);
    if (st == ST_OK && closed != ST_OK)
        st = error_set(in->error, closed, _("out of memory"));
    return st;
}

enum status ingest_roots(struct writer *w, sqlite3 *old, const struct index_options *options,
                         const struct root_list *roots, struct failed_sources *failed,
                         struct index_report *report, struct error *error)
{
    struct ingest in = {.writer = w,
                        .old = old,
                        .options = options,
                        .report = report,
                        .error = error,
                        .failed = failed};
    struct root_sources *sources = NULL;
    enum status st = start(&in);
    if (st == ST_OK)
        st = root_sources_list(&sources, in.readers, roots, &in.progress.n_bytes_total, error);
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        st = ingest_root(&in, &roots->items[i], &sources[i]);
    root_sources_free(sources, roots->n, in.readers);
    if (st == ST_OK && report->n_failed == report->n_sources && in.n_carried == 0)
        st = error_set(error, ST_INPUT, _("no source could be read; the index stays as it was"));
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
    if (st == ST_OK)
        in.progress.n_bytes_total = carry_bytes(old);
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        st = carry_root(&in, &roots->items[i]);
    if (st == ST_OK)
        st = catalog_copy_states(w, old, error);
    return end(&in, st);
}
