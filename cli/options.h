/* Options of the command line: declared in tables, stored in a struct. */
#ifndef HIKU_CLI_OPTIONS_H
#define HIKU_CLI_OPTIONS_H

#include "base/buf.h"
#include "base/error.h"
#include "cli/command.h"

#include <stddef.h>

/* What an option takes, and the type of the member that it is stored in. */
enum option_type {
    OPTION_FLAG,   /* nothing; int, becomes 1 */
    OPTION_TEXT,   /* any text; const char * */
    OPTION_NUMBER, /* digits, at most INT_MAX; size_t */
    OPTION_SIZE,   /* digits, and K, M or G (of 1024) behind them; size_t, in bytes */
    OPTION_CHOICE, /* one of `choices`; int, its place among them from 0 */
    OPTION_LIST    /* any text, repeatable; struct option_list */
};

struct option {
    const char *name; /* without the two dashes */
    char letter;      /* short form, or 0 */
    enum option_type type;
    size_t offset;        /* of the member */
    const char *argument; /* its name in the help, translated there; NULL for flags and choices */
    const char *choices;  /* "text|json" */
    const char *help;     /* one line, translated where it is printed */
};

/* Values in the order given, borrowed from argv; the caller frees the array. */
struct option_list {
    const char **items;
    size_t n;
};

/* Reads the options in ARGV (ARGC words) into the struct at VALUES, and moves the operands to the
 * front of ARGV: *N_OPERANDS of them. `--` ends the options. A word with one dash that is no known
 * letter (alone or, for a number, with its digits: -n5) is an operand, so that a query may hold
 * `-夜間`. *HELP becomes 1 and the rest is left unread where --help or -h is met. ST_OK; with a
 * message ST_USAGE, ST_NOMEM. */
enum status options_parse(const struct command *command, void *values, int argc, char **argv,
                          int *n_operands, int *help, struct error *error);

/* Appends N operands as one text, a blank between them, as if they had been quoted together. */
void operands_join(struct buf *out, char *const *operands, int n);

#endif
