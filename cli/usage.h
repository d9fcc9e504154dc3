/* Help, made from the tables of commands and options. Interface to usage.c. */
#ifndef HIKU_CLI_USAGE_H
#define HIKU_CLI_USAGE_H

#include "base/buf.h"
#include "cli/command.h"
#include "cli/options.h"

/* Appends what hiku can do. */
void usage_add_all(struct buf *out);

/* Appends how to use one command. */
void usage_add_command(struct buf *out, const struct command *command);

/* Reads a command's options as options_parse does. N_OPERANDS may be NULL for a command that takes
 * none: one that is given is an error. Returns -1 to go on, else the exit code: help was asked for
 * and given, or an error was complained of. */
int usage_parse(const struct command *command, void *values, int argc, char **argv,
                int *n_operands);

#endif
