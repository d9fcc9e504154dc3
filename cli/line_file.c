/* Reading a text file line by line. Interface: line_file.h. */
#include "cli/line_file.h"

#include "cli/exit_code.h"
#include "cli/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void strip_mark(struct line *line)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (line->number == 1 && line->len >= 3 && memcmp(line->text, mark, 3) == 0) {
        line->text += 3;
        line->len -= 3;
    }
}

static void strip_end(struct line *line)
{
    while (line->len > 0 &&
           (line->text[line->len - 1] == '\n' || line->text[line->len - 1] == '\r'))
        line->text[--line->len] = '\0';
}

static int cannot_read(const char *file)
{
    struct error error;
    error_set(&error, ST_INPUT, _("cannot read '%s': %s; give another file"), file,
              strerror(errno));
    return fail(ST_INPUT, error.message);
}

static int read_lines(FILE *stream, const char *file, each_line *each, void *context)
{
    char *text = NULL;
    size_t cap = 0, number = 0;
    bool stop = false;
    int worst = EXIT_FOUND;
    ssize_t n;
    while (!stop && (n = getline(&text, &cap, stream)) > 0) {
        struct line line = {file, ++number, text, (size_t)n};
        strip_mark(&line);
        strip_end(&line);
        int code = line.len > 0 ? each(context, &line, &stop) : EXIT_FOUND;
        if (code != EXIT_FOUND && (worst == EXIT_FOUND || stop))
            worst = code;
    }
    if (!stop && (ferror(stream) || !feof(stream))) /* the disk, or memory for a line */
        worst = cannot_read(file);
    free(text);
    return worst;
}

int line_file_read(const char *file, each_line *each, void *context)
{
    bool standard = strcmp(file, "-") == 0;
    FILE *stream = standard ? stdin : fopen(file, "re");
    if (stream == NULL)
        return cannot_read(file);
    int code = read_lines(stream, file, each, context);
    if (!standard)
        fclose(stream);
    return code;
}

int line_fail(const struct line *line, const char *problem)
{
    complain_at(line->file, line->number, problem);
    return EXIT_USAGE;
}
