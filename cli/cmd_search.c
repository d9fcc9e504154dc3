/* hiku search: finds the records that answer a query, or each of many. */
#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/query_options.h"
#include "cli/search_run.h"
#include "cli/usage.h"

#include <limits.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

struct search_args {
    struct option_list dbs;
    const char *dicdir;
    struct query_options query;
    const char *queries;
    size_t limit;
    size_t offset;
    size_t timeout_ms;
    int format; /* place in FORMATS */
    int sort;   /* enum hiku_sort */
    int explain;
    int no_snippets;
    int color;
    int timing;
};

#define FORMATS "text|json|jsonl|tsv|csv|trec" /* in the order of result_writers */
#define AT(member) offsetof(struct search_args, member)

static const struct option options[] = {
    DBS_OPTION(AT(dbs)),
    {"format", 0, OPTION_CHOICE, AT(format), NULL, FORMATS, N_("form of the results")},
    {"limit", 'n', OPTION_NUMBER, AT(limit), N_("N"), NULL, N_("hits to give (20); 0: all")},
    {"offset", 0, OPTION_NUMBER, AT(offset), N_("N"), NULL, N_("hits to leave out before them")},
    {"sort", 0, OPTION_CHOICE, AT(sort), NULL, "rank|date|-date",
     N_("best, oldest or newest first")},
    QUERY_OPTIONS(AT(query)),
    {"explain", 0, OPTION_FLAG, AT(explain), NULL, NULL,
     N_("tell how the query was understood and each score adds up")},
    {"snippets", 0, OPTION_CHOICE, AT(no_snippets), NULL, "yes|no", N_("show passages")},
    COLOR_OPTION(AT(color)),
    {"queries", 0, OPTION_TEXT, AT(queries), N_("FILE"), NULL,
     N_("answer each line (name, tab, query) in the formats trec or jsonl; -: standard input")},
    {"timeout", 0, OPTION_NUMBER, AT(timeout_ms), N_("MS"), NULL,
     N_("give up a query after so many milliseconds; 0: never")},
    {"timing", 0, OPTION_FLAG, AT(timing), NULL, NULL,
     N_("tell on standard error how long the queries took")},
    DICDIR_OPTION(AT(dicdir)),
};

static const struct result_writer *chosen_writer(const struct search_args *args)
{
    return result_writers[args->format];
}

/* The message for arguments that do not go together; NULL where they do. */
static const char *contradiction(const struct search_args *args, int n_operands)
{
    bool dated = args->query.since != NULL || args->query.until != NULL;
    const char *wrong = query_options_contradiction(&args->query);
    if (wrong != NULL)
        return wrong;
    if (args->queries != NULL && n_operands > 0)
        return _("'--queries' and a query exclude each other; leave one out");
    if (args->queries != NULL && !chosen_writer(args)->several_queries)
        return _("'--queries' wants '--format trec' or '--format jsonl'; the other formats have "
                 "no room for the names of the queries");
    if (args->queries == NULL && n_operands == 0 && !dated)
        return _("what to look for is missing; see: hiku help search");
    return NULL;
}

static int set_up(struct search_run *run, const struct search_args *args)
{
    const struct result_writer *writer = chosen_writer(args);
    struct result_style style = {
        .explain = args->explain,
        .with_db = args->dbs.n > 1,
        .names_db = args->dbs.n > 0,
        .no_snippets = args->no_snippets,
        .width = output_width(),
        .display = output_display(output_color(args->color)),
    };
    run->options = (struct hiku_search_options){
        .size = sizeof run->options,
        .limit = args->limit,
        .offset = args->offset,
        .sort = args->sort,
        .explain = args->explain,
        .timeout_ms = (int)args->timeout_ms,
        .no_text = writer->ids_only ? HIKU_IDS_ONLY : HIKU_WHOLE,
    };
    query_options_apply(&args->query, &run->options);
    int status = writer == &result_writer_trec ? naming_find(run->db, &style.naming) : HIKU_OK;
    result_out_init(&run->writer, writer, &run->output.buf, &style);
    return status == HIKU_OK ? EXIT_FOUND : index_fail(run->db, status);
}

static int answer_operands(struct search_run *run, char **words, int n_words)
{
    struct buf query = BUF_INIT;
    operands_join(&query, words, n_words);
    int status = query.failed ? HIKU_NOMEM : search_run_answer(run, NULL, query.data, query.len);
    bool nomem = query.failed;
    buf_release(&query);
    if (status == HIKU_OK)
        return EXIT_FOUND;
    return index_fail(nomem ? NULL : run->db, status);
}

/* Keeps what a query has taken for the next one. Otherwise malloc gives it back to the system,
 * which clears it once more, page by page (mallopt(3)). */
static void keep_memory(void)
{
    enum { KEPT_BYTES = 64 << 20, LARGEST_BYTES = 32 << 20 };
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    mallopt(M_MMAP_THRESHOLD, LARGEST_BYTES);
}

static int run_search(const struct search_args *args, char **words, int n_words, bool *found_all)
{
    const char *wrong = contradiction(args, n_words);
    if (wrong != NULL)
        return fail(HIKU_USAGE, wrong);
    struct search_run run = {.output = OUTPUT_INIT};
    if (args->queries != NULL)
        keep_memory();
    int code = index_open(&run.db, &args->dbs, args->dicdir);
    if (code == EXIT_FOUND) {
        code = set_up(&run, args);
        if (code == EXIT_FOUND)
            code = args->queries != NULL ? search_run_file(&run, args->queries)
                                         : answer_operands(&run, words, n_words);
        if (code == EXIT_FOUND && !run.found)
            code = EXIT_NOTHING_FOUND;
        *found_all = run.found_all;
        result_out_release(&run.writer);
        code = output_finish(&run.output, code);
        if (args->timing)
            timing_print(&run.timing);
        free(run.timing.ms);
    }
    hiku_close(run.db);
    return code;
}

int search_run_words(int argc, char **argv, bool *found_all)
{
    struct search_args args = {.limit = 20};
    int n_operands;
    int code = usage_parse(&command_search, &args, argc, argv, &n_operands);
    *found_all = false;
    if (code < 0)
        code = run_search(&args, argv, n_operands, found_all);
    free(args.dbs.items);
    return code;
}

static int run(int argc, char **argv)
{
    bool found_all;
    return search_run_words(argc, argv, &found_all);
}

const struct command command_search = {
    .name = "search",
    .run = run,
    .summary = N_("find records, best first"),
    .operands = N_("QUERY…"),
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
