/* Help, made from the tables. Interface: usage.h. */
#include "cli/usage.h"

#include "cli/exit_code.h"
#include "cli/output.h"

#include <string.h>

enum { MARGIN = 2, GAP = 2 };

static void add_row(struct buf *out, const char *name, size_t width, const char *text)
{
    struct display display = output_display(false);
    display_pad(out, MARGIN);
    display_add_padded(out, name, width + GAP, &display);
    buf_adds(out, text);
    buf_addc(out, '\n');
}

static size_t widen(size_t width, const char *name)
{
    struct display display = output_display(false);
    size_t wanted = display_width(name, strlen(name), &display);
    return wanted > width ? wanted : width;
}

void usage_add_all(struct buf *out)
{
    size_t width = 0;
    buf_adds(out, _("hiku: full-text search in tables of government measures"));
    buf_adds(out, _("\n\nUsage: hiku COMMAND [OPTION…] [ARGUMENT…]\n"
                    "       hiku QUERY…    the same as: hiku search QUERY…\n\nCommands:\n"));
    for (size_t i = 0; commands[i] != NULL; i++)
        width = widen(width, commands[i]->name);
    for (size_t i = 0; commands[i] != NULL; i++)
        add_row(out, commands[i]->name, width, _(commands[i]->summary));
    buf_adds(out, _("\nMore about one of them: hiku help COMMAND\n"));
}

/* -n, --limit N */
static void add_option_name(struct buf *out, const struct option *option)
{
    if (option->letter != 0)
        buf_addf(out, "-%c, ", option->letter);
    else
        buf_adds(out, "    ");
    buf_addf(out, "--%s", option->name);
    if (option->type == OPTION_CHOICE)
        buf_addf(out, " %s", option->choices);
    else if (option->argument != NULL)
        buf_addf(out, " %s", _(option->argument));
}

static void add_option(struct buf *out, const struct option *option, size_t width)
{
    struct buf name = BUF_INIT;
    add_option_name(&name, option);
    struct display display = output_display(false);
    /* A long name stands on a line of its own rather than moving all the texts to the right. */
    if (display_width(name.data, name.len, &display) > width) {
        display_pad(out, MARGIN);
        buf_append(out, name.data, name.len);
        buf_addc(out, '\n');
        buf_clear(&name);
    }
    add_row(out, name.data, width, _(option->help));
    buf_release(&name);
}

void usage_add_command(struct buf *out, const struct command *command)
{
    enum { NAME_COLUMNS = 24 };
    buf_addf(out, _("Usage: hiku %s"), command->name);
    buf_addf(out, "%s %s\n\n%s\n", command->n_options > 0 ? _(" [OPTION…]") : "",
             _(command->operands), _(command->summary));
    buf_adds(out, _("\nOptions:\n"));
    for (size_t i = 0; i < command->n_options; i++)
        add_option(out, &command->options[i], NAME_COLUMNS);
    add_row(out, "-h, --help", NAME_COLUMNS, _("this text"));
}

int usage_parse(const struct command *command, void *values, int argc, char **argv, int *n_operands)
{
    struct error error = {{0}};
    int help, n;
    enum status st = options_parse(command, values, argc, argv, &n, &help, &error);
    if (st != ST_OK)
        return fail((int)st, error.message);
    if (!help && n > 0 && command->operands[0] == '\0')
        return fail(ST_USAGE, _("too many arguments; name the index with '--db FILE'"));
    if (n_operands != NULL)
        *n_operands = n;
    if (!help)
        return -1;
    struct output out = OUTPUT_INIT;
    usage_add_command(&out.buf, command);
    return output_finish(&out, EXIT_FOUND);
}
