/* Worker threads that finish jobs in order. Interface: pool.h. */
#include "indexer/pool.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct slot {
    void *job;
    bool done;
};

/* Jobs are numbered from 0; number i is in slot i % depth. Numbers below `started` are running or
 * done, those below `taken` are gone. */
struct pool {
    struct pool_work work;
    pthread_mutex_t mutex;
    pthread_cond_t given_or_closed;
    pthread_cond_t finished;
    struct slot *slots;
    size_t depth;
    size_t given;
    size_t started;
    size_t taken;
    bool closed;
    pthread_t *threads;
    size_t n_threads;
};

static void *worker(void *argument)
{
    struct pool *p = argument;
    void *state = NULL;
    pthread_mutex_lock(&p->mutex);
    for (;;) {
        while (!p->closed && p->started == p->given)
            pthread_cond_wait(&p->given_or_closed, &p->mutex);
        if (p->closed)
            break;
        struct slot *slot = &p->slots[p->started++ % p->depth];
        void *job = slot->job;
        pthread_mutex_unlock(&p->mutex);
        if (state == NULL)
            state = p->work.start(p->work.context);
        p->work.run(p->work.context, state, job);
        pthread_mutex_lock(&p->mutex);
        slot->done = true;
        pthread_cond_broadcast(&p->finished);
    }
    pthread_mutex_unlock(&p->mutex);
    if (state != NULL)
        p->work.stop(p->work.context, state);
    return NULL;
}

enum status pool_new(struct pool **out, const struct pool_work *work, size_t n_threads,
                     size_t depth)
{
    *out = NULL;
    struct pool *p = calloc(1, sizeof *p);
    if (p == NULL)
        return ST_NOMEM;
    p->work = *work;
    p->depth = depth;
    pthread_mutex_init(&p->mutex, NULL);
    pthread_cond_init(&p->given_or_closed, NULL);
    pthread_cond_init(&p->finished, NULL);
    p->slots = calloc(depth, sizeof *p->slots);
    p->threads = calloc(n_threads, sizeof *p->threads);
    while (p->slots != NULL && p->threads != NULL && p->n_threads < n_threads) {
        if (pthread_create(&p->threads[p->n_threads], NULL, worker, p) != 0)
            break;
        p->n_threads++;
    }
    if (p->n_threads == 0) { /* fewer threads than asked for still do the work */
        pool_free(p);
        return ST_NOMEM;
    }
    *out = p;
    return ST_OK;
}

void pool_free(struct pool *p)
{
    if (p == NULL)
        return;
    pthread_mutex_lock(&p->mutex);
    p->closed = true;
    pthread_cond_broadcast(&p->given_or_closed);
    pthread_mutex_unlock(&p->mutex);
    for (size_t i = 0; i < p->n_threads; i++)
        pthread_join(p->threads[i], NULL);
    pthread_cond_destroy(&p->finished);
    pthread_cond_destroy(&p->given_or_closed);
    pthread_mutex_destroy(&p->mutex);
    free(p->threads);
    free(p->slots);
    free(p);
}

/* Only the thread that gives and takes changes `given` and `taken`, so it may read them unlocked.
 */
bool pool_is_full(const struct pool *p)
{
    return p->given - p->taken == p->depth;
}

void pool_give(struct pool *p, void *job)
{
    pthread_mutex_lock(&p->mutex);
    p->slots[p->given % p->depth] = (struct slot){job, false};
    p->given++;
    pthread_cond_signal(&p->given_or_closed);
    pthread_mutex_unlock(&p->mutex);
}

void *pool_take(struct pool *p)
{
    if (p->taken == p->given)
        return NULL;
    pthread_mutex_lock(&p->mutex);
    struct slot *slot = &p->slots[p->taken % p->depth];
    while (!slot->done)
        pthread_cond_wait(&p->finished, &p->mutex);
    void *job = slot->job;
    p->taken++;
    pthread_mutex_unlock(&p->mutex);
    return job;
}
