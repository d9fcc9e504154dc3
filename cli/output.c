/* What the command prints. Interface: output.h. */
#include "cli/output.h"

#include "cli/exit_code.h"
#include "search/hiku.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool output_flush(struct output *out)
{
    if (out->error == 0 && out->buf.failed)
        out->error = ENOMEM;
    errno = 0;
    if (out->error == 0 && out->buf.len > 0 &&
        (fwrite(out->buf.data, 1, out->buf.len, stdout) != out->buf.len))
        out->error = errno != 0 ? errno : EIO;
    buf_clear(&out->buf);
    return out->error == 0;
}

int output_finish(struct output *out, int code)
{
    output_flush(out);
    errno = 0;
    if (fflush(stdout) != 0 && out->error == 0)
        out->error = errno != 0 ? errno : EIO;
    buf_release(&out->buf);
    if (out->error == 0 || out->error == EPIPE)
        return code;
    struct error error;
    error_set(&error, ST_IO, _("cannot write the results: %s; make room or print elsewhere"),
              strerror(out->error));
    return fail(ST_IO, error.message);
}

static void print_safe(struct buf *line)
{
    buf_addc(line, '\n');
    /* One write, so that lines of several processes do not mix. */
    if (line->failed)
        fprintf(stderr, "hiku: %s\n", _("out of memory"));
    else
        fwrite(line->data, 1, line->len, stderr);
    buf_release(line);
}

void complain(const char *message)
{
    struct buf line = BUF_INIT;
    buf_adds(&line, "hiku: ");
    display_add(&line, message, strlen(message));
    print_safe(&line);
}

void complain_at(const char *file, size_t line_number, const char *problem)
{
    struct buf line = BUF_INIT;
    display_add(&line, file, strlen(file));
    if (line_number > 0)
        buf_addf(&line, ":%zu", line_number);
    buf_adds(&line, ": ");
    display_add(&line, problem, strlen(problem));
    print_safe(&line);
}

int fail(int status, const char *message)
{
    complain(message);
    return exit_code(status);
}

const char *error_text(int status, const struct error *error)
{
    return error->message[0] != '\0' ? error->message : hiku_status_text(status);
}

size_t output_width(void)
{
    enum { USUAL = 80, LEAST = 20, MOST = 1000 };
    const char *columns = getenv("COLUMNS");
    long set = columns != NULL ? strtol(columns, NULL, 10) : 0;
    size_t width = set > 0 ? (size_t)set : 0; /* what is no width counts as not set */
    struct winsize size;
    if (width == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (width == 0)
        return USUAL;
    return width < LEAST ? LEAST : width > MOST ? MOST : width;
}

struct display output_display(bool color)
{
    const char *locale = setlocale(LC_CTYPE, NULL);
    bool japanese = locale != NULL && strncmp(locale, "ja", 2) == 0;
    return (struct display){.color = color, .wide_ambiguous = japanese};
}

bool output_color(int choice)
{
    const char *no_color = getenv("NO_COLOR");
    if (choice != COLOR_AUTO)
        return choice == COLOR_ALWAYS;
    return isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0');
}
