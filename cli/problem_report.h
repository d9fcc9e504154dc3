/* Problems of a run: on standard error, and all of them in a file. Interface to problem_report.c.
 */
#ifndef HIKU_CLI_PROBLEM_REPORT_H
#define HIKU_CLI_PROBLEM_REPORT_H

#include "base/error.h"
#include "corpus/reader.h"

#include <stddef.h>

struct problem_report;

/* PATH: of the report, a TSV with the heading line file, line, severity, problem, excerpt; NULL:
 * none. ST_OK; with a message ST_USAGE (the file is there and no report) and ST_IO; ST_NOMEM. */
enum status problem_report_open(struct problem_report **out, const char *path, struct error *error);

/* Tells of a problem. Of each source the first are shown; with a report the others are only there,
 * else they are counted. LINE 0: the whole file. */
void problem_report_add(struct problem_report *report, const char *path, size_t line,
                        enum severity severity, const char *problem, struct span excerpt);

/* Ends the report (NULL is allowed) of a run that came to STATUS. STATUS; ST_IO with a message when
 * the report could not be written. */
enum status problem_report_close(struct problem_report *report, enum status status,
                                 struct error *error);

#endif
