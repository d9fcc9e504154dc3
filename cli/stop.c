/* Ctrl-C, SIGTERM, and a terminal that is closed. Interface: stop.h. */
#include "cli/stop.h"

#include <stddef.h>
#include <stdio.h>

static const int caught[] = {SIGINT, SIGTERM, SIGHUP};
static volatile sig_atomic_t stop_signal;

static void note(int number)
{
    stop_signal = number;
}

void stop_catch(sigset_t *waiting)
{
    struct sigaction action = {.sa_handler = note}, before;
    sigset_t all;
    sigemptyset(&all);
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        if (sigaction(caught[i], NULL, &before) != 0 || before.sa_handler == SIG_IGN)
            continue;
        sigaction(caught[i], &action, NULL);
        sigaddset(&all, caught[i]);
    }
    if (waiting != NULL)
        sigprocmask(SIG_BLOCK, &all, waiting);
}

bool stop_asked(void)
{
    sigset_t pending;
    if (stop_signal != 0)
        return true;
    sigpending(&pending);
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++)
        if (sigismember(&pending, caught[i]) == 1)
            return true;
    return false;
}

void stop_now(void)
{
    if (stop_signal == 0)
        return;
    fflush(NULL);
    signal(stop_signal, SIG_DFL);
    raise(stop_signal);
}
