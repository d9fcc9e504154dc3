/* How far hiku index is, in one line of the terminal. Interface to progress.c. */
#ifndef HIKU_CLI_PROGRESS_H
#define HIKU_CLI_PROGRESS_H

#include "indexer/index.h"

#include <stdbool.h>

struct progress {
    double started; /* s */
    double shown;
    bool wanted;
    bool on_screen; /* the line must be wiped before others are printed */
};

/* Begins. Nothing is ever shown where stderr is no terminal, or WANTED is false. */
void progress_start(struct progress *progress, bool wanted);

/* Shows how far the run is, unless that was done a moment ago. */
void progress_show(struct progress *progress, const struct index_progress *now);

/* Wipes the line. */
void progress_wipe(struct progress *progress);

/* Seconds since the start. */
double progress_seconds(const struct progress *progress);

#endif
