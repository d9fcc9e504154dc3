/* Noticing that sources change (inotify(7)). */
#ifndef HIKU_INDEXER_SOURCES_WATCH_H
#define HIKU_INDEXER_SOURCES_WATCH_H

#include "base/error.h"

#include <signal.h>
#include <stdbool.h>

struct watch;

/* Watches the roots of the index DB. ST_OK; with a message ST_IO; ST_NOMEM. */
enum status watch_open(struct watch **out, const char *db, struct error *error);
/* NULL is allowed. */
void watch_close(struct watch *watch);

/* Watches what the roots stand for now: a folder with all below it, a file through its folder (so
 * that one which is put in its place is seen), what is missing through the nearest folder that is
 * there; and whether the index is deleted or replaced. To be called before the sources are read, so
 * that a change meanwhile is noticed. *UNUSABLE: ST_OK; with a message why the index cannot be read
 * (ST_MISSING where it is gone, what old_index_open says): its sources are watched as before then.
 * ST_OK; with a message ST_IO, ST_NOMEM. */
enum status watch_refresh(struct watch *watch, enum status *unusable, struct error *error);

/* How long watch_wait waits, in milliseconds. */
struct watch_pace {
    int settle_ms; /* after a change, until nothing changes any more */
    int limit_ms;  /* but no longer than this where changes do not cease */
    int retry_ms;  /* without any change, to try again; -1: for ever */
};

/* Waits for a change, and until it is over, so that a file is not read half written; or until it is
 * time to try again. Signals that MASK lets through end it: *CHANGED is false then, else true.
 * ST_OK; ST_IO with a message. */
enum status watch_wait(struct watch *watch, const struct watch_pace *pace, const sigset_t *mask,
                       bool *changed, struct error *error);

#endif
