/* Documents on their way to the writer. Interface: pipeline.h. */
#include "indexer/pipeline.h"

#include "dict/lattice/dictionary.h"
#include "dict/sentence_cache.h"
#include "indexer/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Records travel to the analysers in batches, so that handing them over costs little. */
#define BATCH_DOCS 64
#define BATCH_BYTES (256U << 10)
/* Batches under way for each thread: enough to keep it busy while the writer writes a segment. */
#define DEPTH_PER_THREAD 4
/* When the texts under way are more than this share of the memory, there are no more batches than
 * keep the threads busy: a long text takes thrice its length until it is written. */
#define LONG_SHARE 16
/* From so many on what saves time for each text is worth some milliseconds at first. */
#define MUCH_BYTES (UINT64_C(8) << 20)
/* The share of the memory for sentences that may come again. */
#define SENTENCES_SHARE 16

struct batch {
    struct document docs[BATCH_DOCS];
    enum status results[BATCH_DOCS];
    size_t n;
    size_t n_bytes;
};

struct pipeline {
    const struct analyzer *analyzer;
    struct pipeline_sink sink;
    struct dictionary *dictionary; /* NULL: MeCab cuts */
    bool dictionary_tried;
    bool expects_much;
    struct sentence_cache *sentences; /* NULL: memory was out; they are all cut anew */
    struct vocabulary *words;         /* what ended workers have counted */
    pthread_mutex_t mutex;            /* of these two, and of opening the dictionary */
    bool words_lost;                  /* memory was out */
    struct pool *pool;
    size_t n_threads;
    size_t n_bytes; /* of the texts under way */
    size_t most_bytes;
    size_t depth;
    struct batch **batches; /* all depth + 1 of them */
    struct batch **free_batches;
    size_t n_free;
    struct batch *batch; /* the one that is being filled */
};

/* The dictionary for all workers, opened by the first: that takes 5 ms, a third of a run that finds
 * nothing to do. */
static const struct dictionary *shared_dictionary(struct pipeline *p)
{
    pthread_mutex_lock(&p->mutex);
    if (!p->dictionary_tried)
        p->dictionary =
            dictionary_open(analyzer_dicdir(p->analyzer), analyzer_userdic(p->analyzer));
    if (!p->dictionary_tried && p->dictionary != NULL && p->expects_much)
        dictionary_use_large_pages(p->dictionary);
    p->dictionary_tried = true;
    pthread_mutex_unlock(&p->mutex);
    return p->dictionary;
}

static void *worker_start(void *context)
{
    struct pipeline *p = context;
    struct analyst *analyst = calloc(1, sizeof *analyst);
    if (analyst != NULL &&
        analyst_init(analyst, p->analyzer, shared_dictionary(p), p->sentences) != ST_OK) {
        free(analyst);
        analyst = NULL;
    }
    return analyst;
}

static void worker_stop(void *context, void *state)
{
    struct pipeline *p = context;
    struct analyst *analyst = state;
    pthread_mutex_lock(&p->mutex);
    if (vocabulary_add_words(p->words, tokenizer_words(analyst->tokenizer)) != ST_OK)
        p->words_lost = true;
    pthread_mutex_unlock(&p->mutex);
    analyst_release(analyst);
    free(analyst);
}

static void worker_run(void *context, void *state, void *job)
{
    (void)context;
    struct analyst *analyst = state;
    struct batch *batch = job;
    for (size_t i = 0; i < batch->n; i++)
        batch->results[i] = analyst == NULL ? ST_NOMEM : document_analyze(&batch->docs[i], analyst);
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

static enum status make_batches(struct pipeline *p)
{
    p->batches = calloc(p->depth + 1, sizeof *p->batches);
    p->free_batches = calloc(p->depth + 1, sizeof *p->free_batches);
    if (p->batches == NULL || p->free_batches == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i <= p->depth; i++) {
        p->batches[i] = new_batch();
        if (p->batches[i] == NULL)
            return ST_NOMEM;
    }
    p->batch = p->batches[p->depth];
    memcpy(p->free_batches, p->batches, p->depth * sizeof *p->batches);
    p->n_free = p->depth;
    return ST_OK;
}

enum status pipeline_open(struct pipeline **out, const struct analyzer *analyzer, size_t n_threads,
                          size_t memory, const struct pipeline_sink *sink, struct vocabulary *words)
{
    long n_processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (n_threads == 0)
        n_threads = (size_t)(n_processors > 0 ? n_processors : 1);
    *out = NULL;
    struct pipeline *p = calloc(1, sizeof *p);
    if (p == NULL)
        return ST_NOMEM;
    p->analyzer = analyzer;
    p->sink = *sink;
    p->words = words;
    p->sentences = sentence_cache_new(memory / SENTENCES_SHARE);
    pthread_mutex_init(&p->mutex, NULL);
    p->n_threads = n_threads;
    p->most_bytes = memory / LONG_SHARE;
    p->depth = n_threads * DEPTH_PER_THREAD;
    struct pool_work work = {worker_start, worker_stop, worker_run, p};
    enum status st = make_batches(p);
    if (st == ST_OK)
        st = pool_new(&p->pool, &work, n_threads, p->depth);
    if (st == ST_OK)
        *out = p;
    else
        pipeline_close(p);
    return st;
}

void pipeline_expect(struct pipeline *p, uint64_t n_bytes)
{
    p->expects_much = n_bytes >= MUCH_BYTES;
}

enum status pipeline_close(struct pipeline *p)
{
    if (p == NULL)
        return ST_OK;
    pool_free(p->pool);
    enum status st = p->words_lost ? ST_NOMEM : ST_OK;
    pthread_mutex_destroy(&p->mutex);
    for (size_t i = 0; p->batches != NULL && i <= p->depth; i++)
        free_batch(p->batches[i]);
    sentence_cache_free(p->sentences);
    dictionary_close(p->dictionary);
    free(p->batches);
    free(p->free_batches);
    free(p);
    return st;
}

/* Takes the oldest batch from the analysers and writes it. */
static enum status write_oldest(struct pipeline *p)
{
    enum status st = ST_OK;
    struct batch *batch = pool_take(p->pool);
    for (size_t i = 0; i < batch->n; i++) {
        if (st == ST_OK)
            st = p->sink.write(p->sink.context, &batch->docs[i], batch->results[i]);
        document_trim(&batch->docs[i]);
    }
    p->n_bytes -= batch->n_bytes;
    batch->n = 0;
    batch->n_bytes = 0;
    p->free_batches[p->n_free++] = batch;
    return st;
}

/* Whether a batch must be written before the current one is given. */
static bool is_full(const struct pipeline *p)
{
    size_t n_under_way = p->depth - p->n_free;
    return pool_is_full(p->pool) || (p->n_bytes > p->most_bytes && n_under_way >= p->n_threads);
}

static enum status give_batch(struct pipeline *p)
{
    enum status st = ST_OK;
    if (p->batch->n == 0)
        return ST_OK;
    p->n_bytes += p->batch->n_bytes;
    while (st == ST_OK && is_full(p))
        st = write_oldest(p);
    pool_give(p->pool, p->batch);
    p->batch = p->free_batches[--p->n_free];
    return st;
}

struct document *pipeline_slot(struct pipeline *p)
{
    return &p->batch->docs[p->batch->n];
}

enum status pipeline_give(struct pipeline *p)
{
    const struct document *d = pipeline_slot(p);
    p->batch->n++;
    p->batch->n_bytes += d->title.len + d->body.len;
    bool full = p->batch->n == BATCH_DOCS || p->batch->n_bytes >= BATCH_BYTES;
    return full ? give_batch(p) : ST_OK;
}

enum status pipeline_drain(struct pipeline *p)
{
    enum status st = give_batch(p);
    while (st == ST_OK && p->n_free < p->depth)
        st = write_oldest(p);
    return st;
}
