/* Reading a text file line by line. Interface to line_file.c. */
#ifndef HIKU_CLI_LINE_FILE_H
#define HIKU_CLI_LINE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct line {
    const char *file; /* as named */
    size_t number;    /* from 1 */
    char *text;       /* without its end, NUL-terminated; may be written to, gone after the call */
    size_t len;       /* bytes, never 0 */
};

/* Takes one line and returns an exit code; *STOP set ends the reading. */
typedef int each_line(void *context, const struct line *line, bool *stop);

/* Gives EACH the lines of FILE (`-`: standard input) that are not empty, without a byte order mark.
 * Complains where FILE cannot be read. Returns the exit code: that of the line at which EACH
 * stopped, else the first that was not EXIT_FOUND. */
int line_file_read(const char *file, each_line *each, void *context);

/* Complains about a line; returns EXIT_USAGE. */
int line_fail(const struct line *line, const char *problem);

#endif
