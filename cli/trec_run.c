/* A ranking as a TREC run. Interface: trec_run.h. */
#include "cli/trec_run.h"

#include "base/array.h"
#include "cli/exit_code.h"
#include "cli/fields.h"
#include "cli/line_file.h"
#include "cli/output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { QID, Q0, DOCUMENT, RANK, SCORE, NAME, N_FIELDS };

static int compare(const void *a, const void *b)
{
    const struct run_row *x = a, *y = b;
    int order = strcmp(x->of.qid, y->of.qid);
    if (order == 0)
        order = (x->rank > y->rank) - (x->rank < y->rank);
    if (order == 0)
        order = (x->score < y->score) - (x->score > y->score);
    return order != 0 ? order : strcmp(x->of.document, y->of.document);
}

static bool add(struct trec_run *run, char *const fields[N_FIELDS], const struct run_row *row)
{
    if (!array_reserve(&run->rows, &run->cap, run->n + 1, sizeof *run->rows))
        return false;
    run->rows[run->n++] = *row;
    topic_rows_keep(&run->strings, fields[QID], fields[DOCUMENT]);
    return !run->strings.failed;
}

static int read_line(void *context, const struct line *line, bool *stop)
{
    char *fields[N_FIELDS];
    char *end = NULL;
    struct run_row row = {0};
    *stop = true;
    if (fields_cut(line->text, fields, N_FIELDS) != N_FIELDS)
        return line_fail(line,
                         _("a line of a run has six columns: name of the query, Q0, document, "
                           "rank, score, name of the run"));
    if (!fields_integer(fields[RANK], &row.rank))
        return line_fail(line, _("the rank in the fourth column is no whole number"));
    row.score = strtod(fields[SCORE], &end);
    if (end == fields[SCORE] || *end != '\0' || !isfinite(row.score))
        return line_fail(line, _("the score in the fifth column is no number"));
    if (!add(context, fields, &row))
        return fail(ST_NOMEM, _("out of memory"));
    *stop = false;
    return EXIT_FOUND;
}

int trec_run_read(struct trec_run *run, const char *file)
{
    int code = line_file_read(file, read_line, run);
    if (code != EXIT_FOUND)
        return code;
    topic_rows_settle(&run->strings, run->rows, run->n, sizeof *run->rows);
    if (run->n > 0)
        qsort(run->rows, run->n, sizeof *run->rows, compare);
    return code;
}

void trec_run_release(struct trec_run *run)
{
    free(run->rows);
    buf_release(&run->strings);
}

size_t trec_run_find(const struct trec_run *run, const char *qid, size_t *n)
{
    return topic_rows_find(run->rows, run->n, sizeof *run->rows, qid, n);
}
