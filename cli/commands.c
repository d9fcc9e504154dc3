/* The table of subcommands. Interface: command.h. */
#include "cli/command.h"

#include <string.h>

const struct command *const commands[] = {
    &command_index,
    &command_search,
    &command_show,
    &command_explain,
    &command_tokens,
    &command_check,
    &command_stats,
    &command_synonyms,
    &command_lint,
    &command_export,
    &command_eval,
    &command_help,
    NULL,
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

struct nearest command_nearest(const char *name)
{
    struct nearest nearest;
    nearest_begin(&nearest, name, strlen(name));
    for (size_t i = 0; commands[i] != NULL; i++)
        nearest_try(&nearest, commands[i]->name);
    return nearest;
}
