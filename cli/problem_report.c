/* Problems of a run. Interface: problem_report.h. */
#include "cli/problem_report.h"

#include "cli/output.h"
#include "cli/replaceable.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 20 /* of one source on standard error: what a person reads */

struct problem_report {
    FILE *file;       /* NULL: none */
    const char *path; /* of the report; borrowed */
    char *source;     /* the one whose problems are counted */
    unsigned long long n;
};

static enum status cannot_write(const char *path, struct error *error)
{
    return error_set(error, ST_IO, _("cannot write '%s': %s; name another file for --report"), path,
                     strerror(errno));
}

enum status problem_report_open(struct problem_report **out, const char *path, struct error *error)
{
    struct problem_report *report = calloc(1, sizeof *report);
    *out = report;
    if (report == NULL)
        return error_set(error, ST_NOMEM, _("out of memory"));
    report->path = path;
    if (path == NULL)
        return ST_OK;
    if (!is_replaceable(path, REPORT_HEADING))
        return error_set(error, ST_USAGE,
                         _("'%s' is no report, and would be lost; name another file for --report"),
                         path);
    report->file = fopen(path, "we");
    if (report->file == NULL)
        return cannot_write(path, error);
    fputs(REPORT_HEADING, report->file);
    fflush(report->file); /* the run may come upon the file */
    return ST_OK;
}

/* Writes TEXT as a cell: tabs, line ends and other control characters as blanks. */
static void write_cell(FILE *file, const char *text, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++)
        putc((unsigned char)text[i] < ' ' || text[i] == 0x7F ? ' ' : text[i], file);
}

static void write_row(FILE *file, const char *path, size_t line, enum severity severity,
                      const char *problem, struct span excerpt)
{
    static const char *const names[] = {"doubt", "skipped", "failed"};
    write_cell(file, path, strlen(path));
    fprintf(file, "\t%zu\t%s\t", line, names[severity]);
    write_cell(file, problem, strlen(problem));
    putc('\t', file);
    write_cell(file, excerpt.data, excerpt.len);
    putc('\n', file);
}

/* Tells how many problems of the source before were not shown. */
static void end_source(struct problem_report *report)
{
    if (report->n > SHOWN) {
        unsigned long long n = report->n - SHOWN;
        char text[200];
        snprintf(text, sizeof text,
                 report->file != NULL ? dngettext("hiku", "%llu more problem in the report",
                                                  "%llu more problems in the report", n)
                                      : dngettext("hiku", "%llu more problem; --report lists all",
                                                  "%llu more problems; --report lists all", n),
                 n);
        complain_at(report->source, 0, text);
    }
    report->n = 0;
}

void problem_report_add(struct problem_report *report, const char *path, size_t line,
                        enum severity severity, const char *problem, struct span excerpt)
{
    if (report->source == NULL || strcmp(report->source, path) != 0) {
        end_source(report);
        free(report->source);
        report->source = strdup(path);
    }
    if (report->file != NULL)
        write_row(report->file, path, line, severity, problem, excerpt);
    if (++report->n <= SHOWN || report->source == NULL)
        complain_at(path, line, problem);
}

enum status problem_report_close(struct problem_report *report, enum status status,
                                 struct error *error)
{
    if (report == NULL)
        return status;
    end_source(report);
    if (report->file != NULL) {
        bool failed = ferror(report->file) != 0;
        failed = fclose(report->file) != 0 || failed;
        if (failed && status == ST_OK)
            status = cannot_write(report->path, error);
    }
    free(report->source);
    free(report);
    return status;
}
