/* Reading the sources and telling the writer what changed. Interface: ingest.h. */
#include "indexer/ingest.h"

#include "base/hash.h"
#include "corpus/sources.h"
#include "indexer/catalog.h"
#include "indexer/key_set.h"
#include "indexer/pool.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Records travel to the analysers in batches, so that handing them over costs little. */
#define BATCH_DOCS 64
#define BATCH_BYTES (256U << 10)

struct batch {
    struct document docs[BATCH_DOCS];
    enum status results[BATCH_DOCS];
    size_t n;
    size_t n_bytes;
};

struct ingest {
    struct writer *writer;
    const struct index_options *options;
    struct index_report *report;
    struct error *error;
    struct pool *pool;
    struct batch **free_batches;
    size_t n_free;
    struct batch *batch; /* the one that is being filled */
    uint64_t n_read;
    /* The source that is being read. */
    const char *path;
    const char *name;
    int64_t source_id;
    struct key_set seen;
};

/* What one analysing thread owns. */
struct worker {
    struct tokenizer *tokenizer;
    struct tokens tokens;
};

static void *worker_start(void *context)
{
    struct ingest *in = context;
    struct worker *worker = calloc(1, sizeof *worker);
    if (worker != NULL && tokenizer_new(&worker->tokenizer, in->writer->analyzer) != ST_OK) {
        free(worker);
        worker = NULL;
    }
    return worker;
}

static void worker_stop(void *context, void *state)
{
    (void)context;
    struct worker *worker = state;
    tokenizer_free(worker->tokenizer);
    tokens_release(&worker->tokens);
    free(worker);
}

static void worker_run(void *context, void *state, void *job)
{
    struct ingest *in = context;
    struct worker *worker = state;
    struct batch *batch = job;
    for (size_t i = 0; i < batch->n; i++)
        batch->results[i] = worker == NULL ? ST_NOMEM
                                           : document_analyze(&batch->docs[i], in->writer->analyzer,
                                                              worker->tokenizer, &worker->tokens);
}

static void problem(struct ingest *in, size_t line, const char *text, struct slice excerpt)
{
    in->report->n_problems++;
    if (in->options->problem != NULL)
        in->options->problem(in->options->context, in->path, line, text, excerpt);
}

static enum status write_document(struct ingest *in, struct document *d, enum status analysed)
{
    enum status st = ST_OK;
    if (analysed == ST_INPUT) {
        problem(in, d->line, _("the text is longer than 2 GiB; skipped"), (struct slice){"", 0});
        return ST_OK;
    }
    if (analysed != ST_OK)
        return error_set(in->error, analysed, _("out of memory"));
    if (d->old_id != 0)
        st = writer_remove(in->writer, d->old_id, in->error);
    if (st == ST_OK)
        st = writer_add(in->writer, d, in->source_id, in->error);
    if (d->old_id != 0)
        in->report->n_changed++;
    else
        in->report->n_added++;
    return st;
}

/* Takes the oldest batch from the analysers and writes it. */
static enum status write_oldest(struct ingest *in)
{
    enum status st = ST_OK;
    struct batch *batch = pool_take(in->pool);
    for (size_t i = 0; i < batch->n && st == ST_OK; i++)
        st = write_document(in, &batch->docs[i], batch->results[i]);
    batch->n = 0;
    batch->n_bytes = 0;
    in->free_batches[in->n_free++] = batch;
    return st;
}

static enum status give_batch(struct ingest *in)
{
    enum status st = ST_OK;
    if (in->batch->n == 0)
        return ST_OK;
    if (pool_is_full(in->pool))
        st = write_oldest(in);
    pool_give(in->pool, in->batch);
    in->batch = in->free_batches[--in->n_free];
    if (in->options->progress != NULL)
        in->options->progress(in->options->context, in->n_read);
    return st;
}

static enum status drain(struct ingest *in, size_t depth)
{
    enum status st = give_batch(in);
    while (st == ST_OK && in->n_free < depth)
        st = write_oldest(in);
    return st;
}

/* NAME#ID; a record without a number is known by its text, so that rows before it may come and go.
 */
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

static enum status unique_key(struct ingest *in, struct document *d)
{
    bool added = false;
    for (unsigned repetition = 1; !added; repetition++) {
        make_key(in, d, repetition);
        if (d->key.failed ||
            !key_set_add(&in->seen, hash_bytes(HASH_SEED, d->key.data, d->key.len), &added))
            return error_set(in->error, ST_NOMEM, _("out of memory"));
        if (added && repetition > 1) {
            struct buf text = BUF_INIT;
            buf_addf(&text, _("number '%s' comes again; the record is kept as '%s'"),
                     d->number.data, d->key.data);
            problem(in, d->line, text.data, (struct slice){d->title.data, d->title.len});
            buf_release(&text);
        }
    }
    return ST_OK;
}

/* Whether the index holds this very record already; notes which one it replaces if not. */
static enum status compare(struct ingest *in, struct document *d, bool *same)
{
    uint64_t hash = 0;
    size_t line = 0;
    int64_t id = 0;
    *same = false;
    if (in->writer->bulk)
        return ST_OK; /* a new file knows no record but this run's */
    enum status st = writer_find(in->writer, &d->key, &id, &hash, &line, in->error);
    if (st != ST_OK || id == 0)
        return st;
    d->old_id = id;
    *same = hash == d->hash;
    if (*same && line != d->line)
        st = writer_move(in->writer, id, d->line, in->error);
    return st;
}

static enum status take_record(void *context, const struct record *record)
{
    struct ingest *in = context;
    struct document *d = &in->batch->docs[in->batch->n];
    bool same;
    in->n_read++;
    enum status st = document_take(d, record);
    if (st != ST_OK)
        return error_set(in->error, st, _("out of memory"));
    st = unique_key(in, d);
    if (st == ST_OK)
        st = compare(in, d, &same);
    if (st != ST_OK)
        return st;
    if (same) {
        in->report->n_unchanged++;
        return ST_OK;
    }
    d->id = in->writer->next_document++;
    in->batch->n++;
    in->batch->n_bytes += d->title.len + d->body.len;
    if (in->batch->n == BATCH_DOCS || in->batch->n_bytes >= BATCH_BYTES)
        st = give_batch(in);
    return st;
}

static void take_problem(void *context, size_t line, const char *text, struct slice excerpt)
{
    problem(context, line, text, excerpt);
}

static bool was_seen(void *context, const char *key, size_t n_bytes)
{
    const struct ingest *in = context;
    return key_set_has(&in->seen, hash_bytes(HASH_SEED, key, n_bytes));
}

static enum status read_source(struct ingest *in, const char *columns, size_t depth)
{
    struct error unread;
    struct reader_options options = {.columns = columns};
    struct reader_sink sink = {in, take_record, take_problem};
    int64_t before = in->writer->next_document;
    unread.message[0] = in->error->message[0] = '\0';
    enum status st = reader_read(in->path, &options, &sink, &unread);
    enum status drained = drain(in, depth);
    if (st == ST_INPUT && drained == ST_OK) {
        problem(in, 0, unread.message, (struct slice){"", 0});
        in->report->n_failed++;
        return ST_INPUT;
    }
    if (st != ST_OK && in->error->message[0] == '\0')
        error_set(in->error, st, "%s", unread.message);
    if (st == ST_OK)
        st = drained;
    if (st == ST_OK && !in->writer->bulk)
        st = catalog_remove_records(in->writer, in->source_id, before, was_seen, in,
                                    &in->report->n_removed, in->error);
    return st;
}

/* Reads one source unless it is as it was. */
static enum status ingest_source(struct ingest *in, const struct source *source, int64_t root_id,
                                 const char *columns, bool same_columns, size_t depth)
{
    struct file_state now, then;
    struct error ignored;
    char *name = NULL;
    enum status st =
        catalog_source(in->writer, source, root_id, &in->source_id, &name, &then, in->error);
    in->path = source->path;
    in->name = name;
    in->report->n_sources++;
    if (st == ST_OK && file_state_read(source->path, &now, &ignored) != ST_OK)
        now = (struct file_state){-1, 0};
    bool same = st == ST_OK && same_columns && now.size == then.size && now.mtime_ns != 0 &&
                now.mtime_ns == then.mtime_ns;
    if (same) {
        uint64_t n = 0;
        st = catalog_count(in->writer, in->source_id, &n, in->error);
        in->report->n_unchanged += n;
    } else if (st == ST_OK) {
        st = read_source(in, columns, depth);
        if (st == ST_OK)
            st = catalog_read(in->writer, in->source_id, &now, in->error);
        else if (st == ST_INPUT)
            st = ST_OK; /* reported; its records stay as they were */
    }
    key_set_release(&in->seen);
    free(name);
    return st;
}

static enum status ingest_root(struct ingest *in, const struct root *root, size_t depth)
{
    struct source_list list = {0};
    struct error unread;
    char *columns = NULL;
    bool same_columns = false;
    int64_t root_id;
    enum status st = sources_add(&list, root->path, &unread);
    if (st == ST_INPUT) {
        in->path = root->path;
        problem(in, 0, unread.message, (struct slice){"", 0});
        in->report->n_failed++;
        in->report->n_sources++;
        return ST_OK;
    }
    if (st != ST_OK)
        return error_set(in->error, st, _("out of memory"));
    st = catalog_root(in->writer, root, &root_id, &columns, &same_columns, in->error);
    for (size_t i = 0; i < list.n && st == ST_OK; i++)
        st = ingest_source(in, &list.items[i], root_id, columns, same_columns, depth);
    if (st == ST_OK)
        st = catalog_prune(in->writer, root_id, &list, &in->report->n_removed, in->error);
    free(columns);
    sources_release(&list);
    return st;
}

static struct batch *new_batch(void)
{
    struct batch *batch = calloc(1, sizeof *batch);
    for (size_t i = 0; batch != NULL && i < BATCH_DOCS; i++)
        document_init(&batch->docs[i]);
    return batch;
}

static void free_batch(struct batch *batch)
{
    for (size_t i = 0; batch != NULL && i < BATCH_DOCS; i++)
        document_release(&batch->docs[i]);
    free(batch);
}

static enum status start_pool(struct ingest *in, struct batch **batches, size_t n_threads,
                              size_t depth)
{
    struct pool_work work = {worker_start, worker_stop, worker_run, in};
    for (size_t i = 0; i <= depth; i++) {
        batches[i] = new_batch();
        if (batches[i] == NULL)
            return ST_NOMEM;
    }
    in->batch = batches[depth];
    memcpy(in->free_batches, batches, depth * sizeof *batches);
    in->n_free = depth;
    return pool_new(&in->pool, &work, n_threads, depth);
}

enum status ingest_roots(struct writer *w, const struct index_options *options,
                         const struct root_list *roots, struct index_report *report,
                         struct error *error)
{
    long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n_threads = options->n_threads != 0 ? options->n_threads
                                               : (size_t)(n_processors > 0 ? n_processors : 1);
    size_t depth = n_threads * 4;
    struct ingest in = {.writer = w, .options = options, .report = report, .error = error};
    struct batch **batches = calloc(depth + 1, sizeof *batches);
    in.free_batches = calloc(depth + 1, sizeof *in.free_batches);
    enum status st = batches == NULL || in.free_batches == NULL
                         ? ST_NOMEM
                         : start_pool(&in, batches, n_threads, depth);
    if (st == ST_NOMEM)
        error_set(error, st, _("out of memory"));
    for (size_t i = 0; i < roots->n && st == ST_OK; i++)
        st = ingest_root(&in, &roots->items[i], depth);
    if (st == ST_OK && report->n_sources > 0 && report->n_failed == report->n_sources)
        st = error_set(error, ST_INPUT, _("no source could be read; the index stays as it was"));
    if (st == ST_OK)
        st = catalog_count(w, 0, &report->n_records, error);
    pool_free(in.pool);
    for (size_t i = 0; batches != NULL && i <= depth; i++)
        free_batch(batches[i]);
    free(batches);
    free(in.free_batches);
    return st;
}
