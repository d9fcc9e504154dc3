/* hiku eval: how well queries are answered, by judgements of relevance. */
#include "base/clock.h"
#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/judgements.h"
#include "cli/output.h"
#include "cli/query_line.h"
#include "cli/query_options.h"
#include "cli/relevance.h"
#include "cli/timing.h"
#include "cli/trec_run.h"
#include "cli/usage.h"
#include "search/write/result_writer.h"

#include <stdlib.h>
#include <string.h>

struct eval_args {
    struct option_list dbs;
    const char *dicdir;
    const char *run;
    struct query_options query;
    int json;
    int per_query;
    int timing;
};

#define AT(member) offsetof(struct eval_args, member)

static const struct option options[] = {
    DBS_OPTION(AT(dbs)),
    {"run", 0, OPTION_TEXT, AT(run), N_("FILE"), NULL,
     N_("evaluate this TREC run of any program instead of searching; -: standard input")},
    {"per-query", 0, OPTION_FLAG, AT(per_query), NULL, NULL, N_("the figures of each query too")},
    {"format", 0, OPTION_CHOICE, AT(json), NULL, "text|json", N_("form of the results")},
    QUERY_OPTIONS(AT(query)),
    {"timing", 0, OPTION_FLAG, AT(timing), NULL, NULL,
     N_("tell on standard error how long the queries took")},
    DICDIR_OPTION(AT(dicdir)),
};

struct eval {
    const struct eval_args *args;
    hiku *db; /* NULL: a run is evaluated */
    struct hiku_search_options search;
    struct judgements judgements;
    struct trec_run run;
    struct relevance sum;
    size_t n;          /* queries that count */
    size_t n_unjudged; /* that nothing is relevant for */
    struct timing timing;
    struct output out;
};

/* One query under evaluation. */
struct topic {
    struct judgement *judged;
    size_t n_judged;
    int grades[RELEVANCE_DEPTH]; /* of what was found */
    size_t n;
};

static int search_topic(struct eval *e, const struct query_line *query, struct topic *topic)
{
    hiku_results *results;
    const struct hiku_hit *hit = NULL;
    double start = clock_ms();
    int status = hiku_search(e->db, query->text, query->len, &e->search, &results);
    while (status == HIKU_OK && topic->n < RELEVANCE_DEPTH) {
        status = hiku_results_next(results, &hit);
        if (status != HIKU_OK || hit == NULL)
            break;
        int grade = judgements_take(topic->judged, topic->n_judged, hit->record.key);
        if (grade == 0)
            grade = judgements_take(topic->judged, topic->n_judged, hit->record.id);
        topic->grades[topic->n++] = grade;
    }
    timing_add(&e->timing, clock_ms() - start);
    hiku_results_free(results);
    return status == HIKU_OK ? EXIT_FOUND : index_fail(e->db, status);
}

static void look_up_topic(const struct eval *e, const char *qid, struct topic *topic)
{
    size_t n, first = trec_run_find(&e->run, qid, &n);
    for (size_t i = 0; i < n && i < RELEVANCE_DEPTH; i++)
        topic->grades[topic->n++] =
            judgements_take(topic->judged, topic->n_judged, e->run.rows[first + i].of.document);
}

static void add_number(struct buf *out, const char *before, double value)
{
    buf_adds(out, before);
    buf_addf(out, "%.4f", value);
}

static void add_json_figures(struct buf *out, const struct relevance *r)
{
    add_number(out, "\"ndcg_10\":", r->ndcg_10);
    add_number(out, ",\"mrr_10\":", r->mrr_10);
    add_number(out, ",\"r_10\":", r->recall_10);
    add_number(out, ",\"r_100\":", r->recall_100);
}

static void add_text_figures(struct buf *out, const struct relevance *r)
{
    add_number(out, " ", r->ndcg_10);
    add_number(out, "  ", r->mrr_10);
    add_number(out, "  ", r->recall_10);
    add_number(out, "  ", r->recall_100);
    buf_adds(out, "  ");
}

static void add_query(struct eval *e, const struct query_line *query, const struct relevance *r)
{
    struct buf *out = &e->out.buf;
    if (!e->args->per_query)
        return;
    if (e->args->json) {
        buf_adds(out, e->n > 0 ? ",\n{\"qid\":" : "\n{\"qid\":");
        result_add_json(out, query->qid, strlen(query->qid));
        buf_adds(out, ",\"query\":");
        result_add_json(out, query->text, query->len);
        buf_addc(out, ',');
        add_json_figures(out, r);
        buf_addc(out, '}');
        return;
    }
    add_text_figures(out, r);
    display_add(out, query->qid, strlen(query->qid));
    buf_adds(out, query->len > 0 ? "  " : "");
    display_add(out, query->text, query->len);
    buf_addc(out, '\n');
}

static int reckon_topic(struct eval *e, const struct query_line *query, const struct topic *topic)
{
    int *grades = malloc(topic->n_judged * sizeof *grades);
    if (grades == NULL)
        return fail(HIKU_NOMEM, _("out of memory"));
    for (size_t i = 0; i < topic->n_judged; i++)
        grades[i] = topic->judged[i].grade;
    struct relevance r = relevance_reckon(topic->grades, topic->n, grades, topic->n_judged);
    free(grades);
    add_query(e, query, &r);
    relevance_add(&e->sum, &r);
    e->n++;
    return EXIT_FOUND;
}

static bool is_relevant(const struct topic *topic)
{
    for (size_t i = 0; i < topic->n_judged; i++) {
        if (topic->judged[i].grade > 0)
            return true;
    }
    return false;
}

static struct topic find_topic(const struct eval *e, const char *qid)
{
    struct topic topic = {.n = 0};
    topic.judged = e->judgements.items;
    size_t first = judgements_find(&e->judgements, qid, &topic.n_judged);
    if (topic.n_judged > 0)
        topic.judged += first;
    return topic;
}

static int evaluate(struct eval *e, const struct query_line *query, struct topic *topic)
{
    int code = EXIT_FOUND;
    topic->judged[0].asked = true;
    if (e->db != NULL)
        code = search_topic(e, query, topic);
    else
        look_up_topic(e, query->qid, topic);
    return code == EXIT_FOUND ? reckon_topic(e, query, topic) : code;
}

static int evaluate_line(void *context, const struct line *line, bool *stop)
{
    struct eval *e = context;
    struct query_line query;
    if (!query_line_read(line, &query))
        return EXIT_USAGE;
    struct topic topic = find_topic(e, query.qid);
    if (!is_relevant(&topic)) {
        e->n_unjudged++;
        return EXIT_FOUND;
    }
    if (topic.judged[0].asked)
        return line_fail(line, _("the name of this query came before"));
    int code = evaluate(e, &query, &topic);
    *stop = code != EXIT_FOUND;
    return code;
}

/* Evaluates all queries that were judged. */
static int evaluate_judged(struct eval *e)
{
    int code = EXIT_FOUND;
    for (size_t i = 0; i < e->judgements.n && code == EXIT_FOUND;) {
        struct query_line query = {.qid = e->judgements.items[i].of.qid, .text = ""};
        struct topic topic = find_topic(e, query.qid);
        if (is_relevant(&topic))
            code = evaluate(e, &query, &topic);
        i += topic.n_judged;
    }
    return code;
}

static size_t count_not_asked(const struct eval *e)
{
    size_t n = 0;
    for (size_t i = 0; i < e->judgements.n;) {
        struct topic topic = find_topic(e, e->judgements.items[i].of.qid);
        n += is_relevant(&topic) && !topic.judged[0].asked;
        i += topic.n_judged;
    }
    return n;
}

static void note(const char *text, size_t n)
{
    char message[200];
    snprintf(message, sizeof message, text, n);
    complain(message);
}

/* Tells which queries do not count. */
static void note_left_out(const struct eval *e)
{
    size_t n = count_not_asked(e);
    if (e->n_unjudged > 0)
        note(dngettext("hiku", "%zu query is left out: nothing is judged relevant for it",
                       "%zu queries are left out: nothing is judged relevant for them",
                       e->n_unjudged),
             e->n_unjudged);
    if (n > 0)
        note(dngettext("hiku", "%zu judged query is left out: it is not among the queries",
                       "%zu judged queries are left out: they are not among the queries", n),
             n);
}

static void begin(struct eval *e)
{
    if (e->args->json)
        buf_adds(&e->out.buf, e->args->per_query ? "{\"per_query\":[" : "{");
    else
        buf_adds(&e->out.buf, "nDCG@10  MRR@10    R@10   R@100\n");
}

static void end(struct eval *e)
{
    struct buf *out = &e->out.buf;
    relevance_divide(&e->sum, e->n);
    if (e->args->json) {
        buf_addf(out, "%s\"queries\":%zu,", e->args->per_query ? "],\n" : "", e->n);
        add_json_figures(out, &e->sum);
        buf_adds(out, "}\n");
        return;
    }
    add_text_figures(out, &e->sum);
    buf_addf(out, dngettext("hiku", "mean of %zu query", "mean of %zu queries", e->n), e->n);
    buf_addc(out, '\n');
}

static int evaluate_all(struct eval *e, char **files, int n_files)
{
    int code = judgements_read(&e->judgements, files[n_files - 1]);
    if (code == EXIT_FOUND && e->args->run != NULL)
        code = trec_run_read(&e->run, e->args->run);
    else if (code == EXIT_FOUND)
        code = index_open(&e->db, &e->args->dbs, e->args->dicdir);
    begin(e);
    if (code == EXIT_FOUND)
        code = n_files == 2 ? line_file_read(files[0], evaluate_line, e) : evaluate_judged(e);
    if (code == EXIT_FOUND && e->n == 0)
        code = fail(HIKU_USAGE, _("no query is judged; give the judgements of these queries"));
    if (code == EXIT_FOUND) {
        note_left_out(e);
        end(e);
    } else {
        buf_clear(&e->out.buf); /* half of the figures would look like all of them */
    }
    return code;
}

/* The message for arguments that do not go together; NULL where they do. */
static const char *contradiction(const struct eval_args *args, char **files, int n_files)
{
    size_t n_standard = args->run != NULL && strcmp(args->run, "-") == 0;
    for (int i = 0; i < n_files; i++)
        n_standard += strcmp(files[i], "-") == 0;
    if (n_files < (args->run != NULL ? 1 : 2))
        return _("queries or judgements are missing; see: hiku help eval");
    if (n_files > 2)
        return _("too many arguments; see: hiku help eval");
    if (n_standard > 1)
        return _("only one of the files can be standard input");
    return query_options_contradiction(&args->query);
}

static int run_eval(const struct eval_args *args, char **files, int n_files)
{
    const char *wrong = contradiction(args, files, n_files);
    if (wrong != NULL)
        return fail(HIKU_USAGE, wrong);
    struct eval e = {.args = args,
                     .judgements = JUDGEMENTS_INIT,
                     .run = TREC_RUN_INIT,
                     .out = OUTPUT_INIT,
                     .search = HIKU_SEARCH_OPTIONS_INIT};
    query_options_apply(&args->query, &e.search);
    e.search.limit = RELEVANCE_DEPTH;
    e.search.no_text = HIKU_IDS_ONLY;
    int code = output_finish(&e.out, evaluate_all(&e, files, n_files));
    if (args->timing && e.db != NULL)
        timing_print(&e.timing);
    free(e.timing.ms);
    hiku_close(e.db);
    judgements_release(&e.judgements);
    trec_run_release(&e.run);
    return code;
}

static int run(int argc, char **argv)
{
    struct eval_args args = {.run = NULL};
    int n_operands;
    int code = usage_parse(&command_eval, &args, argc, argv, &n_operands);
    if (code < 0)
        code = run_eval(&args, argv, n_operands);
    free(args.dbs.items);
    return code;
}

const struct command command_eval = {
    .name = "eval",
    .run = run,
    .summary = N_("measure how well queries are answered"),
    .operands = N_("[QUERIES] QRELS"),
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
