/* hiku index: makes an index or brings it up to date. */
#include "indexer/index.h"

#include "cli/exit_code.h"
#include "cli/index_file.h"
#include "cli/output.h"
#include "cli/usage.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct index_args {
    const char *db;
    const char *columns;
    const char *dicdir;
    const char *userdic;
    size_t n_threads;
    int full;
    int quiet;
};

static const struct option options[] = {
    {"db", 0, OPTION_TEXT, offsetof(struct index_args, db), N_("FILE"), NULL, OPTION_DB_HELP},
    {"columns", 0, OPTION_TEXT, offsetof(struct index_args, columns), N_("NAMES"), NULL,
     N_("what the columns are: id,date,title,body or title=NAME,…")},
    {"full", 0, OPTION_FLAG, offsetof(struct index_args, full), NULL, NULL,
     N_("build anew, then replace the old index")},
    {"threads", 0, OPTION_NUMBER, offsetof(struct index_args, n_threads), N_("N"), NULL,
     N_("threads that cut text; 0: one for each processor")},
    {"quiet", 0, OPTION_FLAG, offsetof(struct index_args, quiet), NULL, NULL,
     N_("no progress, no summary")},
    {"dicdir", 0, OPTION_TEXT, offsetof(struct index_args, dicdir), N_("DIRECTORY"), NULL,
     OPTION_DICDIR_HELP},
    {"userdic", 0, OPTION_TEXT, offsetof(struct index_args, userdic), N_("FILE"), NULL,
     N_("compiled user dictionary instead of hiku's own")},
};

struct progress {
    double started; /* s */
    double shown;
    bool wanted;
    bool on_screen; /* the line must be wiped before others are printed */
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void wipe_progress(struct progress *progress)
{
    if (progress->on_screen)
        fputs("\r\033[K", stderr);
    progress->on_screen = false;
}

static void show_progress(void *context, uint64_t n_records)
{
    static const double interval = 0.2; /* s: often enough to look alive */
    struct progress *progress = context;
    double time = now();
    if (!progress->wanted || time - progress->shown < interval)
        return;
    double rate = (double)n_records / (time - progress->started);
    wipe_progress(progress);
    fprintf(stderr, _("%llu records, %.0f a second"), (unsigned long long)n_records, rate);
    fflush(stderr);
    progress->shown = time;
    progress->on_screen = true;
}

static void show_problem(void *context, const char *path, size_t line, const char *problem,
                         struct slice excerpt)
{
    (void)excerpt;
    wipe_progress(context);
    complain_at(path, line, problem);
}

/* 26 records: 26 added, 0 changed, 0 removed, 0 unchanged; 1 source, 0 problems (0.1 s) */
static void add_summary(struct buf *out, const struct index_report *report, double seconds)
{
    unsigned long long records = report->n_records;
    unsigned long long sources = report->n_sources;
    unsigned long long problems = report->n_problems;
    buf_addf(out, dngettext("hiku", "%llu record", "%llu records", records), records);
    buf_addf(out, _(": %llu added, %llu changed, %llu removed, %llu unchanged; "),
             (unsigned long long)report->n_added, (unsigned long long)report->n_changed,
             (unsigned long long)report->n_removed, (unsigned long long)report->n_unchanged);
    buf_addf(out, dngettext("hiku", "%llu source", "%llu sources", sources), sources);
    buf_addf(out, dngettext("hiku", ", %llu problem", ", %llu problems", problems), problems);
    buf_addf(out, _(" (%.1f s)\n"), seconds);
}

static int run_index(const struct index_args *args, char **sources, size_t n_sources)
{
    enum { BUSY_MS = 5000 };
    struct progress progress = {.started = now(), .shown = now()};
    progress.wanted = !args->quiet && isatty(STDERR_FILENO);
    struct index_options run_options = {
        .db = index_file(args->db),
        .sources = (const char *const *)sources,
        .n_sources = n_sources,
        .columns = args->columns,
        .dicdir = index_dicdir(args->dicdir),
        .userdic = args->userdic,
        .full = args->full,
        .n_threads = args->n_threads,
        .busy_ms = BUSY_MS,
        .problem = show_problem,
        .progress = show_progress,
        .context = &progress,
    };
    struct index_report report;
    struct error error = {0};
    enum status st = index_run(&run_options, &report, &error);
    wipe_progress(&progress);
    if (st != ST_OK)
        return fail((int)st, error.message[0] != '\0' ? error.message : hiku_status_text((int)st));
    struct output out = OUTPUT_INIT;
    if (!args->quiet)
        add_summary(&out.buf, &report, now() - progress.started);
    return output_finish(&out, report.n_failed > 0 ? EXIT_USAGE : EXIT_FOUND);
}

static int run(int argc, char **argv)
{
    /* Each thread takes memory; more of them than any machine has processors only cost. */
    enum { MOST_THREADS = 1024 };
    struct index_args args = {0};
    struct error error;
    int n_operands;
    int code = usage_parse(&command_index, &args, argc, argv, &n_operands);
    if (code >= 0)
        return code;
    if (args.n_threads > MOST_THREADS) {
        error_set(&error, ST_USAGE, _("'%zu' is too many for '--threads'; give at most %d, or 0"),
                  args.n_threads, MOST_THREADS);
        return fail(ST_USAGE, error.message);
    }
    return run_index(&args, argv, (size_t)n_operands);
}

const struct command command_index = {
    .name = "index",
    .run = run,
    .summary = N_("create an index or bring it up to date"),
    .operands = N_("[SOURCE…]"),
    .options = options,
    .n_options = sizeof options / sizeof options[0],
};
