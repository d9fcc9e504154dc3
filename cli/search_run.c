/* Answering queries and printing what is found. Interface: search_run.h. */
#include "cli/search_run.h"

#include "cli/exit_code.h"
#include "cli/index_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Prints the hits. *MS grows by the time that fetching them took. */
static int print_hits(struct search_run *run, hiku_results *results, double *ms)
{
    for (;;) {
        const struct hiku_hit *hit;
        double start = timing_now();
        int status = hiku_results_next(results, &hit);
        *ms += timing_now() - start;
        if (status != HIKU_OK)
            return status;
        if (hit == NULL)
            break;
        result_out_hit(&run->writer, hit);
        if (!output_flush(&run->output))
            return HIKU_OK; /* output_finish tells */
    }
    result_out_end(&run->writer);
    output_flush(&run->output);
    return HIKU_OK;
}

int search_run_answer(struct search_run *run, const char *qid, const char *query, size_t n_bytes)
{
    hiku_results *results;
    double start = timing_now();
    int status = hiku_search(run->db, query, n_bytes, &run->options, &results);
    double ms = timing_now() - start;
    if (status != HIKU_OK)
        return status;
    struct result_page page = {
        .query = query,
        .query_len = n_bytes,
        .qid = qid,
        .total = hiku_results_total(results),
        .partial = hiku_results_partial(results),
        .elapsed_ms = hiku_results_elapsed_ms(results),
        .explanation = hiku_results_explanation(results),
        .offset = run->options.offset,
    };
    if (run->writer.writer->suggests) {
        status = hiku_results_suggestions(results, &page.suggestions, &page.n_suggestions);
        if (status != HIKU_OK) {
            hiku_results_free(results);
            return status;
        }
    }
    if (page.total + page.partial > 0)
        run->found = true;
    result_out_begin(&run->writer, &page);
    status = print_hits(run, results, &ms);
    timing_add(&run->timing, ms);
    hiku_results_free(results);
    return status;
}

static void strip_line_end(char *line, size_t *len)
{
    while (*len > 0 && (line[*len - 1] == '\n' || line[*len - 1] == '\r'))
        line[--*len] = '\0';
}

/* Answers the query of one line. Returns an exit code; *STOP tells that the rest would fail too. */
static int answer_line(struct search_run *run, const char *file, size_t number, char *line,
                       size_t len, bool *stop)
{
    static const char bom[] = "\xEF\xBB\xBF";
    if (number == 1 && len >= 3 && memcmp(line, bom, 3) == 0) {
        line += 3;
        len -= 3;
    }
    strip_line_end(line, &len);
    char *tab = memchr(line, '\t', len);
    if (len == 0)
        return EXIT_FOUND;
    if (tab == NULL || tab == line) {
        complain_at(file, number,
                    tab == NULL ? _("no tab between a name and a query; skipped")
                                : _("no name before the tab; skipped"));
        return EXIT_USAGE;
    }
    *tab = '\0';
    const char *query = tab + 1;
    int status = search_run_answer(run, line, query, len - (size_t)(query - line));
    if (status == HIKU_OK)
        return EXIT_FOUND;
    if (status != HIKU_INTERRUPTED) {
        *stop = true;
        return index_fail(run->db, status);
    }
    complain_at(file, number, hiku_error(run->db));
    return exit_code(status);
}

static int answer_lines(struct search_run *run, const char *file, FILE *stream)
{
    char *line = NULL;
    size_t cap = 0;
    size_t number = 0;
    bool stop = false;
    int worst = EXIT_FOUND;
    ssize_t n;
    while (!stop && run->output.error == 0 && (n = getline(&line, &cap, stream)) > 0) {
        int code = answer_line(run, file, ++number, line, (size_t)n, &stop);
        if (code != EXIT_FOUND && (worst == EXIT_FOUND || stop))
            worst = code;
    }
    free(line);
    if (ferror(stream)) {
        complain_at(file, number, strerror(errno));
        worst = EXIT_USAGE;
    }
    return worst;
}

int search_run_file(struct search_run *run, const char *file)
{
    bool standard = strcmp(file, "-") == 0;
    FILE *stream = standard ? stdin : fopen(file, "re");
    if (stream == NULL) {
        struct error error;
        error_set(&error, ST_INPUT, _("cannot read the queries in '%s': %s; give another file"),
                  file, strerror(errno));
        return fail(ST_INPUT, error.message);
    }
    int code = answer_lines(run, file, stream);
    if (!standard)
        fclose(stream);
    return code;
}
