/* SIGBUS: the system tells so of a mapped file that was cut short, or whose disk failed. Interface:
 * bus_error.h. */
#include "cli/bus_error.h"

#include "base/error.h"
#include "cli/exit_code.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* Translated beforehand: a handler may not. */
static const char *message;

static void tell(int number)
{
    const char *const parts[] = {"hiku: ", message, "\n"};
    (void)number;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (write(STDERR_FILENO, parts[i], strlen(parts[i])) < 0)
            break;
    }
    _exit(EXIT_UNUSABLE);
}

void bus_error_catch(void)
{
    struct sigaction action = {.sa_handler = tell};
    message = _("the index was cut short, or its disk failed, while it was read; "
                "try again, or see what is left with: hiku check");
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}
