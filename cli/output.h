/* What the command prints, and where errors of printing are noticed. Interface to output.c. */
#ifndef HIKU_CLI_OUTPUT_H
#define HIKU_CLI_OUTPUT_H

#include "base/buf.h"
#include "base/error.h"
#include "search/write/display.h"

#include <stdbool.h>
#include <stdio.h>

struct output {
    struct buf buf; /* append here … */
    int error;      /* errno of the first failed write */
};

#define OUTPUT_INIT                                                                                \
    {                                                                                              \
        .buf = BUF_INIT                                                                            \
    }

/* … and print and empty it with this. Returns false when nothing more can be printed. */
bool output_flush(struct output *out);

/* Prints the rest, releases, and returns the exit code: CODE, or that of a failed write. A reader
 * that went away (`| head`) is no failure. */
int output_finish(struct output *out, int code);

/* Prints `hiku: MESSAGE` to stderr, made safe for a terminal. */
void complain(const char *message);

/* Prints `FILE:LINE: PROBLEM` to stderr, or `FILE: PROBLEM` where LINE is 0. */
void complain_at(const char *file, size_t line, const char *problem);

/* Complains and returns the exit code for the status. */
int fail(int status, const char *message);

/* The message of ERROR, which came with STATUS; where it has none, a phrase for the status. Valid
 * as long as ERROR. */
const char *error_text(int status, const struct error *error);

/* The columns of the terminal: $COLUMNS, else what it says, else 80. */
size_t output_width(void);

/* How to show text in this locale; with colour only where asked for. */
struct display output_display(bool color);

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* The row of a command's table of options. AT: the offset of the member in its values. */
/* clang-format off */
#define COLOR_OPTION(at)                                                                           \
    {"color", 0, OPTION_CHOICE, (at), NULL, "auto|always|never", N_("mark the matches")}
/* clang-format on */

/* Whether to mark highlights: auto means on a terminal, unless NO_COLOR is set. */
bool output_color(int choice);

#endif
