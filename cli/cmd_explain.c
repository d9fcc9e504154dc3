/* hiku explain: why a record does or does not answer a query. */
#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/output.h"
#include "cli/query_options.h"
#include "cli/usage.h"
#include "search/explain/write_explanation.h"

#include <stdlib.h>
#include <string.h>

struct explain_args {
    struct option_list dbs;
    const char *dicdir;
    struct query_options query;
    int json;
    int color;
};

#define AT(member) offsetof(struct explain_args, member)

static const struct option options[] = {
    DBS_OPTION(AT(dbs)),
    {"format", 0, OPTION_CHOICE, AT(json), NULL, "text|json", N_("form of the results")},
    QUERY_OPTIONS(AT(query)),
    COLOR_OPTION(AT(color)),
    DICDIR_OPTION(AT(dicdir)),
};

static int print(const struct explain_args *args, const struct hiku_explanation *x,
                 const struct buf *query)
{
    struct output out = OUTPUT_INIT;
    struct result_style style = {
        .width = output_width(),
        .display = output_display(output_color(args->color)),
    };
    if (args->json)
        explanation_add_json(&out.buf, x, query->data, query->len, true);
    else
        explanation_add_record_text(&out.buf, x, &style);
    return output_finish(&out, x->found ? EXIT_FOUND : EXIT_NOTHING_FOUND);
}

static int explain(const struct explain_args *args, const char *key, const struct buf *query)
{
    struct hiku_search_options search = HIKU_SEARCH_OPTIONS_INIT;
    struct hiku_explanation *x = NULL;
    hiku *db;
    query_options_apply(&args->query, &search);
    int code = index_open(&db, &args->dbs, args->dicdir);
    if (code == EXIT_FOUND) {
        int status = hiku_explain(db, key, query->data, query->len, &search, &x);
        if (status == HIKU_NOT_FOUND)
            code = index_no_record(&args->dbs, key);
        else
            code = status == HIKU_OK ? print(args, x, query) : index_fail(db, status);
    }
    hiku_explanation_free(x);
    hiku_close(db);
    return code;
}

static int run_explain(const struct explain_args *args, char **words, int n_words)
{
    const char *wrong = query_options_contradiction(&args->query);
    bool dated = args->query.since != NULL || args->query.until != NULL;
    if (wrong == NULL && n_words == 0)
        wrong = _("which record is missing; see: hiku help explain");
    if (wrong == NULL && n_words == 1 && !dated)
        wrong = _("the query is missing; see: hiku help explain");
    if (wrong != NULL)
        return fail(HIKU_USAGE, wrong);
    struct buf query = BUF_INIT;
    operands_join(&query, words + 1, n_words - 1);
    int code =
        query.failed ? fail(HIKU_NOMEM, _("out of memory")) : explain(args, words[0], &query);
    buf_release(&query);
    return code;
}

static int run(int argc, char **argv)
{
    struct explain_args args = {.json = 0};
    int n_operands;
    int code = usage_parse(&command_explain, &args, argc, argv, &n_operands);
    if (code < 0)
        code = run_explain(&args, argv, n_operands);
    free(args.dbs.items);
    return code;
}

const struct command command_explain = {
    .name = "explain",
    .run = run,
    .summary = N_("tell why a record does or does not answer a query"),
    .operands = N_("KEY QUERY…"),
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
