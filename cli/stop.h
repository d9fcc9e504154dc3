/* Ctrl-C, SIGTERM and SIGHUP, for commands that end their work in order. Interface to stop.c. */
#ifndef HIKU_CLI_STOP_H
#define HIKU_CLI_STOP_H

#include <signal.h>
#include <stdbool.h>

/* From now on these signals only ask to stop; one that was ignored stays so. With WAITING they
 * come only where *WAITING is the mask of a wait (ppoll), so that none comes just before it and is
 * missed.
 */
void stop_catch(sigset_t *waiting);

/* Whether one has come, or would if it were let through. */
bool stop_asked(void);

/* Ends the process by the signal that has come, as its parent expects, after the output is flushed.
 * Returns when none has come. */
void stop_now(void);

#endif
