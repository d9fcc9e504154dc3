/* The hiku command: finds the subcommand and runs it. */
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/locale.h"
#include "cli/output.h"
#include "cli/usage.h"
#include "search/hiku.h"

#include <signal.h>
#include <sqlite3.h>
#include <string.h>

static int usage_error(void)
{
    struct buf text = BUF_INIT;
    usage_add_all(&text);
    fwrite(text.data, 1, text.len, stderr);
    buf_release(&text);
    return EXIT_USAGE;
}

static int print_version(void)
{
    struct output out = OUTPUT_INIT;
    buf_addf(&out.buf, "hiku %s\n", hiku_version());
    return output_finish(&out, EXIT_FOUND);
}

/* Answers a query whose first word may be a command's name, mistyped. */
static int search(int argc, char **argv)
{
    const char *word = argv[0]; /* before the options are parted from the query */
    struct nearest nearest = command_nearest(word);
    bool found_all;
    int code = search_run_words(argc, argv, &found_all);
    bool answered = code == EXIT_FOUND || code == EXIT_NOTHING_FOUND || code == EXIT_UNUSABLE;
    if (found_all || !answered || nearest.best == NULL || nearest.distance > 1)
        return code;
    struct error hint;
    error_set(&hint, ST_USAGE,
              _("'%s' is no command, so it was taken for a query; did you mean: hiku %s"), word,
              nearest.best);
    complain(hint.message);
    return code;
}

int main(int argc, char **argv)
{
    /* A reader that goes away must not end an indexing run in the middle. */
    signal(SIGPIPE, SIG_IGN);
    /* A limit of the file size (ulimit -f) is an error of writing like a full disk. */
    signal(SIGXFSZ, SIG_IGN);
    /* SQLite counts its memory under a lock that all threads share, and nobody asks for the sum. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    locale_init();
    if (argc < 2)
        return usage_error();
    if (strcmp(argv[1], "--version") == 0)
        return print_version();
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return command_help.run(0, argv + 2);
    const struct command *command = command_find(argv[1]);
    if (command != NULL)
        return command->run(argc - 2, argv + 2);
    return search(argc - 1, argv + 1);
}
