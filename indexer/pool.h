/* Worker threads that finish jobs in the order in which they were given. */
#ifndef HIKU_INDEXER_POOL_H
#define HIKU_INDEXER_POOL_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct pool;

struct pool_work {
    /* Makes what one thread needs, before its first job (NULL when memory is out: tried again
     * before the next), and frees it. Called in the worker. */
    void *(*start)(void *context);
    void (*stop)(void *context, void *state);
    void (*run)(void *context, void *state, void *job);
    void *context;
};

/* Starts N_THREADS (at least 1); at most DEPTH jobs are under way. ST_OK, ST_NOMEM. */
enum status pool_new(struct pool **out, const struct pool_work *work, size_t n_threads,
                     size_t depth);

/* Waits for jobs that are running, drops the others, ends the threads. NULL is allowed. */
void pool_free(struct pool *pool);

/* Gives a job. There must be room: pool_is_full says no. */
void pool_give(struct pool *pool, void *job);
bool pool_is_full(const struct pool *pool);

/* Waits for the oldest job that has not been taken and returns it; NULL when there is none. */
void *pool_take(struct pool *pool);

#endif
