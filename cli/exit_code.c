/* Exit codes. Interface: exit_code.h. */
#include "cli/exit_code.h"

#include "search/hiku.h"

int exit_code(int status)
{
    switch (status) {
    case HIKU_OK:
        return EXIT_FOUND;
    case HIKU_NOT_FOUND:
        return EXIT_NOTHING_FOUND;
    case HIKU_USAGE:
    case HIKU_INPUT:
        return EXIT_USAGE;
    case HIKU_BUSY:
    case HIKU_INTERRUPTED:
        return EXIT_TRY_AGAIN;
    default:
        return EXIT_UNUSABLE;
    }
}
