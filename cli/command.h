/* Subcommands of hiku: one file each, listed in commands.c. */
#ifndef HIKU_CLI_COMMAND_H
#define HIKU_CLI_COMMAND_H

#include "cli/nearest.h"

#include <stdbool.h>
#include <stddef.h>

struct option;

struct command {
    const char *name;
    /* ARGV holds the ARGC words behind the command's name. Returns the exit code. */
    int (*run)(int argc, char **argv);
    const char *summary;          /* one line, translated where it is printed */
    const char *operands;         /* what follows the options, likewise; "": nothing */
    const struct option *options; /* what may stand before and between them */
    size_t n_options;
};

extern const struct command command_index, command_search, command_show, command_tokens,
    command_check, command_stats, command_synonyms, command_lint, command_export, command_eval,
    command_explain, command_help;

/* Runs command_search. *FOUND_ALL: whether some record has all words of the query. */
int search_run_words(int argc, char **argv, bool *found_all);

/* All of them in the order of the help, NULL at the end. */
extern const struct command *const commands[];

/* The command of that name; NULL when there is none. */
const struct command *command_find(const char *name);

/* The command whose name is nearest to NAME, which is none. */
struct nearest command_nearest(const char *name);

#endif
