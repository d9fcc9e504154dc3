/* hiku help: what the commands and their options are. */
#include "cli/exit_code.h"
#include "cli/output.h"
#include "cli/usage.h"

static int unknown_command(const char *name)
{
    struct error error;
    struct nearest nearest = command_nearest(name);
    if (nearest.best != NULL)
        error_set(&error, ST_USAGE, _("unknown command '%s'; did you mean '%s'?"), name,
                  nearest.best);
    else
        error_set(&error, ST_USAGE, _("unknown command '%s'; see: hiku help"), name);
    return fail(ST_USAGE, error.message);
}

static int run(int argc, char **argv)
{
    int n_operands;
    int code = usage_parse(&command_help, NULL, argc, argv, &n_operands);
    if (code >= 0)
        return code;
    const struct command *command = n_operands > 0 ? command_find(argv[0]) : NULL;
    if (n_operands > 1)
        return fail(ST_USAGE, _("too many arguments; see: hiku help"));
    if (n_operands == 1 && command == NULL)
        return unknown_command(argv[0]);
    struct output out = OUTPUT_INIT;
    if (command == NULL)
        usage_add_all(&out.buf);
    else
        usage_add_command(&out.buf, command);
    return output_finish(&out, EXIT_FOUND);
}

const struct command command_help = {
    .name = "help",
    .run = run,
    .summary = N_("explain a command and its options"),
    .operands = N_("[COMMAND]"),
};
