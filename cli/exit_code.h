/* Exit codes. Interface to exit_code.c. */
#ifndef HIKU_CLI_EXIT_CODE_H
#define HIKU_CLI_EXIT_CODE_H

enum exit_code {
    EXIT_FOUND = 0, /* or done */
    EXIT_NOTHING_FOUND = 1,
    EXIT_USAGE = 2,     /* usage or input error */
    EXIT_UNUSABLE = 3,  /* the index: missing, damaged, cannot be written, other dictionary */
    EXIT_TRY_AGAIN = 75 /* EX_TEMPFAIL: another process holds it, or the time was up */
};

/* The exit code for an enum status or enum hiku_status. */
int exit_code(int status);

#endif
