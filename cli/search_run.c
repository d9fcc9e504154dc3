/* Answering queries and printing what is found. Interface: search_run.h. */
#include "cli/search_run.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/query_line.h"

#include <stdlib.h>
#include <string.h>

/* Prints the hits. *MS grows by the time that fetching them took. */
static int print_hits(struct search_run *run, hiku_results *results, double *ms)
{
    for (;;) {
        const struct hiku_hit *hit;
        double start = clock_ms();
        int status = hiku_results_next(results, &hit);
        *ms += clock_ms() - start;
        if (status != HIKU_OK) {
            result_out_cut(&run->writer);
            return status;
        }
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

/* Sets KEY to TEXT without the white space around it; NARROW: its full-width letters and signs,
 * which an input method may have made of a key, are those of ASCII. */
static void read_key(struct buf *key, const char *text, size_t n_bytes, bool narrow)
{
    size_t end = 0;
    uint32_t cp;
    buf_clear(key);
    for (size_t i = 0; i < n_bytes;) {
        i += utf8_decode(text + i, n_bytes - i, &cp);
        if (narrow)
            cp = utf8_narrow(cp);
        if (key->len > 0 || !utf8_is_space(cp))
            buf_add_cp(key, cp);
        if (!utf8_is_space(cp))
            end = key->len;
    }
    if (!key->failed && key->len > 0) {
        key->len = end;
        key->data[end] = '\0';
    }
}

/* Finds the record whose key the query is. */
static int find_by_key(struct search_run *run, struct result_page *page)
{
    struct buf key = BUF_INIT;
    int status = HIKU_NOT_FOUND;
    for (int narrow = 0; narrow < 2 && status == HIKU_NOT_FOUND; narrow++) {
        read_key(&key, page->query, page->query_len, narrow);
        if (key.failed)
            status = HIKU_NOMEM;
        else if (strchr(key.data, '#') != NULL)
            status = hiku_get(run->db, key.data, NULL, 0, &page->record);
    }
    buf_release(&key);
    return status == HIKU_NOT_FOUND || status == HIKU_USAGE ? HIKU_OK : status;
}

int search_run_answer(struct search_run *run, const char *qid, const char *query, size_t n_bytes)
{
    hiku_results *results;
    double start = clock_ms();
    int status = hiku_search(run->db, query, n_bytes, &run->options, &results);
    double ms = clock_ms() - start;
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
        if (status == HIKU_OK)
            status = hiku_results_columns(results, &page.unknown_columns, &page.n_unknown_columns,
                                          &page.columns, &page.n_columns);
        if (status == HIKU_OK && page.total == 0)
            status = find_by_key(run, &page);
        if (status != HIKU_OK) {
            hiku_results_free(results);
            return status;
        }
    }
    run->found = run->found || page.total + page.partial > 0;
    run->found_all = run->found_all || page.total > 0;
    result_out_begin(&run->writer, &page);
    status = print_hits(run, results, &ms);
    timing_add(&run->timing, ms);
    hiku_results_free(results);
    return status;
}

/* Answers the query of one line. */
static int answer_line(void *context, const struct line *line, bool *stop)
{
    struct search_run *run = context;
    struct query_line query;
    if (!query_line_read(line, &query))
        return EXIT_USAGE;
    int status = search_run_answer(run, query.qid, query.text, query.len);
    /* Who asks through a pipe may wait for this answer before the next question; what cannot be
     * written output_finish tells. */
    fflush(stdout);
    if (status == HIKU_INTERRUPTED) {
        complain_at(line->file, line->number, hiku_error(run->db));
        return exit_code(status);
    }
    *stop = status != HIKU_OK || run->output.error != 0;
    return status == HIKU_OK ? EXIT_FOUND : index_fail(run->db, status);
}

int search_run_file(struct search_run *run, const char *file)
{
    return line_file_read(file, answer_line, run);
}
