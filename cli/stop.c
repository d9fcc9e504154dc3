/* Ctrl-C and SIGTERM. Interface: stop.h. */
#include "cli/stop.h"

#include <stddef.h>
#include <stdio.h>

static const int caught[] = {SIGINT, SIGTERM};
static volatile sig_atomic_t stop_signal;

static void note(int number)
{
    stop_signal = number;
}

void stop_catch(sigset_t *waiting)
{
    struct sigaction action = {.sa_handler = note}, before;
    sigset_t both;
    sigemptyset(&both);
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        if (sigaction(caught[i], NULL, &before) != 0 || before.sa_handler == SIG_IGN)
            continue;
        sigaction(caught[i], &action, NULL);
        sigaddset(&both, caught[i]);
    }
    if (waiting != NULL)
        sigprocmask(SIG_BLOCK, &both, waiting);
}

bool stop_asked(void)
{
    sigset_t pending;
    if (stop_signal != 0)
        return true;
    sigpending(&pending);
    return sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1;
}

void stop_now(void)
{
    if (stop_signal == 0)
        return;
    fflush(NULL);
    signal(stop_signal, SIG_DFL);
    raise(stop_signal);
}
