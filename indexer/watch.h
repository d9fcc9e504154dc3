/* Noticing that sources change (inotify(7)). */
#ifndef HIKU_INDEXER_WATCH_H
#define HIKU_INDEXER_WATCH_H

#include "base/error.h"

#include <signal.h>
#include <stdbool.h>

struct watch;

/* Watches the roots of the index DB. ST_OK; with a message ST_IO; ST_NOMEM. */
enum status watch_open(struct watch **out, const char *db, struct error *error);
void watch_close(struct watch *watch);

/* Watches what the roots stand for now: a folder with all below it, a file through its folder (so
 * that one which is put in its place is seen), what is missing through the nearest folder that is
 * there. To be called before the sources are read, so that a change meanwhile is noticed. ST_OK;
 * with a message ST_IO, ST_NOMEM and what opening the index says. */
enum status watch_refresh(struct watch *watch, struct error *error);

/* Waits for a change, then until nothing has changed for SETTLE_MS, so that a file is not read half
 * written, but no longer than LIMIT_MS where changes do not cease. Signals that MASK lets through
 * end it: *CHANGED is false then. ST_OK; ST_IO with a message. */
enum status watch_wait(struct watch *watch, int settle_ms, int limit_ms, const sigset_t *mask,
                       bool *changed, struct error *error);

#endif
